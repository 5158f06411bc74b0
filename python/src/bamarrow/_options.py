"""Options as keyword arguments: the long options of the command line, with underscores."""

import difflib
import numbers
import os
import re
from typing import Any, List, Mapping, Sequence, TypedDict, Union

from ._process import Source

Texts = Union[str, Sequence[str]]
Files = Union[Source, Sequence[Source]]


class FilterOptions(TypedDict, total=False):
    """Which records; meanings as in samtools view.

    Attributes:
        region: such as "chr1:1000-2000" (1-based, inclusive), one or several.
        regions_file: a BED file (0-based), one or several.
        index: "auto", "off", or the name of a BAI or CSI index.
        require_flags, include_flags, exclude_flags, exclude_all_flags: FLAG bits, a number or names
            ("UNMAP,DUP").
        min_mq: minimum MAPQ.
        expr: filter expressions of samtools that must be true, such as "[NM] <= 2".
        min_qlen: minimum number of query bases in the CIGAR.
        library: the library of the read group.
        read_group, read_group_file: names of read groups, or files of names ("^FILE": all others).
        exclude_no_read_group: exclude records without RG.
        tag, tag_file: "CB" or "CB:AAAC", or "CB:FILE" with a file of values.
        qname_file: files of read names ("^FILE": all others).
        subsample, subsample_seed: fraction of the templates to keep, and the seed that selects them.
        threads: number of threads; all processors by default.
        memory: maximum memory for data in flight, such as "512M".
        inflater: "auto", "libdeflate", "gkl", "java" or "jdk".
        allow_missing_eof: accept a BAM without the end-of-file marker, which may be truncated.
    """

    region: Texts
    regions_file: Files
    index: Source
    require_flags: Union[int, str]
    include_flags: Union[int, str]
    exclude_flags: Union[int, str]
    exclude_all_flags: Union[int, str]
    min_mq: int
    expr: Texts
    min_qlen: int
    library: str
    read_group: Texts
    read_group_file: Files
    exclude_no_read_group: bool
    tag: Texts
    tag_file: Texts
    qname_file: Files
    subsample: float
    subsample_seed: int
    threads: int
    memory: Union[int, str]
    inflater: str
    allow_missing_eof: bool


class ReadOptions(FilterOptions, total=False):
    """Which records, and which columns in which form.

    Attributes:
        columns: names of columns, in their order.
        sequence, quality: False omits the bases, or the base qualities.
        qual: base qualities as "text" (Phred+33) or as "numbers".
        cigar: CIGAR as "text" or as "ops".
        coordinates: "one-based" or "zero-based".
        text_encoding: "utf-8" or "latin-1".
        profile: "rogtk", the columns of that prototype.
        tags: "auto", "none", "scan", or types such as "NM:i,MD:Z" or ["NM:i", "MD:Z"].
        other_tags: "overflow", "none" or "all".
        on_tag_mismatch, on_duplicate_tag: "other" or "fail".
        limit: maximum number of rows.
        batch_rows, batch_bytes, chunk_bytes: maximum rows and inflated bytes of a record batch, and
            compressed bytes at whose multiples a batch ends.
        strategy: "pipeline", "sequential" or "segments".
        segments: number of segments of that strategy.
        read_buffer: maximum bytes per read.
        preset: "default", "low-memory", "many-cores" or "diagnostic".
    """

    columns: Texts
    sequence: bool
    quality: bool
    qual: str
    cigar: str
    coordinates: str
    text_encoding: str
    profile: str
    tags: Texts
    other_tags: str
    on_tag_mismatch: str
    on_duplicate_tag: str
    limit: int
    batch_rows: int
    batch_bytes: Union[int, str]
    chunk_bytes: Union[int, str]
    strategy: str
    segments: int
    read_buffer: Union[int, str]
    preset: str


_FILES = {"regions_file", "read_group_file", "qname_file"}
_REPEATED = {"region", "expr", "read_group", "tag", "tag_file"} | _FILES
_ON_BY_DEFAULT = {"sequence", "quality"}


def arguments(options: Mapping[str, Any], allowed: Any) -> List[str]:
    """Options of the command line.

    Args:
        options: keyword arguments; None counts as not given.
        allowed: a TypedDict with all of them.

    Raises:
        TypeError: an option has another name or type.
    """
    known = allowed.__annotations__
    words: List[str] = []
    for name, value in options.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            raise TypeError(f"no option {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
        if value is not None:
            words += _words(name, value)
    return words


def _words(name: str, value: Any) -> List[str]:
    option = name.replace("_", "-")
    if isinstance(value, bool):
        if name in _ON_BY_DEFAULT:
            return [] if value else [f"--no-{option}"]
        return [f"--{option}"] if value else []
    if isinstance(value, (str, numbers.Real, os.PathLike)):
        text = os.fspath(value) if isinstance(value, os.PathLike) else str(value)
        return [f"--{option}={_file(text) if name in _FILES or name == 'tag_file' else text}"]
    if not isinstance(value, Sequence) or isinstance(value, bytes):
        raise TypeError(f"{name} cannot be {value!r}")
    if name in _REPEATED:
        return [word for one in value for word in _words(name, one)]
    return [f"--{option}={','.join(value)}"]


def _file(name: str) -> str:
    """The name of a list, which is never standard input."""
    return name[:-1] + "./-" if name in ("-", "^-") or re.fullmatch("..:-", name) else name
