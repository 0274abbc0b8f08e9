"""JSON from strangers, within bounds: no duplicate keys, no endless nesting, no text that fills the memory."""

import json
from typing import cast

from core.errors import InputError

# The longest text, and the most of each mark in it; a parameter takes some 20 characters, so both allow 300,000
# of them. A mark stands for a Python object of up to 100 bytes: 6 MiB of "{},{},…" would become 150 MiB. Within
# these bounds the worst text that was found (short strings of wide characters) takes 57 MiB, reading included.
LIMIT = 6 * 2**20
MOST = {"[": 150_000, "{": 1_000, ":": 10_000, ",": 330_000}


def parse(data: bytes) -> object:
    """What the JSON text `data` says. NaN and Infinity become floats; whoever meets one can name its place."""
    if len(data) > LIMIT:
        raise InputError(f"it has more than {LIMIT >> 20} MiB of text; keep networks of that size as .npz.")
    for mark, most in MOST.items():
        if data.count(mark.encode()) > most:
            raise InputError(f"it has more than {most:,} {mark!r}; keep networks of that size as .npz.")
    try:
        text = data.decode("utf-8-sig")
        return cast(object, json.loads(text, parse_int=_whole, object_pairs_hook=_without_duplicates))
    except json.JSONDecodeError as error:
        raise InputError(
            f"it is not whole JSON: {error.msg} at line {error.lineno}, column {error.colno}; mend it or save it anew."
        ) from None
    except UnicodeDecodeError as error:
        raise InputError(f"it is not JSON, which is text in UTF-8: byte {error.start} is none; save it anew.") from None
    except RecursionError:
        raise InputError("its lists are nested too deeply; a matrix is a list of lists of numbers.") from None


def _whole(digits: str) -> int | float:
    # Beyond every seed and size an integer can only be a weight; int() would refuse the very long ones.
    return int(digits) if len(digits) < 20 else float(digits)


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise InputError(f"it holds {key[:40]!r} twice; leave one of them out.")
            seen.add(key)
    return values
