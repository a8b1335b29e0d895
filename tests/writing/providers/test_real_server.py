"""A server that others wrote, `transformers serve`, with a tiny model, asked over HTTP."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from pellucid.core.run import Run
from pellucid.writing.providers.server import server
from pellucid.writing.providers.types import Message, Request

PROGRAM = Path(sys.executable).parent / "transformers"
START_S = 180.0


@pytest.fixture(scope="module")
def model(story_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "stories"
    shutil.copytree(story_model, folder)
    template = "{{ bos_token }}{% for m in messages %}{{ m.content }}{% endfor %}"
    (folder / "chat_template.jinja").write_text(template, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the server; skips, visibly, where it cannot start."""
    if not PROGRAM.exists():
        pytest.skip("transformers was installed without its program")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    home = tmp_path_factory.mktemp("hub")
    (home / "hub").mkdir()
    command = [str(PROGRAM), "serve", "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    log = home / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, cwd=home,
            env={**os.environ, "HF_HOME": str(home), "HF_HUB_OFFLINE": "1"},
        )  # fmt: skip
    try:
        if not _answers(f"http://127.0.0.1:{port}/health", process):
            pytest.skip(f"`transformers serve` does not start: {log.read_text('utf-8')[-300:]}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def _answers(url: str, process: subprocess.Popen[bytes]) -> bool:
    end = time.monotonic() + START_S
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=1.0) as response:
                return bool(response.status == 200)
        except OSError:
            time.sleep(0.2)
    return False


@pytest.mark.slow
def test_it_streams_the_known_story(served: str, model: Path) -> None:
    request = Request((Message("user", "Once upon a time"),), max_tokens=20, timeout_s=120.0)
    asked = server(served, str(model))
    pieces = list(asked.stream(request, Run()))

    assert "".join(pieces).startswith(", there was a little girl named Lily.")
    assert len(pieces) > 10
    assert asked.usage.requests == 1


@pytest.mark.slow
def test_a_form_that_it_does_not_know_is_no_obstacle(served: str, model: Path) -> None:
    request = Request((Message("user", "Once upon a time"),), {"type": "object"}, max_tokens=5,
                      timeout_s=120.0)  # fmt: skip
    assert "".join(server(served, str(model)).stream(request, Run()))
