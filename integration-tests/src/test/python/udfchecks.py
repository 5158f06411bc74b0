"""Python over scans: functions of every kind, and what may stand below and above them.

A scan lends its batches: what Python got of one must be right after the next has been loaded. So the
batches here are small, and every answer is compared with Python's own over the core's rows. Tasks are
few, of several batches each: Spark 4.1 starts a Python for every task.
"""

import collections
import sys
from typing import Iterator

import pandas as pd
import pyarrow as pa
from pyspark import cloudpickle
from pyspark.sql import functions as F

cloudpickle.register_pickle_by_value(sys.modules[__name__])  # workers have no such module

SMALL = {"batchRows": "300", "splitBytes": "200000"}


def plain(text):
    return len(text) if isinstance(text, str) else 0  # of null, pandas makes a float before Spark 4.1


def lengths(texts: pd.Series) -> pd.Series:
    return texts.str.len().fillna(0).astype("int64")


def each_lengths(batches: Iterator[pd.Series]) -> Iterator[pd.Series]:
    for texts in batches:
        yield lengths(texts)


def next_of(numbers: pd.Series) -> pd.Series:
    return numbers + 1


def count_of_frames(frames):
    for frame in frames:
        yield pd.DataFrame({"n": [len(frame)]})


def smallest(flags: pd.Series) -> int:
    return int(flags.min())


def arrow_lengths(texts: pa.Array) -> pa.Array:
    import pyarrow.compute as pc

    return pc.fill_null(pc.utf8_length(texts).cast(pa.int64()), 0)


def edits(tags):
    return tags["NM"] if tags is not None else None


def rows_of_batches(batches):
    """For mapInArrow: qname, flag and the length of seq of each row."""
    import pyarrow.compute as pc

    for batch in batches:
        length = pc.fill_null(pc.utf8_length(batch.column("seq")).cast(pa.int64()), 0)
        columns = [batch.column("qname"), batch.column("flag"), length]
        yield pa.RecordBatch.from_arrays(columns, ["qname", "flag", "length"])


def rows_of_frames(frames):
    """The same for mapInPandas."""
    for frame in frames:
        yield pd.DataFrame(
            {"qname": frame["qname"], "flag": frame["flag"], "length": lengths(frame["seq"])}
        )


def group_of_frame(frame):
    """For applyInPandas: rname, rows and their bases."""
    rname, bases = frame["rname"].iloc[0], int(lengths(frame["seq"]).sum())
    # Spark 4.0 to 4.3 cannot take texts of pandas 3 from here, whatever they were read from.
    rname = pd.Series([rname if isinstance(rname, str) else None], dtype=object)
    return pd.DataFrame({"rname": rname, "n": [len(frame)], "bases": [bases]})


def to_arrow(frame):
    """Spark 3.5 has no toArrow."""
    if hasattr(frame, "toArrow"):
        return frame.toArrow()
    return pa.Table.from_batches(frame._collect_as_arrow())


MAPPED = "qname string, flag int, length bigint"
GROUPED = "rname string, n bigint, bases bigint"


