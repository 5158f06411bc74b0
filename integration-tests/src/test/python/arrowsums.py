"""Counts, nulls and sums of every column of an Arrow table, as samtext counts them."""

import pyarrow as pa
import pyarrow.compute as pc

NUMBERS = ("flag", "pos", "end", "mapq", "pnext", "tlen")
TEXTS = ("qname", "rname", "cigar", "rnext", "seq")


def arrow_sums(table):
    def count(column, amounts):
        return (len(column) - column.null_count, column.null_count, pc.sum(amounts).as_py() or 0)

    def text(column):
        return count(column, pc.binary_length(column))

    found = {name: count(table[name], pc.cast(table[name], pa.int64())) for name in NUMBERS}
    found.update({name: text(table[name]) for name in TEXTS if name != "cigar"})
    cigar = table["cigar"]
    if pa.types.is_list(cigar.type):
        lengths = pc.struct_field(pc.list_flatten(cigar), "length")
        found["cigar_ops"] = count(cigar, pc.cast(lengths, pa.int64()))
    else:
        found["cigar"] = text(cigar)
    qual = table["qual"]
    if pa.types.is_list(qual.type):
        found["qual"] = count(qual, pc.cast(pc.list_flatten(qual), pa.int64()))
    else:
        total = sum(sum(q) - 33 * len(q) for q in pc.cast(qual, pa.binary()).to_pylist() if q)
        found["qual"] = (len(qual) - qual.null_count, qual.null_count, total)
    for field in table.schema.field("tags").type if "tags" in table.column_names else ():
        tag = pc.struct_field(table["tags"], field.name)
        number = pa.types.is_integer(tag.type)
        found["tags." + field.name] = count(tag, tag) if number else text(tag)
    if "other_tags" in table.column_names:
        entries = [entry for row in table["other_tags"].to_pylist() for entry in row]
        bytes_of = sum(len(key.encode()) + len(value.encode()) for key, value in entries)
        found["other_tags"] = (table.num_rows, table["other_tags"].null_count, bytes_of)
    return found


def differences(client, truth, found):
    return [
        f"{client}, {name}: samtools {truth[name]}, found {triple}"
        for name, triple in found.items()
        if truth[name] != triple
    ]
