import pyarrow as pa
import pytest

import bamarrow

from conftest import RECORDS


def read(path) -> pa.Table:
    with pa.memory_map(str(path)) as file:
        return pa.ipc.open_file(file).read_all()


def test_converts_and_reports(bam, tmp_path):
    report = bamarrow.convert(bam, tmp_path / "out.arrow", compression="zstd")
    table = read(tmp_path / "out.arrow")
    assert table.num_rows == RECORDS == report["rows"]
    assert table.column_names[:3] == ["qname", "flag", "rname"]
    assert bamarrow.verify(bam, tmp_path / "out.arrow").startswith(f"equal: {RECORDS} rows")


def test_a_trailing_slash_makes_a_directory(bam, tmp_path):
    bamarrow.convert([bam, bam], f"{tmp_path}/out/", parts=2)
    assert (tmp_path / "out" / "_manifest.json").exists()
    assert len(list((tmp_path / "out").glob("*.arrow"))) >= 2


def test_existing_output_is_replaced_with_force_only(bam, tmp_path):
    out = tmp_path / "out.arrow"
    bamarrow.convert(bam, out, limit=10)
    with pytest.raises(bamarrow.BamarrowError, match="force=True") as failed:
        bamarrow.convert(bam, out, limit=20)
    assert failed.value.returncode == 2
    bamarrow.convert(bam, out, limit=20, force=True)
    assert read(out).num_rows == 20


def test_damage_leaves_no_output(damaged, tmp_path):
    with pytest.raises(bamarrow.BamarrowError, match=r"damaged\.bam") as failed:
        bamarrow.convert(damaged, tmp_path / "out.arrow")
    assert failed.value.returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_names_that_look_like_options(bam, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-x.bam").write_bytes(bam.read_bytes())
    bamarrow.convert("-x.bam", "@out.arrow", limit=5)
    assert read(tmp_path / "@out.arrow").num_rows == 5


@pytest.mark.parametrize(
    "options, message",
    [({"exclude_flag": 4}, "did you mean 'exclude_flags'"), ({"zzz": 1}, "no option 'zzz'$")],
)
def test_wrong_names_are_told(bam, tmp_path, options, message):
    with pytest.raises(TypeError, match=message):
        bamarrow.convert(bam, tmp_path / "out.arrow", **options)


@pytest.mark.parametrize(
    "options, message",
    [
        ({"min_mq": 300}, "min_mq 300: must be 0 to 255"),
        ({"read_group_file": "none.txt"}, "read_group_file"),
        ({"memory": "many"}, "'memory'"),
        ({"subsample": 7}, "subsample"),
    ],
)
def test_messages_name_keyword_arguments(bam, options, message):
    with pytest.raises(bamarrow.BamarrowError) as failed:
        bamarrow.count(bam, **options)
    assert message in str(failed.value)
    assert "-" not in str(failed.value).replace(str(bam), "")


def test_contradictions_name_keyword_arguments(bam, tmp_path):
    with pytest.raises(bamarrow.BamarrowError, match="^sequence=False conflicts with columns"):
        bamarrow.convert(bam, tmp_path / "out.arrow", sequence=False, columns=["seq"])


def test_the_first_start_is_not_part_of_an_error(bam, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(bamarrow.BamarrowError) as failed:
        bamarrow.count(tmp_path / "missing.bam")
    assert str(failed.value) == f"{tmp_path}/missing.bam: no such file"


def test_as_the_prototype(bam, tmp_path):
    out = tmp_path / "out.arrow"
    bamarrow.bam_to_arrow_ipc(str(bam), str(out), batch_size=100, limit=250)
    table = read(out)
    assert table.num_rows == 250
    assert table.column_names[:2] == ["name", "chrom"]
    assert [len(batch) for batch in table.to_batches()] == [100, 100, 50]
    bamarrow.bam_to_arrow_ipc(
        str(bam), str(out), include_sequence=False, include_quality=False, limit=1
    )
    assert not {"sequence", "quality_scores"} & set(read(out).column_names)
