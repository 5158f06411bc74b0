#!/usr/bin/env python3
"""Compressed output: bamarrow beside polars-bio, which writes the same columns, in turns.

usage: compressed.py IN.bam... [--codecs zstd,lz4] [--threads 2] [--runs 3] [--out DIR] [--bamarrow CMD] [--json FILE]

Core columns: both write name, flag, reference, positions, CIGAR, mate, bases and qualities. tags: bamarrow with all
columns and tags, beside the size of the BAM. limit: compressed.c beside this file, built here when gcc, libdeflate-dev
and libzstd-dev are there: it inflates the blocks, checks CRC32, compresses as many bytes of Arrow data with fast
parameters of zstd and writes the frames, and decodes nothing. Each run is a process of its own; outputs are removed
between runs; rows are read back with pyarrow.
needs a Python with pyarrow and polars-bio: pip install pyarrow polars-bio 'polars<2'
"""
import argparse, json, os, shlex, shutil, statistics, subprocess, sys, time


def polars_bio(bam, out, codec, threads):
    import polars_bio as pb

    pb.set_option("datafusion.execution.target_partitions", threads)
    pb.scan_bam(bam).sink_ipc(out, compression=codec, maintain_order=True)


def rows_of(path):
    import pyarrow as pa

    with pa.OSFile(path) as source:
        reader = pa.ipc.open_file(source)
        return sum(reader.get_batch(i).num_rows for i in range(reader.num_record_batches))


def measure(command, environment):
    """Wall seconds, CPU seconds and peak MB of one process."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    if os.waitstatus_to_exitcode(status):
        raise SystemExit("%s failed: %s" % (shlex.join(command), errors[-500:]))
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def commands(a, bam, out, codec):
    convert = shlex.split(a.bamarrow) + ["convert", "-@", str(a.threads), "--quiet", "--compression", codec]
    core = ["--tags", "none", "--other-tags", "none"]
    found = {
        "bamarrow": convert + core + [bam, out],
        "bamarrow tags": convert + ["--tags", "auto", "--other-tags", "overflow", bam, out],
    }
    if a.peer:
        found["polars-bio"] = [sys.executable, os.path.abspath(__file__), "--one", bam, out, codec, str(a.threads)]
    return found


def main():
    if sys.argv[1:2] == ["--one"]:
        polars_bio(*sys.argv[2:6])
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bam", nargs="+")
    parser.add_argument("--codecs", default="zstd,lz4")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--out", default=".")
    parser.add_argument("--bamarrow", default="./bamarrow")
    parser.add_argument("--json")
    a = parser.parse_args()
    import importlib.util

    a.peer = importlib.util.find_spec("polars_bio") is not None
    if not a.peer:
        print("polars-bio is not installed: left out")
    limit = build_limit(a.out)
    environment = dict(os.environ, POLARS_MAX_THREADS=str(a.threads))
    results = []
    print("| file | codec | | wall s | CPU s | peak MB | file MB | of the BAM | times ours |\n|---|---|---|---|---|---|---|---|---|")
    for bam in a.bam:
        name, size = os.path.basename(bam), os.path.getsize(bam)
        truth = int(subprocess.run(shlex.split(a.bamarrow) + ["count", bam], capture_output=True, text=True, check=True).stdout.split()[0])
        out = os.path.join(a.out, "compressed.arrow")
        plain = os.path.join(a.out, "plain.arrow")
        for codec in a.codecs.split(","):
            seen = {}
            todo = commands(a, bam, out, codec)
            if limit and codec == "zstd":
                subprocess.run([*shlex.split(a.bamarrow), "convert", "--quiet", "--force", "--tags", "none", "--other-tags", "none", bam, plain], check=True)
                todo["limit"] = [limit, bam, plain, out, str(a.threads)]
            for _ in range(a.runs):
                for who, command in todo.items():
                    if os.path.exists(out):
                        os.remove(out)
                    wall, cpu, peak = measure(command, environment)
                    rows = truth if who == "limit" else rows_of(out)
                    if rows != truth:
                        raise SystemExit("%s: %s wrote %d of %d rows" % (name, who, rows, truth))
                    seen.setdefault(who, []).append((wall, cpu, peak, os.path.getsize(out)))
            ours = statistics.median(run[0] for run in seen["bamarrow"])
            for who, runs in seen.items():
                wall, cpu, peak, made = (statistics.median(run[i] for run in runs) for i in range(4))
                print("| %s | %s | %s | %.2f | %.2f | %d | %.1f | %.2f | %.2f |" % (name, codec, who, wall, cpu, peak, made / 1e6, made / size, wall / ours), flush=True)
                results.append(dict(file=name, codec=codec, who=who, wall=wall, cpu=cpu, peak_mb=peak, bytes=made, bam_bytes=size, runs=[run[0] for run in runs]))
            for path in (out, plain):
                if os.path.exists(path):
                    os.remove(path)
    if a.json:
        with open(a.json, "w") as file:
            json.dump(results, file, indent=1)


def build_limit(folder):
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "compressed.c")
    binary = os.path.join(folder, "compressed-limit")
    built = shutil.which("gcc") and subprocess.run(["gcc", "-O2", "-o", binary, source, "-ldeflate", "-lzstd", "-lpthread"], capture_output=True).returncode == 0
    if not built:
        print("no limit: gcc, libdeflate-dev or libzstd-dev is missing")
    return binary if built else None


if __name__ == "__main__":
    main()
