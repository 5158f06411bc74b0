import pytest

import bamarrow
from bamarrow._scan import narrowed

pl = pytest.importorskip("polars")

from polars.testing import assert_frame_equal  # noqa: E402


@pytest.fixture(scope="module")
def whole(bam):
    return pl.DataFrame(pl.from_arrow(bamarrow.open(bam).read_all()))


def test_everything(bam, whole):
    assert_frame_equal(bamarrow.scan(bam).collect(), whole)


QUERIES = {
    "columns": lambda f: f.select("pos", "qname"),
    "tags": lambda f: f.select(pl.col("tags").struct.field("NM"), "pos"),
    "other tags": lambda f: f.select("other_tags"),
    "limit": lambda f: f.head(7),
    "mapq": lambda f: f.filter(pl.col("mapq") >= 30).select("pos"),
    "mapq above": lambda f: f.filter(pl.col("mapq") > 59),
    "mapq of all": lambda f: f.filter(pl.col("mapq") > 300),
    "flag": lambda f: f.filter(pl.col("flag") & 4 == 0).select(pl.len()),
    "flags": lambda f: f.filter((pl.col("flag") & 3 == 3) & (pl.col("flag") & 16 == 0)),
    "no mask": lambda f: f.filter(pl.col("flag") & 0 == 0),
    "part of a mask": lambda f: f.filter(pl.col("flag") & 3 == 1),
    "or": lambda f: f.filter((pl.col("mapq") >= 30) | (pl.col("flag") & 4 == 4)),
    "not": lambda f: f.filter(~(pl.col("mapq") >= 30)),
    "with others": lambda f: f.filter(
        (pl.col("mapq") >= 20) & (pl.col("rname") == "chr1") & pl.col("pos").is_between(1, 10**6)
    ),
    "filtered, limited": lambda f: f.filter(pl.col("mapq") >= 30).head(11),
    "limited, filtered": lambda f: f.head(100).filter(pl.col("mapq") >= 30),
    "tag": lambda f: f.filter(pl.col("tags").struct.field("NM") > 0).select("pos"),
    "groups": lambda f: f.group_by("rname").agg(pl.col("mapq").mean(), pl.len()).sort("rname"),
    "count": lambda f: f.select(pl.len()),
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_queries_give_what_polars_gives(bam, whole, query):
    assert_frame_equal(query(bamarrow.scan(bam)).collect(), query(whole.lazy()).collect())


def test_options_stay_in_force(bam, whole):
    got = bamarrow.scan(bam, min_mq=40, exclude_flags=4, limit=50).filter(pl.col("mapq") >= 10)
    least = pl.col("mapq").fill_null(255) >= 40  # 255 is null in Arrow data
    rows = whole.filter(least & (pl.col("flag") & 4 == 0)).head(50)
    assert rows["mapq"].null_count() > 0
    assert_frame_equal(got.collect(), rows.filter(pl.col("mapq") >= 10))


def test_conditions_become_options():
    def options(predicate, **given):
        return narrowed(given, predicate.meta.serialize(format="json"))

    mapq, flag = pl.col("mapq"), pl.col("flag")
    assert options(mapq >= 30) == {"min_mq": 30}
    assert options((mapq > 30) & (flag & 4 == 0)) == {"min_mq": 31, "exclude_flags": 4}
    assert options(flag & 3 == 3, require_flags=16) == {"require_flags": 19}
    assert options(flag & 4 == 0, exclude_flags="DUP") == {"exclude_flags": "DUP"}
    assert options(mapq >= 5, min_mq=9) == {"min_mq": 9}
    for other in (mapq <= 3, (mapq >= 3) | (flag == 4), flag & 3 == 1, pl.col("pos") >= 4):
        assert options(other) == {}


def test_damage_is_an_exception(damaged):
    with pytest.raises((bamarrow.BamarrowError, pl.exceptions.PolarsError), match=r"damaged\.bam"):
        bamarrow.scan(damaged).collect()


def test_a_limit_reads_no_further(damaged):
    assert bamarrow.scan(damaged).head(5).collect().height == 5
