"""Runs one process and tells what it took: shared by slope.py and memory.py."""
import os, subprocess, sys, time


def run(words):
    """Wall seconds, CPU seconds and peak resident MB of one process, its output thrown away."""
    begin = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit("%s: exit code %d: %s" % (" ".join(words), process.returncode, errors.decode()))
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def remove(path):
    if os.path.exists(path):
        os.remove(path)
