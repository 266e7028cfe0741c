"""What was changed, word by word."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from branding.drafts.rules.diff import word_diff
from branding.drafts.values.text import Piece, PieceKind

SAME, GONE, NEW = PieceKind.SAME, PieceKind.GONE, PieceKind.NEW
#: Few words, so that much is the same.
WORDS = st.lists(
    st.sampled_from(["dag", "og", "vi", " ", "  ", "\n", ".", "👍🏽", "!!", "\r\n", "é", "e\u0301"])
).map("".join)


def pieces(before: str, after: str) -> list[tuple[str, PieceKind]]:
    return [(piece.text, piece.kind) for piece in word_diff(before, after)]


def test_equal_texts_are_one_piece() -> None:
    assert word_diff("God dag.", "God dag.") == (Piece("God dag.", SAME),)
    assert word_diff("", "") == ()


def test_a_word_that_was_changed_stands_twice_gone_first() -> None:
    assert pieces("Vi bager boller i dag", "Vi bager brød i dag") == [
        ("Vi bager", SAME), (" boller", GONE), (" brød", NEW), (" i dag", SAME),
    ]  # fmt: skip


def test_words_that_came_to_the_end_or_to_the_front_are_new_alone() -> None:
    assert pieces("God dag", "God dag og tak") == [("God dag", SAME), (" og tak", NEW)]
    assert pieces("dag", "God dag") == [("God ", NEW), ("dag", SAME)]


def test_a_full_stop_does_not_change_its_word() -> None:
    assert pieces("Tak", "Tak!") == [("Tak", SAME), ("!", NEW)]


def test_a_new_line_is_seen() -> None:
    assert pieces("Tak for nu", "Tak\n\nfor nu") == [
        ("Tak", SAME), (" ", GONE), ("\n\n", NEW), ("for nu", SAME),
    ]  # fmt: skip


def test_space_at_the_end_is_seen() -> None:
    assert pieces("Tak", "Tak \n") == [("Tak", SAME), (" \n", NEW)]


def test_an_emoji_of_many_signs_is_never_cut() -> None:
    assert pieces("Hej 👨‍👩‍👧‍👦", "Hej 👨‍👩‍👧") == [("Hej", SAME), (" 👨‍👩‍👧‍👦", GONE), (" 👨‍👩‍👧", NEW)]


def test_hashtags_are_compared_one_by_one() -> None:
    assert pieces("#mit #social", "#mit #job") == [("#mit #", SAME), ("social", GONE), ("job", NEW)]


@given(WORDS | st.text(), WORDS | st.text())
@example("a ", "a")
@example("", " ")
def test_the_pieces_make_both_texts_again(before: str, after: str) -> None:
    found = word_diff(before, after)
    assert "".join(piece.text for piece in found if piece.kind != NEW) == before
    assert "".join(piece.text for piece in found if piece.kind != GONE) == after


@given(WORDS | st.text(), WORDS | st.text())
def test_neighbours_differ_and_nothing_is_empty(before: str, after: str) -> None:
    found = word_diff(before, after)
    assert all(piece.text for piece in found)
    for one, next_one in pairwise(found):
        assert one.kind != next_one.kind
        assert (one.kind, next_one.kind) != (NEW, GONE)


@given(WORDS)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert all(piece.kind == SAME for piece in word_diff(text, text))


def test_long_captions_are_compared_at_once() -> None:
    """Far apart, in many words, and in many equal words: 2,200 letters each."""
    many = " ".join(str(n) for n in range(500))[:2200]
    pairs = [
        (many, " ".join(str(n) for n in range(499, 0, -1))[:2200]),
        (many, many.replace("7", "8")),
        ("a " * 1100, "b " + "a " * 1099),
        (". " * 1100, "! ." * 730),
    ]
    for before, after in pairs:
        started = time.perf_counter()
        word_diff(before, after)
        assert time.perf_counter() - started < 1
