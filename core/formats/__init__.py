"""Networks as files: one registry of formats, one way to save and one to load; a file for each format."""

from core.formats import json_file, npz
from core.formats.document import FORMATS, Document, Format, Missing
from core.formats.files import load, save
from core.formats.rows_csv import write_rows

__all__ = ["FORMATS", "Document", "Format", "Missing", "json_file", "load", "npz", "save", "write_rows"]
