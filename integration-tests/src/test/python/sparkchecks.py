"""Reads BAMs with PySpark and the Spark jar alone, classic or through Spark Connect.

    sparkchecks.py classic|connect|kryo whole|short|python MANIFEST

kryo is classic with Spark's KryoSerializer; for Python functions alone, with registered classes only.
The scopes: everything, a short list with something of everything, or Python functions alone.

A manifest is JSON: jar, and reads, a list of objects: bam, arrow (the core's file of the same reads,
tags as in typed), typed (tags of the struct). What samtools prints is asked for too where it is
installed. Prints one line a check and ends with code 1 if anything differs.
"""

import json
import os
import shutil
import sys
import tempfile

import pyarrow as pa

import samtext
from arrowsums import arrow_sums, differences
from udfchecks import UdfChecks, to_arrow

KRYO = {"spark.serializer": "org.apache.spark.serializer.KryoSerializer"}

REGISTERED = {  # Spark itself does not register what other queries need
    "spark.kryo.registrationRequired": "true",
    "spark.kryo.classesToRegister": "org.bamarrow.spark.serializer.JavaSerialized",
}

END_OF_FILE = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")


def session(how, scope, jar):
    from pyspark.sql import SparkSession

    builder = SparkSession.builder
    builder = builder.remote("local[2]") if how == "connect" else builder.master("local[2]")
    settings = {
        "spark.jars": jar,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": tempfile.mkdtemp(prefix="warehouse"),
    }
    if how == "kryo":
        settings.update(KRYO | (REGISTERED if scope == "python" else {}))
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


