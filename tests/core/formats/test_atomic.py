"""The old file or the new one, whole, at every moment; and nothing left lying about."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from core.formats import Document, load, save
from core.formats.atomic import PREFIX, SUFFIX, write_atomically

ROOT = Path(__file__).parents[3]


def put(path: Path, data: bytes) -> None:
    write_atomically(path, data, lambda written: None)


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_new_and_old(tmp_path):
    put(tmp_path / "a", b"one")
    assert (tmp_path / "a").read_bytes() == b"one"
    put(tmp_path / "a", b"two")
    assert (tmp_path / "a").read_bytes() == b"two"
    assert names(tmp_path) == ["a"]


def test_verify_sees_what_is_written_before_the_old_file_goes(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def verify(written: Path) -> str:
        assert written.read_bytes() == b"new"
        assert path.read_bytes() == b"old"
        return "seen"

    assert write_atomically(path, b"new", verify) == "seen"


def test_a_verification_that_fails_leaves_everything_as_it_was(tmp_path):
    (tmp_path / "a").write_bytes(b"old")

    def verify(written: Path) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a", b"new", verify)
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_permissions(tmp_path):
    before = os.umask(0o027)
    try:
        put(tmp_path / "new", b"")
        (tmp_path / "old").touch(0o600)
        put(tmp_path / "old", b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "old").stat().st_mode) == 0o600


def test_a_link_stays_and_its_target_changes(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "link").symlink_to("../there/file")
    for data in (b"one", b"two"):  # the first makes the target
        put(tmp_path / "here" / "link", data)
        assert (tmp_path / "here" / "link").is_symlink()
        assert (tmp_path / "there" / "file").read_bytes() == data
    assert names(tmp_path / "here") == ["link"]
    assert names(tmp_path / "there") == ["file"]


def test_strays_are_swept_and_only_they(tmp_path):
    (tmp_path / f"{PREFIX}0123{SUFFIX}").write_bytes(b"left by a program that was killed")
    (tmp_path / f"{PREFIX}notes.txt").touch()
    (tmp_path / f"mine{SUFFIX}").touch()
    put(tmp_path / "a", b"")
    assert names(tmp_path) == [f"{PREFIX}notes.txt", "a", f"mine{SUFFIX}"]


def test_the_temporary_file_of_another_save_is_not_swept(tmp_path):
    def meanwhile(written: Path) -> None:
        put(tmp_path / "b", b"other")
        assert written.exists()

    write_atomically(tmp_path / "a", b"one", meanwhile)
    assert names(tmp_path) == ["a", "b"]


def test_a_disk_that_fills_up_while_writing(tmp_path):
    script = """
import resource, sys
from pathlib import Path
from core.formats.atomic import write_atomically

resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    write_atomically(Path(sys.argv[1]), bytes(1_000_000), lambda written: None)
except OSError as error:
    print(type(error).__name__)
"""
    path = tmp_path / "a"
    path.write_bytes(b"old")
    done = subprocess.run([sys.executable, "-c", script, path], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "OSError\n"
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


KILLING = """
import os, random, signal, sys, time
from pathlib import Path
from core.formats import load, save

folder = Path(sys.argv[1])
target = folder / "target.npz"
documents = [load(folder / "one.npz"), load(folder / "two.npz")]
whole = {(folder / name).read_bytes() for name in ("one.npz", "two.npz")}
rng = random.Random(4)
save(target, documents[0])
strays = 0
for _ in range(20):
    child = os.fork()
    if not child:
        while True:
            for document in documents:
                save(target, document)
    time.sleep(rng.uniform(0.005, 0.05))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert target.read_bytes() in whole
    load(target)
    strays += len(list(folder.glob(".playground-*")))
save(target, documents[1])
print(strays, len(list(folder.iterdir())))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL and fork")
def test_killed_at_any_moment(network, tmp_path):
    save(tmp_path / "one.npz", Document(network(100, 200, seed=1)))
    save(tmp_path / "two.npz", Document(network(100, 200, seed=2)))
    done = subprocess.run(
        [sys.executable, "-c", KILLING, tmp_path],
        cwd=ROOT,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    strays, left = map(int, done.stdout.split())
    assert strays > 0  # it really was killed while writing, and
    assert left == 3  # nothing of that is left
    assert load(tmp_path / "target.npz").network.sizes == (100, 200)
