"""The rules that hold the house up, each in a line or two."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "desktop_app" / "pellucid"
MODULES = sorted(PACKAGE.rglob("*.py"))
LAYERS = (
    "core", "data", "encoders", "models", "explain", "facts", "writing", "report", "project",
    "engine",
)  # fmt: skip
TOP = ("cli", "ui")
HEAVY = {
    "clevercsv", "interpret", "joblib", "openai", "pandas", "pyarrow", "scipy", "sklearn", "torch",
    "transformers", "vl_convert",
}  # fmt: skip
PROTOCOL_ONLY = ("engine.client", "engine.events", "engine.protocol")


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(
        ".__init__"
    )


def imports(path: Path, everywhere: bool = True) -> Iterator[str]:
    """Yield the modules that a file imports; with `everywhere` False, only while it is loaded."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = ast.walk(tree) if everywhere else _while_loading(tree)
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _while_loading(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from _while_loading(child)


def layer_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if parts[0] == "pellucid" and len(parts) > 1 else ""


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    own = layer_of(name_of(path))
    wanted = {layer_of(module) for module in imports(path)} - {"", own}
    known = wanted & {*LAYERS, *TOP}
    if own in LAYERS:
        assert known <= set(LAYERS[: LAYERS.index(own)])
    elif own == "ui":
        assert "cli" not in known


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_window_imports_qt(path: Path) -> None:
    if layer_of(name_of(path)) != "ui":
        assert not [m for m in imports(path) if m.startswith(("PySide6", "shiboken6", "pyqtgraph"))]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_heavy_libraries_are_imported_where_they_are_used(path: Path) -> None:
    assert not {m.partition(".")[0] for m in imports(path, everywhere=False)} & HEAVY


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_the_window_reaches_the_engine_through_its_client_alone(path: Path) -> None:
    if layer_of(name_of(path)) == "ui":
        reached = {m for m in imports(path) if m.startswith("pellucid.engine.")}
        allowed = tuple(f"pellucid.{name}" for name in PROTOCOL_ONLY)
        assert not [m for m in reached if not m.startswith(allowed)]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_is_left_for_later(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", text)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_command_line_prints(path: Path) -> None:
    calls = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)]
    if layer_of(name_of(path)) != "cli":
        assert not [c for c in calls if isinstance(c.func, ast.Name) and c.func.id == "print"]


def test_only_the_pipe_to_our_own_fit_workers_pickles() -> None:
    users = [name_of(p) for p in MODULES if {"pickle", "shelve", "marshal"} & set(imports(p))]
    assert users == ["pellucid.models.messages"]


def test_the_readme_lists_the_layers_in_order() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    positions = [readme.find(f"`{layer}/`") for layer in (*LAYERS, "ui")]
    assert -1 not in positions
    assert positions == sorted(positions)


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = project["dependencies"] + project["optional-dependencies"]["dev"]
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower().replace("_", "-")
    names = [re.split(r"[<>=\[]", item)[0].lower().replace("_", "-") for item in asked]
    assert [name for name in names if f"\n{name}==" not in f"\n{pins}"] == []
