#!/usr/bin/env python3
"""A tour in cells, as notebooks have them: a region, the depth of each base, reads of each barcode.

    examples/spark/submit.sh reads.bam cells.bam chr1:1-100000 depth.png

The plot is made where matplotlib is installed.
"""

# %% One session; spark-submit or --jars has given it the jar.
import sys

from pyspark.sql import SparkSession, functions as F

reads_bam, cells_bam, region, png = sys.argv[1:]
spark = SparkSession.builder.appName("bamarrow notebook").getOrCreate()

# %% A region: positions are 1-based and inclusive, as in samtools.
rname, _, span = region.rpartition(":")
begin, end = (int(number) for number in span.split("-"))
reads = spark.read.format("bamarrow").option("cigar", "ops").load(reads_bam)
inside = reads.filter((F.col("rname") == rname) & (F.col("pos") <= end) & (F.col("end") >= begin))
print(f"{inside.count()} reads in {region}")

# %% Depth of each base: what of a read stands on the reference, as samtools depth counts it.
NOT_COUNTED = 0x4 | 0x100 | 0x200 | 0x400  # unmapped, secondary, failed, duplicate
piece = """
    transform(cigar, (op, i) -> struct(
        op.op as op,
        op.length as length,
        pos + aggregate(slice(cigar, 1, i), 0,
            (sum, o) -> sum + if(o.op in ('M', '=', 'X', 'D', 'N'), o.length, 0)) as start))
"""
depth = (
    inside.filter(F.col("flag").bitwiseAND(NOT_COUNTED) == 0)
    .select(F.explode(F.expr(piece)).alias("piece"))
    .filter("piece.op in ('M', '=', 'X') and piece.length > 0")
    .selectExpr("explode(sequence(piece.start, piece.start + piece.length - 1)) as pos")
    .filter(F.col("pos").between(begin, end))
    .groupBy("pos")
    .count()
    .orderBy("pos")
    .collect()
)
print(f"{len(depth)} bases covered, {sum(row['count'] for row in depth)} times in all")

# %% The depth as a picture.
try:
    import matplotlib
except ImportError:
    print("no plot without matplotlib")
else:
    matplotlib.use("Agg")
    from matplotlib import pyplot

    pyplot.figure(figsize=(10, 3))
    pyplot.step([row["pos"] for row in depth], [row["count"] for row in depth], where="mid")
    pyplot.xlabel(rname)
    pyplot.ylabel("depth")
    pyplot.savefig(png, bbox_inches="tight")

# %% Reads of each cell: of the tags, CB alone is decoded.
cells = spark.read.format("bamarrow").load(cells_bam)
barcodes = cells.groupBy("tags.CB").count().orderBy(F.desc("count"), "CB")
for row in barcodes.filter("CB is not null").limit(5).collect():
    print(row["CB"], row["count"], sep="\t")

# %%
spark.stop()
