import json
import os
import tempfile
from typing import TYPE_CHECKING, Any, Dict, Optional, Sequence, Union

from ._options import ReadOptions, arguments
from ._process import Source, names, run

if TYPE_CHECKING:
    from typing_extensions import Unpack


class ConvertOptions(ReadOptions, total=False):
    """Options of convert.

    Attributes:
        format: "file" or "stream"; by default a stream if the name ends in .arrows.
        compression: "none", "lz4", "zstd" or "zstd:LEVEL".
        parts, part_size: write a directory of so many Arrow files, or of files of about this size.
        force: replace existing output.
        durable: sync the output to the disk before returning.
        direct_io: "auto", "never" or "always".
        write_buffer: maximum bytes per write.
    """

    format: str
    compression: str
    parts: int
    part_size: Union[int, str]
    force: bool
    durable: bool
    direct_io: str
    write_buffer: Union[int, str]


def convert(
    bams: Union[Source, Sequence[Source]], output: Source, **options: "Unpack[ConvertOptions]"
) -> Dict[str, Any]:
    """Converts BAMs, in the order given, to one Arrow file or stream, or to a directory of files.

    The output appears under its name only when it is complete.

    Args:
        bams: one or more file names.
        output: a file name; with a trailing slash, or with parts or part_size, a directory.
        options: see ConvertOptions and ReadOptions.

    Returns:
        The report: rows, bytes, settings and times.

    Raises:
        BamarrowError: invalid data, contradicting options, or a file that cannot be read or written.
    """
    with tempfile.TemporaryDirectory(prefix="bamarrow") as folder:
        path = os.path.join(folder, "report.json")
        target = os.fspath(output)
        run(
            "convert",
            "--quiet",
            f"--report={path}",
            *arguments(options, ConvertOptions),
            "--",
            *names(bams),
            *names(target),
        )
        with open(path, encoding="utf-8") as file:
            report: Dict[str, Any] = json.load(file)
            return report


def bam_to_arrow_ipc(
    bam_path: Source,
    arrow_ipc_path: Source,
    batch_size: int = 20_000,
    include_sequence: bool = True,
    include_quality: bool = True,
    limit: Optional[int] = None,
) -> Dict[str, Any]:
    """The function of the rogtk prototype: its arguments and its columns.

    Args:
        bam_path: a BAM.
        arrow_ipc_path: the Arrow file, which is replaced if it exists, as there.
        batch_size: maximum rows per record batch.
        include_sequence: include the bases.
        include_quality: include the base qualities.
        limit: maximum number of rows; None for all.

    Returns:
        The report of convert.
    """
    return convert(
        bam_path,
        arrow_ipc_path,
        profile="rogtk",
        batch_rows=batch_size,
        sequence=include_sequence,
        quality=include_quality,
        limit=-1 if limit is None else limit,
        force=True,
    )
