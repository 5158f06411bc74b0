#!/usr/bin/env python3
"""Draws a flame graph of one conversion, from the JVM's own flight recorder (no other tool needed).

usage: flame.py IN.bam OUT.svg [CONVERT OPTION...]     run from the repository's root, with the jar built

Samples of Java and native code every 10 ms; a box is as wide as its share of the samples. Threads are drawn together.
"""
import collections, html, json, os, subprocess, sys, tempfile

WIDTH, ROW, DEPTH = 1200, 17, 24


def record(bam, options, folder):
    recording = os.path.join(folder, "run.jfr")
    flags = "-XX:StartFlightRecording=filename=%s,settings=profile" % recording
    subprocess.run(["./bamarrow", "convert", "--force", "--quiet", *options, bam, os.path.join(folder, "out.arrow")],
                   env={**os.environ, "BAMARROW_JAVA_OPTS": flags}, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    events = "jdk.ExecutionSample,jdk.NativeMethodSample"
    return json.loads(subprocess.run(["jfr", "print", "--json", "--stack-depth", "64", "--events", events, recording],
                                     check=True, capture_output=True, text=True).stdout)


def stacks(recording):
    """Stacks from the outermost frame in, with their counts; threads that only wait are left out."""
    found = collections.Counter()
    for event in recording["recording"]["events"]:
        frames = ((event["values"].get("stackTrace") or {}).get("frames")) or []
        names = ["%s.%s" % (f["method"]["type"]["name"].split("/")[-1], f["method"]["name"]) for f in reversed(frames)]
        if any("Worker" in name for name in names):
            found[tuple(names[:DEPTH])] += 1
    return found


def draw(found):
    total = sum(found.values())
    boxes = []

    def level(entries, depth, x):
        groups = collections.OrderedDict()
        for stack, count in sorted(entries):
            if len(stack) > depth:
                groups.setdefault(stack[depth], []).append((stack, count))
        for name, members in groups.items():
            count = sum(c for _, c in members)
            width = WIDTH * count / total
            if width >= 1:
                boxes.append((x, depth, width, name, count))
                level(members, depth + 1, x)
            x += width

    level(list(found.items()), 0, 0)
    height = ROW * (max(box[1] for box in boxes) + 2)
    out = ['<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="11">' % (WIDTH, height)]
    for x, depth, width, name, count in boxes:
        y = height - ROW * (depth + 1)
        color = "hsl(%d,70%%,75%%)" % (hash_of(name) % 50 + 10)
        out.append('<g><title>%s: %.1f %%</title><rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s" stroke="#fff"/>' %
                   (html.escape(name), 100 * count / total, x, y, width, ROW - 1, color))
        letters = int(width / 6.2)
        if letters > 3:
            out.append('<text x="%.1f" y="%d">%s</text>' % (x + 3, y + 12, html.escape(name[:letters])))
        out.append("</g>")
    out.append("</svg>")
    return "\n".join(out) + "\n"


def hash_of(name):
    return sum(ord(c) * (i + 1) for i, c in enumerate(name))


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        found = stacks(record(sys.argv[1], sys.argv[3:], folder))
    with open(sys.argv[2], "w") as out:
        out.write(draw(found))
    print("%d samples" % sum(found.values()))
    leaves = collections.Counter()
    for stack, count in found.items():
        leaves[stack[-1]] += count
    for name, count in leaves.most_common(12):
        print("%5.1f %%  %s" % (100 * count / sum(found.values()), name))


if __name__ == "__main__":
    main()
