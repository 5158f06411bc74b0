import os
import random

import pytest

import bamarrow.spark
from bamarrow._intervals import Connected, complete, places

sql = pytest.importorskip("pyspark.sql")

OVERLAP = "rname = chrom AND pos <= stop AND `end` > start"
KINDS = ["inner", "left", "right", "left_semi", "left_anti"]


@pytest.fixture(scope="module")
def spark():
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = bamarrow.spark.configure(builder.config("spark.sql.shuffle.partitions", "2"))
    session = session.getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def reads(spark, bam):
    reads = spark.read.format("bamarrow").load(os.fspath(bam))
    return reads.select("qname", "flag", "rname", "pos", "end")


@pytest.fixture(scope="module")
def bed(spark, reads):
    chance = random.Random(5)
    rows = [("no such", 5, 10, -1), (None, 5, 10, -2), ("chr1", None, 10, -3)]
    some = reads.filter("pos is not null").select("rname", "pos").collect()
    for number, row in enumerate(chance.sample(some, 20)):
        start = max(0, row["pos"] + chance.randrange(-200, 200))
        rows.append((row["rname"], start, start + chance.randrange(300), number))
    return spark.createDataFrame(rows, "chrom string, start int, stop int, id int")


def rows(frame):
    return sorted(map(str, frame.collect()))


@pytest.fixture(scope="module", params=["classic", "connect"])
def join(request, bed):
    """The functions of Connect are DataFrame's own, so that a classic session can run them."""

    def joined(reads, how, **options):
        if request.param == "classic":
            return bamarrow.spark.interval_join(reads, bed, how, **options)
        return Connected(bed, complete(options)).join(reads, how)

    return joined


@pytest.mark.parametrize("how", KINDS)
def test_joins_are_sparks_own(reads, bed, join, how):
    expected = rows(reads.join(bed, sql.functions.expr(OVERLAP), how))
    assert expected and rows(join(reads, how)) == expected
    assert rows(join(reads, how, max_places=3)) == expected


def test_other_coordinates(reads, bed, join):
    closed = "rname = chrom AND pos <= stop AND `end` >= start"
    expected = rows(reads.join(bed, sql.functions.expr(closed), "inner"))
    assert rows(join(reads, "inner", zero_based=False, half_open=False)) == expected
    zero = reads.selectExpr("rname", "pos - 1 AS pos", "`end`")
    expected = rows(zero.join(bed, sql.functions.expr(OVERLAP.replace("<=", "<")), "inner"))
    assert rows(join(zero, "inner", zero_based_reads=True)) == expected


def test_counts(reads, bed):
    pairs = reads.join(bed, sql.functions.expr(OVERLAP), "right")
    numbers = pairs.groupBy("id").agg(sql.functions.count("pos").alias("n")).collect()
    expected = {row["id"]: row["n"] for row in numbers}
    for counts in (
        bamarrow.spark.interval_counts(reads, bed, "n"),
        Connected(bed, complete({})).counts(reads, "n"),
    ):
        assert counts.columns == ["chrom", "start", "stop", "id", "n"]
        found = counts.collect()
        assert [row["id"] for row in found] == [row["id"] for row in bed.collect()]
        assert {row["id"]: row["n"] for row in found} == expected


def test_no_intervals(reads, bed):
    none = bed.limit(0)
    assert bamarrow.spark.interval_join(reads, none).count() == 0
    assert Connected(none, complete({})).join(reads, "left_semi").count() == 0


def test_what_cannot_be_joined_is_an_error(reads, bed):
    with pytest.raises(TypeError, match="no option 'zero'"):
        bamarrow.spark.interval_join(reads, bed, zero=1)

    def connected(reads, bed, how="inner", **options):
        return Connected(bed, complete(options)).join(reads, how)

    for join in (bamarrow.spark.interval_join, connected):
        with pytest.raises(ValueError, match="more than 2 intervals"):
            join(reads, bed, max_intervals=2)
        with pytest.raises(ValueError, match="an interval join is"):
            join(reads, bed, "full")
        with pytest.raises(ValueError, match="stops before it starts"):
            join(reads, bed, columns=("chrom", "stop", "start"))


def test_places_are_few_and_contain_all():
    chance = random.Random(6)
    some = [(f"chr{chance.randrange(3)}", at, at + 20) for at in chance.sample(range(9999), 200)]
    for most in (1, 3, 10, 1000):
        found = places(some, most)
        assert len(found) <= max(most, 3)
        for name, first, last in some:
            assert any(name == n and f <= first and last <= t for n, f, t in found)
