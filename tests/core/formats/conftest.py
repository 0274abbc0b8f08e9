"""What the tests of the file formats share: documents to save, and files put together byte by byte."""

import dataclasses
import struct
import tracemalloc
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from core.arrays import all_finite
from core.errors import InputError
from core.formats import FORMATS, Document, Missing, load
from core.initializers import INITIALIZERS
from core.network import Network, draw_network
from core.spec import Spec, check, suggested
from core.training import draw_start

MOST_MEMORY = 64 * 2**20


@pytest.fixture
def spec() -> Spec:
    return dataclasses.replace(suggested("gauss", seed=7), hidden=(4, 3), activations=("tanh", "relu", "tanh"))


@pytest.fixture
def document(spec: Spec) -> Document:
    return Document(draw_start(spec), spec)


@pytest.fixture
def network() -> Callable[..., Network]:
    """A network of the given sizes: tanh throughout, its numbers drawn from a seed."""

    def make(*sizes: int, seed: int = 1, biased: bool = True) -> Network:
        return draw_network(
            sizes,
            ["tanh"] * (len(sizes) - 1),
            "half-squared-error",
            INITIALIZERS["uniform"],
            rng=np.random.default_rng(seed),
            biased=biased,
        )

    return make


@pytest.fixture
def again() -> Callable[[str, Document], Document]:
    """A document once encoded and decoded."""

    def make(name: str, document: Document) -> Document:
        return FORMATS[name].decode(BytesIO(FORMATS[name].encode(document)), Missing())

    return make


@pytest.fixture
def refusal(tmp_path: Path) -> Callable[..., str]:
    """The one sentence that loading a file of that content gives, without the path it starts with."""

    def refuse(content: bytes, name: str, **said: str) -> str:
        path = tmp_path / name
        path.write_bytes(content)
        tracemalloc.start()
        try:
            with pytest.raises(InputError) as caught:
                load(path, **said)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak <= MOST_MEMORY
        sentence = str(caught.value)
        assert sentence.startswith(f"{path}: ")
        assert sentence[-1] in ".?"
        assert "\n" not in sentence
        assert len(sentence) < 300 + len(str(path))
        return sentence.removeprefix(f"{path}: ")

    return refuse


@pytest.fixture
def sound() -> Callable[[Document], bool]:
    """Whether a document is one that the program can use."""

    def judge(document: Document) -> bool:
        network = document.network
        if document.spec is not None:
            check(document.spec)
            assert document.spec.sizes == network.sizes
        shapes = zip(network.sizes[:-1], network.sizes[1:], strict=True)
        return (
            min(network.sizes) > 0
            and all_finite(*network.weights, *network.biases)
            and [w.shape for w in network.weights] == list(shapes)
            and [b.shape for b in network.biases] == [(n,) for n in network.sizes[1:]]
            and not any(array.flags.writeable for array in (*network.weights, *network.biases))
        )

    return judge


@pytest.fixture
def npy() -> Callable[..., bytes]:
    """A .npy file with whatever header and bytes."""

    def make(descr: str, shape: str, data: bytes, *, fortran: str = "False", version: int = 1) -> bytes:
        header = f"{{'descr': {descr}, 'fortran_order': {fortran}, 'shape': {shape}, }}\n".encode("latin-1")
        length = struct.pack("<H" if version == 1 else "<I", len(header))
        return b"\x93NUMPY" + bytes([version, 0]) + length + header + data

    return make


@pytest.fixture
def archive() -> Callable[..., bytes]:
    """A zip of (name, content) pairs, put together by hand so that any field may lie.

    `deflated` says that the contents are streams already compressed; `declared` replaces every unpacked size.
    """

    def make(
        *members: tuple[str, bytes],
        method: int = 0,
        flags: int = 0,
        declared: int | None = None,
        checksum: int | None = None,
    ) -> bytes:
        body, directory = bytearray(), bytearray()
        for name, content in members:
            crc = zlib.crc32(content) if checksum is None else checksum
            size = len(content) if declared is None else declared
            common = struct.pack(
                "<HHHHHIIIHH", 20, flags, method, 0, 33, crc, len(content), size, len(name.encode()), 0
            )
            directory += b"PK\x01\x02\x14\x00" + common + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name.encode()
            body += b"PK\x03\x04" + common + name.encode() + content
        count = min(len(members), 0xFFFF)
        end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)
        return bytes(body + directory) + b"PK\x05\x06" + end

    return make