class Checks:
    """Every method that does not begin with an underscore is one; SHORT names the short list."""

    SHORT = (
        "columns_add_up",
        "filters_give_what_python_gives",
        "sql_tables_and_views",
        "paths_and_save_modes",
        "unknown_option_names_the_nearest",
        "written_rows_are_read_back",
        "folders_become_columns",
        "cohorts_are_one_table",
        "a_stream_reads_each_file_once",
        "functions_of_every_kind_see_every_row",
    )

    def __init__(self, spark, how, reads):
        self._spark = spark
        self._connect = how == "connect"
        self._old = spark.version.startswith("3.")
        self._reads = reads
        self._bam = reads[0]["bam"]
        with pa.memory_map(reads[0]["arrow"]) as file:
            self._rows = pa.ipc.open_file(file).read_all().to_pylist()

    def rows(self):
        """The core's, of the first BAM."""
        return self._rows

    def _load(self, bam=None, **options):
        options = {"allowMissingEof": "true", **options}
        return self._spark.read.format("bamarrow").options(**options).load(bam or self._bam)

    def _sql(self, text):
        return self._spark.sql(text).collect()

    def columns_add_up(self):
        """Whole and cut into splits, as Arrow: numbers, lengths and nulls of every column."""
        for entry in self._reads:
            bam, typed = entry["bam"], ",".join(entry["typed"])
            with pa.memory_map(entry["arrow"]) as file:
                truth = arrow_sums(pa.ipc.open_file(file).read_all())
            if shutil.which("samtools"):
                same = differences("core", samtext.sums(bam, entry["typed"]), truth)
                assert not same, same
            for options in ({"splitting": "file"}, {"splitBytes": "20000"}):
                table = to_arrow(self._load(bam, tags=typed, **options))
                found = differences(f"{bam} {options}", truth, arrow_sums(table))
                assert not found, found

    def rows_are_the_cores_in_order(self):
        found = [row.asDict(recursive=True) for row in self._load().drop("tags", "other_tags").collect()]
        expected = [
            {name: value for name, value in row.items() if name not in ("tags", "other_tags")}
            for row in self._rows
        ]
        assert found == expected, f"{len(found)} rows, {len(expected)} expected"

    def pandas_has_every_row(self):
        frame = self._load().select("qname", "flag", "pos").toPandas()
        assert frame["flag"].sum() == sum(row["flag"] for row in self._rows)
        assert list(frame["qname"]) == [row["qname"] for row in self._rows]

    def counts_and_limits(self):
        reads = self._load()
        assert reads.count() == len(self._rows)
        assert [row.qname for row in reads.limit(5).collect()] == self._names(self._rows[:5])
        first = self._load(limit="7", splitBytes="20000").collect()
        assert [row.qname for row in first] == self._names(self._rows[:7])

    @staticmethod
    def _names(rows):
        return [row["qname"] for row in rows]

    def filters_give_what_python_gives(self):
        from pyspark.sql import functions as F

        def here(row):
            return row["flag"] & 16 != 0 and (row["mapq"] or 0) > 20

        reads = self._load().filter((F.col("flag").bitwiseAND(16) != 0) & (F.col("mapq") > 20))
        assert [r.qname for r in reads.collect()] == self._names(filter(here, self._rows))
        rname = next(row["rname"] for row in self._rows if row["rname"])
        reads = self._load().filter(F.col("rname").isNull() | (F.col("rname") != rname))
        expected = [row for row in self._rows if row["rname"] != rname]
        assert reads.count() == len(expected)

    def fields_of_the_tags_struct(self):
        entry = next(entry for entry in self._reads if "NM:i" in entry["typed"])
        reads = self._load(entry["bam"], tags=",".join(entry["typed"]))
        with pa.memory_map(entry["arrow"]) as file:
            tags = pa.ipc.open_file(file).read_all()["tags"].to_pylist()
        assert [row[0] for row in reads.select("tags.NM").collect()] == [t["NM"] for t in tags]
        edited = sum(1 for t in tags if (t["NM"] or 0) > 0)
        assert edited > 0 and reads.filter("tags.NM > 0").count() == edited

    def hidden_columns(self):
        reads = self._load()
        assert "_voffset" not in reads.columns
        offsets = [row[0] for row in reads.select("_voffset").collect()]
        assert offsets == sorted(set(offsets)) and len(offsets) == len(self._rows)
        name = os.path.basename(self._bam)
        files = reads.selectExpr("_file", "input_file_name()").distinct().collect()
        assert len(files) == 1 and all(value.endswith(name) for value in files[0]), files

    def sql_tables_and_views(self):
        options = f"options (path '{self._bam}', allowMissingEof 'true', splitBytes '64K')"
        expected = sum(row["flag"] for row in self._rows)
        for made in "temporary view seen using bamarrow", "table reads using bam":
            name = made.split()[1] if made.startswith("table") else made.split()[2]
            self._sql(f"create {made} {options}")
            assert self._sql(f"select sum(flag) from {name}")[0][0] == expected
            described = [row[0] for row in self._sql(f"describe {name}")]
            assert "qname" in described, described
            if "view" in made or not self._old:
                assert "mapq" in [column.name for column in self._spark.catalog.listColumns(name)]
            self._sql(f"drop {made[: made.index(' using')].replace('temporary ', '')}")
        assert os.path.exists(self._bam)
        self._load().createOrReplaceTempView("frame")
        assert self._sql("select count(distinct qname) from frame")[0][0] == len(
            {row["qname"] for row in self._rows}
        )

    def paths_and_save_modes(self):
        """The default mode, ignore, tables by path, and a table before and after its first rows."""
        rows = self._spark.range(3)
        with tempfile.TemporaryDirectory(prefix="paths") as folder:
            out, made = os.path.join(folder, "out"), f"bamarrow.`{folder}/made`"
            for mode in "error", "ignore", "ignore":
                rows.write.format("bamarrow").mode(mode).save(out)
            refusal = self._error(lambda: rows.write.format("bamarrow").save(out))
            assert "[PATH_ALREADY_EXISTS]" in refusal, refusal
            self._sql(f"create table {made} as select id + 1 as id from bamarrow.`{out}`")
            self._sql(f"insert into {made} values (7)")
            assert self._sql(f"select sum(id) from {made}")[0][0] == 13
            missing = self._error(lambda: self._sql(f"select * from bamarrow.`{out}/none`"))
            assert "no such file or directory" in missing, missing
            self._sql(f"create table new (id bigint) using bamarrow location '{folder}/new'")
            assert self._sql("select * from new") == []
            self._sql(f"insert into new select id from {made} where id > 1")
            assert self._sql("select count(id), sum(id) from new where id < 7")[0] == (2, 5)
            self._sql("drop table new")
            rows.write.format("bamarrow").saveAsTable("managed")
            assert self._spark.table("managed").count() == 3
            self._sql("drop table managed")

    def written_rows_are_read_back(self):
        """Appended twice, then replaced."""
        columns = ("qname", "flag", "pos", "cigar", "seq", "qual")
        reads = self._load(splitBytes="64K").select(*columns)
        rows = [tuple(row[name] for name in columns) for row in self._rows]
        with tempfile.TemporaryDirectory(prefix="written") as folder:
            out = os.path.join(folder, "out")
            for mode, expected in ("append", rows), ("append", rows + rows), ("overwrite", rows):
                reads.write.format("bamarrow").option("compression", "zstd").mode(mode).save(out)
                found = map(tuple, self._spark.read.format("bamarrow").load(out).collect())
                assert sorted(found, key=repr) == sorted(expected, key=repr), mode

    def folders_become_columns(self):
        """Of BAMs, then of rows that are written by them; with _metadata."""
        with tempfile.TemporaryDirectory(prefix="folders") as folder:
            for value in "sample=A/lane=1", "sample=B/lane=2":
                os.makedirs(os.path.join(folder, "in", value))
                shutil.copy(self._bam, os.path.join(folder, "in", value, "x.bam"))
            reads = self._load(os.path.join(folder, "in"))
            assert reads.dtypes[-2:] == [("sample", "string"), ("lane", "int")], reads.dtypes
            assert reads.filter("sample = 'B' and lane > 1").count() == len(self._rows)
            paths = reads.filter("lane = 1").select("_metadata.file_path").distinct().collect()
            assert [row[0] for row in paths] == [f"file:{folder}/in/sample=A/lane=1/x.bam"], paths
            out = os.path.join(folder, "out")
            rows = reads.select("sample", "qname", "lane").write.format("bamarrow").mode("append")
            rows.partitionBy("sample").save(out)
            assert sorted(os.listdir(out)) == ["_batches.arrow", "_manifest.json", "sample=A", "sample=B"]
            back = self._spark.read.format("bamarrow").load(out)
            assert back.columns == ["qname", "lane", "sample"], back.columns
            found = back.filter("sample = 'B'").select("qname", "lane").collect()
            assert sorted(row[0] for row in found) == sorted(row["qname"] for row in self._rows)
            assert {row[1] for row in found} == {2}

    def cohorts_are_one_table(self):
        """Directories of other tags and columns, with a Python function on what one of them lacks."""
        from pyspark.sql import functions as F

        edits = sum((row["tags"] or {}).get("NM") or 0 for row in self._rows)
        with tempfile.TemporaryDirectory(prefix="cohort") as folder:
            paths = [os.path.join(folder, name) for name in ("none", "typed")]
            self._load(tags="none").select("qname", "flag").write.format("bamarrow").mode("append").save(paths[0])
            self._load(tags="NM:i").select("qname", "tags").write.format("bamarrow").mode("append").save(paths[1])
            rows = self._spark.read.format("bamarrow").load(paths)
            assert rows.columns == ["qname", "flag", "tags"], rows.columns
            nulls = rows.selectExpr("count(*)", "count(flag)", "count(tags)", "sum(tags.NM)").first()
            count = len(self._rows)
            assert tuple(nulls) == (2 * count, count, count, edits), nulls
            double = F.udf(lambda tags: 2 * (tags["NM"] or 0) if tags else 0, "bigint")
            assert rows.select(double("tags").alias("n")).agg({"n": "sum"}).first()[0] == 2 * edits

    def a_stream_reads_each_file_once(self):
        """Two files, a restart with nothing new, and a third one."""
        file, offset = ("input_file_name() file", "1 at") if self._old else ("_file file", "_voffset at")
        with tempfile.TemporaryDirectory(prefix="stream") as folder:
            drops, out = os.path.join(folder, "drops"), os.path.join(folder, "out")
            os.mkdir(drops)
            for names in ("one", "two"), (), ("three",):
                for name in names:
                    shutil.copy(self._bam, os.path.join(drops, name + ".bam"))
                stream = self._spark.readStream.format("bamarrow").option("maxFilesPerTrigger", "1").load(drops)
                stream = stream.selectExpr("qname", "flag", "tags.NM", file, offset)
                stream = stream.writeStream.format("parquet").trigger(availableNow=True)
                stream.option("checkpointLocation", os.path.join(folder, "checkpoint")).start(out).awaitTermination()
            rows = self._spark.read.parquet(out)
            assert rows.count() == 3 * len(self._rows)
            flags = sum(row["flag"] for row in self._rows)
            sums = [row[1] for row in rows.groupBy("file").agg({"flag": "sum"}).collect()]
            assert sums == 3 * [flags], sums
            if not self._old:  # which has no metadata columns in streams
                assert rows.select("file", "at").distinct().count() == 3 * len(self._rows)

    def header_tables(self):
        references = self._load(table="references").collect()
        used = {row["rname"] for row in self._rows if row["rname"]}
        assert used <= {row["name"] for row in references}
        lines = [row["text"] for row in self._load(table="header").orderBy("line").collect()]
        if shutil.which("samtools"):
            assert lines == samtext.header(self._bam)
        for table in "read_groups", "programs":
            kind = {"read_groups": "@RG", "programs": "@PG"}[table]
            count = sum(line.startswith(kind) for line in lines)
            assert self._load(table=table).count() == count

    def unknown_option_names_the_nearest(self):
        self._refused("did you mean splitBytes?", splitByte="1")

    def errors_say_what_to_do(self):
        self._refused("is not one of", splitting="guess")
        with tempfile.TemporaryDirectory(prefix="errors") as folder:
            self._one_line("[PATH_NOT_FOUND] /no/such.bam: no such file", lambda: self._load("/no/such.bam").schema)
            self._one_line("[PATH_NOT_FOUND] " + folder, lambda: self._load(folder).schema)
            text = self._file(folder, "reads.txt", b"no BAM at all")
            self._one_line("[FAILED_READ_FILE.NO_HINT]", lambda: self._load(text).schema)
            self._one_line("not a BAM file", lambda: self._load(text).schema)
            rows = self._load().select("qname").write.format("bamarrow")
            with open(self._bam, "rb") as whole:
                content = whole.read()
            onto = os.path.join(folder, "bams")
            os.mkdir(onto)
            self._file(onto, "in.bam", content)
            self._one_line("name another directory", lambda: rows.mode("append").save(onto))
            self._one_line("does not write BAMs", lambda: rows.format("bam").mode("append").save(onto))
            ticks = self._spark.readStream.format("rate").load().writeStream.format("bamarrow")
            ticks = ticks.option("checkpointLocation", os.path.join(folder, "checkpoint"))
            self._one_line("in foreachBatch", lambda: ticks.start(os.path.join(folder, "out")))
            cut = self._file(folder, "cut.bam", content[:-100])
            self._of_a_task(cut, "cut.bam")
            if content.endswith(END_OF_FILE):
                unmarked = self._file(folder, "unmarked.bam", content[: -len(END_OF_FILE)])
                self._of_a_task(unmarked, "allowMissingEof")

    @staticmethod
    def _file(folder, name, content):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)
        return file.name

    def _one_line(self, why, do):
        """Connect adds the server's stack, below the line."""
        lines = self._error(do).splitlines()
        first = next(line for line in lines if line.strip("() "))
        assert why in first and " --" not in first, lines[:3]
        if not self._connect:
            assert len(lines) == 1, lines[:3]

    def _of_a_task(self, bam, why):
        """The sentence stands whole in the line that names the file, the first but for py4j's."""
        lines = self._error(lambda: self._load(bam, allowMissingEof="false").collect()).splitlines()
        number, line = next((n, line) for n, line in enumerate(lines) if os.path.basename(bam) in line)
        assert number < 3 and why in line and " --" not in line, lines[:5]

    def _refused(self, why, bam=None, **options):
        text = self._error(lambda: self._load(bam, **options).collect())
        assert why in text and " --" not in text, text

    @staticmethod
    def _error(do):
        try:
            do()
        except Exception as error:  # each of Spark's two clients has exceptions of its own
            return str(error)
        raise AssertionError("no error")


