"""The list of licences is that of what is installed."""

import re

from tests.access import licences

# Terms that reach over to the program that uses the package.
RECIPROCAL = re.compile(r"\b(?:A?GPL|SSPL|GNU (?:Affero )?General Public|BUSL|Commons Clause)", re.IGNORECASE)


def test_every_package_stands_in_the_list_with_its_licence() -> None:
    """A package that came along without anybody having read its terms."""
    listed = licences.LIST.read_text("utf-8")
    rows = {
        (match[1].strip("*"), match[2])
        for match in re.finditer(r"^\| ([^|]+) \| [^|]+ \| ([^|]+) \|$", listed, re.MULTILINE)
    }
    missing = [package for package in licences.packages() if (package.name, package.licence) not in rows]
    assert not missing, "run: python -m tests.access.licences"
    # Only what requirements.txt fixes has the same version everywhere.
    wanted = [package for package in licences.packages() if package.wanted]
    assert all(f"| **{package.name}** | {package.version} |" in listed for package in wanted)


def test_every_licence_is_known_and_asks_for_nothing_of_ours() -> None:
    """Terms that nobody has stated, or that would bind the dashboard itself."""
    for package in licences.packages():
        assert package.licence, package.name
        assert not RECIPROCAL.search(package.licence), package
