"""The licence of every package that the dashboard runs with: `python -m tests.access.licences` writes docs/licences.md.

The packages of requirements.txt and all that these need on this machine, read from what is installed.
"""

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement

# What is packed without a word in its metadata, by the licence file that comes with it.
BY_FILE = {"vl-convert-python": "BSD-3-Clause"}
# What is packed under other terms than those of the package.
INSIDE = {"justmytype-intl-cjk": "its fonts: OFL-1.1"}
ROOT = Path(__file__).parents[2]
REQUIREMENTS = ROOT / "requirements.txt"
LIST = ROOT / "docs" / "licences.md"
HEAD = """# Licences

What the dashboard runs with, and on what terms, as the packages say of themselves. Made by
`python -m tests.access.licences`; a test holds it to what is installed. Packages in bold are those of
`requirements.txt`, the others come with them.

| package | version | licence |
|---|---|---|
"""


class Package(NamedTuple):
    """An installed package."""

    name: str
    version: str
    licence: str
    wanted: bool
    """Whether requirements.txt names it."""


def packages() -> list[Package]:
    """All that the dashboard runs with on this machine, by name. A PackageNotFoundError names what is not installed."""
    lines = [line.partition("#")[0].strip() for line in REQUIREMENTS.read_text("utf-8").splitlines()]
    wanted = {plain(Requirement(line).name) for line in lines if line}
    waiting, found = set(wanted), dict[str, Package]()
    while waiting:
        name = waiting.pop()
        try:
            package = distribution(name)
        except PackageNotFoundError:
            if name in wanted:
                raise
            continue
        found[name] = Package(package.metadata["Name"], package.version, licence(package), name in wanted)
        needed = [Requirement(text) for text in package.requires or []]
        waiting |= {plain(one.name) for one in needed if not one.marker or one.marker.evaluate({"extra": ""})}
        waiting -= found.keys()
    return [found[name] for name in sorted(found)]


def licence(package: Distribution) -> str:
    """The licence as an expression, or as the package words it; empty where it says nothing."""
    said = package.metadata
    if "License-Expression" in said:
        return said["License-Expression"]
    classifiers = [
        text.rpartition(" :: ")[2] for text in said.get_all("Classifier") or [] if "License ::" in text
    ]
    short = said["License"].strip().split("\n")[0] if "License" in said else ""
    worded = " / ".join(classifiers) or (short if len(short) < 60 else "")
    return worded or BY_FILE.get(plain(said["Name"]), "")


def plain(name: str) -> str:
    """A package's name as an index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def text() -> str:
    """The whole list."""
    rows = [
        f"| {f'**{package.name}**' if package.wanted else package.name} | {package.version} | {package.licence} |"
        for package in packages()
    ]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    LIST.write_text(text(), "utf-8")
