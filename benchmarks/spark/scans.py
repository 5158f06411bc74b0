#!/usr/bin/env python3
"""
Whole scans: Spark with our source beside the core's own reader, whole processes, and disq, ADAM and Hadoop-BAM.

usage: scans.py warm|cold|peers FOLDER IN.bam THREADS WARM RUNS     called by ../spark.sh, which has built all
"""
import os, sys
import whole

PEERS = {"disq": ("disq 0.3.8", "DisqPeer"), "hadoop-bam": ("Hadoop-BAM 7.10.0", "HadoopBamPeer"), "adam": ("ADAM 1.0", "AdamPeer")}
BESIDE = {  # Spark's task: the core's, and what the core's does
    "spark count": ("core count", "lengths walked"),
    "spark filter": ("core filter", "filtered on raw bytes, mapq decoded and summed"),
    "spark group": ("core group", "rname decoded, not grouped"),
    "spark drain": ("core drain", "all columns"),
    "readers drain": ("core drain", "the source's readers on threads, without a job"),
    "spark noop": ("core drain", "all columns, into Spark's rows"),
}


def note(task, records, same_as=None):
    if "error" in task:
        return task["error"]
    found = task["found"]
    if same_as and "error" not in same_as and found not in (same_as["found"], "unknown"):
        return "FOUND %s, NOT %s" % (found, same_as["found"])
    if same_as is None and int(found) != records:
        return "%s ROWS OF %d" % (found, records)
    return None


def warm(folder, bam, threads, warm_rounds, runs):
    process = whole.Process(whole.submit(folder, threads, "SparkTasks", [bam, warm_rounds, runs, "all"]))
    tasks = process.measured()
    if process.failure or not tasks:
        sys.exit("SparkTasks: %s\n%s" % (process.failure, process.err))
    records = whole.truth(bam)
    rows = []
    for name, (core_name, what) in BESIDE.items():
        task, core = tasks[name], tasks[core_name]
        wrong = [note(task, records, core), None if core_name == "core filter" else note(core, records)]
        if "error" in task or "error" in core:
            rows.append([name, None, None, None, None, None, "; ".join(filter(None, wrong))])
            continue
        rows.append([name, task["first"], task["median"], records / task["median"] / 1e6, core["median"], core["median"] / task["median"],
                     "; ".join(filter(None, [what, *wrong]))])
    rows.append(["spark load", tasks["spark load"].get("first"), tasks["spark load"].get("median"), None, None, None,
                 "the schema found; a part of each task above"])
    whole.table("%s: Spark beside the core, %d threads, one virtual machine" % (os.path.basename(bam), threads),
                ["task", "first s", "median s", "M records/s", "core s", "times the core's speed", "the core's task; what is wrong"], rows)
    return {"records": records, "tasks": tasks}


def cold(folder, bam, threads, _, runs):
    def task(name):
        return whole.submit(folder, threads, "SparkTasks", [bam, 0, 1, name])
    commands = {
        "empty job": whole.submit(folder, threads, "EmptyJob", []),
        **{name: task(name) for name in ("spark count", "spark filter", "spark group", "spark drain", "spark noop")},
        "bamarrow count": [whole.BAMARROW, "count", "-@", str(threads), bam],
        "bamarrow convert, thrown away": [whole.BAMARROW, "convert", "--quiet", "--force", "-@", str(threads), "--format", "stream", bam, "/dev/null"],
        "samtools view -c": ["samtools", "view", "-c", "-@", str(threads), bam],
    }
    found = whole.in_turns(commands, runs)
    empty = whole.median(found["empty job"], "wall")
    rows = [[name, whole.failure(processes) or whole.median(processes, "wall"), whole.median(processes, "cpu"),
             whole.median(processes, "wall") - empty if name.startswith("spark") else None] for name, processes in found.items()]
    whole.table("%s: whole processes" % os.path.basename(bam), ["process", "wall s", "CPU s", "less an empty job"], rows)
    return {name: [[process.wall, process.cpu, process.failure] for process in processes] for name, processes in found.items()}


def peers(folder, bam, threads, warm_rounds, runs):
    records = whole.truth(bam)
    ours = whole.Process(whole.submit(folder, threads, "SparkTasks", [bam, warm_rounds, runs, "spark count,spark drain,spark noop"]))
    measured = {"ours": ours.measured()}
    if ours.failure:
        sys.exit("SparkTasks: %s" % ours.failure)
    rows = []
    for task, what in (("spark count", "count"), ("spark drain", "every field, as batches"), ("spark noop", "every field, as Spark's rows")):
        rows.append(row("bamarrow, Spark 4", what, measured["ours"][task], records, None))
    for name, (title, main) in PEERS.items():
        process = whole.Process(whole.peer(name, whole.TASKS + "peers." + main, [bam, warm_rounds, runs, "all", threads]))
        measured[name] = process.measured()
        if not measured[name]:
            rows.append([title, None, None, None, None, None, process.failure or "no result"])
        for task, result in measured[name].items():
            other = "spark count" if task.endswith("count") else "spark drain"
            rows.append(row(title + ", Spark 3.5", "count" if task.endswith("count") else "every field, as objects", result, records,
                            measured["ours"][other]))
    whole.table("%s: others on Spark, %d threads" % (os.path.basename(bam), threads),
                ["reader", "task", "first s", "median s", "M records/s", "times our time", "what is wrong"], rows)
    return {"records": records, **measured}


def row(title, what, task, records, ours):
    if "error" in task:
        return [title, what, None, None, None, None, task["error"]]
    wrong = None if task["found"] == "unknown" else note(task, records)
    return [title, what, task["first"], task["median"], records / task["median"] / 1e6, task["median"] / ours["median"] if ours else None, wrong]


def main():
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    section, folder, bam, *numbers = sys.argv[1:]
    found = {"warm": warm, "cold": cold, "peers": peers}[section](folder, bam, *map(int, numbers))
    whole.write(os.path.join(folder, "spark-%s-%s.json" % (section, os.path.basename(bam))), found)


if __name__ == "__main__":
    main()
