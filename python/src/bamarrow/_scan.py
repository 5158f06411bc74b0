import json
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Optional, Sequence, Tuple, Union

from ._options import ReadOptions, arguments
from ._process import Source
from ._read import stream

if TYPE_CHECKING:
    import polars as pl
    from typing_extensions import Unpack


def scan(
    bams: Union[Source, Sequence[Source]], **options: "Unpack[ReadOptions]"
) -> "pl.LazyFrame":
    """A polars LazyFrame over the records of BAMs, which are read when it is collected.

    Only the columns that the query needs are decoded, and a limit ends reading. Of its predicates,
    minimum MAPQ and FLAG bits (`mapq >= 30`, `flag & 4 == 0`) select records before they are decoded;
    polars evaluates all others. The options of this function (region, exclude_flags, tag and others)
    select records, too.

    Args:
        bams: one or more file names.
        options: see ReadOptions.

    Raises:
        BamarrowError: when the schema is needed, or in collect (polars may wrap it in its own
            ComputeError): invalid data, contradicting options.
    """
    import polars as pl
    from polars.io.plugins import register_io_source

    arguments(options, ReadOptions)  # wrong names fail here and not in collect

    def schema() -> "pl.Schema":
        with stream(bams, {**options, "limit": 0}) as source:
            return pl.DataFrame(pl.from_arrow(source.schema.empty_table())).schema

    def read(
        columns: Optional[List[str]],
        predicate: "Optional[pl.Expr]",
        rows: Optional[int],
        batch_size: Optional[int],
    ) -> "Iterator[pl.DataFrame]":
        wanted: Dict[str, Any] = dict(options)
        if rows is not None:  # the first rows of the table, of which the predicate selects
            wanted["limit"] = rows if wanted.get("limit") is None else min(rows, wanted["limit"])
        needed = columns
        if predicate is not None:
            if wanted.get("limit") is None:
                wanted = narrowed(wanted, predicate.meta.serialize(format="json"))
            if columns is not None:
                needed = columns + [c for c in predicate.meta.root_names() if c not in columns]
        if needed is not None:
            wanted = projected(wanted, needed)
        with stream(bams, wanted) as source:
            for batch in source:
                frame = pl.DataFrame(pl.from_arrow(batch))
                if predicate is not None:
                    frame = frame.filter(predicate)
                yield frame if columns is None else frame.select(columns)

    return register_io_source(read, schema=schema)


def projected(options: Dict[str, Any], needed: List[str]) -> Dict[str, Any]:
    """Options that read the columns needed, and one that costs little if none is."""
    if options.get("profile") is not None:
        return options  # its names are not those of columns
    columns = [c for c in needed if c not in ("tags", "other_tags")] or ["flag"]
    of_tags: List[str] = [c for c in ("tags", "other_tags") if c in needed]
    if of_tags and options.get("columns") is None:
        # What other_tags holds depends on the fields of tags, so both are read as without columns.
        tags = options.get("tags") or "auto"
        other = options.get("other_tags") or "overflow"
        of_tags = ["tags"] * (tags != "none") + ["other_tags"] * (other != "none")
        return {**options, "columns": columns + of_tags, "tags": tags, "other_tags": other}
    return {**options, "columns": columns + of_tags}


def narrowed(options: Dict[str, Any], predicate: str) -> Dict[str, Any]:
    """Options that also exclude records by the parts of a predicate that options can express.

    Args:
        predicate: polars' JSON; what is not understood is left to polars.
    """
    found = dict(options)
    for condition in conjuncts(json.loads(predicate)):
        left, op, value = comparison(condition)
        if left == {"Column": "mapq"} and op in ("GtEq", "Gt") and value is not None:
            least = value + (op == "Gt")
            if 0 <= least <= 255:
                found["min_mq"] = max(least, found.get("min_mq") or 0)
            continue
        column, mask_op, mask = comparison(left)
        if column != {"Column": "flag"} or mask_op != "And" or op != "Eq" or mask is None:
            continue
        if not 0 < mask < 1 << 16 or value not in (0, mask):
            continue
        name = "require_flags" if value else "exclude_flags"
        given = found.get(name)
        if given is None or isinstance(given, int):
            found[name] = mask | (given or 0)
    return found


def conjuncts(node: Any) -> Iterator[Any]:
    binary = node.get("BinaryExpr") if isinstance(node, dict) else None
    if binary and binary.get("op") == "And" and not is_mask(binary):
        yield from conjuncts(binary["left"])
        yield from conjuncts(binary["right"])
    else:
        yield node


def is_mask(binary: Dict[str, Any]) -> bool:
    """`flag & 4`: And of integers, which has the same name as And of conditions."""
    return integer(binary["right"]) is not None or integer(binary["left"]) is not None


def comparison(node: Any) -> Tuple[Any, Optional[str], Optional[int]]:
    """Left side, operator, and the integer on the right side, or None."""
    binary = node.get("BinaryExpr") if isinstance(node, dict) else None
    if not binary:
        return None, None, None
    return binary.get("left"), binary.get("op"), integer(binary.get("right"))


def integer(node: Any) -> Optional[int]:
    """The value of an integer literal, whatever its type."""
    while isinstance(node, dict) and len(node) == 1:
        key, node = next(iter(node.items()))
        if not (key in ("Literal", "Dyn", "Scalar") or key.startswith(("Int", "UInt"))):
            return None
    return node if isinstance(node, int) and not isinstance(node, bool) else None
