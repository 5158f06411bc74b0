#!/usr/bin/env python3
"""Queries on reads: a BAM with its index, the same converted, and the same as Parquet, in turns.

usage: queries.py FOLDER IN.bam [--runs 5] [--columns LIST] [--bamarrow CMD] [--spark JAR] [--only cli,spark,joins,duckdb]

IN.bam is sorted by coordinate and has an index. FOLDER gets NAME.arrow, NAME.parts (8 parts) and NAME.parquet (written
by Spark from the BAM), which are kept for the next call. Command line: whole processes, bamarrow beside samtools. Spark: one
session on local[2], warm; the first run is not counted. DuckDB: on the Parquet files, and on the Arrow file through
pyarrow, which maps it into memory. Every answer is compared with that of the first reader. Prints Markdown: medians of
seconds, and what Spark's metric bytesRead says.
needs a Python with pyspark, duckdb, pyarrow and bamarrow (python/), and samtools on the PATH
"""
import argparse, os, statistics, subprocess, sys, time

from process import run


def options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("bam")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--columns", help="columns that are converted (default: all)")
    parser.add_argument("--bamarrow", default=os.path.join(os.path.dirname(__file__), "..", "bamarrow"))
    parser.add_argument(
        "--spark", default=os.path.join(os.path.dirname(__file__), "..", "spark-datasource", "target", "bamarrow-spark.jar")
    )
    parser.add_argument("--only", default="cli,spark,joins,duckdb")
    return parser.parse_args()


def median(ask, runs):
    """Median seconds, and the answer."""
    answer = ask()
    seconds = []
    for _ in range(runs):
        begin = time.perf_counter()
        again = ask()
        seconds.append(time.perf_counter() - begin)
        if again != answer:
            sys.exit("two answers: %s and %s" % (answer, again))
    return statistics.median(seconds), answer


def regions(bam):
    """Name and SQL of a place of a few hundred reads, of one per cent of a reference, and of a whole one."""
    lines = subprocess.run(["samtools", "idxstats", bam], capture_output=True, text=True, check=True).stdout.splitlines()
    name, length, reads = max((line.split("\t")[:3] for line in lines), key=lambda line: int(line[2]))
    length, reads = int(length), int(reads)
    middle = length // 2
    few, some = max(1, 500 * length // reads), length // 100
    return {
        "%d bases" % few: (name, middle, middle + few),
        "1 %% of %s" % name: (name, middle, middle + some),
        name: (name, 1, length),
    }


def rows(title, table):
    print("\n| %s | %s |" % (title, " | ".join(table[0][1:])))
    print("|" + "---|" * len(table[0]))
    for line in table[1:]:
        print("| %s |" % " | ".join(line), flush=True)


def command_line(args, paths):
    inputs = {"BAM, index": args.bam, "Arrow file": paths["arrow"], "parts": paths["parts"]}
    table = [["", "reads"] + list(inputs) + ["samtools"]]
    for title, (name, begin, end) in regions(args.bam).items():
        place = "%s:%d-%d" % (name, begin, end)
        cells, counts = [], []
        commands = {k: [args.bamarrow, "count", "--region", place, v] for k, v in inputs.items()}
        commands["samtools"] = ["samtools", "view", "-@", "1", "-c", args.bam, place]
        for command in commands.values():
            counts.append(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())
            times = [run(command) for _ in range(args.runs)]
            cells.append("%.2f" % statistics.median(each[0] for each in times))
        if len(set(counts)) != 1:
            sys.exit("%s: different counts: %s" % (place, counts))
        table.append([title, counts[0]] + cells)
    rows("`count --region`, s", table)


def questions(args):
    asked = {}
    for title, (name, begin, end) in regions(args.bam).items():
        place = "rname = '%s' and pos <= %d and \"end\" >= %d" % (name, end, begin)
        asked["count, " + title] = "select count(*) from reads where " + place
        if title != name:
            asked["rows, " + title] = 'select qname, flag, pos, "end", cigar from reads where ' + place
    asked["count(*)"] = "select count(*) from reads"
    asked["min(pos), max(end)"] = 'select min(pos), max("end") from reads'
    asked["count by rname"] = "select rname, count(*) from reads group by rname"
    asked["mapq >= 30, not duplicate"] = "select count(*) from reads where mapq >= 30 and flag & 1024 = 0"
    asked["sum(tags.NM)"] = "select sum(tags.NM) from reads"
    return asked


def answer(found):
    return sorted((tuple(row) for row in found), key=str)


def spark(args, paths):
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.jars", args.spark)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.memory", "4g")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    if not os.path.exists(paths["parquet"]):
        reads = session.read.format("bamarrow").load(args.bam)
        reads = reads.select(*args.columns.split(",")) if args.columns else reads
        reads.write.parquet(paths["parquet"] + ".tmp")
        os.rename(paths["parquet"] + ".tmp", paths["parquet"])
    reader = lambda path, **more: session.read.format("bamarrow").options(**more).load(path)
    sources = {
        "BAM, index": reader(args.bam),
        "BAM, no index": reader(args.bam, index="off"),
        "Arrow file": reader(paths["arrow"]),
        "parts": reader(paths["parts"]),
        "parts, pushdown=false": reader(paths["parts"], pushdown="false"),
        "Parquet": session.read.parquet(paths["parquet"]),
    }
    table = [[""] + list(sources)]
    for title, sql in questions(args).items():
        cells, first = [], None
        for source in sources.values():
            source.createOrReplaceTempView("reads")
            ask = lambda: answer(session.sql(sql.replace('"', "`")).collect())
            runs = args.runs if first is None else max(1, min(args.runs, int(20 / max(seconds, 0.01))))
            seconds, found = median(ask, runs)
            first = found if first is None else first
            if found != first:
                sys.exit("%s: other rows" % title)
            cells.append("%.2f" % seconds)
        table.append([title] + cells)
    rows("Spark, s", table)
    if "joins" in args.only:
        joins(args, session, sources)
    session.stop()


