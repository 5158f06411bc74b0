"""Runs the command line that the wheel contains."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import IO, List, NoReturn, Optional, Sequence, Union

Source = Union[str, "os.PathLike[str]"]

CLOSED = 141
"""Exit code of a process whose standard output was closed by its reader."""

INSTALLATION = Path(__file__).parent / "installation"


class BamarrowError(RuntimeError):
    """A command failed; the message is its own.

    Attributes:
        returncode: its exit code: 1 for invalid data or a file that cannot be read or written, 2 for
            contradicting or invalid options.
    """

    def __init__(self, message: str, returncode: int):
        super().__init__(message)
        self.returncode = returncode


def command(*words: str) -> List[str]:
    """A wheel keeps no execute permission, so the shell is named."""
    return ["/bin/sh", str(INSTALLATION / "bin" / "bamarrow"), *words]


def names(sources: Union[Source, Sequence[Source]]) -> List[str]:
    """File names as arguments that are never taken for options or for standard input."""
    if isinstance(sources, (str, os.PathLike)):
        sources = [sources]
    found = [os.fspath(source) for source in sources]
    if not found:
        raise ValueError("at least one file is required")
    return [f"./{name}" if name.startswith(("-", "@")) else name for name in found]


def error(stderr: bytes, returncode: int) -> BamarrowError:
    """Of what a command printed, the error, which is the last line of its own."""
    lines = stderr.decode(errors="replace").strip().splitlines()
    mine = [line[len("bamarrow: ") :] for line in lines if line.startswith("bamarrow: ")]
    text = worded(mine[-1]) if mine else "\n".join(lines)
    return BamarrowError(text or f"bamarrow ended with exit code {returncode}", returncode)


SHORT = {
    "-@": "threads",
    "-D": "tag_file",
    "-F": "exclude_flags",
    "-G": "exclude_all_flags",
    "-L": "regions_file",
    "-N": "qname_file",
    "-R": "read_group_file",
    "-X": "index",
    "-d": "tag",
    "-e": "expr",
    "-f": "require_flags",
    "-l": "library",
    "-m": "min_qlen",
    "-q": "min_mq",
    "-r": "read_group",
}
SWITCHES = {"allow_missing_eof", "durable", "exclude_no_read_group", "force"}
OPTION = re.compile(r"(?<![\w/.-])(--[a-z][a-zA-Z-]*[a-zA-Z]|-[@DFGLNRXdeflmqr])(?![\w.-])")


def worded(message: str) -> str:
    """A message with the names of options as keyword arguments."""
    message = re.sub(r"; see bamarrow [a-z-]+ --help$", "", message)
    return OPTION.sub(lambda found: keyword(found[1]), message)


def keyword(option: str) -> str:
    if option.startswith("--no-"):
        return option[5:].replace("-", "_") + "=False"
    name = SHORT.get(option) or option[2:].replace("-", "_")
    return f"{name}=True" if name in SWITCHES else name


def run(*words: str) -> bytes:
    """Standard output of a command that succeeded."""
    done = subprocess.run(command(*words), stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode != 0:
        raise error(done.stderr, done.returncode)
    return done.stdout


def start(words: Sequence[str], stderr: Optional[IO[bytes]]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command(*words), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr
    )


def main() -> NoReturn:
    """The program `bamarrow` of the wheel."""
    words = command(*sys.argv[1:])
    os.execv(words[0], words)
