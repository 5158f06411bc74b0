import tempfile
from typing import IO, TYPE_CHECKING, Any, Optional, Sequence, Union

import pyarrow as pa

from ._options import FilterOptions, ReadOptions, arguments
from ._process import CLOSED, Source, error, names, run, start

if TYPE_CHECKING:
    from typing_extensions import Unpack


class Stream:
    """The record batches that a process writes to a pipe: an iterator, and a context manager.

    A failure of the process is an exception, never an early end. Closing it early, or dropping it,
    ends the process.
    """

    def __init__(self, words: Sequence[str]):
        self._messages: IO[bytes] = tempfile.TemporaryFile()
        self._process = start(words, self._messages)
        assert self._process.stdout is not None
        self._pipe = self._process.stdout
        try:
            self._reader = pa.ipc.open_stream(self._pipe)
        except (pa.ArrowInvalid, OSError) as e:
            self._fail(e)
        self.schema: pa.Schema = self._reader.schema

    def __iter__(self) -> "Stream":
        return self

    def __next__(self) -> pa.RecordBatch:
        if self._messages.closed:
            raise StopIteration
        try:
            return self._reader.read_next_batch()
        except StopIteration:
            if self._process.wait() != 0:
                self._fail(None)
            self.close()
            raise
        except (pa.ArrowInvalid, OSError) as e:
            self._fail(e)

    def _fail(self, failure: Optional[Exception]) -> None:
        """Raises the error of the process rather than what became of the stream because of it."""
        self._pipe.close()
        code = self._process.wait()
        self._messages.seek(0)
        printed = self._messages.read()
        self.close()
        if failure is not None and code in (0, CLOSED):
            raise failure
        raise error(printed, code) from failure

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
        self._pipe.close()
        self._process.wait()
        self._messages.close()

    def __enter__(self) -> "Stream":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def __del__(self) -> None:
        if hasattr(self, "_pipe"):
            self.close()


def stream(bams: Union[Source, Sequence[Source]], options: Any) -> Stream:
    """Starts a conversion whose output is read here."""
    words = arguments(options, ReadOptions)
    return Stream(["convert", "--quiet", *words, "--", *names(bams), "-"])


def open(  # noqa: A001 - called bamarrow.open
    bams: Union[Source, Sequence[Source]], **options: "Unpack[ReadOptions]"
) -> pa.RecordBatchReader:
    """Reads BAMs, in the order given, as record batches, without an intermediate file.

    The records are converted by a process of their own while they are read. Closing the reader, or
    dropping it, ends that process.

    Args:
        bams: one or more file names.
        options: see ReadOptions.

    Raises:
        BamarrowError: when the first or a later batch is read: invalid data, contradicting options.
            A stream of damaged data never just ends.
    """
    source = stream(bams, options)
    return pa.RecordBatchReader.from_batches(source.schema, source)


def count(bams: Union[Source, Sequence[Source]], **options: "Unpack[FilterOptions]") -> int:
    """Number of records of all BAMs together, or of those that the filters keep.

    Args:
        bams: one or more file names.
        options: see FilterOptions.

    Raises:
        BamarrowError: invalid data, contradicting options.
    """
    return int(run("count", *arguments(options, FilterOptions), "--", *names(bams)))


def header(bam: Source) -> str:
    """The SAM header of a BAM.

    Raises:
        BamarrowError: not a BAM, or not readable.
    """
    return run("header", "--", *names(bam)).decode()


def verify(bams: Union[Source, Sequence[Source]], converted: Source) -> str:
    """Compares every field of converted data with the BAMs, which htsjdk reads.

    Args:
        bams: in the order of the conversion.
        converted: the Arrow file, stream or directory.

    Returns:
        What was compared.

    Raises:
        BamarrowError: they differ, or something cannot be read.
    """
    return run("verify", "--", *names(bams), *names(converted)).decode().strip()
