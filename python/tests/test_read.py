import gc
import time

import pyarrow as pa
import pytest

import bamarrow
from bamarrow._read import stream

from conftest import RECORDS


def test_reads_every_record(bam, tmp_path):
    reader = bamarrow.open(bam)
    assert isinstance(reader, pa.RecordBatchReader)
    table = reader.read_all()
    bamarrow.convert(bam, tmp_path / "out.arrow")
    with pa.memory_map(str(tmp_path / "out.arrow")) as file:
        assert table.equals(pa.ipc.open_file(file).read_all())


def test_options_select_columns_and_records(bam):
    columns = ["pos", "flag"]
    table = bamarrow.open([bam, bam], columns=columns, exclude_flags="UNMAP", min_mq=30).read_all()
    assert table.column_names == columns
    expected = bamarrow.count([bam, bam], exclude_flags=4, min_mq=30)
    assert 0 < table.num_rows == expected < 2 * RECORDS


def test_filter_expressions_and_excluded_lists_select_records(bam, tmp_path):
    expressions = ["mapq >= 30", "length(seq) > 10"]
    table = bamarrow.open(bam, expr=expressions, columns="qname").read_all()
    assert table.num_rows == bamarrow.count(bam, min_mq=30, expr=expressions[1]) > 0
    names = table.column("qname").to_pylist()
    (tmp_path / "names").write_text("\n".join(names))
    rest = bamarrow.count(bam, qname_file=f"^{tmp_path / 'names'}")
    assert 0 < rest <= RECORDS - len(names)
    with pytest.raises(bamarrow.BamarrowError, match="expr 'mapp': character 1: unknown name"):
        bamarrow.count(bam, expr="mapp")


@pytest.mark.parametrize("option, value", [("qname_file", "-"), ("qname_file", "^-"), ("tag_file", "CB:-")])
def test_a_list_is_never_standard_input(bam, option, value):
    with pytest.raises(bamarrow.BamarrowError, match="no such file"):
        bamarrow.count(bam, **{option: value})


def test_damage_is_an_exception_after_the_records_before_it(damaged):
    rows = 0
    with pytest.raises(bamarrow.BamarrowError, match=r"damaged\.bam.*CRC32|damaged\.bam"):
        for batch in bamarrow.open(damaged):
            rows += batch.num_rows
    assert 0 < rows < RECORDS


def test_damage_is_an_exception_in_read_all(damaged):
    with pytest.raises(bamarrow.BamarrowError, match=r"damaged\.bam"):
        bamarrow.open(damaged).read_all()


def test_a_missing_file_is_an_exception():
    with pytest.raises(bamarrow.BamarrowError, match="no such file"):
        bamarrow.open("missing.bam")


@pytest.mark.parametrize("batches", [0, 1])
def test_dropping_the_reader_ends_the_process(bam, batches):
    source = stream([bam] * 20, {})
    process = source._process
    reader = pa.RecordBatchReader.from_batches(source.schema, source)
    for _ in range(batches):
        reader.read_next_batch()
    del source, reader
    gc.collect()
    for _ in range(100):
        if process.poll() is not None:
            return
        time.sleep(0.1)
    raise AssertionError("the process still runs")


def test_counts(bam):
    assert bamarrow.count(bam) == RECORDS


def test_a_condition_that_no_record_meets(bam):
    assert bamarrow.count(bam, qname_file="/dev/null") == 0


def test_header(bam):
    assert bamarrow.header(bam).startswith("@HD\t")


def test_differences_are_an_exception(bam, tmp_path):
    bamarrow.convert(bam, tmp_path / "ten.arrow", limit=10)
    with pytest.raises(bamarrow.BamarrowError):
        bamarrow.verify([bam, bam], tmp_path / "ten.arrow")
