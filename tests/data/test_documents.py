"""Data dictionaries and codebooks as passages."""

from __future__ import annotations

from pathlib import Path

import pytest

from pellucid.core.errors import UserError
from pellucid.data.documents import MOST_PASSAGES, Document, read_document

MARKDOWN = """\
# Codebook

- `body_mass_g`: Mass of the bird in grams,
  weighed in a bag.
* **year** - Year of the visit

| name | meaning |
|---|---|
| island | Island of the archipelago |

## Nesting

Birds were caught at the nest,
while the first egg was there.
"""


def entries(document: Document) -> dict[str, str]:
    return {passage.key: passage.text for passage in document.passages if passage.key}


def test_lines_of_a_codebook_are_entries_and_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "codebook.md"
    path.write_text(MARKDOWN)

    found = read_document(path)

    assert entries(found) == {
        "body_mass_g": "Mass of the bird in grams, weighed in a bag.",
        "year": "Year of the visit",
        "name": "meaning",
        "island": "Island of the archipelago",
        "Nesting": "Birds were caught at the nest, while the first egg was there.",
    }
    assert found.passages[0].place == "line 3"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_rows_of_a_dictionary_are_entries(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "dictionary.csv"
    rows = [("Variable", "Unit", "Description"), ("mass", "g", "Body mass"), ("sex", "", "As seen")]
    path.write_text("\n".join(delimiter.join(row) for row in rows), encoding="utf-8")

    assert entries(read_document(path)) == {"mass": "Unit: g; Body mass", "sex": "As seen"}


def test_a_dictionary_without_headings_is_read_by_its_first_column(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text("mass,Body mass in grams\nsex,As seen in the field\n")

    assert entries(read_document(path))["mass"] == "Body mass in grams"


def test_text_of_a_pdf_is_cited_by_its_page(tmp_path: Path) -> None:
    path = tmp_path / "codebook.pdf"
    path.write_bytes(small_pdf("mass: Body mass in grams"))

    found = read_document(path)

    assert entries(found) == {"mass": "Body mass in grams"}
    assert found.passages[0].place == "page 1"


def small_pdf(text: str) -> bytes:
    """Return a PDF of one page with one line of text."""
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


def test_long_documents_are_read_in_part_and_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("\n".join(f"c{i}: column {i}" for i in range(MOST_PASSAGES + 5)))

    found = read_document(path)

    assert found.is_cut
    assert len(found.passages) == MOST_PASSAGES


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.docx", b"x", "cannot be read as a document"),
        ("a.txt", b"", "holds no text"),
        ("a.md", b"# Only a heading\n", "holds no text"),
        ("a.pdf", b"no pdf at all", "cannot be read as a PDF"),
    ],
)
def test_what_is_no_document_is_refused(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(UserError) as refused:
        read_document(path)

    assert message in refused.value.message
    assert refused.value.hint


def test_a_document_that_is_not_there_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no file"):
        read_document(tmp_path / "none.md")
