"""Joins of reads with intervals in PySpark: by the jar; through Connect by DataFrame functions."""

from typing import TYPE_CHECKING, Any, List, Sequence, Tuple, TypedDict, cast

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

KEY = ("__interval", "__first", "__last")

LAST = 2**31 - 1
"""Largest integer: a larger one would be compared with a cast column, which no source can use."""


class IntervalOptions(TypedDict, total=False):
    """What the columns are, and limits.

    columns: of the intervals: reference name, start, stop; ("chrom", "start", "stop").
    zero_based: whether the first base of a reference is 0 in start and stop (True), or 1.
    half_open: whether stop is the position after the last base (True), or that of the last base.
    read_columns: of the reads: reference name, first and last position; ("rname", "pos", "end").
        The last one is 1-based and inclusive.
    zero_based_reads: whether the first position is 0-based (False): option coordinates.
    max_intervals: more are an error; 1,000,000.
    max_places: maximum number of ranges in the condition that selects what is read; 256.
    """

    columns: Sequence[str]
    zero_based: bool
    half_open: bool
    read_columns: Sequence[str]
    zero_based_reads: bool
    max_intervals: int
    max_places: int


DEFAULTS: IntervalOptions = {
    "columns": ("chrom", "start", "stop"),
    "zero_based": True,
    "half_open": True,
    "read_columns": ("rname", "pos", "end"),
    "zero_based_reads": False,
    "max_intervals": 1_000_000,
    "max_places": 256,
}


def complete(given: IntervalOptions) -> IntervalOptions:
    wrong = sorted(set(given) - set(DEFAULTS))
    if wrong:
        raise TypeError(f"there is no option {wrong[0]!r}; there are {', '.join(DEFAULTS)}")
    options: IntervalOptions = {**DEFAULTS, **given}
    return options


def of(intervals: "DataFrame", options: IntervalOptions) -> Any:
    """The object with the methods join and counts, for this kind of session."""
    connect = type(intervals).__module__.startswith("pyspark.sql.connect")
    return Connected(intervals, options) if connect else Classic(intervals, options)


class Classic:
    """By org.bamarrow.spark.interval.IntervalJoin in the JVM of the session."""

    def __init__(self, intervals: "DataFrame", options: IntervalOptions):
        self.session = cast(Any, intervals.sparkSession)
        package = self.session._jvm.org.bamarrow.spark.interval
        if type(package.IntervalJoin).__name__ != "JavaClass":
            raise RuntimeError("the session does not have the jar: see bamarrow.spark.configure")
        java = (
            package.IntervalOptions.bed()
            .withColumns(*options["columns"])
            .withCoordinates(options["zero_based"], options["half_open"])
            .withReads(*options["read_columns"], options["zero_based_reads"])
            .withLimits(options["max_intervals"], options["max_places"])
        )
        self.java = self._call(package.IntervalJoin.of, intervals, java)

    def join(self, reads: "DataFrame", how: str) -> "DataFrame":
        return self._frame(self.java.join, reads, how)

    def counts(self, reads: "DataFrame", name: str) -> "DataFrame":
        return self._frame(self.java.counts, reads, name)

    def _frame(self, method: Any, reads: Any, word: str) -> "DataFrame":
        from pyspark.sql import DataFrame

        return DataFrame(self._call(method, reads, word), self.session)

    @staticmethod
    def _call(method: Any, frame: Any, other: Any) -> Any:
        from pyspark.errors import IllegalArgumentException

        try:
            return method(frame._jdf, other)
        except IllegalArgumentException as error:
            raise ValueError(str(error)) from None


