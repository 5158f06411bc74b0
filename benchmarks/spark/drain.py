#!/usr/bin/env python3
"""
Where the time of draining all columns goes, by Spark's tasks and by the core's workers: samples of the JVM's flight recorder.

usage: drain.py FOLDER IN.bam THREADS WARM RUNS     called by ../spark.sh, which has built all

Both run equally often, in a virtual machine each, warm-up and all; garbage collection and compilation are threads of their own and not
among the samples.
"""
import collections, json, os, subprocess, sys
import whole

TASKS = {"spark drain": "Executor task launch worker", "readers drain": "pool-", "core drain": "bamarrow-worker"}
PARTS = [  # the first that a stack holds, from the innermost frame out, is where a sample belongs
    ("inflating", ("Inflater.", "IntelInflater", "BlockBuffer")),
    ("CRC32", ("CRC32",)),
    ("finding first records", ("RecordFinder", "SplitFinder")),
    ("header and tags sampled", ("BamHeaderReader", "TagDiscovery", "BamInput.open")),
    ("decoding", ("SliceDecoder", "BatchDecoder", "BatchBuilder")),
    ("loading vectors", ("VectorLoader", "loadRecordBatch", "BufferAllocator", "ArrowBuf")),
    ("walking and checking", ("RecordChecker", "Worker.", "Chunk.")),
    ("reading", ("ByteSource", "FileChannel", "ChunkQueue")),
]


def recorded(folder, bam, threads, warm, runs, task):
    """Samples of the threads that work, innermost frame first."""
    recording = os.path.join(folder, task.replace(" ", "-") + ".jfr")
    flags = "-XX:StartFlightRecording=filename=%s,settings=profile" % recording
    process = whole.Process(whole.submit(folder, threads, "SparkTasks", [bam, warm, runs, task], options=["--driver-java-options", flags]))
    if process.failure:
        sys.exit("%s: %s" % (task, process.failure))
    printed = subprocess.run(["jfr", "print", "--json", "--stack-depth", "64", "--events", "jdk.ExecutionSample,jdk.NativeMethodSample", recording],
                             check=True, capture_output=True, text=True).stdout
    stacks = []
    for event in json.loads(printed)["recording"]["events"]:
        values = event["values"]
        frames = ((values.get("stackTrace") or {}).get("frames")) or []
        if ((values.get("sampledThread") or {}).get("javaName") or "").startswith(TASKS[task]):
            stacks.append(["%s.%s" % (f["method"]["type"]["name"].split("/")[-1], f["method"]["name"]) for f in frames])
    return stacks, process.measured()[task]


def part(stack):
    for frame in stack:
        for name, words in PARTS:
            if any(word in frame for word in words):
                return name
    return "Spark and others"


def main():
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    folder, bam, *numbers = sys.argv[1:]
    shares, leaves, kept = {}, {}, {}
    for task in TASKS:
        stacks, kept[task] = recorded(folder, bam, *map(int, numbers), task)
        waiting = [stack for stack in stacks if stack and any(word in stack[0] for word in (".park", ".wait", "epollWait"))]
        working = [stack for stack in stacks if stack and stack not in waiting]
        shares[task] = collections.Counter(map(part, working))
        leaves[task] = collections.Counter(stack[0] for stack in working)
    names = [name for name, _ in PARTS] + ["Spark and others"]
    rows = [["samples", *(sum(shares[task].values()) for task in TASKS)], ["median s", *(kept[task]["median"] for task in TASKS)]]
    rows += [[name, *("%.1f %%" % (100 * shares[task][name] / max(1, sum(shares[task].values()))) for task in TASKS)] for name in names]
    whole.table("%s: samples while all columns are drained" % os.path.basename(bam), ["where", *TASKS], rows)
    for task in TASKS:
        total = max(1, sum(leaves[task].values()))
        whole.table(task, ["innermost frame", "share"], [[name, "%.1f %%" % (100 * count / total)] for name, count in leaves[task].most_common(12)])
    whole.write(os.path.join(folder, "spark-drain-%s.json" % os.path.basename(bam)), {task: dict(shares[task], **kept[task]) for task in TASKS})


if __name__ == "__main__":
    main()
