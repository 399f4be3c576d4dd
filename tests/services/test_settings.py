"""Settings survive whatever happens to their file, and no file is lost by it."""

import json
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import settings as settings_module
from services.errors import InputError
from services.paths import settings_path
from services.settings import Settings, load, save

CHANGED = Settings(
    theme="dark",
    text_size_pct=115,
    start_page="positioning",
    market="vix",
    mirror="https://mirror.example",
    proxy="http://proxy.example:8080",
    contact_email="desk@example.org",
    board_file="https://www.federalreserve.gov/ebp.csv",
    has_consent=True,
    auto_refresh=False,
    single_letter_keys=False,
    check_releases=True,
    releases_checked="2026-07-04",
    export_folder="exports",
    seen_hints=True,
    accepted_terms=("yahoo",),
    sources_off=("nasdaq",),
    pages={"positioning": {"range": "5y"}},
    watching={"rules": []},
    layout={"splitter": [1, 2], "geometry": "AdnQywAD"},
    mappings={"0123456789abcdef": {"columns": {"ticker": "Symbol"}}},
    unknown={"of_a_later_version": {"a": [None, 1.5, "é"]}},
)

UNUSABLE: dict[str, bytes] = {
    "nothing": b"",
    "not JSON": b"theme = dark",
    "cut off": b'{"theme": "dark", "sources_off": ["vi',
    "a list": b"[1, 2]",
    "not UTF-8": b'{"theme": "\xff\xfe"}',
    "not a number": b'{"text_size_pct": NaN}',
    "nested beyond measure": b'{"pages": ' + b"[" * 100_000,
    "too big": b'{"theme": "' + b"x" * settings_module.MAX_BYTES + b'"}',
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profile"


def put(folder: Path, content: bytes | dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    path = settings_path(folder)
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def kept(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.glob("settings.json.bad-*")]


def test_that_settings_are_the_defaults_where_there_is_no_file(folder: Path) -> None:
    assert load(folder) == (Settings(), ())
    assert not folder.exists()


def test_that_every_setting_comes_back_as_it_was_saved(folder: Path) -> None:
    assert all(getattr(CHANGED, item.name) != getattr(Settings(), item.name) for item in fields(Settings))
    save(folder, CHANGED)
    assert load(folder) == (CHANGED, ())
    assert [path.name for path in folder.iterdir()] == ["settings.json"]


def test_that_keys_of_another_version_survive_a_save(folder: Path) -> None:
    path = put(folder, {"theme": "dark", "of_a_later_version": 7})
    held, notices = load(folder)
    assert notices == ()
    save(folder, replace(held, theme="light"))
    assert json.loads(path.read_bytes())["of_a_later_version"] == 7


@pytest.mark.parametrize("kind", UNUSABLE)
def test_that_a_file_that_cannot_be_used_is_kept_under_another_name(folder: Path, kind: str) -> None:
    path = put(folder, UNUSABLE[kind])
    held, (notice,) = load(folder)
    assert held == Settings()
    assert "kept as settings.json.bad-" in notice
    assert kept(folder) == [UNUSABLE[kind]]
    assert not path.exists()
    assert load(folder) == (Settings(), ())


@pytest.mark.parametrize("kind", UNUSABLE)
def test_that_a_save_never_overwrites_a_file_that_cannot_be_used(folder: Path, kind: str) -> None:
    put(folder, UNUSABLE[kind])
    save(folder, CHANGED)
    assert kept(folder) == [UNUSABLE[kind]]
    assert load(folder) == (CHANGED, ())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("theme", None),
        ("text_size_pct", 101),
        ("text_size_pct", "100"),
        ("auto_refresh", 1),
        ("text_size_pct", True),
        ("market", "x" * 5_000),
        ("sources_off", "vix"),
        ("sources_off", ["vix", 1]),
        ("pages", []),
    ],
)
def test_that_a_value_that_cannot_be_used_costs_no_other(folder: Path, name: str, value: object) -> None:
    content = {"mirror": "https://mirror.example", name: value}
    put(folder, content)
    held, (notice,) = load(folder)
    assert held == Settings(mirror="https://mirror.example")
    assert name in notice
    assert [json.loads(body) for body in kept(folder)] == [content]
    assert load(folder) == (held, ())


def test_that_settings_that_cannot_be_written_are_an_error_that_says_where(folder: Path) -> None:
    folder.write_text("not a folder")
    with pytest.raises(InputError, match="profile"):
        save(folder, CHANGED)
    assert folder.read_text() == "not a folder"
    assert load(folder) == (Settings(), ())  # opening the archive tells of the folder


def test_that_a_folder_in_place_of_the_file_is_left_alone(folder: Path) -> None:
    settings_path(folder).mkdir(parents=True)
    _, notices = load(folder)
    assert len(notices) == 1
    with pytest.raises(InputError):
        save(folder, CHANGED)
    assert settings_path(folder).is_dir()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
ANY_FILE = st.dictionaries(st.sampled_from(sorted(asdict(Settings()))) | st.text(), JSON, max_size=6)


@given(content=ANY_FILE | JSON)
def test_that_any_file_gives_settings_that_can_be_saved(tmp_path_factory: pytest.TempPathFactory, content: Any) -> None:
    folder = tmp_path_factory.mktemp("any")
    put(folder, json.dumps(content).encode())
    held, notices = load(folder)
    assert len(notices) <= 1
    assert bool(notices) == bool(kept(folder))
    save(folder, held)
    assert load(folder) == (held, ())


@given(content=st.binary(max_size=200))
def test_that_no_bytes_whatever_stop_the_app(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("any")
    put(folder, content)
    load(folder)
    save(folder, CHANGED)
    assert load(folder) == (CHANGED, ())
