#!/usr/bin/env python3
"""
Whole conversions of a BAM: the command line, a job of spark-submit, DataFrames written, ADAM; and what one more split costs.

usage: convert.py FOLDER IN.bam THREADS RUNS     called by ../spark-convert.sh, which has built all

Outputs are read back and their rows counted.
"""
import glob, os, shutil, sys
import pyarrow.ipc, pyarrow.parquet
import whole

JOB = "org.bamarrow.spark.job.ConvertJob"
KRYO = ["-Dspark.serializer=org.apache.spark.serializer.KryoSerializer", "-Dspark.kryo.registrator=org.bdgenomics.adam.serialization.ADAMKryoRegistrator",
        "-Dspark.ui.enabled=false"]
SPLITS = [1, 2, 4, 8]


def rows_of(path):
    """Of an Arrow file, or of all Arrow or Parquet files of a directory; with how many bytes they have."""
    files = [path] if os.path.isfile(path) else [file for file in glob.glob(os.path.join(path, "**", "*"), recursive=True)
                                                 if os.path.isfile(file) and file.endswith((".arrow", ".parquet"))]
    rows = 0
    for file in files:
        if file.endswith(".parquet"):
            rows += pyarrow.parquet.ParquetFile(file).metadata.num_rows
        else:
            with pyarrow.memory_map(file) as data:
                reader = pyarrow.ipc.open_file(data)
                rows += sum(reader.get_batch(i).num_rows for i in range(reader.num_record_batches))
    return rows, sum(map(os.path.getsize, files))


def remove(path):
    shutil.rmtree(path, ignore_errors=True)
    if os.path.exists(path):
        os.remove(path)


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    folder, bam = sys.argv[1:3]
    threads, runs = map(int, sys.argv[3:])
    out = {}

    def target(name, ending):
        out[name] = os.path.join(folder, "out-%d%s" % (len(out), ending))
        return out[name]

    def job(name, *options):
        return whole.submit(folder, threads, JOB, ["convert", "--quiet", *options, bam, target(name, "/")], whole.SPARK_JAR)

    def frame(name, form):
        return whole.submit(folder, threads, "WriteJob", [bam, form, target(name, "")])

    core, job_name = "bamarrow convert", "job"
    convert = [whole.BAMARROW, "convert", "--quiet", "-@", str(threads)]
    commands = {
        "empty job": whole.submit(folder, threads, "EmptyJob", []),
        core: [*convert, bam, target(core, ".arrow")],
        "bamarrow convert, %d parts" % SPLITS[-1]: [*convert, "--parts", str(SPLITS[-1]), bam, target("bamarrow convert, %d parts" % SPLITS[-1], "/")],
        job_name: job(job_name),
        "df.write bamarrow": frame("df.write bamarrow", "bamarrow"),
        "df.write parquet": frame("df.write parquet", "parquet"),
        "ADAM transformAlignments": whole.peer("adam", "org.bdgenomics.adam.cli.ADAMMain",
                                               ["transformAlignments", "-stringency", "SILENT", bam, target("ADAM transformAlignments", ".adam")],
                                               ["-Dspark.master=local[%d]" % threads, "-Dspark.app.name=ADAM", *KRYO]),
        **{"job, %d splits" % splits: job("job, %d splits" % splits, "--parts", str(splits)) for splits in SPLITS},
    }
    written = {}

    def before(name):
        remove(out.get(name, os.path.join(folder, "none")))

    def after(name, process):
        if name in out:
            written[name] = rows_of(out[name])
            remove(out[name])
    found = whole.in_turns(commands, runs, before=before, after=after)
    report(folder, bam, threads, core, found, written)


def report(folder, bam, threads, core, found, written):
    records = whole.truth(bam)
    empty, plain = (whole.failure(found[name]) or whole.median(found[name], "wall") for name in ("empty job", core))
    if isinstance(empty, str) or isinstance(plain, str):
        sys.exit("%s; %s" % (empty, plain))
    rows, kept = [], {}
    for name, processes in found.items():
        kept[name] = [[process.wall, process.cpu, process.failure] for process in processes]
        failed = whole.failure(processes)
        if failed:
            rows.append([name, None, None, None, None, None, failed])
            continue
        wall = whole.median(processes, "wall")
        less = wall - empty if name.startswith(("job", "df.")) else None  # ADAM's Spark is another, with a start of its own
        count, size = written.get(name, (None, None))
        rows.append([name, wall, whole.median(processes, "cpu"), less, (less or wall) / plain if name != "empty job" else None,
                     size and size / 1e6, None if count in (None, records) else "%d ROWS OF %d" % (count, records)])
    whole.table("%s: whole conversions, %d threads" % (os.path.basename(bam), threads),
                ["process", "wall s", "CPU s", "less an empty job", "times bamarrow convert", "MB written", "what is wrong"], rows)
    splits = {n: found["job, %d splits" % n] for n in SPLITS}
    if not any(map(whole.failure, splits.values())):
        walls = {n: whole.median(processes, "wall") for n, processes in splits.items()}
        first = next(n for n in SPLITS if n >= threads)
        print("\nA split more costs %.0f ms (from %d to %d splits)" % ((walls[SPLITS[-1]] - walls[first]) / (SPLITS[-1] - first) * 1e3, first, SPLITS[-1]))
    whole.write(os.path.join(folder, "spark-convert-%s.json" % os.path.basename(bam)), kept)


if __name__ == "__main__":
    main()
