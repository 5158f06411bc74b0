"""Reads Arrow files of bamarrow with pyarrow, polars and DuckDB.

    clients.py sums MANIFEST   counts, nulls and sums of every column against samtools' text
    clients.py rows MANIFEST   whole SAM lines, rebuilt here, against their MD5

A manifest is JSON, a list of objects: bam, arrow, stream (bool), typed (tags of the struct),
md5 (for rows). Prints one line a file and ends with code 1 if anything differs.
"""

import inspect
import hashlib
import json
import os
import sys

import duckdb
import polars as pl
import pyarrow as pa

import samtext
from arrowsums import NUMBERS, TEXTS, arrow_sums, differences

# --- pyarrow ------------------------------------------------------------------------------------


def pyarrow_tables(path, stream):
    """The file by each way that pyarrow has: read, and mapped into memory."""
    for how, source in (("read", pa.OSFile(path)), ("mapped", pa.memory_map(path))):
        opened = pa.ipc.open_stream(source) if stream else pa.ipc.open_file(source)
        table = opened.read_all()
        table.validate(full=True)
        yield "pyarrow " + how, table


# --- polars -------------------------------------------------------------------------------------


def polars_frames(path, stream):
    if stream:
        yield "polars stream", pl.read_ipc_stream(path).lazy()
        return
    yield "polars scan", pl.scan_ipc(path)
    if "memory_map" not in inspect.signature(pl.read_ipc).parameters:  # from polars 2 on
        yield "polars read", pl.read_ipc(path).lazy()
        return
    yield "polars read", pl.read_ipc(path, memory_map=False).lazy()
    # polars 1.44 panics when it maps a file that has a map column, pyarrow's own files too.
    if "other_tags" not in pa.ipc.open_file(path).schema.names:
        yield "polars mapped", pl.read_ipc(path, memory_map=True).lazy()


def polars_sums(frame, typed):
    schema = frame.collect_schema()

    def triple(column, amount):
        return pl.concat_list(
            column.is_not_null().sum().cast(pl.Int64),
            column.is_null().sum().cast(pl.Int64),
            amount.cast(pl.Int64).sum(),
        )

    wanted = {name: triple(pl.col(name), pl.col(name)) for name in NUMBERS}
    for name in TEXTS:
        if schema[name] == pl.String:
            wanted[name] = triple(pl.col(name), pl.col(name).str.len_bytes())
    if schema["cigar"] != pl.String:
        ops = pl.col("cigar").list.eval(pl.element().struct.field("length").cast(pl.Int64))
        wanted["cigar_ops"] = triple(pl.col("cigar"), ops.list.sum())
    if schema["qual"] != pl.String:
        qual = pl.col("qual").cast(pl.List(pl.Int64)).list.sum()
        wanted["qual"] = triple(pl.col("qual"), qual)
    for tag in typed:
        child = pl.col("tags").struct.field(tag[:2])
        amount = child if tag[3] == "i" else child.str.len_bytes()
        wanted["tags." + tag[:2]] = triple(child, amount)
    row = frame.select(value.alias(name) for name, value in wanted.items()).collect()
    return {name: tuple(row[name][0]) for name in row.columns}


# --- DuckDB -------------------------------------------------------------------------------------


def duckdb_sums(table, typed):
    amounts = {name: (f'"{name}"', f'"{name}"') for name in NUMBERS}
    amounts.update({name: (name, f"strlen({name})") for name in TEXTS})
    if pa.types.is_list(table.schema.field("cigar").type):
        del amounts["cigar"]
        lengths = "list_sum(list_transform(cigar, lambda op: op.length))"
        amounts["cigar_ops"] = ("cigar", lengths)
    if pa.types.is_list(table.schema.field("qual").type):
        amounts["qual"] = ("qual", "list_sum(qual)")
    for tag in typed:
        child = f'tags."{tag[:2]}"'
        amounts["tags." + tag[:2]] = (child, child if tag[3] == "i" else f"strlen({child})")
    if "other_tags" in table.column_names:
        entries = "list_transform(map_entries(other_tags), lambda e: strlen(e.key) + strlen(e.value))"
        amounts["other_tags"] = ("other_tags", f"list_sum({entries})")
    parts = ", ".join(
        f"count({column}), count(*) - count({column}), coalesce(sum({amount}), 0)::bigint"
        for column, amount in amounts.values()
    )
    connection = duckdb.connect()
    connection.register("reads", table)
    numbers = connection.execute(f"select {parts} from reads").fetchone()
    return {name: tuple(numbers[3 * i : 3 * i + 3]) for i, name in enumerate(amounts)}


# --- sums ---------------------------------------------------------------------------------------


def check_sums(entry, truths):
    path, typed, stream = entry["arrow"], entry["typed"], entry["stream"]
    key = (entry["bam"], tuple(typed))
    if key not in truths:
        truths[key] = samtext.sums(entry["bam"], typed)
    truth = truths[key]
    problems = []
    clients = []
    for client, table in pyarrow_tables(path, stream):
        clients.append((client, arrow_sums(table)))
    for client, frame in polars_frames(path, stream):
        clients.append((client, polars_sums(frame, typed)))
    clients.append(("duckdb", duckdb_sums(table, typed)))
    for client, found in clients:
        problems += differences(client, truth, found)
    columns = sum(len(found) for _, found in clients)
    print(f"{os.path.basename(path)}: {len(clients)} readings, {columns} columns")
    return problems


# --- rows ---------------------------------------------------------------------------------------


def sam_lines(batch):
    columns = [batch[name].to_pylist() for name in batch.schema.names]
    names = batch.schema.names
    for values in zip(*columns):
        row = dict(zip(names, values))
        same = row["rnext"] is not None and row["rnext"] == row["rname"]
        fields = [
            row["qname"] or "*",
            row["flag"],
            row["rname"] or "*",
            row["pos"] or 0,
            255 if row["mapq"] is None else row["mapq"],
            row["cigar"] or "*",
            "=" if same else row["rnext"] or "*",
            row["pnext"] or 0,
            row["tlen"],
            row["seq"] or "*",
            row["qual"] or "*",
        ]
        fields += [f"{key}:{value}" for key, value in row["other_tags"]]
        yield "\t".join(map(str, fields)) + "\n"


def check_rows(entry, _):
    digest = hashlib.md5()
    rows = 0
    with pa.memory_map(entry["arrow"]) as source:
        reader = pa.ipc.open_file(source)
        for i in range(reader.num_record_batches):
            batch = reader.get_batch(i)
            batch.validate(full=True)
            rows += batch.num_rows
            for line in sam_lines(batch):
                digest.update(line.encode())
    if digest.hexdigest() != entry["md5"]:
        return [f"{entry['bam']}: {rows} rows are not those of samtools view"]
    return []


def main(what, manifest):
    with open(manifest, encoding="utf-8") as file:
        entries = json.load(file)
    check = {"sums": check_sums, "rows": check_rows}[what]
    truths = {}
    bad = 0
    for entry in entries:
        problems = check(entry, truths)
        bad += bool(problems)
        for problem in problems:
            print(f"{entry['arrow']}: {problem}")
    print(f"{len(entries) - bad} of {len(entries)} Arrow files read as samtools says")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
