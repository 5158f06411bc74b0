"""What the columns of a BAM must add up to, counted from the text of `samtools view` alone."""

import re
import subprocess

CIGAR = re.compile(rb"(\d+)([MIDNSHP=X])")


class Count:
    """Of one column: values that are there, nulls, and the sum of numbers or of lengths."""

    def __init__(self):
        self.values = self.nulls = self.total = 0

    def add(self, value):
        if value is None:
            self.nulls += 1
        else:
            self.values += 1
            self.total += value

    def triple(self):
        return (self.values, self.nulls, self.total)


def lines(bam):
    text = subprocess.run(["samtools", "view", bam], check=True, stdout=subprocess.PIPE).stdout
    return [line.split(b"\t") for line in text.split(b"\n")[:-1]]


def header(bam):
    command = ["samtools", "view", "--no-PG", "-H", bam]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()


def length(field):
    return None if field == b"*" else len(field)


def end(flag, pos, cigar):
    """htslib's bam_endpos, 1-based inclusive."""
    if pos == 0:
        return None
    span = sum(int(n) for n, op in CIGAR.findall(cigar) if op in b"MDN=X")
    return pos + max(1, 0 if flag & 4 else span) - 1


def sums(bam, typed):
    """Column -> (values, nulls, total).

    Numbers count by their sum, text by its bytes. `qual` sums Phred numbers, `cigar_ops` operation
    lengths. `typed` names the tags of the struct; all others count under `other_tags`, whose total
    is the bytes of all keys and values.
    """
    names = "qname flag rname pos end mapq cigar cigar_ops rnext pnext tlen seq qual".split()
    counts = {name: Count() for name in names + ["tags." + t[:2] for t in typed] + ["other_tags"]}
    types = {tag[:2].encode(): tag for tag in typed}
    for f in lines(bam):
        flag, pos = int(f[1]), int(f[3])
        ops = [int(n) for n, _ in CIGAR.findall(f[5])]
        counts["qname"].add(length(f[0]))
        counts["flag"].add(flag)
        counts["rname"].add(length(f[2]))
        counts["pos"].add(pos or None)
        counts["end"].add(end(flag, pos, f[5]))
        counts["mapq"].add(None if f[4] == b"255" else int(f[4]))
        counts["cigar"].add(length(f[5]))
        counts["cigar_ops"].add(sum(ops) if ops else None)
        counts["rnext"].add(length(f[2] if f[6] == b"=" else f[6]))
        counts["pnext"].add(int(f[7]) or None)
        counts["tlen"].add(int(f[8]))
        counts["seq"].add(length(f[9]))
        counts["qual"].add(None if f[10] == b"*" else sum(f[10]) - 33 * len(f[10]))
        other = 0
        found = {}
        for tag in f[11:]:
            key, kind, value = tag.split(b":", 2)
            if key in types and key not in found:
                found[key] = int(value) if kind == b"i" else len(value)
            else:
                other += len(tag) - 1
        for key, name in types.items():
            counts["tags." + name[:2]].add(found.get(key))
        counts["other_tags"].add(other)
    return {name: count.triple() for name, count in counts.items()}
