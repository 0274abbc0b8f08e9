"""The toy data sets: one registry; a file for each family."""

# In the order in which the sets are listed and shown: each file adds its own to DATASETS.
from core.datasets import logic, clouds, regression, worked  # isort: skip
from core.datasets.dataset import DATASETS, WORKED, Data, Dataset, find_dataset, load, train_rows
from core.datasets.encoding import ENCODINGS, Encoding

__all__ = [
    "DATASETS",
    "ENCODINGS",
    "WORKED",
    "Data",
    "Dataset",
    "Encoding",
    "clouds",
    "find_dataset",
    "load",
    "logic",
    "regression",
    "train_rows",
    "worked",
]
