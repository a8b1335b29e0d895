PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test app screens bench samples clean

demo: $(READY)
	$(BIN)/pellucid report resources/samples/bicycles_synthetic.csv --target riders -o build/demo.html

test: $(READY)
	$(BIN)/python tests/run.py

app: $(READY)
	$(BIN)/pellucid

screens: $(READY)
	$(BIN)/python tests/screens/make_screens.py build/screens
	$(BIN)/python tests/screens/text_screens.py build/screens

bench: $(READY)
	$(BIN)/python tests/bench/run.py

samples: $(READY)
	$(BIN)/python packaging/make_samples.py

$(READY): pyproject.toml constraints.txt packaging/debian-packages.txt
	sh packaging/system-packages.sh
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[dev,offline]"
	mkdir -p build
	touch $@

clean:
	rm -rf build dist .venv .mypy_cache .ruff_cache .pytest_cache
