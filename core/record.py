"""Values that never change after they were made."""

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from functools import partial
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

Made = TypeVar("Made")


@overload
def record(cls: type[Made]) -> type[Made]: ...
@overload
def record(*, eq: bool) -> Callable[[type[Made]], type[Made]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[Made] | None = None, *, eq: bool = True) -> Any:
    """What `dataclass(frozen=True)` makes of a class, and known as such to `replace`, `fields` and `asdict`.

    That one compiles six functions for each class whenever the program starts, which for our 130 takes an eighth of
    the start (`python -m playground bench start`); the functions of a record are closures, there at once.
    """
    return partial(_made, eq=eq) if cls is None else _made(cls, eq)


def _made(cls: type[Made], eq: bool) -> type[Made]:
    result = dataclass(init=False, repr=False, eq=False)(cls)
    methods = {
        "__init__": _initialiser(result),
        "__repr__": _representation,
        "__setattr__": _refusal,
        "__delattr__": _refusal,
        **(_equality(result) if eq else {}),
    }
    for name, method in methods.items():
        if name not in vars(cls):
            setattr(result, name, method)
    return result


def _initialiser(cls: type[Any]) -> Callable[..., None]:
    every = fields(cls)
    names = tuple(each.name for each in every if each.init)
    defaults = {each.name: each.default for each in every if each.default is not MISSING}
    factories = {each.name: each.default_factory for each in every if each.default_factory is not MISSING}
    prepared = hasattr(cls, "__post_init__")
    known, count = frozenset(names), len(every)

    def initialise(self: Any, *values: Any, **named: Any) -> None:
        # What has been made is written past the refusal.
        attributes = self.__dict__
        attributes.update(defaults)
        attributes.update(zip(names, values, strict=False))
        attributes.update(named)
        if factories:
            attributes.update({name: make() for name, make in factories.items() if name not in attributes})
        if len(attributes) != count or len(values) > len(names) or (named and not fit(len(values), named)):
            told = f"{len(values)} without a name, {', '.join(named) or 'none'} by name"
            raise TypeError(f"{cls.__name__} takes {', '.join(names)}; given were {told}.")
        if prepared:
            self.__post_init__()

    def fit(placed: int, named: dict[str, Any]) -> bool:
        return known >= named.keys() and named.keys().isdisjoint(names[:placed])

    return initialise


def _equality(cls: type[Any]) -> dict[str, Callable[..., Any]]:
    names = [each.name for each in fields(cls) if each.compare]
    content: Callable[[Any], Any] = attrgetter(*names) if names else lambda _: ()

    def equal(self: Any, other: object) -> bool:
        return content(self) == content(other) if type(other) is type(self) else NotImplemented

    def hashed(self: Any) -> int:
        return hash(content(self))

    return {"__eq__": equal, "__hash__": hashed}


def _representation(self: Any) -> str:
    shown = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({shown})"


def _refusal(self: Any, name: str, *_: Any) -> None:
    raise FrozenInstanceError(f"{type(self).__name__} never changes: {name} can't be set.")
