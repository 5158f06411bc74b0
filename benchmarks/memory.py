#!/usr/bin/env python3
"""Peak resident memory of whole conversions, as the system counts it: each BAM with each preset.

usage: memory.py BAMARROW FOLDER IN.bam...
"""
import os, sys
import process

PRESETS = ["default", "low-memory", "many-cores", "diagnostic"]


def main():
    bamarrow, folder, *bams = sys.argv[1:]
    out = os.path.join(folder, "memory.arrow")
    print("%-20s" % "peak MB" + "".join("%12s" % preset for preset in PRESETS) + "%12s" % "count")
    for bam in bams:
        peaks = []
        for preset in PRESETS:
            peaks.append(process.run([bamarrow, "convert", "--force", "--quiet", "--preset", preset, bam, out])[2])
            process.remove(out)
        peaks.append(process.run([bamarrow, "count", bam])[2])
        print("%-20s" % os.path.basename(bam) + "".join("%12.0f" % peak for peak in peaks))


if __name__ == "__main__":
    main()
