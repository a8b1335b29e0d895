"""The grammar of the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

import pellucid
from pellucid.cli.argument_types import positive, row_number, seed, share
from pellucid.cli.writer_options import add_download, add_most_seconds, add_writer

COMMANDS: Final = (
    "open", "convert", "profile", "fit", "evaluate", "predict", "explain", "quiz", "compare",
    "summarize", "ask", "report", "writers", "keys", "sent", "cache",
    "self-test",
)  # fmt: skip
_EXAMPLES = """\
examples:
  pellucid report penguins.csv --target species -o penguins.html
  pellucid fit penguins.csv --target species -o penguins.model
  pellucid explain penguins.model --row 3 --data penguins.csv
  pellucid explain reviews.model --text "Not worth the money"
"""


def command_parser() -> argparse.ArgumentParser:
    """Return the parser of everything that names a command."""
    parser = argparse.ArgumentParser(
        prog="pellucid",
        usage="pellucid [FILE] | pellucid COMMAND ...",
        description=pellucid.__doc__,
        epilog="Without a command, the window opens, on FILE or on its welcome page.\n\n"
        + _EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_common(parser, argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=f"pellucid {pellucid.__version__}")
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", required=True, prog="pellucid"
    )
    adders = {
        "open": ("say how a file was understood", _add_open),
        "convert": ("write a clean copy", _add_convert),
        "profile": ("describe columns, distributions, alerts and associations", _add_open),
        "fit": ("fit a model that can be read", _add_fit),
        "evaluate": ("score a model on another file", _add_model_and_file),
        "predict": ("write a prediction for each row", _add_predict),
        "explain": ("show what a model does, as a whole or for one row", _add_explain),
        "quiz": ("see whether explanations help to say what a model will say", _add_quiz),
        "compare": ("say what tells one group of rows from another", _add_compare),
        "summarize": ("write up what was found, each claim tied to its facts", _add_summarize),
        "ask": ("answer a question about a file, from facts", _add_ask),
        "report": ("do the whole path in one go and write a report", _add_report),
        "writers": ("list the language models on this machine, or examine one", _add_writers),
        "keys": ("keep the key of a server in the system's key store", _add_keys),
        "sent": ("show all that was ever sent to a language model", _add_sent),
        "cache": ("show what is kept on this machine to save time, or empty it", _add_cache),
        "self-test": ("check this installation on bundled data", _add_nothing),
    }
    for name in COMMANDS:
        text, add = adders[name]
        command = commands.add_parser(
            name, help=text, description=text[0].upper() + text[1:] + ".", allow_abbrev=False
        )
        _add_common(command, argparse.SUPPRESS)
        add(command)
    return parser


def window_parser() -> argparse.ArgumentParser:
    """Return the parser of `pellucid [FILE]`."""
    parser = argparse.ArgumentParser(prog="pellucid", add_help=False, allow_abbrev=False)
    _add_common(parser, argparse.SUPPRESS)
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE")
    return parser


def _add_common(parser: argparse.ArgumentParser, default: object) -> None:
    group = parser.add_argument_group("for every command")
    for option, text in (
        ("--json", "write one JSON document to stdout"),
        ("--quiet", "no progress and no notes"),
        ("--offline", "refuse any connection beyond this machine"),
        ("--debug", "show the traceback of an error"),
    ):
        group.add_argument(option, action="store_true", default=default, help=text)
    group.add_argument(
        "--seed", type=seed, default=default, metavar="N", help="seed of every random choice"
    )


def _add_open(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")


def _add_nothing(parser: argparse.ArgumentParser) -> None:
    del parser


def _add_convert(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="OUT",
                        help="a .csv or .parquet file; with several FILEs, a folder")  # fmt: skip


def _add_fit(parser: argparse.ArgumentParser) -> None:
    _add_open(parser)
    parser.add_argument("--target", required=True, metavar="COL", help="the column to predict")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="MODEL")
    _add_fit_options(parser)
    parser.add_argument("--test", type=Path, metavar="FILE2", help="test on this file's rows")
    parser.add_argument("--test-size", type=share, metavar="SHARE", help="default 0.2")
    parser.add_argument("--kind", choices=("additive", "tree", "linear", "boosted", "transformer"),
                        default="additive", help="a sum of terms (the default), one with a tree "
                        "of keywords for the texts, or a tuned transformer")  # fmt: skip


def _add_fit_options(parser: argparse.ArgumentParser, quality: str = "standard") -> None:
    parser.add_argument("--quality", choices=("preview", "standard", "best"), default=quality)
    parser.add_argument("--drop", action="append", default=[], metavar="COL",
                        help="leave a column out")  # fmt: skip
    parser.add_argument("--positive", metavar="CLASS", help="the class that scores refer to")
    parser.add_argument("--task", choices=("auto", "classification", "regression"), default="auto")
    parser.add_argument("--text", action="append", default=[], metavar="COL",
                        help="read a column as text; columns seen to be texts are anyway; "
                        "may be repeated")  # fmt: skip
    _add_encoder(parser, "what turns texts into vectors: the folder or hub id of a language model, "
                         "or none")  # fmt: skip
    parser.add_argument("--tune", action="store_true", help="tune the encoder on the task first")


def _add_encoder(parser: argparse.ArgumentParser, text: str) -> None:
    parser.add_argument("--encoder", metavar="DIR|ID|none", help=text)
    add_download(parser)


def _add_model_and_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, metavar="MODEL")
    parser.add_argument("file", type=Path, metavar="FILE")
    _add_encoder(parser, "score words that the model lacks through the encoder it was fitted with")


def _add_predict(parser: argparse.ArgumentParser) -> None:
    _add_model_and_file(parser)
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="OUT")


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, metavar="MODEL")
    parser.add_argument("--term", metavar="NAME", help="one term of the model")
    parser.add_argument("--row", type=row_number, metavar="N", help="one row of --data, from 1")
    parser.add_argument("--data", type=Path, metavar="FILE", help="the file that --row is in")
    parser.add_argument("--text", metavar="TEXT", help="a text to explain")
    parser.add_argument("--column", metavar="COL", help="the column of --text")
    methods = ("exact", "gradient", "ig", "occlusion", "shap", "lime", "attention")
    parser.add_argument("--method", choices=methods, help="how a text is explained")
    parser.add_argument("--granularity", choices=("token", "word", "sentence"),
                        help="what carries the scores of a text")  # fmt: skip
    parser.add_argument("--class", dest="label", metavar="LABEL",
                        help="the class to explain; by default the predicted one")  # fmt: skip
    parser.add_argument("--against", metavar="LABEL", help="why not this class")
    parser.add_argument("--audience", choices=("layperson", "analyst", "engineer"),
                        help="for whom --row is told in words; analyst by default")  # fmt: skip
    parser.add_argument("--language", choices=("en", "zh", "de", "es", "fr"),
                        help="in which language --row is told; English by default")  # fmt: skip
    parser.add_argument("--reasons", action="store_true",
                        help="have a language model give its own reasons for the prediction of "
                        "--row, and test whether they follow the evidence")  # fmt: skip
    add_writer(parser)
    add_download(parser)


def _add_quiz(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, metavar="MODEL", help="a model, or a project with one")
    parser.add_argument("file", type=Path, metavar="FILE", help="the rows to ask about")
    parser.add_argument("--questions", type=positive, default=16, metavar="N",
                        help="asked in both parts together, default 16")  # fmt: skip
    parser.add_argument("--examples", type=positive, default=8, metavar="N",
                        help="shown in each part, default 8")  # fmt: skip
    parser.add_argument(
        "--swap",
        action="store_true",
        help="exchange the questions of the two parts, for every second reader",
    )
    parser.add_argument("--who", default="", metavar="NAME", help="who answers")
    parser.add_argument("--answers", type=Path, metavar="FILE",
                        help="read the answers from a file, or - for stdin: one a line, the number "
                        "or the words of a choice")  # fmt: skip
    parser.add_argument("--keep", type=Path, metavar="PROJECT",
                        help="keep the result in this .pellucid file")  # fmt: skip
    parser.add_argument(
        "--writer",
        default="",
        metavar="URL|DIR",
        help="let a language model on this machine answer; it is shown rows",
    )
    parser.add_argument("--llm", metavar="NAME", help="the language model to ask")
    add_download(parser)


def _add_compare(parser: argparse.ArgumentParser) -> None:
    _add_open(parser)
    parser.add_argument("--groups", required=True, metavar="COL=A,B",
                        help="a column and two of its values; one value alone is set against all "
                        "other rows")  # fmt: skip
    parser.add_argument("--writer", default="builtin", metavar="builtin|URL|DIR",
                        help="a language model on this machine that states what tells them apart; "
                        "it is shown rows")  # fmt: skip
    parser.add_argument("--llm", metavar="NAME", help="the language model to ask")
    add_most_seconds(parser)


def _add_summarize(parser: argparse.ArgumentParser) -> None:
    _add_open(parser)
    _add_writing(parser)
    parser.add_argument("--sources", action="store_true",
                        help="say which facts made a model in a folder write each claim, beside "
                        "those it cites")  # fmt: skip


def _add_ask(parser: argparse.ArgumentParser) -> None:
    _add_open(parser)
    parser.add_argument("question", metavar="QUESTION", nargs="+",
                        help="in plain English; several are asked one after the other, and may "
                        "lean on the one before")  # fmt: skip
    parser.add_argument("--model", type=Path, metavar="MODEL", help="a model to ask about")
    parser.add_argument("--plan", type=Path, metavar="JSON",
                        help="run the plan in this file instead of reading the question, as "
                        "--json gave it and you edited it")  # fmt: skip
    parser.add_argument("--context", type=Path, action="append", default=[], metavar="FILE",
                        help="a data dictionary or codebook (.csv, .md, .txt, .pdf) that says what "
                        "columns mean; may be repeated")  # fmt: skip
    parser.add_argument("-o", "--out", type=Path, metavar="OUT",
                        help="write questions, answers and charts to an .html or .md "
                        "file")  # fmt: skip
    _add_writing(parser, "preview")


def _add_report(parser: argparse.ArgumentParser) -> None:
    _add_open(parser)
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="OUT",
                        help="a .html or .md file")  # fmt: skip
    _add_writing(parser)


def _add_writing(parser: argparse.ArgumentParser, quality: str = "standard") -> None:
    parser.add_argument("--target", metavar="COL", help="explain what predicts this column")
    _add_fit_options(parser, quality)
    parser.add_argument("--audience", metavar="WHO", help="for whom to write")
    parser.add_argument("--language", metavar="LANG", help="in which language to write")
    add_writer(parser)


def _add_keys(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("host", metavar="HOST", help="for example api.openai.com")
    parser.add_argument("--forget", action="store_true", help="take the key out again")


def _add_sent(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", type=row_number, nargs="?", metavar="N",
                        help="show what was sent as the N-th")  # fmt: skip


def _add_cache(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--empty", action="append", default=[],
                        choices=("tables", "embeddings", "all"),
                        help="delete these; they are made again when they are needed")  # fmt: skip


def _add_writers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--exam", metavar="URL|DIR", help="let this one write about bundled facts")
    parser.add_argument("--llm", metavar="NAME", help="the language model to ask")
    parser.add_argument("--send-to", metavar="HOST", help="consent to send bundled facts to HOST")
