"""Saving and loading from the user's side: what is refused, and that no save goes unverified."""

import dataclasses
import errno
import os

import numpy as np
import pytest

from core.arrays import frozen
from core.errors import InputError
from core.formats import FORMATS, Document, load, save
from core.network import Layer, Network


def changed(document: Document, k: int, weights: np.ndarray, **more) -> Document:
    layers = list(document.network.layers)
    layers[k] = Layer(frozen(weights), layers[k].biases, layers[k].activation)
    return dataclasses.replace(document, network=Network(tuple(layers), document.network.loss, **more))


def refuse_save(path, document) -> str:
    with pytest.raises(InputError) as caught:
        save(path, document)
    return str(caught.value)


def refuse_load(path) -> str:
    with pytest.raises(InputError) as caught:
        load(path)
    return str(caught.value)


@pytest.mark.parametrize("name", ["weights", "weights.txt", ".npz", "weights.npz.bak"])
def test_the_suffix_chooses_the_format(name, document, tmp_path):
    sentence = refuse_save(tmp_path / name, document)
    assert sentence == (
        f"{tmp_path / name} was not saved: its name must end in one of .json, .npz, which chooses the format."
    )
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", FORMATS.names())
def test_an_unknown_suffix_is_read_by_content(name, document, tmp_path):
    save(tmp_path / f"weights.{name}", document)
    (tmp_path / f"weights.{name}").rename(tmp_path / "weights.backup")
    assert load(tmp_path / "weights.backup").spec == document.spec


def test_unknown_content(tmp_path):
    for content in (b"", b"\x89PNG", b"[1]"):
        (tmp_path / "picture").write_bytes(content)
        assert refuse_load(tmp_path / "picture") == (
            f"{tmp_path / 'picture'}: it is not a network in any known format; those end in .json, .npz."
        )


def test_what_cannot_be_read(tmp_path):
    (tmp_path / "folder.npz").mkdir()
    (tmp_path / "file").touch()
    os.mkfifo(tmp_path / "pipe.npz")
    (tmp_path / "loop.npz").symlink_to("loop.npz")
    assert refuse_load(tmp_path / "none.npz").startswith("There is no file ")
    assert "is a folder; name a file in it." in refuse_load(tmp_path / "folder.npz")
    assert f"There is no folder {tmp_path / 'file'}" in refuse_load(tmp_path / "file" / "w.npz")
    assert "cannot be used (it is a device, not a file)" in refuse_load(tmp_path / "pipe.npz")
    assert "cannot be used" in refuse_load(tmp_path / "loop.npz")
    assert "cannot be the name of a file" in refuse_load("\0.npz")
    assert "cannot be the name of a file" in refuse_load("\ud800.npz")
    assert "cannot be used (File name too long)" in refuse_load(tmp_path / ("x" * 300 + ".npz"))


