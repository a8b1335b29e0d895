"""Which scripts texts are written in, and what their tokens are called."""

from __future__ import annotations

from pellucid.data.scripts import scripts_of, token_unit


def test_scripts_are_shares_of_letters() -> None:
    assert scripts_of(["abc АБВ", "1 2 3"]) == (("Latin", 0.5), ("Cyrillic", 0.5))
    assert scripts_of(["很好吃"])[0] == ("Chinese characters", 1.0)
    assert scripts_of(["..."]) == ()


def test_tokens_are_characters_where_most_letters_are_chinese_or_japanese() -> None:
    assert token_unit(scripts_of(["菜味道很棒！", "送餐很及时 OK"])) == "character"
    assert token_unit(scripts_of(["とても良い"])) == "character"
    assert token_unit(scripts_of(["a fine 菜"])) == token_unit(()) == "word"
