"""Whole processes, jobs of spark-submit among them, and tables of them: shared by scans.py, regions.py and convert.py."""
import json, os, resource, statistics, subprocess, sys, time

MARK = "@bench "
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BAMARROW = os.path.join(ROOT, "bamarrow")
SPARK_JAR = os.path.join(ROOT, "spark-datasource", "target", "bamarrow-spark.jar")
TASKS = "org.bamarrow.benchmarks.spark."
TASKS_JAR = os.path.join(ROOT, "benchmarks", "target", "spark", "spark-tasks.jar")
OPENED = ["java.lang", "java.lang.invoke", "java.lang.reflect", "java.io", "java.net", "java.nio", "java.util", "java.util.concurrent",
          "java.util.concurrent.atomic", "sun.nio.ch", "sun.nio.cs", "sun.security.action", "sun.util.calendar"]


class Process:
    """One that has ended: wall and CPU seconds, what it said, and why it failed or None."""

    def __init__(self, words, timeout=None):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begin = time.perf_counter()
        self.out = self.err = ""
        self.failure = None
        try:
            ended = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout)
            self.out, self.err = ended.stdout, ended.stderr
            if ended.returncode:
                self.failure = "exit code %d: %s" % (ended.returncode, reason(self.err or self.out))
        except subprocess.TimeoutExpired:
            self.failure = "stopped after %d s" % timeout
        except OSError as e:
            self.failure = str(e)
        self.wall = time.perf_counter() - begin
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def measured(self):
        """What Rounds printed, by task."""
        lines = [json.loads(line[len(MARK):]) for line in self.out.splitlines() if line.startswith(MARK)]
        return {line["task"]: line for line in lines}


def reason(text):
    """The line that most likely tells why."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if not line.startswith(("at ", "..."))
               and any(word in line for word in ("Error", "Exception", "error:", "bamarrow:"))]
    return (telling or lines or ["no message"])[-1][:300]


def submit(folder, threads, main, arguments, jar=None, options=()):
    """The words that run a class of ours on a Spark of this process's own."""
    own = [] if jar else ["--jars", SPARK_JAR]
    return [os.path.join(os.environ["SPARK_HOME"], "bin", "spark-submit"), "--master", "local[%d]" % threads, "--driver-memory", "3g",
            "--conf", "spark.ui.enabled=false", "--conf", "spark.sql.warehouse.dir=" + os.path.join(folder, "warehouse"),
            *options, *own, "--class", main if jar else TASKS + main, jar or TASKS_JAR, *map(str, arguments)]


def peer(name, main, arguments, properties=()):
    """The words that run a peer on its Spark, which Maven brought."""
    java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if os.environ.get("JAVA_HOME") else "java"
    built = os.path.join(ROOT, "benchmarks", "target", "peer-" + name)
    with open(os.path.join(built, "class-path")) as path:
        jars = os.path.join(built, "classes") + os.pathsep + path.read()
    opened = ["--add-opens=java.base/%s=ALL-UNNAMED" % package for package in OPENED]
    return [java, "-Xmx3g", *opened, *properties, "-cp", jars, main, *map(str, arguments)]


def truth(bam, *options):
    return int(subprocess.run(["samtools", "view", "-c", "-@1", *options, bam], check=True, capture_output=True, text=True).stdout)


def in_turns(commands, runs, timeout=None, before=None, after=None):
    """
    Runs commands by name, in rounds; those that failed once no more. Gives lists of processes by name.

    before, after: called with the name, unmeasured
    """
    found = {name: [] for name in commands}
    for _ in range(runs):
        for name, words in commands.items():
            if any(process.failure for process in found[name]):
                continue
            if before:
                before(name)
            process = Process(words, timeout)
            found[name].append(process)
            if after and not process.failure:
                after(name, process)
            print("%-40s %s" % (name, process.failure or "%.2f s" % process.wall), file=sys.stderr)
    return found


def median(processes, what):
    return statistics.median(getattr(process, what) for process in processes)


def failure(processes):
    return next((process.failure for process in processes if process.failure), None)


def table(title, columns, rows):
    """Of Markdown; None is an empty cell, floats get three digits that count."""
    print("\n## %s\n\n| %s |\n|%s" % (title, " | ".join(columns), "---|" * len(columns)))
    for row in rows:
        print("| %s |" % " | ".join(cell(value) for value in row))
    sys.stdout.flush()


def cell(value):
    if value is None:
        return ""
    if isinstance(value, float):
        return "%.0f" % value if value >= 100 else "%.3g" % value
    return str(value).replace("|", "\\|")


def write(path, value):
    with open(path, "w") as file:
        json.dump(value, file, indent=1)
        file.write("\n")
