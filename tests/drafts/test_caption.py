"""Captions as Instagram counts and reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branding.consent.values.records import Format
from branding.drafts.rules.caption import (
    camel_case_advice,
    counts,
    hashtags,
    mentions,
    problems,
    with_hashtags,
)
from branding.drafts.values.text import Counts
from branding.drafts.words import shipped

#: What is asked for: text, letters as people see them, and units; browsers count the same.
COUNTED = [
    ("", 0, 0),
    ("Hej", 3, 3),
    ("blåbærgrød", 10, 10),
    ("bla\u030abær", 6, 7),
    ("👨‍👩‍👧‍👦", 1, 11),
    ("👍🏽", 1, 4),
    ("🇩🇰", 1, 4),
    ("1️⃣", 1, 3),
    ("❤️ tak", 5, 6),
    ("👩‍⚕️", 1, 5),
    ("linje\nto", 8, 8),
    ("linje\r\nto", 8, 8),
    ("𝐃𝐀𝐆", 3, 6),
]
TAG = st.text("abcæøå1_", min_size=1, max_size=6)
PARTS = shipped().parts


def codes(text: str, format: Format = Format.FEED) -> dict[str, bool]:
    return {problem.code: problem.is_stop for problem in problems(text, format)}


@pytest.mark.parametrize(("text", "letters", "units"), COUNTED)
def test_letters_are_what_people_see_and_units_what_instagram_counts(
    text: str, letters: int, units: int
) -> None:
    found = counts(text)
    assert (found.letters, found.units) == (letters, units)


def test_hashtags_and_mentions_are_counted_as_often_as_they_stand_there() -> None:
    assert counts("#dag #dag @rm @rm @soh") == Counts(letters=22, units=22, hashtags=2, mentions=3)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#mitsocial", ["mitsocial"]),
        ("Vi er #pædagog, #Ærø_2022 og #åben.", ["pædagog", "Ærø_2022", "åben"]),
        ("#2022 #uge42 #42uge #_", ["uge42", "42uge", "_"]),
        ("#en#to#3#fire", ["en", "to", "fire"]),
        ("nr.#5 C#dur a&#39; ord#tag", []),
        ("(#tak) \n#hej ##dobbelt", ["tak", "hej", "dobbelt"]),
        ("https://rm.dk/#job www.soh.dk/#om HTTPS://x#y", []),
        ("https://rm.dk #job", ["job"]),
        ("#tak👍 #👍 # #-a", ["tak"]),
        ("#bla\u030a", ["bla\u030a"]),
    ],
)
def test_hashtags_are_read_as_instagram_reads_them(text: str, tags: list[str]) -> None:
    assert list(hashtags(text)) == tags


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@mitsocial", ["mitsocial"]),
        ("Tak (@region.midt_1), og @soh.", ["region.midt_1", "soh"]),
        ("skriv til info@rm.dk eller anna.b@rm.dk", []),
        ("@søren @ans\u00f8g @", []),
        ("https://www.instagram.com/@soh x/@y @@soh", []),
        ("\n@a,@b", ["a", "b"]),
    ],
)
def test_mentions_are_accounts_and_no_mail_addresses(text: str, names: list[str]) -> None:
    assert list(mentions(text)) == names


def test_a_caption_has_2200_units_at_most() -> None:
    assert codes("a" * 2200) == {}
    assert codes("a" * 2201) == {"too_long": True}
    assert codes("😀" * 1100) == {}
    assert codes("😀" * 1100 + "a") == {"too_long": True}
    one, many = problems("a" * 2201, Format.FEED)[0], problems("a" * 2210, Format.FEED)[0]
    assert "1 character too" in str(one.text) and "10 characters too" in str(many.text)


def test_line_breaks_of_a_form_do_not_make_a_caption_too_long() -> None:
    assert codes("a" * 2198 + "\r\n" + "a") == {}


def test_thirty_hashtags_are_the_most_and_more_than_five_are_unwise() -> None:
    def tagged(number: int) -> str:
        return "Hej " + " ".join(f"#dag{n}" for n in range(number))

    assert codes(tagged(5)) == {}
    assert codes(tagged(6)) == codes(tagged(30)) == {"many_hashtags": False}
    assert codes(tagged(31)) == {"too_many_hashtags": True}


def test_twenty_mentions_are_the_most() -> None:
    assert codes("@soh " * 20) == {}
    assert codes("@soh " * 21) == {"too_many_mentions": True}


@pytest.mark.parametrize("text", ["", "  \n", "\u200b"])
def test_a_post_needs_words_and_a_story_does_not(text: str) -> None:
    for format in (Format.FEED, Format.CAROUSEL, Format.REEL):
        assert codes(text, format) == {"no_text": True}
    assert codes(text, Format.STORY) == {}


def test_an_emoji_is_words_enough() -> None:
    assert codes("👍") == {}


def test_whoever_writes_below_a_story_is_told_that_nobody_sees_it() -> None:
    assert codes("Hej", Format.STORY) == {"story_without_text": False}


def test_hashtags_are_added_below_the_text() -> None:
    assert with_hashtags("Hej", ["#mitsocial", "soh"]) == "Hej\n\n#mitsocial #soh"
    assert with_hashtags("", ["soh"]) == "#soh"


def test_hashtags_that_stand_there_are_not_doubled() -> None:
    assert with_hashtags("Hej #MitSocial", ["mitsocial"]) == "Hej #MitSocial"
    assert with_hashtags("Hej", ["soh", "SOH", "#soh"]) == "Hej\n\n#soh"


def test_hashtags_join_a_line_of_hashtags() -> None:
    assert with_hashtags("Hej\n\n#soh\n", ["job"]) == "Hej\n\n#soh #job"
    for last in ("Hej #soh", "(#soh)", "#5", "#soh hej", "hej #soh"):
        assert with_hashtags(f"Hej\n{last}", ["job"]) == f"Hej\n{last}\n\n#job"


def test_aarhus_and_århus_are_two_hashtags() -> None:
    assert with_hashtags("#aarhus", ["århus"]) == "#aarhus #århus"


def test_what_is_no_hashtag_is_left_out() -> None:
    assert with_hashtags("Hej", ["", "#", "2022", "to ord", "a-b", "a#b"]) == "Hej"


@given(st.text(), st.lists(TAG | st.text(max_size=4)))
def test_adding_hashtags_twice_adds_nothing_and_loses_nothing(text: str, tags: list[str]) -> None:
    once = with_hashtags(text, tags)
    assert with_hashtags(once, tags) == once
    assert once.startswith(text.rstrip())
    assert set(hashtags(text)) <= set(hashtags(once))


@given(st.text())
def test_counting_and_reading_bear_any_text(text: str) -> None:
    found = counts(text)
    assert 0 <= found.letters <= found.units
    assert found.units >= len(text.replace("\r\n", "\n"))
    assert all(f"#{tag}" in text for tag in hashtags(text))
    assert all(f"@{name}" in text for name in mentions(text))
    for format in Format:
        problems(text, format)
    camel_case_advice(text, PARTS)


def suggestions(text: str) -> list[tuple[str, str]]:
    return [(advice.hashtag, advice.suggestion) for advice in camel_case_advice(text, PARTS)]


@pytest.mark.parametrize(
    ("tag", "suggestion"),
    [
        ("specialområdehjerneskade", "SpecialområdeHjerneskade"),
        ("Specialområdehjerneskade", "SpecialområdeHjerneskade"),
        ("mitsocialejob", "MitSocialeJob"),
        ("regionmidtjylland", "RegionMidtjylland"),
        ("verdensbedstejob", "VerdensBedsteJob"),
    ],
)
def test_long_hashtags_get_a_capital_letter_for_each_word(tag: str, suggestion: str) -> None:
    assert suggestions(f"Hej #{tag}") == [(tag, suggestion)]
    assert suggestion in str(camel_case_advice(f"#{tag}", PARTS)[0].text)


@pytest.mark.parametrize(
    "tag",
    [
        "mitsocial",  # short
        "SpecialområdeHjerneskade",
        "special_område_hjerneskade",
        "arbejdsglæde",  # one word in Danish
        "neurorehabilitering",
        "socialpædagogik",
        "SPECIALOMRÅDE",
        "takeover2022uge42",
        "drømmestillinger",  # unknown, and not very long
    ],
)
def test_hashtags_that_can_be_read_are_left_alone(tag: str) -> None:
    assert suggestions(f"#{tag}") == []


def test_a_very_long_hashtag_of_words_we_do_not_know_gets_general_advice() -> None:
    assert suggestions("#kanelsneglefrabagerenihjørnet") == [("kanelsneglefrabagerenihjørnet", "")]
    assert suggestions("#" + "x" * 19) == []
    assert suggestions("#" + "x" * 20) == [("x" * 20, "")]


def test_the_same_hashtag_is_spoken_of_once() -> None:
    assert len(suggestions("#regionmidtjylland #regionmidtjylland")) == 1
    assert suggestions("#" + "mit" * 700)[0][1] == "Mit" * 700


def test_twelve_letters_are_long_and_a_known_word_may_be_as_long_as_it_likes() -> None:
    assert camel_case_advice("#" + "mit" * 4, ["mit"])[0].suggestion == "Mit" * 4
    assert camel_case_advice("#mitmitmitmi", ["mit", "mi"]) == ()
    assert camel_case_advice("#" + "x" * 25, ["x" * 25]) == ()
    assert camel_case_advice("#" + "x" * 25, [])[0].suggestion == ""


def test_a_hashtag_is_cut_into_as_few_words_as_can_be() -> None:
    parts = ["mit", "social", "so", "cial", "mitso", "område"]
    assert camel_case_advice("#mitsocialområde", parts)[0].suggestion == "MitSocialOmråde"
