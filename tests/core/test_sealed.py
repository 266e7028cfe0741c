from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from branding.core.sealed import CannotOpen, seal, unseal


def with_key(key: str) -> Session:
    return Session(info={"data_key": key})


HERE = with_key("k" * 64)


@given(st.text(), st.text(min_size=1))
def test_what_is_sealed_opens_again_and_shows_nothing_before(plain: str, about: str) -> None:
    sealed = seal(HERE, plain, about=about)
    assert unseal(HERE, sealed, about=about) == plain
    assert len(plain) < 4 or plain not in sealed


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert seal(HERE, "kode", about="a") != seal(HERE, "kode", about="a")


def test_a_sealed_text_opens_only_in_its_own_row_with_its_own_key() -> None:
    sealed = seal(HERE, "kode", about="profile_login:1:password")
    for session, text, about in (
        (HERE, sealed, "profile_login:2:password"),
        (with_key("x" * 64), sealed, "profile_login:1:password"),
        (HERE, sealed[:-6] + "AAAA==", "profile_login:1:password"),
        (HERE, "v1.", "profile_login:1:password"),
        (HERE, "rubbish", "profile_login:1:password"),
    ):
        with pytest.raises(CannotOpen):
            unseal(session, text, about=about)


def test_without_a_key_nothing_is_sealed() -> None:
    with pytest.raises(RuntimeError):
        seal(with_key(""), "kode", about="a")
