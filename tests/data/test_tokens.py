"""Tokens keep their places, agree with their short form, and know where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pellucid.data.tokens import (
    LINK,
    ngram_spans,
    ngrams_of,
    sentences_of,
    tokens_of,
    words_of,
)

WALES = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
AWKWARD = st.lists(
    st.sampled_from(
        [*"aZ9_ '’.,!?%$€-\n\r\t\"()", *"&;#<>/\\", "<br>", "http://", "www.", "&amp;",
         *"我は가ไกكبאש", "\u0301",
         "\u0653", "\u200c", "\u200d", "\ufe0f", "\u20e3", "👩", "🏽", "💻", "🇫", "🇷", "🏴",
         "\U000e0067", "。", "！", "ﷺ", "½"]
    ),
    max_size=60,
).map("".join)  # fmt: skip


def pieces_of(text: str) -> list[str]:
    return [text[token.start : token.end] for token in tokens_of(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Don’t stop, it's 5% off!", ["Don’t", "stop", "it's", "5", "%", "off", "!"]),
        ("这部电影很好！", ["这", "部", "电", "影", "很", "好", "！"]),
        ("映画はiPhoneで", ["映", "画", "は", "iPhone", "で"]),
        ("👩🏽\u200d💻 and 🇫🇷🇩🇪", ["👩🏽\u200d💻", "and", "🇫🇷", "🇩🇪"]),
        (f"{WALES}{WALES}!", [WALES, WALES, "!"]),
        ("❤\ufe0f❤\ufe0f 1\ufe0f\u20e3", ["❤\ufe0f", "❤\ufe0f", "1\ufe0f\u20e3"]),
        ("הסרט היה מצוין", ["הסרט", "היה", "מצוין"]),
        ("هل أعجبك؟", ["هل", "أعجبك", "؟"]),
        ("می\u200cخواهم بروم", ["می\u200cخواهم", "بروم"]),
        ("e\u0301te\u0301 क्षत्रिय", ["e\u0301te\u0301", "क्षत्रिय"]),
        ("Big room.<br /><b>Near</b> the T", ["Big", "room", "Near", "the", "T"]),
        ('<a href="x.org/q" class=y>here</a>&nbsp;&amp; there', ["here", "there"]),
        ("Caf\\u00e9 &#128077; &#x2019;ok", ["Caf", "ok"]),
        ("AT&T; x <b and c> y, 1 <i 2", ["AT", "T", "x", "b", "and", "c", "y", "1", "i", "2"]),
        ("", []),
        (" \n\t…", []),
    ],
)  # fmt: skip
def test_a_token_is_a_slice_of_the_text(text: str, pieces: list[str]) -> None:
    assert pieces_of(text) == pieces


def test_a_token_is_the_same_however_it_is_written() -> None:
    assert words_of("CAFÉ cafe\u0301 ＣＡＦＥ\u0301 don’t！") == [
        "café",
        "café",
        "café",
        "don't",
        "!",
    ]
    assert words_of("Straße STRASSE") == ["strasse", "strasse"]


def check_places(text: str) -> None:
    tokens = tokens_of(text)
    end, rebuilt = 0, ""
    for token in tokens:
        assert end <= token.start < token.end <= len(text)
        rebuilt += text[end : token.start] + text[token.start : token.end]
        end = token.end
    assert rebuilt + text[end:] == text
    assert words_of(text) == [token.text for token in tokens]


def check_ngrams(text: str, orders: int) -> None:
    words = words_of(text)
    ngrams, spans = ngrams_of(words, orders), ngram_spans(words, orders)
    assert len(ngrams) == len(spans)
    for ngram, (first, end) in zip(ngrams, spans, strict=True):
        assert 1 <= end - first <= orders
        assert ngram.replace(" ", "") == "".join(words[first:end]).replace(" ", "")
        assert ngram in ngrams_of(words[first:end], orders)


def check_sentences(text: str) -> None:
    end = 0
    for start, stop in sentences_of(text):
        assert start == end < stop
        end = stop
    assert end == len(text)


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=127), max_size=60), st.integers(1, 3))
def test_any_ascii_text_keeps_the_rules(text: str, orders: int) -> None:
    check_places(text)
    check_ngrams(text, orders)
    check_sentences(text)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=60), AWKWARD), st.integers(1, 3))
def test_any_text_keeps_the_rules(text: str, orders: int) -> None:
    check_places(text)
    check_ngrams(text, orders)
    check_sentences(text)


@settings(deadline=None)
@given(AWKWARD)
def test_ascii_characters_are_read_alike_in_any_company(text: str) -> None:
    ascii_only = "".join(character for character in text if character.isascii())
    assert words_of(f"{ascii_only} 我")[:-1] == words_of(ascii_only)


def test_ngrams_are_joined_as_their_script_is_written() -> None:
    assert ngrams_of(["very", "good", "!"], 3) == [
        "very", "good", "!", "very good", "good !", "very good !",
    ]  # fmt: skip
    assert ngrams_of(words_of("很好 ok"), 2) == ["很", "好", "ok", "很好", "好 ok"]
    assert ngram_spans(["a", "b"], 3) == [(0, 1), (1, 2), (0, 2)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It cost 3.5 million. Sold!", ["It cost 3.5 million. ", "Sold!"]),
        ("Mr. Smith, e.g. J. Smith of the U.S. team, left.", None),
        ("So did I. Then he left.", ["So did I. ", "Then he left."]),
        ("He said \"no.\" Then (why?) he went.", ["He said \"no.\" ", "Then (why?) ", "he went."]),
        ("good . not great ...but fine", ["good . ", "not great ...but fine"]),
        ("See example.com/?q=1 now", None),
        ("one\ntwo\r\n\nthree", ["one\n", "two\r\n\n", "three"]),
        ("costs etc.\nMr.\nB", ["costs etc.\n", "Mr.\n", "B"]),
        ("我喜欢。他说：「好！」然后走了。", ["我喜欢。", "他说：「好！」", "然后走了。"]),
        ("هل أعجبك؟ نعم.", ["هل أعجبك؟ ", "نعم."]),
        ("   ", ["   "]),
    ],
)  # fmt: skip
def test_a_sentence_ends_where_a_reader_would_end_it(
    text: str, sentences: list[str] | None
) -> None:
    found = [text[start:end] for start, end in sentences_of(text)]
    assert found == ([text] if sentences is None else sentences)


def test_an_empty_text_has_no_sentences() -> None:
    assert sentences_of("") == []


@pytest.mark.parametrize(
    "unit",
    ["The film was good, really. ", "我很喜欢。", ".", "'", "a\u200d", "👩\u200d", "\"'", "a.",
     "<a =", "<b ", "&amp"],
)  # fmt: skip
def test_a_megabyte_of_anything_is_read_in_one_pass(unit: str) -> None:
    text = (unit * (300_000 // len(unit)))[:300_000]
    assert words_of(text) == [token.text for token in tokens_of(text)]
    check_sentences(text)


def test_an_address_in_the_web_is_one_token() -> None:
    text = "See https://t.co/aB3?x=1, or www.Example.org/. HTTP://X.Y"
    found = tokens_of(text)
    assert [token.text for token in found] == ["see", LINK, "or", LINK, LINK]
    assert [text[token.start : token.end] for token in found if token.text == LINK] == [
        "https://t.co/aB3?x=1", "www.Example.org/", "HTTP://X.Y",
    ]  # fmt: skip
    assert words_of(text) == [token.text for token in found]
    assert words_of("one \ue000 two") == ["one", "two"]
