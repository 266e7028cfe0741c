"""Keys of people: made once, destroyed for good, useless without the master key."""

from __future__ import annotations

from pathlib import Path

import pytest

from branding.core.key_store import CannotOpen, KeyGone, KeyStore

NAME = "0123456789abcdef" * 2
MASTER = "m" * 32


def test_a_key_is_the_same_every_time_and_wrapped_on_the_disk(tmp_path: Path) -> None:
    key = KeyStore(tmp_path / "keys", MASTER).make(NAME)
    assert KeyStore(tmp_path / "keys", MASTER).key(NAME) == key
    assert all(key not in path.read_bytes() for path in (tmp_path / "keys").iterdir())


def test_only_the_owner_may_open_the_folder_and_its_files(tmp_path: Path) -> None:
    KeyStore(tmp_path / "keys", MASTER).make(NAME)
    assert (tmp_path / "keys").stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "keys").iterdir())


def test_another_master_key_opens_nothing(tmp_path: Path) -> None:
    KeyStore(tmp_path, MASTER).make(NAME)
    with pytest.raises(CannotOpen):
        KeyStore(tmp_path, "n" * 32).key(NAME)


def test_a_key_copied_to_another_name_opens_nothing(tmp_path: Path) -> None:
    KeyStore(tmp_path, MASTER).make(NAME)
    (tmp_path / ("f" * 32 + ".key")).write_bytes((tmp_path / f"{NAME}.key").read_bytes())
    with pytest.raises(CannotOpen):
        KeyStore(tmp_path, MASTER).key("f" * 32)


def test_a_destroyed_key_never_comes_back(tmp_path: Path) -> None:
    store = KeyStore(tmp_path, MASTER)
    store.make(NAME)
    store.destroy(NAME)
    store.destroy(NAME)
    assert list(store.destroyed()) == [NAME] and not store.holds(NAME)
    with pytest.raises(KeyGone):
        store.key(NAME)
    with pytest.raises(KeyGone):
        store.make(NAME)


def test_no_key_replaces_another(tmp_path: Path) -> None:
    store = KeyStore(tmp_path, MASTER)
    store.make(NAME)
    with pytest.raises(FileExistsError):
        store.make(NAME)


@pytest.mark.parametrize("name", ["", "../x", "A" * 32, "0" * 31, NAME + "\n"])
def test_only_ids_are_names(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError):
        KeyStore(tmp_path, MASTER).key(name)
