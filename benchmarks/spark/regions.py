#!/usr/bin/env python3
"""
Counts of regions through an index: the command line, warm queries of Spark, samtools and polars-bio.

usage: regions.py FOLDER SORTED.bam THREADS WARM RUNS     called by ../spark.sh, which has built all; the BAM's .bai beside it

The regions are 501 bases around records that are spread evenly over the file, so that all have rows.
"""
import os, subprocess, sys
import whole

MOST = 300  # seconds, then a process is stopped
# A condition for each line of a file: a name, with the ends of a region or without; no line: all records; a name of *: no name.
POLARS_BIO = """
import functools, operator, sys, polars as pl, polars_bio as pb
def within(name, begin=None, end=None):
    here = pl.col("chrom").is_null() if name == "*" else pl.col("chrom") == name
    return here if begin is None else here & (pl.col("start") <= int(end)) & (pl.col("end") > int(begin))
conditions = [within(*line.split()) for line in open(sys.argv[2])]
reads = pb.scan_bam(sys.argv[1])
if conditions:
    reads = reads.filter(functools.reduce(operator.or_, conditions))
print(reads.select(pl.len()).collect(engine="streaming").item())
"""


def places(bam, count):
    """Name and position of so many records, evenly spread over those that have one."""
    total = sum(int(line.split("\t")[2]) for line in subprocess.run(["samtools", "idxstats", bam], check=True, capture_output=True, text=True).stdout.splitlines())
    step = max(1, total // count)
    view = subprocess.Popen(["samtools", "view", bam], stdout=subprocess.PIPE, text=True)
    found = []
    for number, line in enumerate(view.stdout):
        if number % step == step // 2:
            fields = line.split("\t", 4)
            found.append((fields[2], int(fields[3])))
            if len(found) == count:
                break
    view.stdout.close()
    view.wait()
    return found


def around(place):
    """1-based, both ends within."""
    return place[0], max(1, place[1] - 250), place[1] + 250


def sql(region):
    return "(rname = '%s' and pos <= %d and end >= %d)" % (region[0], region[2], region[1])


def lines(path, fields):
    with open(path, "w") as file:
        file.writelines("\t".join(map(str, line)) + "\n" for line in fields)
    return path


def bed(path, regions):
    return lines(path, [(name, begin - 1, end) for name, begin, end in regions])


def main():
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    folder, bam = sys.argv[1:3]
    threads, warm, runs = map(int, sys.argv[3:])
    many = [around(place) for place in places(bam, 1000)]
    single = many[len(many) // 2]
    contig = single[0]
    one_bed, many_bed = bed(os.path.join(folder, "one.bed"), [single]), bed(os.path.join(folder, "many.bed"), many)
    text = "%s:%d-%d" % single
    ours, samtools = [whole.BAMARROW, "count", "-@", str(threads)], ["samtools", "view", "-c", "-@", str(threads)]
    contig_file, unplaced, everything = (lines(os.path.join(folder, name), names)
                                         for name, names in (("contig", [(contig,)]), ("unplaced", [("*",)]), ("everything", [])))
    queries = {  # of the command line, samtools, polars-bio, Spark; samtools' options go before the file, its regions behind
        "one region": ([*ours, "--region", text, bam], [*samtools, bam, text], one_bed, sql(single)),
        "%d regions" % len(many): ([*ours, "-L", many_bed, bam], [*samtools, "-M", "-L", many_bed, bam], many_bed, " or ".join(map(sql, many))),
        "one contig": ([*ours, "--region", contig, bam], [*samtools, bam, contig], contig_file, "rname = '%s'" % contig),
        "unplaced": ([*ours, "--region", "*", bam], [*samtools, bam, "*"], unplaced, "rname is null"),
        "all records": ([*ours, bam], [*samtools, bam], everything, "true"),
    }
    conditions = lines(os.path.join(folder, "conditions.tsv"), [(name, condition) for name, (*_, condition) in queries.items()])
    process = whole.Process(whole.submit(folder, threads, "SparkRegions", [bam, warm, runs, conditions]))
    spark = process.measured()
    if not spark:
        print("SparkRegions: %s" % process.failure, file=sys.stderr)
    rows, kept = [], {"spark": spark}
    for name, (cli, peer, other, _) in queries.items():
        commands = {"bamarrow count": cli, "samtools view -c": peer, "polars-bio": [sys.executable, "-c", POLARS_BIO, bam, other]}
        found = whole.in_turns(commands, runs, MOST)
        expected = found["samtools view -c"][0].out.strip()
        for reader, processes in found.items():
            failed = whole.failure(processes)
            rows.append([name, reader, None if failed else whole.median(processes, "wall"), None if failed else whole.median(processes, "cpu"),
                         failed or checked(processes[0].out.strip(), expected)])
        task = spark.get(name, {"error": process.failure or "no result"})
        rows.append([name, "Spark, warm", task.get("median"), None, task.get("error") or checked(task["found"], expected)])
        kept[name] = {reader: [[one.wall, one.cpu, one.out.strip(), one.failure] for one in processes] for reader, processes in found.items()}
    whole.table("%s: regions, %d threads" % (os.path.basename(bam), threads), ["query", "reader", "wall s", "CPU s", "records"], rows)
    whole.write(os.path.join(folder, "spark-regions-%s.json" % os.path.basename(bam)), kept)


def checked(found, expected):
    return found if found == expected else "%s, NOT %s" % (found, expected)


if __name__ == "__main__":
    main()
