"""How much memory and processor time a process on Linux has had."""

import os
import re
from pathlib import Path

MEGABYTE = 1024  # the kernel counts in kB


def memory(pid: int) -> float:
    """Megabytes that it holds now."""
    return _status(pid, "VmRSS")


def peak(pid: int) -> float:
    """Megabytes that it has held at most."""
    return _status(pid, "VmHWM")


def seconds(pid: int) -> float:
    """Seconds that a processor has worked for it."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _status(pid: int, name: str) -> float:
    [found] = re.findall(rf"^{name}:\s+(\d+) kB$", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    return int(found) / MEGABYTE