def test_where_cannot_be_written(document, tmp_path):
    (tmp_path / "folder.npz").mkdir()
    (tmp_path / "file").touch()
    os.mkfifo(tmp_path / "pipe.npz")
    assert refuse_save(tmp_path / "none" / "w.npz", document) == (
        f"There is no folder {tmp_path / 'none'} to write w.npz into; create it or choose another."
    )
    assert "is a folder; name a file in it." in refuse_save(tmp_path / "folder.npz", document)
    assert f"{tmp_path / 'file'} is not a folder" in refuse_save(tmp_path / "file" / "w.npz", document)
    assert "cannot be used (it is a device, not a file)" in refuse_save(tmp_path / "pipe.npz", document)
    assert "is too long for a file" in refuse_save(tmp_path / ("x" * 300 + ".npz"), document)
    assert "cannot be the name of a file" in refuse_save("\0.npz", document)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["file", "folder.npz", "pipe.npz"]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, "was not written, because the disk is full; make room or choose another disk."),
        (errno.EDQUOT, "the disk is full"),
        (errno.EACCES, "may not be written; change the permissions there or choose another folder."),
        (errno.EPERM, "may not be written"),
        (errno.EROFS, "lies on a medium that cannot be written"),
        (errno.EIO, "cannot be used (Input/output error); choose another file."),
    ],
)
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_the_old_file_survives_whatever_the_system_says(number, expected, call, document, tmp_path, monkeypatch):
    path = tmp_path / "w.npz"
    save(path, document)
    old = path.read_bytes()

    def fail(*_):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        assert expected in refuse_save(path, changed(document, 0, np.ones((2, 4))))
    assert path.read_bytes() == old
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_protected_file_is_left_alone(document, tmp_path, monkeypatch):
    path = tmp_path / "w.npz"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "may not be written" in refuse_save(path, document)
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize(("value", "word"), [(np.nan, "NaN"), (np.inf, "infinite"), (-np.inf, "infinite")])
@pytest.mark.parametrize("name", FORMATS.names())
def test_what_is_not_finite_is_not_saved(value, word, name, document, tmp_path):
    w = np.array(document.network.weights[1])
    w[3, 1] = value
    path = tmp_path / f"w.{name}"
    assert refuse_save(path, changed(document, 1, w)) == (
        f"{path} was not saved: W2[3,1] is {word}; every weight and bias must be a finite number."
    )
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", FORMATS.names())
def test_what_does_not_agree_is_not_saved(name, document, network, tmp_path):
    path = tmp_path / f"w.{name}"
    assert "options say sizes (2, 4, 3, 1), but its network has (2, 3, 1)" in refuse_save(
        path, dataclasses.replace(document, network=network(2, 3, 1))
    )
    eta = dataclasses.replace(document, spec=dataclasses.replace(document.spec, eta=np.inf))
    assert "was not saved: The learning rate η must be" in refuse_save(path, eta)
    loss = dataclasses.replace(document.network, loss="softmax-cross-entropy")
    assert "defined for a softmax output" in refuse_save(path, Document(loss))
    assert not list(tmp_path.iterdir())


def test_what_could_not_be_read_again_is_not_saved(network, tmp_path):
    assert "and at most 6 MiB are read as .json; choose another format" in refuse_save(
        tmp_path / "w.json", Document(network(700, 700))
    )
    assert "it holds 130 weight" not in refuse_save(tmp_path / "w.npz", Document(network(*[1] * 131)))
    assert not list(tmp_path.iterdir())


def one_bit(document: Document) -> Document:
    return changed(document, 1, np.nextafter(document.network.weights[1], 9))


def minus_zero(document: Document) -> Document:
    return changed(document, 1, np.copysign(np.zeros((4, 3)), -1))


def other_weights(document: Document) -> Document:
    return changed(document, 2, document.network.weights[2] + 1e-3)


def other_activation(document: Document) -> Document:
    layers = [dataclasses.replace(layer, activation="sigmoid") for layer in document.network.layers]
    return Document(dataclasses.replace(document.network, layers=tuple(layers)))


def other_loss(document: Document) -> Document:
    return Document(dataclasses.replace(document.network, loss="mean-squared-error"))


def no_options(document: Document) -> Document:
    return Document(document.network)


def other_sizes(document: Document) -> Document:
    layer = Layer(frozen(np.ones((2, 1))), frozen([0.0]), "tanh")
    return Document(Network((layer,), document.network.loss))


@pytest.mark.parametrize("name", FORMATS.names())
@pytest.mark.parametrize(
    "corrupt", [one_bit, minus_zero, other_weights, other_activation, other_loss, no_options, other_sizes]
)
def test_a_corrupting_encoder_is_caught(corrupt, name, document, tmp_path, monkeypatch):
    document = changed(document, 1, np.zeros((4, 3))) if corrupt is minus_zero else document
    kind = FORMATS[name]
    path = tmp_path / f"w.{name}"
    save(path, document)
    old = path.read_bytes()
    bad = dataclasses.replace(kind, encode=lambda given: kind.encode(corrupt(given)))
    monkeypatch.setitem(FORMATS._entries, name, bad)
    sentence = refuse_save(path, document)
    assert sentence.startswith(f"{path} was not saved: it reads back differently (outputs by ")
    assert path.read_bytes() == old
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", FORMATS.names())
def test_an_encoder_that_writes_half_is_caught(name, document, tmp_path, monkeypatch):
    kind = FORMATS[name]
    monkeypatch.setitem(
        FORMATS._entries, name, dataclasses.replace(kind, encode=lambda given: kind.encode(given)[:-300])
    )
    assert f"w.{name} was not saved: it is not " in refuse_save(tmp_path / f"w.{name}", document)
    assert not list(tmp_path.iterdir())