def joins(args, session, sources):
    """Pairs of reads and intervals of 1,000 bases at random places: Spark's join, and the one that reads places only."""
    import random

    import bamarrow.spark

    lines = subprocess.run(["samtools", "idxstats", args.bam], capture_output=True, text=True, check=True).stdout.splitlines()
    references = [(name, int(length)) for name, length, *_ in (line.split("\t") for line in lines) if int(length) > 1000]
    table = [["intervals", "pairs"] + ["%s: %s" % (name, how) for name in ("BAM, index", "Arrow file") for how in ("plain", "function")]]
    for number in (10, 200, 2000):
        place = random.Random(number)
        chosen = place.choices(references, [length for _, length in references], k=number)
        starts = [(name, place.randrange(length - 1000)) for name, length in chosen]
        places = [(name, start, start + 1000) for name, start in starts]
        bed = session.createDataFrame(places, "chrom string, start int, stop int").cache()
        cells, first = [], None
        for name in ("BAM, index", "Arrow file"):
            reads = sources[name]
            overlap = (reads.rname == bed.chrom) & (reads.pos <= bed.stop) & (reads["end"] > bed.start)
            for ask in (lambda: reads.join(bed, overlap).count(), lambda: bamarrow.spark.interval_join(reads, bed).count()):
                seconds, pairs = median(ask, max(1, args.runs // 2))
                first = pairs if first is None else first
                if pairs != first:
                    sys.exit("%d intervals: %d and %d pairs" % (number, first, pairs))
                cells.append("%.2f" % seconds)
        table.append(["%d" % number, "%d" % first] + cells)
    rows("Joins in Spark, s", table)


def duckdb(args, paths):
    import duckdb as duck
    import pyarrow.dataset as ds

    sources = {
        "Arrow file": ds.dataset(paths["arrow"], format="ipc"),
        "Parquet": None,
    }
    table = [[""] + list(sources)]
    for title, sql in questions(args).items():
        cells, first = [], None
        for source in sources.values():
            connection = duck.connect()
            connection.execute("set threads to 2")
            if source is None:
                connection.execute("create view reads as from read_parquet('%s/*.parquet')" % paths["parquet"])
            else:
                connection.register("reads", source)
            seconds, found = median(lambda: answer(connection.execute(sql).fetchall()), args.runs)
            first = found if first is None else first
            if str(found) != str(first):
                sys.exit("%s: other rows" % title)
            cells.append("%.2f" % seconds)
        table.append([title] + cells)
    rows("DuckDB, s", table)


def size(path):
    files = [path] if os.path.isfile(path) else [os.path.join(path, name) for name in os.listdir(path)]
    return "%.0f MB" % (sum(map(os.path.getsize, files)) / 1e6)


def main():
    args = options()
    base = os.path.join(args.folder, os.path.basename(args.bam).removesuffix(".bam"))
    paths = {kind: "%s.%s" % (base, kind) for kind in ("arrow", "parts", "parquet")}
    chosen = ["--columns", args.columns] if args.columns else []
    for kind, more in (("arrow", []), ("parts", ["--parts", "8"])):
        if not os.path.exists(paths[kind]):
            subprocess.run([args.bamarrow, "convert", "--quiet"] + chosen + more + [args.bam, paths[kind]], check=True)
    only = args.only.split(",")
    for name, section in (("cli", command_line), ("spark", spark), ("duckdb", duckdb)):
        if name in only:
            section(args, paths)
    print("\nSizes: BAM %s, %s" % (size(args.bam), ", ".join("%s %s" % (k, size(v)) for k, v in paths.items() if os.path.exists(v))))


main()
