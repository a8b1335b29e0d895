"""The hub: its cache on this machine first, the network only when asked; here a server of ours."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pellucid.core.errors import StoppedError, UserError
from pellucid.core.run import Progress, Run
from pellucid.encoders.folders import resolve
from pellucid.encoders.hub import fetch, is_hub_id

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(autouse=True)
def hub_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the hub's cache at an empty folder."""
    from huggingface_hub import constants

    place = tmp_path / "hub"
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(place))
    return place


@pytest.fixture
def hub(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Serve the tiny model as `someone/tiny`, and a pickled one as `someone/pickled`."""
    from huggingface_hub import constants

    files = {p.name: p.read_bytes() for p in tiny.iterdir()}
    models = {"tiny": {**files, "onnx/model.onnx": b"-"}, "pickled": {"pytorch_model.bin": b"-"}}

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.answer(with_body=False)

        def do_GET(self) -> None:
            self.answer(with_body=True)

        def answer(self, with_body: bool) -> None:
            path = self.path.partition("?")[0]
            parts = path.strip("/").split("/")
            model = models.get(parts[-1] if parts[0] == "api" else parts[1])
            if model is None or (parts[0] != "api" and parts[-1] not in model):
                self.send_response(404)
                self.send_header("X-Error-Code", "RepoNotFound")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            content = model[parts[-1]] if parts[0] != "api" else self.listing(parts[-1])
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
            self.send_header("X-Repo-Commit", COMMIT)
            self.end_headers()
            if with_body:
                self.wfile.write(content)

        def listing(self, name: str) -> bytes:
            siblings = [{"rfilename": f, "size": len(c)} for f, c in models[name].items()]
            about = {"id": f"someone/{name}", "sha": COMMIT, "siblings": siblings}
            return json.dumps(about).encode()

        def log_message(self, *arguments: object) -> None:
            del arguments

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    monkeypatch.setattr(constants, "ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setattr(
        constants,
        "HUGGINGFACE_CO_URL_TEMPLATE",
        constants.ENDPOINT + "/{repo_id}/resolve/{revision}/{filename}",
    )
    yield
    server.shutdown()
    thread.join()
    server.server_close()


def test_what_can_be_an_id() -> None:
    assert is_hub_id("owner/some-model_1.0")
    assert is_hub_id("model")
    assert not is_hub_id("/a/folder")
    assert not is_hub_id("./folder")
    assert not is_hub_id("a/b/c")


@pytest.mark.usefixtures("no_network")
def test_an_id_that_is_not_at_hand_is_refused_without_asking_the_network() -> None:
    with pytest.raises(UserError, match="is not on this machine") as caught:
        resolve("someone/tiny", Run())
    assert "--download" in caught.value.hint


def test_a_download_without_network_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(UserError, match="the hub cannot be reached"):
        resolve("someone/tiny", Run(), download=True)


@pytest.mark.usefixtures("hub")
def test_a_download_reports_bytes_and_is_found_again_without_network(tiny: Path) -> None:
    seen: list[Progress] = []
    found = resolve("someone/tiny", Run(on_progress=seen.append), download=True)
    assert found.name == "someone/tiny"
    assert not (found.path / "onnx").exists()
    total = sum(p.stat().st_size for p in tiny.iterdir())
    assert seen[-1].done == seen[-1].total == total
    assert resolve("someone/tiny", Run()) == found


@pytest.mark.usefixtures("hub")
def test_a_download_can_be_stopped() -> None:
    with pytest.raises(StoppedError):
        fetch("someone/tiny", Run(should_stop=lambda: True))


@pytest.mark.usefixtures("hub")
def test_pickled_weights_are_not_even_downloaded(hub_cache: Path) -> None:
    with pytest.raises(UserError, match="no weights as safetensors"):
        fetch("someone/pickled", Run())
    assert not list(hub_cache.rglob("*.bin"))


@pytest.mark.usefixtures("hub")
def test_a_model_that_the_hub_does_not_have() -> None:
    with pytest.raises(UserError, match="no open model named"):
        fetch("someone/unheard", Run())
