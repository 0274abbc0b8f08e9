"""Good files with bytes changed at random: what comes out is one sentence or a network that can be used."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import numpy as np
import pytest

from core.errors import InputError
from core.formats import FORMATS, Document, Missing

MUTANTS = 2000
TOKENS = [b"\0", b"\xff", b"\xff\xff\xff\xff", b"\x7f", b"[", b"]", b"{", b"}", b",", b"-", b"1e999", b"NaN", b"null",
          b'"', b"'", b"true", b"(", b"9" * 30, b"PK\1\2", b"PK\5\6", b"\x80", b"<f4", b"|O"]  # fmt: skip


def mutant(rng: np.random.Generator, good: bytes) -> bytes:
    """`good` with one to four changes."""
    data = bytearray(good)
    for _ in range(rng.integers(1, 5)):
        at = int(rng.integers(0, len(data) + 1))
        end = at + int(rng.integers(0, 9))
        match rng.integers(0, 6):
            case 0:
                data[at:end] = rng.bytes(end - at)
            case 1:
                del data[at:end]
            case 2:
                data[at:at] = data[at:end]
            case 3:
                data[at:at] = TOKENS[rng.integers(0, len(TOKENS))]
            case 4:
                token = TOKENS[rng.integers(0, len(TOKENS))]
                data[at : at + len(token)] = token
            case _:
                if at < len(data):
                    data[at] ^= 1 << int(rng.integers(0, 8))
    return bytes(data)


def inside(rng: np.random.Generator, good: bytes) -> bytes:
    """The archive `good` with a change in one member or its name, and everything else right again."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(good)) as archive, zipfile.ZipFile(buffer, "w") as changed:
        chosen = rng.choice(archive.namelist())
        for name in archive.namelist():
            content = archive.read(name)
            entry = zipfile.ZipInfo(name)
            if name == chosen and rng.random() < 0.1:
                entry.filename = mutant(rng, name.encode()).decode("latin-1")
            elif name == chosen:
                # Half of the time in the header, where most of the decisions are taken.
                part = 140 if rng.random() < 0.5 else len(content)
                content = mutant(rng, content[:part]) + content[part:]
            changed.writestr(entry, content)
    return buffer.getvalue()


@pytest.mark.parametrize(("name", "change"), [("npz", mutant), ("npz", inside), ("json", mutant)])
def test_mutants(
    name: str,
    change: Callable[[np.random.Generator, bytes], bytes],
    document: Document,
    sound: Callable[[Document], bool],
):
    good = FORMATS[name].encode(document)
    rng = np.random.default_rng(20)
    refused = 0
    for _ in range(MUTANTS):
        try:
            assert sound(FORMATS[name].decode(BytesIO(change(rng, good)), Missing()))
        except InputError as error:
            sentence = str(error)
        else:
            continue
        assert sentence[-1] in ".?"
        assert "\n" not in sentence
        refused += 1
    assert refused > MUTANTS // 4
