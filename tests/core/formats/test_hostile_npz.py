"""Archives made to harm or badly hurt: one sentence each, little memory, nothing executed."""

import pickle
import subprocess
import sys
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from core.formats import FORMATS, Missing, load

ROOT = Path(__file__).parents[3]
GIBIBYTE = 2**30


def zipped(compression: int = zipfile.ZIP_STORED, **members: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.npy", content)
    return buffer.getvalue()


def saved(**arrays) -> bytes:
    buffer = BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def zeros() -> bytes:
    """A deflate stream of 1 GiB of zeros, in about 1 MB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)  # stands on its own: may be repeated
    return block * (GIBIBYTE // 2**20) + packer.flush()


def test_a_bomb_takes_neither_memory_nor_time(zeros, archive, npy, tmp_path):
    start = npy("'<f8'", "(8192, 16384)", b"")
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH) + zeros
    path = tmp_path / "bomb.npz"
    path.write_bytes(archive(("W1.npy", stream), method=8, declared=GIBIBYTE + len(start)))
    measure = """
import sys, time
from core.errors import InputError
from core.formats import load

def peak():
    lines = dict(line.split(":", 1) for line in open("/proc/self/status")) if sys.platform == "linux" else {}
    return int(lines.get("VmHWM", "0 kB").split()[0])

before, start = peak(), time.perf_counter()
try:
    load(sys.argv[1], output_activation="tanh")
except InputError as error:
    print(time.perf_counter() - start, peak() - before, error)
"""
    done = subprocess.run(
        [sys.executable, "-c", measure, path], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
    )
    seconds, kibibytes, sentence = done.stdout.split(maxsplit=2)
    assert "it would unpack to 1,024 MiB; at most 64 MiB are read." in sentence
    assert path.stat().st_size < 1.2e6
    assert float(seconds) < 1
    assert int(kibibytes) < 64 * 1024


def test_a_bomb_that_denies_it_is_stopped_at_what_it_declares(zeros, archive, npy, refusal):
    start = npy("'<f8'", "(100, 100)", b"")
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH) + zeros
    lying = archive(("W1.npy", stream), method=8, declared=len(start) + 80_000)
    assert "it is not a whole .npz file (Bad CRC-32" in refusal(lying, "w.npz", output_activation="tanh")


def test_a_small_type_is_not_blown_up(archive, npy, refusal):
    numbers = 60 * 2**20
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = npy("'|i1'", f"({numbers}, 1)", bytes(numbers))
    stream = packer.compress(content) + packer.flush()
    bytes_for_numbers = archive(("W1.npy", stream), method=8, declared=len(content), checksum=zlib.crc32(content))
    del content
    assert "more than 6,291,456 numbers" in refusal(bytes_for_numbers, "w.npz", output_activation="tanh")


def test_a_large_file_with_a_flaw_at_its_end(npy, refusal):
    numbers = np.zeros(6 * 2**20)
    numbers[-1] = np.nan
    content = zipped(W1=npy("'<f8'", f"({len(numbers)}, 1)", numbers.tobytes()))
    del numbers
    assert "W1[6291455,0] is NaN" in refusal(content, "w.npz", output_activation="tanh")


def test_a_file_too_large_is_not_opened(tmp_path):
    path = tmp_path / "large.npz"
    with path.open("wb") as file:
        file.truncate(64 * 2**20 + 1)
    with pytest.raises(ValueError, match=r"it is larger than 64 MiB, the most that is read as \.npz\."):
        load(path)


@pytest.mark.parametrize(
    ("descr", "shape", "expected"),
    [
        ("'<f8'", "(1099511627776,)", "W1 announces (1099511627776,) of float64, but 16 bytes follow"),
        ("'<f8'", "(1048576, 1048576)", "W1 announces (1048576, 1048576) of float64, but 16 bytes follow"),
        ("'<f8'", "(3,)", "W1 announces (3,) of float64, but 16 bytes follow; the file is damaged."),
        ("'<f8'", "(1,)", "W1 announces (1,) of float64, but 16 bytes follow"),
        ("'<f8'", "(1, 1, 2)", "W1 has 3 axes; weights have two, biases one."),
        ("'<f8'", "(2,)", "W1 (2,) must have two axes, (inputs, units)."),
        ("'<f8'", "(-2,)", "the header of W1 cannot be understood"),
        ("'<f8'", "(" + "9" * 500 + ",)", "the header of W1 cannot be understood"),
        ("'<f8'", "(" + "9" * 1500 + ",)", "the header of W1 has 1"),
        ("'<f8'", "(2", "the header of W1 cannot be understood"),
        ("'<f8'", "__import__('os').abort()", "the header of W1 cannot be understood"),
        ("'<f8'", "True", "the header of W1 cannot be understood"),
        ("'|O'", "(2,)", "W1 holds '|O', not plain numbers; write it as a float64 array."),
        ("'<U2'", "(2,)", "W1 holds '<U2', not plain numbers"),
        ("'|S8'", "(2,)", "W1 holds '|S8', not plain numbers"),
        ("'<c16'", "(1,)", "W1 holds '<c16', not plain numbers"),
        ("'<M8[s]'", "(2,)", "W1 holds '<M8[s]', not plain numbers"),
        ("'|b1'", "(16,)", "W1 holds '|b1', not plain numbers"),
        ("'<f16'", "(1,)", "W1 holds '<f16', not plain numbers"),
        ("[('a', '<f8')]", "(2,)", "the header of W1 cannot be understood"),
        ("True", "(2,)", "the header of W1 cannot be understood"),
    ],
)
def test_headers_that_lie(descr, shape, expected, npy, refusal):
    for version in (1, 2, 3):
        content = zipped(W1=npy(descr, shape, bytes(16), version=version))
        assert expected in refusal(content, "w.npz", output_activation="tanh")


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        (b"", "W1 ends too early; the file is damaged."),
        (b"\x93NUMPY\x01", "W1 ends too early"),
        (b"\x93NUMPY\x01\x00\xff\x00{", "W1 ends too early"),
        (b"\x93NUMPY\x09\x00\x05\x00{   }", "W1 is not an array in NumPy's .npy form"),
        (b"GIF89a..........", "W1 is not an array in NumPy's .npy form"),
        (b"\x93NUMPY\x01\x00\x05\x00{   }", "the header of W1 cannot be understood"),
        (b"\x93NUMPY\x02\x00\xff\xff\xff\xff{   }", "the header of W1 has 4294967295 bytes"),
    ],
)
def test_members_that_are_no_arrays(member, expected, refusal):
    assert expected in refusal(zipped(W1=member), "w.npz", output_activation="tanh")


def test_pickles_are_not_opened(tmp_path, refusal):
    class Trap:
        def __reduce__(self):
            return (Path.touch, (tmp_path / "sprung",))

    objects = np.array([[Trap(), 1.0]], dtype=object)
    assert "W1 holds '|O', not plain numbers" in refusal(saved(W1=objects), "w.npz", output_activation="tanh")
    assert "W1 is not an array" in refusal(zipped(W1=pickle.dumps(Trap())), "w.npz", output_activation="tanh")
    assert "not a whole .npz file" in refusal(pickle.dumps(Trap()), "w.npz", output_activation="tanh")
    assert not (tmp_path / "sprung").exists()


def test_names_and_numbers_of_members(archive, npy, refusal):
    one = npy("'<f8'", "(1, 1)", bytes(8))
    assert "it holds 'W1' twice; leave one of them out." in refusal(archive(("W1.npy", one), ("W1.npy", one)), "w.npz")
    assert "'run.sh', which is not an array (.npy)" in refusal(archive(("W1.npy", one), ("run.sh", b"")), "w.npz")
    assert "'a/', which is not an array" in refusal(archive(("a/", b"")), "w.npz")
    assert "'../W1', which is none of W1" in refusal(archive(("../W1.npy", one)), "w.npz")
    assert "'W1' is encrypted" in refusal(archive(("W1.npy", one), flags=1), "w.npz")
    for method in (12, 14, 99):
        assert "'W1' is compressed in an unusual way" in refusal(archive(("W1.npy", one), method=method), "w.npz")
    assert "it holds no weights" in refusal(archive(), "w.npz")
    many = [(f"W{k}.npy", one) for k in range(1, 258)]
    assert "it has 257 entries; at most 256 are read." in refusal(archive(*many), "w.npz")
    assert "its table of contents is too long; at most 256 arrays are read." in refusal(
        archive(*[(f"{k}.npy", b"") for k in range(50_000)]), "w.npz"
    )


def test_what_is_not_finite_is_named(refusal):
    for bad, word in ((np.nan, "NaN"), (np.inf, "infinite"), (-np.inf, "infinite")):
        for kind in (np.float64, np.float32, np.float16, ">f8"):
            w = np.zeros((4, 3), kind)
            w[3, 1] = bad
            for layout in (w, np.asfortranarray(w)):
                sentence = refusal(saved(W1=np.zeros((2, 4)), W2=layout), "w.npz")
                assert sentence == f"W2[3,1] is {word}; every weight and bias must be a finite number."
    assert "b1[2] is infinite" in refusal(saved(W1=np.zeros((2, 3)), b1=np.array([0, 1, np.inf])), "w.npz")
    signalling = np.array([[0x7FA00000]], np.uint32).view(np.float32)
    assert "W1[0,0] is NaN" in refusal(saved(W1=signalling), "w.npz")


def test_metadata_that_is_no_metadata(refusal):
    w = np.zeros((2, 1))
    assert "metadata must be a list of uint8, not float64 (2,)." in refusal(saved(W1=w, metadata=np.zeros(2)), "w.npz")
    assert "metadata holds '<U2', not plain numbers" in refusal(saved(W1=w, metadata=np.array("{}")), "w.npz")
    large = np.full(70_000, 32, np.uint8)
    assert "its metadata has 70,000 bytes; at most 65,536 are read." in refusal(saved(W1=w, metadata=large), "w.npz")
    for text, expected in (
        (b"", "metadata: it is not whole JSON: Expecting value at line 1, column 1; mend it or save it anew."),
        (b"[" * 60_000, "metadata: its lists are nested too deeply"),
        (b'{"loss": "x", "loss": "y"}', "metadata: it holds 'loss' twice; leave one of them out."),
        (b"\xff\xfe", "metadata: it is not JSON, which is text in UTF-8: byte 0 is none"),
    ):
        assert refusal(saved(W1=w, metadata=np.frombuffer(text, np.uint8)), "w.npz").startswith(expected)


@pytest.mark.parametrize(
    "content", [b"", b"P", b"PK", b"PK\x05\x06" + bytes(17), b"PK\x05\x06" + b"\xff" * 18, b"{}", bytes(1000)]
)
def test_what_is_no_archive(content, refusal):
    assert refusal(content, "w.npz").startswith("it is not a whole .npz file (")


def test_random_bytes(refusal):
    rng = np.random.default_rng(5)
    for length in (1, 30, 1000, 100_000):
        assert "it is not a whole .npz file" in refusal(rng.bytes(length), "w.npz")


def test_truncated_anywhere(document, refusal):
    whole = FORMATS["npz"].encode(document)
    for part in range(20):
        assert "it is not a whole .npz file" in refusal(whole[: len(whole) * part // 20], "w.npz")


@pytest.mark.parametrize(
    "kind", ["<f8", ">f8", "<f4", ">f4", "<f2", "|i1", "<i2", ">i4", "<i8", "|u1", "<u2", ">u4", "<u8"]
)
@pytest.mark.parametrize("order", ["C", "F"])
def test_plain_numbers_of_every_kind_are_read(kind, order):
    # More than a chunk of each, so that pieces meet.
    w = np.array(np.arange(300 * 301).reshape(300, 301) % 127, dtype=kind, order=order)
    for pack in (np.savez, np.savez_compressed):
        buffer = BytesIO()
        pack(buffer, W1=w)
        read = FORMATS["npz"].decode(buffer, Missing(output_activation="tanh"))
        assert np.array_equal(read.network.weights[0], w.astype(np.float64))
        assert read.network.weights[0].flags.c_contiguous
