"""Registries: each name once, found by name, and a sentence that helps when there is none."""

from dataclasses import dataclass

import pytest

from core.activations import ACTIVATIONS
from core.datasets import DATASETS, ENCODINGS
from core.errors import InputError
from core.initializers import INITIALIZERS
from core.kernels import KERNELS
from core.losses import LOSSES
from core.optimizers import OPTIMIZERS
from core.penalties import PENALTIES
from core.registry import Registry

ALL = [ACTIVATIONS, LOSSES, INITIALIZERS, OPTIMIZERS, PENALTIES, KERNELS, DATASETS, ENCODINGS]


@dataclass(frozen=True)
class Entry:
    name: str
    value: int = 0


@pytest.fixture
def registry() -> Registry[Entry]:
    registry: Registry[Entry] = Registry("colour")
    for name in ("yellow", "blue", "green"):
        registry.add(Entry(name))
    return registry


def test_entries_are_found_by_name_and_keep_their_order(registry):
    assert registry.names() == ("yellow", "blue", "green")
    assert [entry.name for entry in registry] == ["yellow", "blue", "green"]
    assert registry["blue"].name == "blue"
    assert len(registry) == 3
    assert "green" in registry
    assert "red" not in registry


def test_adding_gives_the_entry_back(registry):
    entry = Entry("red")
    assert registry.add(entry) is entry
    assert registry["red"] is entry


def test_a_second_entry_of_a_name_is_refused_and_changes_nothing(registry):
    with pytest.raises(ValueError, match="colour 'blue' is registered twice"):
        registry.add(Entry("blue", value=1))
    assert registry["blue"].value == 0
    assert len(registry) == 3


def test_a_name_nearly_right_is_told_the_right_one(registry):
    with pytest.raises(InputError, match=r"^There is no colour 'bleu'; did you mean 'blue'\?$"):
        registry["bleu"]


def test_a_name_far_off_is_told_all_there_are(registry):
    with pytest.raises(InputError, match=r"^There is no colour 'xyz'; choose one of yellow, blue, green\.$"):
        registry["xyz"]


@pytest.mark.parametrize("registry", ALL, ids=lambda registry: registry.kind)
def test_every_entry_of_the_program_has_a_plain_name_and_a_label(registry):
    assert len(registry) > 0
    for entry in registry:
        assert registry[entry.name] is entry
        assert entry.name == entry.name.lower()
        assert entry.name.replace("-", "").isalnum()
        assert entry.label


@pytest.mark.parametrize("registry", ALL, ids=lambda registry: registry.kind)
def test_every_registry_of_the_program_refuses_a_double(registry):
    entry = next(iter(registry))
    with pytest.raises(ValueError, match="twice"):
        registry.add(entry)
