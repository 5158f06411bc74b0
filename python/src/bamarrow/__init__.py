"""BAM files as Arrow data: every record, every field.

convert   BAMs to an Arrow file, stream or directory
open      a pyarrow.RecordBatchReader over the records
scan      a polars.LazyFrame over the records
count     number of records
header    the SAM header
verify    compare Arrow data with the BAMs, field by field

bamarrow.spark has the jar for PySpark.
"""

from importlib.metadata import version as _version

from ._convert import bam_to_arrow_ipc, convert
from ._options import FilterOptions, ReadOptions
from ._process import BamarrowError
from ._read import count, header, open, verify
from ._scan import scan

__version__ = _version("bamarrow")

__all__ = [
    "BamarrowError",
    "FilterOptions",
    "ReadOptions",
    "bam_to_arrow_ipc",
    "convert",
    "count",
    "header",
    "open",
    "scan",
    "verify",
]
