"""Tables that a visitor hands in for a what-if: they stay in the visit's memory and never become data."""

from lib.upload.cell import Column
from lib.upload.sheet import MEGABYTES, Problem, UploadError
from lib.upload.table import TYPES, pasted, table

__all__ = ["MEGABYTES", "TYPES", "Column", "Problem", "UploadError", "pasted", "table"]
