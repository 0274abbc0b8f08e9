"""A record is what a frozen dataclass is, made without compiling anything."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from functools import cached_property
from typing import Any

import pytest

from core.record import record


def classes(make: Callable[[type[Any]], type[Any]], make_unique: Callable[[type[Any]], type[Any]]) -> dict[str, Any]:
    """The same classes, by that decorator, or by the one whose instances are equal to nothing else."""

    @make
    class Point:
        x: float
        y: float = 0.0
        names: list[str] = field(default_factory=list[str])
        note: str = field(default="", compare=False, repr=False)
        kept: dict[str, int] = field(default_factory=dict[str, int], init=False, compare=False, repr=False)

        @cached_property
        def double(self) -> float:
            return 2 * self.x

    @make
    class Place(Point):
        z: float = 5.0

    @make
    class Nothing:
        pass

    @make
    class Checked:
        x: int

        def __post_init__(self) -> None:
            if self.x < 0:
                raise ValueError("negative")

        def __repr__(self) -> str:
            return "own"

    @make_unique
    class Unique:
        x: int

    return {each.__name__: each for each in (Point, Place, Nothing, Checked, Unique)}


RECORDS = classes(record, record(eq=False))
FROZEN = classes(dataclass(frozen=True), dataclass(frozen=True, eq=False))

GIVEN: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("Point", (1.0,), {}),
    ("Point", (1.0, 2.0), {"note": "here"}),
    ("Point", (), {"x": 1.0, "names": ["a"]}),
    ("Place", (1.0, 2.0, ["a"], "there", 7.0), {}),
    ("Nothing", (), {}),
    ("Checked", (3,), {}),
]


@pytest.mark.parametrize(("name", "values", "named"), GIVEN)
def test_a_record_is_made_shown_copied_and_taken_apart_as_a_frozen_dataclass_is(
    name: str, values: tuple[Any, ...], named: dict[str, Any]
) -> None:
    ours, theirs = RECORDS[name](*values, **named), FROZEN[name](*values, **named)
    assert vars(ours) == vars(theirs)
    assert repr(ours) == repr(theirs)
    assert asdict(ours) == asdict(theirs)
    assert [each.name for each in fields(ours)] == [each.name for each in fields(theirs)]
    assert RECORDS[name].__match_args__ == FROZEN[name].__match_args__
    assert vars(replace(ours, **named)) == vars(replace(theirs, **named))


@pytest.mark.parametrize(
    ("name", "values", "named"),
    [
        ("Point", (), {}),
        ("Point", (), {"y": 1.0}),
        ("Point", (1.0,), {"x": 2.0}),
        ("Point", (1.0,), {"q": 2.0}),
        ("Point", (), {"q": 2.0}),
        ("Point", (1.0,), {"kept": {}}),
        ("Point", (1.0, 2.0, [], "", {}), {}),
        ("Nothing", (1,), {}),
    ],
)
def test_what_is_missing_unknown_or_told_twice_is_refused(
    name: str, values: tuple[Any, ...], named: dict[str, Any]
) -> None:
    with pytest.raises(TypeError):
        FROZEN[name](*values, **named)
    with pytest.raises(TypeError, match=name):
        RECORDS[name](*values, **named)


def test_records_of_one_class_are_equal_when_what_is_compared_of_them_is() -> None:
    point, place, nothing = RECORDS["Point"], RECORDS["Place"], RECORDS["Nothing"]
    assert point(1.0, note="a") == point(1.0, note="b") != point(2.0)
    assert point(1.0) != place(1.0)
    assert nothing() == nothing()
    assert RECORDS["Checked"](1) != RECORDS["Checked"](2)
    assert hash(RECORDS["Checked"](1)) == hash(RECORDS["Checked"](1))
    assert hash(nothing()) == hash(nothing())


def test_a_record_without_equality_is_like_itself_alone() -> None:
    first, second = RECORDS["Unique"](1), RECORDS["Unique"](1)
    assert first != second
    assert {first: 1, second: 2}[first] == 1


def test_a_record_never_changes_but_remembers_what_it_has_worked_out() -> None:
    point = RECORDS["Point"](1.5)
    with pytest.raises(FrozenInstanceError, match="x"):
        point.x = 2.0
    with pytest.raises(FrozenInstanceError, match="x"):
        del point.x
    assert (point.x, point.double, point.double) == (1.5, 3.0, 3.0)
    assert RECORDS["Point"](1.5).names is not RECORDS["Point"](1.5).names


def test_what_a_record_checks_about_itself_it_checks_when_it_is_made() -> None:
    with pytest.raises(ValueError, match="negative"):
        RECORDS["Checked"](-1)
    with pytest.raises(ValueError, match="negative"):
        replace(RECORDS["Checked"](1), x=-1)