class Connected:
    """The same by functions of DataFrame: each read is compared with the intervals of its name."""

    def __init__(self, intervals: "DataFrame", options: IntervalOptions):
        from pyspark.sql import types as t

        self.options = options
        keyed: Any = intervals.select(*options["columns"], "*")
        found = [field.dataType for field in keyed.schema.fields[:3]]
        integers = (t.ByteType, t.ShortType, t.IntegerType, t.LongType)
        if not isinstance(found[0], t.StringType) or not all(
            isinstance(one, integers) for one in found[1:]
        ):
            raise ValueError(f"the columns have to be a string and two integers, not {found}")
        rows = keyed.limit(options["max_intervals"] + 1).collect()
        if len(rows) > options["max_intervals"]:
            raise ValueError(f"there are more than {options['max_intervals']:,} intervals")
        numbered = [(i, *self._bounds(row, i), *row[3:]) for i, row in enumerate(rows)]
        fields = [t.StructField(name, t.LongType()) for name in KEY]
        schema = t.StructType(fields + list(intervals.schema.fields))
        self.table = intervals.sparkSession.createDataFrame(numbered, schema)
        self.places = places(
            [
                (row[0], first, last)
                for row, (_, first, last, *_) in zip(rows, numbered)
                if row[0] is not None and first is not None and last is not None
            ],
            options["max_places"],
        )

    def _bounds(self, row: Any, number: int) -> Tuple[Any, Any]:
        """First and last position, 1-based and inclusive; None if one is null."""
        name, start, stop = row[:3]
        if start is None or stop is None:
            return None, None
        zero = self.options["zero_based"]
        first, last = start + zero, stop + zero - self.options["half_open"]
        if name is not None and last < first - 1:
            raise ValueError(f"interval {number} stops before it starts: {name} {start} {stop}")
        return first, last

    def join(self, reads: "DataFrame", how: str) -> "DataFrame":
        from pyspark.sql import functions as f

        kind = how.lower().replace("_", "").replace("outer", "")
        if kind not in ("inner", "left", "right", "leftsemi", "semi", "leftanti", "anti"):
            raise ValueError(
                f"an interval join is inner, left, right, left_semi or left_anti, not {how!r}"
            )
        kept = reads if kind in ("left", "leftanti", "anti") else reads.filter(self._placed(reads))
        other = self.table if kind == "right" else f.broadcast(self.table)
        return kept.join(other, self._overlap(reads), kind).drop(*KEY)

    def counts(self, reads: "DataFrame", name: str) -> "DataFrame":
        from pyspark.sql import functions as f

        pairs = reads.filter(self._placed(reads)).join(
            f.broadcast(self.table), self._overlap(reads)
        )
        counts = pairs.groupBy(KEY[0]).agg(f.count(f.lit(1)).alias(name))
        return (
            self.table.join(counts, KEY[0], "left")
            .orderBy(KEY[0])
            .withColumn(name, f.coalesce(f.col(name), f.lit(0)))
            .drop(*KEY)
        )

    def _overlap(self, reads: "DataFrame") -> "Column":
        name, pos, end = (reads[one] for one in self.options["read_columns"])
        zero = int(self.options["zero_based_reads"])
        return (
            (name == self.table[self.options["columns"][0]])
            & (pos <= self.table[KEY[2]] - zero)
            & (end >= self.table[KEY[1]])
        )

    def _placed(self, reads: "DataFrame") -> "Column":
        from pyspark.sql import functions as f

        name, pos, end = (reads[one] for one in self.options["read_columns"])
        zero = int(self.options["zero_based_reads"])
        if len(self.places) > self.options["max_places"]:
            return name.isin(sorted({place[0] for place in self.places}))
        any_of = [
            (name == on) & (pos <= min(last - zero, LAST)) & (end >= min(first, LAST))
            for on, first, last in self.places
        ]
        while len(any_of) > 1:  # a balanced tree: Spark follows it by recursion
            pairs = [one | other for one, other in zip(any_of[::2], any_of[1::2])]
            any_of = pairs + any_of[2 * len(pairs) :]
        return any_of[0] if any_of else f.lit(False)


def places(intervals: List[Tuple[str, int, int]], most: int) -> List[Tuple[str, int, int]]:
    """Ranges that contain all intervals: at most so many, or one for each name."""
    merged: List[Tuple[str, int, int]] = []
    for name, first, last in sorted(intervals):
        if merged and merged[-1][0] == name and first <= merged[-1][2] + 1:
            merged[-1] = (name, merged[-1][1], max(merged[-1][2], last))
        else:
            merged.append((name, first, last))
    gaps = [i for i in range(1, len(merged)) if merged[i][0] == merged[i - 1][0]]
    gaps.sort(key=lambda i: merged[i][1] - merged[i - 1][2])
    closed = set(gaps[: max(0, len(merged) - most)])
    found: List[Tuple[str, int, int]] = []
    for i, (name, first, last) in enumerate(merged):
        found.append((name, found.pop()[1] if i in closed else first, last))
    return found
