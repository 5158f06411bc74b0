#!/usr/bin/env python3
"""Time per record of a whole process, start-up left out: the slope between a small and a large file.

usage: slope.py BAMARROW SMALL.bam LARGE.bam FOLDER [RUNS]

For one thread and for two, for `convert` (core columns) and `count`; runs interleaved, medians. The
last column is the slope with one thread over that with two: 2 is perfect.
"""
import os, statistics, subprocess, sys
import process


def main():
    bamarrow, small, large, folder = sys.argv[1:5]
    runs = int(sys.argv[5]) if len(sys.argv) > 5 else 3
    out = os.path.join(folder, "slope.arrow")
    records = {f: int(subprocess.check_output([bamarrow, "count", f])) for f in (small, large)}
    convert = ["convert", "--force", "--quiet", "--tags", "none", "--other-tags", "none"]
    walls = {}
    for _ in range(runs):
        for bam in (small, large):
            for threads in (1, 2):
                for task in ("convert", "count"):
                    words = convert if task == "convert" else ["count"]
                    words = [bamarrow, *words, "-@", str(threads), bam] + ([out] if task == "convert" else [])
                    walls.setdefault((task, threads, bam), []).append(process.run(words)[0])
                    process.remove(out)
    more = records[large] - records[small]
    print("%-8s %7s %12s %12s %14s %8s" % ("task", "threads", "small s", "large s", "ns per record", "1 to 2"))
    for task in ("convert", "count"):
        slopes = {}
        for threads in (1, 2):
            a, b = (statistics.median(walls[task, threads, bam]) for bam in (small, large))
            slopes[threads] = (b - a) / more * 1e9
            gain = "%.2f x" % (slopes[1] / slopes[2]) if threads == 2 else ""
            print("%-8s %7d %12.3f %12.3f %14.1f %8s" % (task, threads, a, b, slopes[threads], gain))
    print("%d and %d records, medians of %d runs" % (records[small], records[large], runs))


if __name__ == "__main__":
    main()
