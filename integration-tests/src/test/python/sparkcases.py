"""Runs two scripts that users sent in, udf.py and kryo.py, one after the other in one session.

    sparkcases.py FOLDER JAR IN.bam OUT
"""

import os
import runpy
import sys

from pyspark.sql import Row

# udf.py compares rows as texts, in which the names of their columns stand, and those are not equal.
Row.__repr__ = lambda row: repr(tuple(row))


def main(folder, jar, bam, out):
    for name, *arguments in ("udf.py", jar, bam, "kryo"), ("kryo.py", jar, bam, out):
        sys.argv = [name, *arguments]
        runpy.run_path(os.path.join(folder, name), run_name="__main__")


if __name__ == "__main__":
    main(*sys.argv[1:])
