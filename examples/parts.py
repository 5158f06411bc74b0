#!/usr/bin/env python3
"""Reads a directory of parts with pyarrow and polars, as its manifest says: rows and mean MAPQ.

    pip install pyarrow polars
    ./bamarrow convert --parts 16 reads.bam reads/
    python examples/parts.py reads/
"""

import json
import pathlib
import sys
import zlib

import polars as pl
import pyarrow.compute as pc
import pyarrow.dataset as ds

directory = pathlib.Path(sys.argv[1])
manifest = json.loads((directory / "_manifest.json").read_text())  # no manifest: not complete
files = [directory / part["name"] for part in manifest["parts"]]  # in the order of the BAM
for file, part in zip(files, manifest["parts"]):
    assert f"{zlib.crc32(file.read_bytes()):08x}" == part["crc32"], f"{file} was changed"

reads = ds.dataset(files, format="ipc")
assert reads.count_rows() == manifest["totals"]["rows"]
mapq = pc.mean(reads.to_table(columns=["mapq"])["mapq"]).as_py()
print(f"pyarrow: {reads.count_rows()} reads, mean MAPQ {mapq:.3f}")

reads = pl.concat([pl.scan_ipc(file) for file in files])
count, mapq = reads.select(pl.len(), pl.col("mapq").mean()).collect().row(0)
print(f"polars: {count} reads, mean MAPQ {mapq:.3f}")
