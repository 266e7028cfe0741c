from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branding.core.errors import RuleBroken
from branding.organisation.rules import names
from branding.organisation.values import COLOURS, Channel, UnitKind, UnitView


@pytest.mark.parametrize(
    ("written", "handle"),
    [
        ("@MitSocial", "mitsocial"),
        (" mit.social_2 ", "mit.social_2"),
        ("https://www.instagram.com/mitsocial/", "mitsocial"),
        ("instagram.com/mitsocial?hl=da", "mitsocial"),
    ],
)
def test_an_instagram_name_is_found_in_what_people_write(written: str, handle: str) -> None:
    assert names.clean_handle(Channel.INSTAGRAM, written) == handle


@pytest.mark.parametrize(
    "written", ["", "@", "mit social", "mit-social", "æøå", ".mit", "mit.", "a..b", "x" * 31]
)
def test_what_cannot_be_an_instagram_name_is_refused(written: str) -> None:
    with pytest.raises(RuleBroken) as error:
        names.clean_handle(Channel.INSTAGRAM, written)
    assert error.value.field == "handle"


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789_", min_size=1, max_size=30))
def test_every_instagram_name_survives_its_own_address(handle: str) -> None:
    address = names.address_of(Channel.INSTAGRAM, handle)
    assert names.clean_handle(Channel.INSTAGRAM, address) == handle


def test_other_channels_have_hyphens() -> None:
    assert names.clean_handle(Channel.LINKEDIN, "linkedin.com/company/region-prøve/") == "region-prøve"


@given(st.lists(st.integers(1, COLOURS), max_size=40))
def test_a_new_area_gets_the_hue_that_fewest_wear(worn: list[int]) -> None:
    assert worn.count(names.choose_colour(worn)) == min(worn.count(hue) for hue in range(1, COLOURS + 1))


def view(unit_id: int, name: str, short: str = "", area_id: int | None = None) -> UnitView:
    kind = UnitKind.DEPARTMENT if area_id else UnitKind.AREA
    return UnitView(unit_id, kind, name, short, area_id or unit_id, "", 1)


OTHERS = [view(1, "Specialområde Hjerneskade", "SOH"), view(2, "SVO", "SVO"), view(3, "Høskoven", "", 1)]


@pytest.mark.parametrize(
    ("name", "short", "area_id", "field"),
    [("soh", "", None, "name"), ("Ny", "svo", None, "short_name"), ("HØSKOVEN", "", 1, "name")],
)
def test_two_units_do_not_answer_to_one_name(name: str, short: str, area_id: int | None, field: str) -> None:
    with pytest.raises(RuleBroken) as error:
        names.check_free(name, short, area_id, OTHERS)
    assert error.value.field == field


def test_departments_of_two_areas_may_have_one_name_and_a_unit_may_keep_its_own() -> None:
    names.check_free("Høskoven", "", 2, OTHERS)
    names.check_free("Høskoven", "", None, OTHERS)
    names.check_free("SOH", "", 1, OTHERS)
    names.check_free("Specialområde Hjerneskade", "SOH", None, OTHERS, unit_id=1)
