"""The jar for PySpark."""

from pathlib import Path
from typing import TYPE_CHECKING

from ._process import INSTALLATION

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


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