def main(how, scope, manifest):
    with open(manifest, encoding="utf-8") as file:
        manifest = json.load(file)
    spark = session(how, scope, manifest["jar"])
    reads = manifest["reads"]
    checks = Checks(spark, how, reads)
    version = spark.version
    with tempfile.TemporaryDirectory(prefix="parts") as parts:
        python = UdfChecks(spark, reads[0]["bam"], checks.rows(), os.path.join(parts, "arrow"))
        methods = {} if scope == "python" else _methods(checks)
        methods.update(_methods(python))
        if scope == "short":
            methods = {name: methods[name] for name in Checks.SHORT}
        if how != "connect" and scope != "python":  # the last: it ends the session
            methods["a_job_converts"] = lambda: convert(spark, reads[0], os.path.join(parts, "job"))
        bad = _run(methods)
    print(f"Spark {version} {how}: {len(methods) - bad} of {len(methods)} checks")
    spark.stop()
    sys.exit(bad > 0)


def _methods(of):
    names = [name for name in vars(type(of)) if not name.startswith("_")]
    return {name: getattr(of, name) for name in names if name not in ("SHORT", "rows")}


def convert(spark, entry, out):
    """ConvertJob writes parts of the core's rows, in their order; pyarrow reads them."""
    words = ["convert", "--parts", "3", "--chunk-bytes", "64K", "--tags", ",".join(entry["typed"])]
    words += [entry["bam"], out + "/"]
    arguments = spark._sc._gateway.new_array(spark._jvm.java.lang.String, len(words))
    for number, word in enumerate(words):
        arguments[number] = word
    spark._jvm.org.bamarrow.spark.job.ConvertJob.main(arguments)
    with open(os.path.join(out, "_manifest.json"), encoding="utf-8") as manifest:
        parts = [part["name"] for part in json.load(manifest)["parts"]]
    assert len(parts) == 3, parts
    with pa.memory_map(entry["arrow"]) as file:
        expected = pa.ipc.open_file(file).read_all().to_pylist()
    rows = []
    for part in parts:
        with pa.memory_map(os.path.join(out, part)) as file:
            rows += pa.ipc.open_file(file).read_all().to_pylist()
    assert rows == expected, f"{len(rows)} rows, {len(expected)} expected"


def _run(methods):
    """Calls each and says what became of it; the number of those that failed."""
    bad = 0
    for name, method in methods.items():
        try:
            method()
            print("ok", name, flush=True)
        except Exception as error:  # the other checks are still worth a run
            bad += 1
            print("FAILED", name, type(error).__name__, str(error)[:2000], flush=True)
    return bad


if __name__ == "__main__":
    main(*sys.argv[1:])
