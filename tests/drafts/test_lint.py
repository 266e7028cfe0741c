"""What the lint finds in a caption, and what it leaves alone."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branding.drafts.rules.lint import findings, names_found
from branding.drafts.values.findings import Finding, FindingKind, Person
from branding.drafts.words import shipped

WORDS = shipped().with_own(
    names=[
        "Specialområde Hjerneskade",
        "SOH",
        "Boligerne Svalevej",
        "Epilepsi",
        "Vega",
        "Villa Vega",
        "Storm og Lærke",
    ],
    accounts=["@mitsocial", "Region.Midt"],
    hashtags=["#autisme"],
)
#: Names that are words (Liv, Dag), short ones, foreign letters, pseudonyms.
PEOPLE = [
    Person("p-birk", "Birk"),
    Person("p-vega", "Vega"),
    Person("p-dag", "Dag"),
    Person("p-storm", "Storm"),
    Person("p-kirsten", "Kirsten Holm"),
    Person("p-aase", "Aase Bo Friis"),
    Person("p-soren", "Søren"),
    Person("p-rene", "René"),
    Person("p-anne", "Anne-Marie"),
    Person("p-bo", "Bo Lund"),
    Person("p-ida", "Ida"),
    Person("p-ea", "Ea"),
    Person("p-dan", "Dan"),
    Person("p-three", "Beboer 3"),
    Person("p-mc", "McKenzie"),
    Person("p-k", "K"),
    Person("p-none", " - "),
]
BITS = [
    "Birk", "birks", "DAG", "Dag", "Kirsten", "Holm", "demens", "Storm", "og", "Lærke", "@soh", "#TakBirk",
    ".", "-", "2", "min", "borger", "Svalevej", "§ 85", "en", "af", "vores", "borgere", "årig", "\n", " ",
]  # fmt: skip
LINES = st.text() | st.lists(st.sampled_from(BITS)).map(" ".join)


def found(text: str, where: str = "caption") -> list[Finding]:
    return list(findings({where: text}, PEOPLE, WORDS))


def excerpts(text: str, where: str = "caption") -> list[tuple[str, str]]:
    return [(one.kind.value, text[one.excerpt_start : one.excerpt_end]) for one in found(text, where)]


@pytest.mark.parametrize(
    ("text", "subject", "excerpt"),
    [
        ("Birk er med i dag", "birk", "Birk"),
        ("tak til birk!", "birk", "birk"),
        ("Det er Birks bord", "birk", "Birks"),
        ("Birk's bord", "birk", "Birk"),
        ("BIRK OG JEG", "birk", ""),
        ("Tak #birk", "birk", "birk"),
        ("Tak #TakBirk", "birk", "Birk"),
        ("#BirkTak", "birk", "Birk"),
        ("Kirsten Holmen går", "kirsten", "Kirsten"),
        ("Bi\u00adrk", "birk", "Bi\u00adrk"),
        ("Hej @vega_2", "vega", "vega"),
        ("Hej Vega2", "vega", "Vega"),
        ("Dag maler", "dag", "Dag"),
        ("Her er Dags tegning", "dag", "Dags"),
        ("Hej DAG, tak", "dag", "DAG"),
        ("Storm hjælper til", "storm", "Storm"),
        ("Kirsten hjælper", "kirsten", "Kirsten"),
        ("Det var KIRSTEN  HOLM der", "kirsten", "KIRSTEN  HOLM"),
        ("@kirsten.holm", "kirsten", "kirsten.holm"),
        ("Kirsten Holms kage", "kirsten", "Kirsten Holms"),
        ("Åse er her", "aase", "Åse"),
        ("Aase Bo Friis", "aase", "Aase Bo Friis"),
        ("Tak Soeren", "soren", "Soeren"),
        ("Tak So\u0308ren", "soren", "So\u0308ren"),
        ("Tak søren", "soren", "søren"),
        ("Tak Rene", "rene", "Rene"),
        ("Tak René", "rene", "René"),
        ("Anne Marie bager", "anne", "Anne Marie"),
        ("Anne-Maries brød", "anne", "Anne-Maries"),
        ("Bo Lund synger", "bo", "Bo Lund"),
        ("bo lund synger", "bo", "bo lund"),
        ("Vi har Ea med", "ea", "Ea"),
        ("hej ida", "ida", "ida"),
        ("Vega er her", "vega", "Vega"),  # a unit is called so too
        ("Dan danser", "dan", "Dan"),
        ("Her bor beboer 3", "three", "beboer 3"),
        ("mckenzie og jeg", "mc", "mckenzie"),
        ("McKenzie og jeg", "mc", "McKenzie"),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, subject: str, excerpt: str) -> None:
    names = [one for one in found(text) if one.kind == FindingKind.NAME]
    if not excerpt:
        excerpt = text.split()[0]
    assert [(one.subject_id, text[one.excerpt_start : one.excerpt_end]) for one in names] == [
        (f"p-{subject}", excerpt)
    ]
    assert names[0].needs == "scope"
    assert str(names[0].text).startswith(f"“{excerpt}”")


@pytest.mark.parametrize(
    "text",
    [
        "Tak for i dag",
        "dag og nat",
        "God Dag",
        "Dag 2 på Engtoften",
        "Dag til dag",
        "TAK FOR DAG TO",
        "#GodeDag",
        "stormen kom, og storm er vejr",
        "Vi holder til hos Storm og Lærke",
        "Birkes med smør",  # no name of ours
        "Birkedal og mælkebirk",
        "en holm i søen, og Holm",
        "Vi vil bo på landet med Lund",
        "rene hænder",
        "Anne og Marie",
        "Vi elsker dans",
        "ea",
        "Vores borgere og beboere",
        "beboer 4",
        "k",
        "Tak til K.",
        "dags dato",
        "Tak\nDAG OG NAT\ntak",
        "Bo\nLund",
        "Bo, Lund",
        "Vi bor i Villa Vega",
        "det kostede 3 kr.",
        "Kirstenholm",
    ],
)
def test_words_that_are_nobodys_name_are_left_alone(text: str) -> None:
    assert [one for one in found(text) if one.kind == FindingKind.NAME] == []


def test_dans_is_dan_only_with_a_capital_letter() -> None:
    assert excerpts("Her er Dans bord") == [("name", "Dans")]


@pytest.mark.parametrize(
    ("text", "kind", "excerpt"),
    [
        ("Han har demens", "health", "demens"),
        ("Demensen fylder", "health", "Demensen"),
        ("Hun er dement", "health", "dement"),
        ("hun har epilepsi", "health", "epilepsi"),  # with a capital letter it is a unit of ours
        ("En ung med ADHD", "health", "ADHD"),
        ("livet med en hjerneskade", "health", "hjerneskade"),
        ("Efter en blodprop", "health", "blodprop"),
        ("#hjerneskade", "health", "hjerneskade"),
        ("#LivetMedDemens", "health", "Demens"),
        ("han er autist", "health", "autist"),
        ("Han lever med autisme", "health", "autisme"),
        ("Hun har Downs syndrom", "health", "Downs syndrom"),
        ("hans misbrug", "health", "misbrug"),
        ("Misbruget fylder", "health", "Misbruget"),
        ("#adhd#autisme", "health", "adhd"),  # the second is a hashtag of ours
        ("#autisme#adhd", "health", "adhd"),
        ("Hun blev tvangsfjernet", "case", "tvangsfjernet"),
        ("anbragt uden for hjemmet", "case", "anbragt"),
        ("Han har dom til behandling", "case", "dom til behandling"),
        ("Bor her efter § 108", "paragraph", "§ 108"),
        ("§85 og paragraf 107", "paragraph", "§85"),
        ("CPR 010190-1234", "cpr", "010190-1234"),
        ("3112991234", "cpr", "3112991234"),
        ("311299 1234", "cpr", "311299 1234"),
        ("Ring 23 45 67 89", "phone", "23 45 67 89"),
        ("Ring +45 23456789.", "phone", "+45 23456789"),
        ("Ring 2345 6789", "phone", "2345 6789"),
        ("Ring 23451231", "phone", "23451231"),
        ("Ring 20456789", "phone", "20456789"),
        ("Egevej 999", "address", "Egevej 999"),
        ("Det har vi viden om!\nDemens har han", "health", "Demens"),
        ("Viden om demens, og demens har han", "health", "demens"),
        ("Vi bor på Svalevej 12", "address", "Svalevej 12"),
        ("på svalevej 12B", "address", "svalevej 12"),
        ("Josiassens Vej 4", "address", "Josiassens Vej 4"),
        ("Lindeallé 7", "address", "Lindeallé 7"),
        ("Jeg går tur med min borger", "somebody", "min borger"),
        ("Her er vores søde beboer", "somebody", "vores søde beboer"),
        ("min borgers yndlingsret", "somebody", "min borgers"),
        ("Det er en af vores borgere", "somebody", "en af vores borgere"),
        ("Beboeren Karl griner", "somebody", "Beboeren Karl"),
        ("en 34-årig mand", "somebody", "34-årig mand"),
        ("en 34 årig kvinde", "somebody", "34 årig kvinde"),
    ],
)
def test_words_that_tell_too_much_are_asked_about(text: str, kind: str, excerpt: str) -> None:
    assert (kind, excerpt) in excerpts(text)
    assert len(found(text)) == (2 if "107" in text else 1)
    assert {one.needs for one in found(text)} == {"reason"}
    assert {one.subject_id for one in found(text)} == {""}


@pytest.mark.parametrize(
    "text",
    [
        "I Specialområde Hjerneskade bager vi",
        "Specialområde Hjerneskades dag",
        "#specialområdehjerneskade #SpecialområdeHjerneskade",
        "#autisme #Autisme",
        "Jeg arbejder i Epilepsi",  # a unit of ours
        "Vores demenskoordinator og hjerneskadeteamet",
        "Vi ved meget, og vil have mere viden om demens",
        "Kursus i hjerneskade for alle",
        "Autismespecifik pædagogik",
        "Støt Kræftens Bekæmpelse",
        "Sammen med borgere og kolleger",
        "Hvordan møder man en borger i øjenhøjde?",
        "Vi hjælper borgerne, og borgeren bestemmer selv",
        "Har I spørgsmål, borgere? Borgeren I møder",
        "På vej hjem, uge 33, den 17. oktober 2022",
        "Alle 12 kolleger er på vej 2 og 2",
        "Vi har åbent 2021 2022 og 20221017",
        "Det kostede 12.345.678 kr. eller 25 000 000",
        "Varenummer 12345678 og 99999999999",  # no phone begins with 1, none has eleven digits
        "320190-1234 og 001290-1234",  # no such day
        "011390-1234 og 010090-1234",  # no such month
        "Kalle 3, Åvej 3 og Svalevej 1000",
        "Svalevej\n12 og Svalevej: 12",
        "På vej 4 gange, min Vej 4, Slut. Vej 4",
        "12 Svalevej",
        "en til vores borgere",
        "Han er en af",
        "Den er min",
        "Den er vores egen",
        "min: borger, og min vagt, borger",
        "Borgeren SOH kender",  # a unit of ours
        "fler-årig mand, 34, årig mand og 34-årig, mand",
        "12 søde mand",
        "i specialområde hjerneskade",
        "25 års jubilæum og 34-årig erfaring",
        "Boligerne Svalevej er hjemme",
        "Kaffe kl. 10.30, 4 stuer, 100 %",
        "Vi additerer og maniererer",
        "vores fællesskab for borger og kollega",
        "min nye vagt: borger",
    ],
)
def test_everyday_words_raise_no_alarm(text: str) -> None:
    assert excerpts(text) == []


def test_accounts_that_are_not_our_own_are_asked_about() -> None:
    assert excerpts("Tak @mitsocial @REGION.midt @fremmed, info@rm.dk") == [("account", "fremmed")]
    assert str(found("@fremmed")[0].text).startswith("@fremmed ")


def test_every_collaborator_is_an_account() -> None:
    for where in ("collaborators", "tags"):
        assert excerpts("mitsocial, @fremmed region.midt Birk-x", where) == [
            ("account", "fremmed"), ("name", "Birk"), ("account", "Birk-x"),
        ]  # fmt: skip
    assert excerpts("demens", "collaborators") == [("account", "demens")]


def test_a_reason_holds_while_the_word_stays() -> None:
    first = {one.key for one in found("Han har demens")}
    assert first == {one.key for one in found("Nyt: i morges sagde han Demens igen")}
    assert first.isdisjoint({one.key for one in found("Han har epilepsi")})
    assert found("@min_ven")[0].key != found("@min.ven")[0].key


def test_keys_hold_no_words() -> None:
    keys = [one.key for one in found("Birk har demens, 010190-1234, @fremmed")]
    assert all(re.fullmatch(r"name:p-birk|[a-z]+:[0-9a-f]{16}", key) for key in keys), keys
    assert len(keys) == 4


def test_one_finding_a_text_where_it_stands_first_in_reading_order() -> None:
    texts = {"caption": "demens, Vega, demens og Vega", "first_comment": "demens"}
    assert [(one.where, one.kind.value, one.excerpt_start) for one in findings(texts, PEOPLE, WORDS)] == [
        ("caption", "health", 0), ("caption", "name", 8), ("first_comment", "health", 0),
    ]  # fmt: skip


def test_two_people_of_one_name_are_both_named() -> None:
    twins = [Person("1", "Birk"), Person("2", "Birk Hansen")]
    both = findings({"caption": "Birk er her"}, twins, WORDS)
    assert names_found(both) == {"1", "2"}
    assert names_found(findings({"caption": "Birk Hansen"}, twins, WORDS)) == {"1", "2"}


def test_only_names_are_told_to_the_gate() -> None:
    assert names_found(found("demens @fremmed")) == frozenset()


def test_without_people_or_own_names_it_still_reads() -> None:
    bare = findings({"caption": "Birk i Specialområde Hjerneskade"}, [], shipped())
    assert [one.kind for one in bare] == [FindingKind.HEALTH]


@given(LINES, LINES)
def test_adding_a_line_never_takes_a_name_away(text: str, more: str) -> None:
    named = names_found(found(text))
    assert named <= names_found(found(f"{text}\n{more}"))
    assert named <= names_found(found(f"{more}\n{text}"))


@given(LINES, st.sampled_from(["caption", "collaborators"]))
def test_any_text_is_read_and_every_place_lies_inside_it(text: str, where: str) -> None:
    for one in found(text, where):
        assert 0 <= one.excerpt_start < one.excerpt_end <= len(text)
        assert (one.needs == "scope") == (one.kind == FindingKind.NAME) == bool(one.subject_id)


@given(st.text(st.characters(), max_size=8), st.text(max_size=20))
def test_any_label_can_be_looked_for(label: str, text: str) -> None:
    findings({"caption": f"{text} {label}"}, [Person("x", label)], WORDS)


def test_broken_letters_do_no_harm() -> None:
    assert excerpts("\ud800 Birk \udfff") == [("name", "Birk")]
    assert excerpts("\ud800", "collaborators") == [("account", "\ud800")]


def test_a_long_text_and_many_people_are_read_at_once() -> None:
    people = [Person(str(n), f"Navn{n} Efternavn") for n in range(5_000)]
    for text in (
        "Vi har demens og Birk i dag. " * 76,
        "a" * 2200,
        "@" * 2200,
        "12 " * 730,
        "en af vores " * 180,
    ):
        started = time.perf_counter()
        findings({"caption": text}, people, WORDS)
        assert time.perf_counter() - started < 1
