"""What is remembered comes back as it was; of a file that makes no sense only what does is taken."""

import base64
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.settings import MOST_RECENT, Settings, SettingsFile, from_json, to_json

WHOLE = Settings("dark", 1.5, b"\x00layout\xff", b"geometry", ("/a/b.npz", "/c d.json"), ("train",))
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=True) | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=10), inner, max_size=5),
    max_leaves=20,
)


def test_what_was_kept_comes_back(tmp_path):
    path = tmp_path / "new folder" / "settings.json"
    SettingsFile(path).keep(WHOLE)
    again = SettingsFile(path)
    assert again.settings == WHOLE
    assert again.trouble == ""


def test_without_a_path_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = SettingsFile()
    file.change(zoom=2.0)
    assert file.settings.zoom == 2.0
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_when_nothing_changes(tmp_path):
    file = SettingsFile(tmp_path / "settings.json")
    file.change(zoom=1.0)
    assert not (tmp_path / "settings.json").exists()


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\xff\xfe\x00",
        b"{",
        b'{"zoom": 1e999',
        b"[" * 100_000,
        b'{"zoom": 2, "zoom": 1}',
        b"0" * 2_000_000,
        b"null",
        b"[1, 2]",
    ],
)
def test_garbage_is_survived_and_the_defaults_serve(tmp_path, garbage):
    path = tmp_path / "settings.json"
    path.write_bytes(garbage)
    file = SettingsFile(path)
    assert file.settings == Settings()
    file.change(zoom=1.5)
    assert SettingsFile(path).settings == Settings(zoom=1.5)


def test_of_a_spoiled_file_what_makes_sense_is_taken():
    found = {**to_json(WHOLE), "zoom": 1e9, "theme": "pink", "recent": ["/ok.npz", 3, "", "a\nb", "x" * 9000]}
    assert from_json(found) == replace(WHOLE, zoom=1.0, theme="system", recent=("/ok.npz",))


@pytest.mark.parametrize("blob", ["layout", "geometry"])
def test_what_qt_would_take_on_trust_is_dropped_when_a_bit_of_it_is_wrong(blob):
    found = to_json(WHOLE)
    spoiled = bytearray(getattr(WHOLE, blob))
    spoiled[-1] ^= 1
    found[blob] = base64.b64encode(spoiled).decode()
    assert from_json(found) == replace(WHOLE, layout=b"", geometry=b"")


@given(
    found=ANY_JSON
    | st.fixed_dictionaries(
        dict.fromkeys(to_json(WHOLE), ANY_JSON),
    )
)
@settings(max_examples=200)
def test_no_json_breaks_it(found):
    sound = from_json(found)
    assert from_json(to_json(sound)) == sound


def test_the_file_opened_last_comes_first_and_only_once(tmp_path):
    now = Settings()
    for number in range(12):
        now = now.with_recent(tmp_path / f"{number}.npz")
    now = now.with_recent(tmp_path / "9.npz")
    assert [Path(name).stem for name in now.recent] == ["9", "11", "10", "8", "7", "6", "5", "4"]
    assert len(now.recent) == MOST_RECENT


def test_a_place_that_is_a_folder_only_forgets(tmp_path):
    file = SettingsFile(tmp_path)
    file.change(zoom=2.0)
    assert file.settings.zoom == 2.0
    assert json.dumps(to_json(file.settings))
