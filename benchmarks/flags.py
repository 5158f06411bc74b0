#!/usr/bin/env python3
"""Whole conversions (core columns) under different JVM options, in turns; medians.

usage: flags.py BAMARROW IN.bam FOLDER THREADS RUNS
"""
import glob, os, statistics, sys
import process

OPTIONS = {
    "as the launcher has it (serial GC)": "",
    "transparent huge pages": "-XX:+UseTransparentHugePages",
    "huge pages, heap touched first": "-XX:+UseTransparentHugePages -XX:+AlwaysPreTouch",
    "parallel GC": "-XX:+UseParallelGC",
    "G1": "-XX:+UseG1GC",
}


def main():
    bamarrow, bam, folder, threads, runs = sys.argv[1:6]
    out = os.path.join(folder, "flags.arrow")
    nodes = len(glob.glob("/sys/devices/system/node/node[0-9]*"))
    options = dict(OPTIONS)
    if nodes > 1:
        options["parallel GC, NUMA-aware"] = "-XX:+UseParallelGC -XX:+UseNUMA"
    else:
        print("NUMA: this machine has one node, so -XX:+UseNUMA changes nothing and is not measured")
    try:
        with open("/sys/kernel/mm/transparent_hugepage/enabled") as f:
            print("transparent huge pages here:", f.read().strip())
    except OSError:
        print("this system tells nothing about transparent huge pages")
    took = {}
    for round_ in range(int(runs) + 1):  # the first one is not counted
        for name, words in options.items():
            os.environ["BAMARROW_JAVA_OPTS"] = words
            convert = [bamarrow, "convert", "--force", "--quiet", "--tags", "none", "--other-tags", "none"]
            result = process.run([*convert, "-@", threads, bam, out])
            process.remove(out)
            if round_:
                took.setdefault(name, []).append(result)
    print("%-38s %9s %9s %9s" % ("", "wall s", "CPU s", "peak MB"))
    for name, runs_ in took.items():
        print("%-38s %9.3f %9.3f %9.0f" % (name, *(statistics.median(r[i] for r in runs_) for i in range(3))))


if __name__ == "__main__":
    main()
