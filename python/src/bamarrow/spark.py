"""The jar for PySpark, and joins of reads with intervals."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

from ._intervals import IntervalOptions, complete, of
from ._process import INSTALLATION

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from typing_extensions import Unpack

__all__ = ["IntervalOptions", "configure", "interval_counts", "interval_join", "jar"]


def jar() -> Path:
    """The jar for Spark 3.5 to 4.3."""
    return INSTALLATION / "lib" / "bamarrow-spark.jar"


def configure(builder: "SparkSession.Builder") -> "SparkSession.Builder":
    """Adds the jar to a session that is being built.

    A jar can only be added before the first session of a process has been started. Jars that
    spark.jars has already are kept, if they were given to this builder.

    Args:
        builder: SparkSession.builder, with any settings.

    Raises:
        RuntimeError: a session is running, which would not get the jar.
    """
    from pyspark.sql import SparkSession

    if SparkSession.getActiveSession() is not None:
        raise RuntimeError(
            "a Spark session is running already; call bamarrow.spark.configure before the first"
            " getOrCreate, or stop the session"
        )
    given = getattr(builder, "_options", {}).get("spark.jars", "")
    jars = [one for one in given.split(",") if one]
    if str(jar()) not in jars:
        jars.append(str(jar()))
    return builder.config("spark.jars", ",".join(jars))


def interval_join(
    reads: "DataFrame",
    intervals: "DataFrame",
    how: str = "inner",
    **options: "Unpack[IntervalOptions]",
) -> "DataFrame":
    """Pairs of a read and an interval that it overlaps, such as one of a BED file.

    They overlap if they have a base in common: `rname = chrom AND pos <= stop AND end > start`. The
    rows of the intervals are collected now. Except for left and left_anti joins, only the places of
    the intervals are read: with the index of a BAM, or with the zone maps of Arrow data.

    Args:
        reads: any query with the columns rname, pos and end (see IntervalOptions).
        intervals: columns chrom, start and stop, 0-based and half-open, and any others.
        how: inner; left: also reads without an interval; right: also intervals without a read;
            left_semi: each read that overlaps an interval once; left_anti: the other reads.
        options: see IntervalOptions.

    Returns:
        The columns of the reads, then those of the intervals; of left_semi and left_anti those of
        the reads.

    Raises:
        ValueError: too many intervals, one that stops before it starts, a column of another type.
    """
    return cast("DataFrame", of(intervals, complete(options)).join(reads, how))


def interval_counts(
    reads: "DataFrame",
    intervals: "DataFrame",
    name: str = "reads",
    **options: "Unpack[IntervalOptions]",
) -> "DataFrame":
    """The intervals in their order, each with the number of reads that overlap it, which may be 0.

    Args:
        reads: as in interval_join.
        intervals: as in interval_join.
        name: of the column with the numbers, the last one.
        options: see IntervalOptions.

    Raises:
        ValueError: as in interval_join.
    """
    return cast("DataFrame", of(intervals, complete(options)).counts(reads, name))
