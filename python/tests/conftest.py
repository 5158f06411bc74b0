import subprocess
from pathlib import Path

import pytest

from bamarrow._process import command

RECORDS = 30_000


@pytest.fixture(scope="session")
def bam(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("bams") / "in.bam"
    words = command("synth", "--quiet", "--records", str(RECORDS), "--seed", "5", str(path))
    subprocess.run(words, check=True)
    return path


@pytest.fixture(scope="session")
def damaged(bam) -> Path:
    """A flipped byte far behind the first batches."""
    path = bam.with_name("damaged.bam")
    data = bytearray(bam.read_bytes())
    data[len(data) * 9 // 10] ^= 0xFF
    path.write_bytes(data)
    return path
