#!/usr/bin/env python3
"""Reads a BAM as Arrow batches through a pipe: no file in between, one batch in memory at a time.

    pip install pyarrow
    python examples/stream.py reads.bam

The command is taken from the environment variable BAMARROW, by default ./bamarrow.
"""

import os
import shlex
import subprocess
import sys

import pyarrow as pa
import pyarrow.compute as pc

command = shlex.split(os.environ.get("BAMARROW", "./bamarrow"))
command += ["convert", "--quiet", "--format", "stream", "--tags", "none", "--other-tags", "none"]

reads = mapped = bases = 0
with open(sys.argv[1], "rb") as bam, subprocess.Popen(
    command + ["-", "-"], stdin=bam, stdout=subprocess.PIPE
) as bamarrow:
    with pa.ipc.open_stream(bamarrow.stdout) as batches:
        for batch in batches:
            unmapped = pc.bit_wise_and(batch["flag"], pa.scalar(4, pa.int32()))
            reads += batch.num_rows
            mapped += pc.sum(pc.equal(unmapped, 0)).as_py() or 0
            bases += pc.sum(pc.binary_length(batch["seq"])).as_py() or 0

# A stream that stops early looks like one that ends: only the exit code tells them apart.
if bamarrow.returncode != 0:
    sys.exit(f"bamarrow failed with exit code {bamarrow.returncode}")
print(f"{reads} reads, {mapped} mapped, {bases} bases")