class UdfChecks:
    """Every method that does not begin with an underscore is one."""

    def __init__(self, spark, bam, rows, parts):
        """parts: where an Arrow directory of the same rows can be written."""
        self._spark = spark
        self._rows = rows
        self._bam = bam
        reader = spark.read.format("bamarrow")
        self._reads = reader.options(tags="NM:i,AS:i,MD:Z,RG:Z", **SMALL).load(bam)
        self._reads.write.format("bamarrow").option("batchRows", "200").mode("append").save(parts)
        self._arrow = spark.read.format("bamarrow").option("splitBytes", "800000").load(parts)
        self._both = (("BAM", self._reads), ("Arrow", self._arrow))
        self._triples = sorted((r["qname"], r["flag"], plain(r["seq"])) for r in rows)

    @staticmethod
    def _functions():
        """By name: functions of a text that give its length."""
        kinds = {
            "udf": F.udf(plain, "bigint", useArrow=False),
            "Arrow-optimized udf": F.udf(plain, "bigint", useArrow=True),
            "pandas_udf": F.pandas_udf(lengths, "bigint"),
        }
        if hasattr(F, "arrow_udf"):  # from 4.1 on
            kinds["arrow_udf"] = F.arrow_udf(arrow_lengths, "bigint")
        return kinds

    @staticmethod
    def _same(what, found, expected):
        if isinstance(found, list) and found != expected:
            wrong = [pair for pair in zip(found, expected) if pair[0] != pair[1]][:2]
            raise AssertionError(f"{what}: {len(found)} of {len(expected)} rows, {wrong}")
        assert found == expected, f"{what}: {found}, not {expected}"

    def functions_of_every_kind_see_every_row(self):
        for source, reads in self._both:
            for kind, of in self._functions().items():
                found = reads.select("qname", "flag", of("seq")).collect()
                self._same(f"{source} {kind}", sorted(map(tuple, found)), self._triples)

    def functions_of_structs_filters_and_hidden_columns(self):
        nm = F.udf(edits, "bigint")
        expected = sorted((r["tags"] or {}).get("NM") or 0 for r in self._rows if (r["mapq"] or 0) > 20)
        for source, reads in self._both:
            found = reads.filter("mapq > 20").select(F.coalesce(nm("tags"), F.lit(0))).collect()
            self._same(source, sorted(row[0] for row in found), expected)
        wide = F.pandas_udf(next_of, "bigint")
        offsets = self._reads.select("_voffset", wide("_voffset"), F.udf(plain)("_file")).collect()
        assert all(row[1] == row[0] + 1 and int(row[2]) > 0 for row in offsets)
        assert len(offsets) == len(self._rows)

    def functions_by_sql_and_in_aggregates(self):
        self._spark.udf.register("plain_length", F.udf(plain, "bigint"))
        self._spark.udf.register("pandas_length", F.pandas_udf(lengths, "bigint"))
        least = F.pandas_udf(smallest, "bigint")
        bases, flags = collections.Counter(), {}
        for row in self._rows:
            bases[row["rname"]] += plain(row["seq"])
            flags[row["rname"]] = min(row["flag"], flags.get(row["rname"], row["flag"]))
        for source, reads in self._both:
            reads.createOrReplaceTempView("python_reads")
            for name in "plain_length", "pandas_length":
                text = f"select rname, sum({name}(seq)) from python_reads group by rname"
                found = {row[0]: row[1] for row in self._spark.sql(text).collect()}
                self._same(f"{source} {name}", found, dict(bases))
            found = reads.groupBy("rname").agg(least("flag")).collect()
            self._same(source, {row[0]: row[1] for row in found}, flags)

    def batches_and_groups(self):
        groups = collections.defaultdict(lambda: [0, 0])
        for row in self._rows:
            groups[row["rname"]][0] += 1
            groups[row["rname"]][1] += plain(row["seq"])
        expected = {name: tuple(sums) for name, sums in groups.items()}
        for source, reads in self._both:
            for made in reads.mapInArrow(rows_of_batches, MAPPED), reads.mapInPandas(
                rows_of_frames, MAPPED
            ):
                self._same(source, sorted(map(tuple, made.collect())), self._triples)
            found = reads.groupBy("rname").applyInPandas(group_of_frame, GROUPED).collect()
            self._same(source, {row[0]: (row[1], row[2]) for row in found}, expected)

    def sorts_limits_and_joins_above(self):
        of = F.pandas_udf(lengths, "bigint")
        iterated = F.pandas_udf(each_lengths, "bigint")
        names = [row["qname"] for row in self._rows]
        for source, reads in self._both:
            made = reads.select("qname", "flag", of("seq").alias("length"))
            down = made.orderBy(F.desc("qname"), F.desc("flag"), F.desc("length")).collect()
            self._same(f"{source} sort", [tuple(r) for r in down], self._triples[::-1])
            self._same(f"{source} limit", [r[0] for r in made.limit(450).collect()], names[:450])
            few = reads.select("qname", iterated("seq")).limit(3).collect()
            self._same(f"{source} few", [r[0] for r in few], names[:3])
            wanted = reads.select("qname").filter("flag & 16 = 0").distinct()
            joined = made.join(F.broadcast(wanted), "qname").select("qname", "length").collect()
            keep = {r["qname"] for r in self._rows if not r["flag"] & 16}
            expected = sum(name in keep for name in names)
            self._same(f"{source} join", len(joined), expected)

    def caches_and_tables_as_arrow(self):
        of = F.pandas_udf(lengths, "bigint")
        for source, reads in self._both:
            made = reads.select("qname", "flag", of("seq").alias("length"))
            for frame in made, reads.select("qname", "flag", F.expr("bigint(coalesce(length(seq), 0)) length")):
                kept = frame.persist()
                for _ in range(2):
                    self._same(f"{source} kept", sorted(map(tuple, kept.collect())), self._triples)
                kept.unpersist()
            below = reads.persist()
            found = below.select("qname", "flag", of("seq")).collect()
            self._same(f"{source} above", sorted(map(tuple, found)), self._triples)
            below.unpersist()
            table = to_arrow(made).to_pydict()
            found = sorted(zip(table["qname"], table["flag"], table["length"]))
            self._same(f"{source} toArrow", found, self._triples)
            frame = made.toPandas()
            found = sorted(zip(frame["qname"], frame["flag"], frame["length"]))
            self._same(f"{source} toPandas", found, self._triples)

    def whatever_the_settings(self):
        settings = {
            "spark.sql.execution.arrow.maxRecordsPerBatch": "7",
            "spark.sql.columnVector.offheap.enabled": "true",
            "spark.sql.codegen.wholeStage": "false",
            "spark.sql.adaptive.enabled": "false",
        }
        of = F.pandas_udf(lengths, "bigint")
        few = self._triples[0][0]
        for name, value in settings.items():
            before = self._spark.conf.get(name)
            self._spark.conf.set(name, value)
            try:
                for source, reads in self._both:
                    made = reads.filter(F.col("qname") >= few).select("qname", "flag", of("seq"))
                    self._same(f"{source} {name}", sorted(map(tuple, made.collect())), self._triples)
            finally:
                self._spark.conf.set(name, before)

    def header_tables(self):
        references = self._spark.read.format("bamarrow").option("table", "references").load(self._bam)
        for kind, of in self._functions().items():
            for row in references.select("name", of("name")).collect():
                self._same(kind, row[1], plain(row[0]))
        counts = references.mapInPandas(count_of_frames, "n bigint")
        self._same("references", sum(r[0] for r in counts.collect()), references.count())
