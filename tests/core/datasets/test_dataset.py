"""Data sets as a whole: sizes, splits, seeds, odd and single samples, and what noise may touch."""

from dataclasses import replace
from math import floor

import numpy as np
import pytest

from core.datasets import DATASETS, ENCODINGS, Data, load, train_rows
from core.errors import InputError
from core.spec import check, suggested
from core.training import load_data

DRAWN = [dataset.name for dataset in DATASETS if not dataset.table]
LABEL_MOVING = ["circle", "xor-cloud", "plane", "multi-gauss", "sine"]
POINT_MOVING = ["gauss", "spiral", "moons", "blobs-3", "blobs-4"]


def test_the_names_are_those_of_files_and_command_line():
    assert set(DATASETS.names()) == {
        *("and", "or", "nand", "xor", "parity-3"),
        *("circle", "xor-cloud", "gauss", "spiral", "moons", "blobs-3", "blobs-4"),
        *("plane", "multi-gauss", "sine"),
    }


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.name)
def test_rows_have_the_shapes_that_the_data_set_states(dataset):
    for encoding in ENCODINGS:
        spec = replace(suggested(dataset.name), targets=encoding.name)
        data = load_data(spec)
        assert data.x.shape == (dataset.samples, dataset.inputs)
        assert data.t.shape == (dataset.samples, dataset.outputs(encoding.name))
        assert data.encoding == (encoding.name if dataset.classes else None)
        assert np.isfinite(data.x).all()
        assert np.isfinite(data.t).all()
        assert not data.x.flags.writeable
        assert not data.t.flags.writeable


@pytest.mark.parametrize("name", [name for name in DRAWN if DATASETS[name].classes])
def test_every_class_is_there_about_equally_often(name):
    dataset = DATASETS[name]
    data = load_data(replace(suggested(name), targets=dataset.encoding))
    counts = np.bincount(ENCODINGS[dataset.encoding].read(data.t), minlength=dataset.classes)
    assert counts.sum() == dataset.samples
    assert counts.min() > 0.8 * dataset.samples / dataset.classes


@pytest.mark.parametrize("name", DRAWN)
def test_the_same_seed_gives_the_same_rows_and_another_gives_others(name):
    one, same, other = (load_data(suggested(name, seed=seed)) for seed in (1, 1, 2))
    assert np.array_equal(one.x, same.x)
    assert np.array_equal(one.t, same.t)
    assert not np.array_equal(one.x, other.x)


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("samples", [1, 2, 3, 7, 101])
def test_any_number_of_samples_is_drawn(name, samples):
    for noise in (0, 50):
        spec = replace(suggested(name), samples=samples, noise=noise, train_share=1.0)
        check(spec)
        data = load_data(spec)
        assert data.x.shape == (samples, spec.source.inputs)
        assert len(data.t) == samples
        assert data.train == samples
        assert np.isfinite(data.x).all()


@pytest.mark.parametrize("name", ["circle", "gauss", "spiral", "moons"])
@pytest.mark.parametrize("samples", [2, 7, 101])
def test_an_odd_sample_goes_to_the_first_class(name, samples):
    data = load_data(replace(suggested(name), samples=samples, train_share=1.0))
    assert (data.t > 0).sum() == (samples + 1) // 2


@pytest.mark.parametrize("name", LABEL_MOVING)
def test_noise_that_moves_labels_moves_no_points(name):
    clean = load_data(suggested(name))
    for noise in (15, 50):
        noisy = load_data(replace(suggested(name), noise=noise))
        assert np.array_equal(noisy.x, clean.x)
        assert not np.array_equal(noisy.t, clean.t)


@pytest.mark.parametrize("name", POINT_MOVING)
def test_noise_that_moves_points_moves_no_labels(name):
    clean, noisy = load_data(suggested(name)), load_data(replace(suggested(name), noise=20))
    assert np.array_equal(noisy.t, clean.t)
    assert not np.array_equal(noisy.x, clean.x)


@pytest.mark.parametrize("name", DRAWN)
def test_the_share_only_moves_the_cut(name):
    half, all_rows = load_data(suggested(name)), load_data(replace(suggested(name), train_share=1.0))
    assert np.array_equal(half.x, all_rows.x)
    assert half.train == len(half.x) // 2
    assert all_rows.train == len(half.x)


def test_the_first_rows_train_and_the_rest_test():
    data = load_data(replace(suggested("circle"), samples=11, train_share=0.3))
    assert data.train == 3
    assert np.array_equal(data.x_train, data.x[:3])
    assert np.array_equal(data.t_train, data.t[:3])
    assert np.array_equal(data.x_test, data.x[3:])
    assert np.array_equal(data.t_test, data.t[3:])


def test_both_classes_are_in_both_parts():
    """The rows are shuffled before they are cut, though a spiral is drawn one arm after the other."""
    data = load_data(suggested("spiral"))
    for t in (data.t_train, data.t_test):
        assert 0.4 < (t > 0).mean() < 0.6


@pytest.mark.parametrize(
    ("samples", "share", "rows"),
    [(11, 0.5, 5), (10, 0.99, 9), (100, 0.29, 29), (10, 0.7, 7), (3, 1.0, 3), (1, 1.0, 1), (1_000_000, 0.1, 100_000)],
)
def test_so_many_rows_train(samples, share, rows):
    assert train_rows(samples, share) == rows


def test_every_percent_of_every_size_is_what_whole_numbers_say():
    for samples in range(1, 301):
        for percent in range(1, 101):
            if expected := floor(samples * percent / 100 + 1e-6):
                assert train_rows(samples, percent / 100) == expected == samples * percent // 100


@pytest.mark.parametrize(("samples", "share"), [(500, 0.0), (1, 0.5), (9, 0.1)])
def test_a_share_that_leaves_nothing_to_train_on_is_refused(samples, share):
    with pytest.raises(InputError, match=f"none of the {samples} rows"):
        train_rows(samples, share)
    with pytest.raises(InputError, match="raise it or the number of samples"):
        load(
            DATASETS["circle"],
            samples=samples,
            noise=0.0,
            train_share=share,
            encoding="plus-minus",
            rng=np.random.default_rng(0),
        )


def test_accuracy_is_the_share_of_rows_read_as_their_class():
    t = np.array([[1.0], [-1.0], [1.0], [-1.0]])
    data = Data(np.zeros((4, 1)), t, 4, "plus-minus")
    assert data.accuracy(np.array([[0.2], [-3.0], [-0.1], [0.1]]), t) == 0.5
    assert data.accuracy(t, t) == 1.0
    assert data.accuracy(t[:0], t[:0]) is None
    assert replace(data, encoding=None).accuracy(t, t) is None


@pytest.mark.parametrize("encoding", ["plus-minus", "one-hot"])
def test_an_output_that_is_not_a_number_is_never_right(encoding):
    t = ENCODINGS[encoding].encode(np.array([0, 1]), 2)
    data = Data(np.zeros((2, 1)), t, 2, encoding)
    assert data.accuracy(np.full_like(t, np.nan), t) == 0.0
    assert data.accuracy(np.array([[np.nan] * t.shape[1], t[1]]), t) == 0.5
