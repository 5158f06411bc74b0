#!/usr/bin/env python3
"""Reads an Arrow file of bamarrow with pyarrow, polars and DuckDB: reads and mean MAPQ by reference.

    pip install pyarrow polars duckdb
    ./bamarrow convert reads.bam reads.arrow
    python examples/read_file.py reads.arrow
"""

import sys

import duckdb
import polars as pl
import pyarrow as pa


def with_pyarrow(path):
    with pa.memory_map(path) as file:  # mapped: only the columns in use are read
        reads = pa.ipc.open_file(file).read_all()
        groups = reads.group_by("rname").aggregate([([], "count_all"), ("mapq", "mean")])
        return zip(*(groups[name].to_pylist() for name in ("rname", "count_all", "mapq_mean")))


def with_polars(path):
    mapq = pl.col("mapq").mean().alias("mean")
    return pl.scan_ipc(path).group_by("rname").agg(pl.len(), mapq).collect().rows()


def with_duckdb(path):
    with pa.memory_map(path) as file:
        # DuckDB finds the table by the variable's name. It refuses maps with a doubled key, which
        # records with a tag given twice have, so the column is left out.
        reads = pa.ipc.open_file(file).read_all().drop_columns(["other_tags"])
        return duckdb.sql("select rname, count(*), avg(mapq) from reads group by rname").fetchall()


for client in (with_pyarrow, with_polars, with_duckdb):
    print(client.__name__)
    # No reference (*) and no MAPQ (255) are null.
    rows = ((rname or "*", reads, mapq) for rname, reads, mapq in client(sys.argv[1]))
    for rname, reads, mapq in sorted(rows):
        print(rname, reads, "-" if mapq is None else f"{mapq:.3f}", sep="\t")
