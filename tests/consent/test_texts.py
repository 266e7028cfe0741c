"""The forms: easy to read, complete, and never changed once they were used."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlmodel import Session

from branding.consent import texts
from branding.consent.models import ConsentRules
from branding.consent.queries.wording import blanks, danish_day
from branding.consent.texts import FormText
from branding.consent.values.records import Audience, SignerRole
from branding.consent.values.requests import CHOICES, Part
from branding.organisation import service as organisation

#: Every version that was ever handed out keeps its text: a new text is a new file.
SHIPPED = {
    "citizen_easy-1-da": "b3dd5644a51fedd8ad7b97a60111a235eec18c8b6cf2b7c6ce7704fada294d7a",
    "citizen_full-1-da": "9417e8786ea75f0c8ab69f8e84f64bf9bd06c6055e6dcc453471c7b89cbcae6a",
    "colleague_oral-1-da": "04a39ab7f3022ee8a72107c757f350d005b01e5881bf17b99e2f1e8f5b589ab2",
    "colleague_written-1-da": "462c58e34628ebec54ec8b931f18512c8f59206d972dd9f0ff778b4cdece3a38",
    "guardian-1-da": "e9e4c507bd06f043af276aafc302601528c6670cfebf0cfac4630e25767cdf53",
    "other-1-da": "62749093a670f9b3508e66ac0d3c11480b44d25a125fce2e821120fcabc76928",
    "youth-1-da": "7431a26e9aaf64d1f4688646b133a9b0f1366561e6126c13f0e872339c889d77",
}
SAMPLE = {
    "unit": "Høskoven",
    "controller": "Region Midtjylland",
    "until": "20. maj 2027",
    "live_days": "60",
    "call_line": "Eller ring til 78 41 00 00.",
    "dpo_line": "Rådgiveren om data: dpo@example.dk.",
    "handle": "proeve",
    "guardian_line": "Du har en værge. Vi spørger jer begge. Siger du nej, så er det nej.",
    "person": "den, du er værge for",
    "right_line": "Jeg er værge for personen, også når det gælder billeder.",
}
EASY = ("citizen_easy-1-da", "youth-1-da")


def sentences(text: FormText) -> list[list[str]]:
    """Words of each sentence; a heading is one, and so is a line without a full stop."""
    plain = re.sub(r"(?<=\d)\. (?=[a-zæøå])", " ", text.words)  # "20. maj" is no end
    found = re.split(r"[.!?:]\s+|[.!?:]$|\n", plain, flags=re.MULTILINE)
    return [words for one in found if (words := re.findall(r"[\wæøåÆØÅ@.-]*\w", one))]


def lix(text: FormText) -> float:
    lines = sentences(text)
    words = [word for line in lines for word in line]
    long = [word for word in words if len(word) > 6]
    return len(words) / len(lines) + 100 * len(long) / len(words)


@pytest.mark.parametrize("form_id", EASY)
def test_easy_texts_are_easy(form_id: str) -> None:
    text = texts.form(form_id).filled(SAMPLE)
    assert lix(text) <= 25, round(lix(text), 1)
    too_long = [" ".join(one) for one in sentences(text) if len(one) > 15]
    assert not too_long


@pytest.mark.parametrize("form_id", texts.forms())
def test_no_other_text_is_hard_to_read(form_id: str) -> None:
    text = texts.form(form_id).filled(SAMPLE)
    assert lix(text) <= 42, round(lix(text), 1)


#: What article 13 asks for, by words that say it.
ARTICLE_13 = {
    "controller": "Region Midtjylland",
    "dpo": "dpo@example.dk",
    "purpose": r"søge? job|arbejde h|hverdagen",
    "recipients": "Meta",
    "outside the EU": "uden for EU",
    "duration": "20. maj 2027",
    "access": r"indsigt|få at vide, hvad vi har gemt",
    "erasure": r"slettet|sletning",
    "withdrawal": r"fortryde|trække",
    "no harm": r"samme|frivilligt",
    "complaint": "Datatilsynet",
}


@pytest.mark.parametrize("form_id", [name for name in texts.forms() if "oral" not in name])
def test_every_form_says_what_article_13_asks_for(form_id: str) -> None:
    words = texts.form(form_id).filled(SAMPLE).words
    missing = [name for name, said in ARTICLE_13.items() if not re.search(said, words)]
    assert not missing


def test_the_full_text_names_the_law() -> None:
    words = texts.newest(Audience.CITIZEN_FULL).words
    assert "artikel 6, stk. 1, litra a" in words and "artikel 9, stk. 2, litra a" in words


@pytest.mark.parametrize("form_id", texts.forms())
def test_forms_are_well_formed(form_id: str) -> None:
    text = texts.form(form_id)
    assert re.fullmatch(r"[a-z_]+-[1-9]\d*-(da|en)", form_id)
    fields = {name for _, name, _, _ in string.Formatter().parse(text.words) if name is not None}
    assert fields <= set(SAMPLE)
    if text.audience is not Audience.COLLEAGUE_ORAL:
        assert set(text.choices) == set(CHOICES)


def test_a_version_that_was_handed_out_keeps_its_words() -> None:
    assert {name: one.sha256 for name, one in texts.forms().items()} == SHIPPED


def test_a_line_that_nothing_fills_is_not_there() -> None:
    text = texts.form("citizen_easy-1-da").filled({**SAMPLE, "guardian_line": "", "call_line": ""})
    assert "\n\n" not in text.words and "værge" not in text.words


def test_only_what_is_asked_is_shown() -> None:
    text = texts.form("citizen_easy-1-da").asking(["photo", "instagram"])
    assert list(text.choices) == ["photo", "instagram"]


def test_blanks_come_from_the_settings_and_say_nothing_about_the_person(
    session: Session, area: int, at: Callable[[str], datetime]
) -> None:
    now = at("2026-11-23 10:00")
    organisation.set_up_organisation(session, "Prøveområdet", now=now)
    session.add(ConsentRules(controller="Regionen", dpo_contact="dpo@example.dk", phone="12 34 56 78"))
    session.flush()
    found = blanks(session, area, date(2027, 5, 20))
    assert set(found) == set(SAMPLE)
    assert found["controller"] == "Regionen" and "12 34 56 78" in found["call_line"]
    assert found["until"] == danish_day(date(2027, 5, 20)) == "20. maj 2027"
    parent = Part("custody-1", SignerRole.CUSTODY, Audience.GUARDIAN)
    assert blanks(session, area, date(2027, 5, 20), part=parent)["person"] == "dit barn"
