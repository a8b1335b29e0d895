"""A report as a file: the format follows from the name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from pellucid.core.errors import UserError
from pellucid.core.paths import whole_file
from pellucid.report.document import Report

_COMING = (".pdf", ".docx", ".pptx", ".ipynb")


def write_report(report: Report, path: Path) -> None:
    """Write `report` to `path` as HTML or Markdown; the file appears whole or not at all.

    Raises `UserError` for another suffix.
    """
    render = renderer_for(path)
    text = render(report)
    with whole_file(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def renderer_for(path: Path) -> Callable[[Report], str]:
    """Return what renders the format of `path`; raises `UserError` before any work is done."""
    suffix = path.suffix.lower()
    from pellucid.report.html import to_html
    from pellucid.report.markdown import to_markdown

    renderers: Mapping[str, Callable[[Report], str]] = {
        ".html": to_html,
        ".htm": to_html,
        ".md": to_markdown,
    }
    if suffix in renderers:
        return renderers[suffix]
    hint = "Give a name that ends in .html or .md."
    if suffix in _COMING:
        raise UserError(f"Reports in the format {suffix} cannot be written yet", hint)
    said = f"The ending {suffix}" if suffix else "A name without an ending"
    raise UserError(f"{said} does not say which format the report is to have", hint)
