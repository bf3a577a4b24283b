"""The rules of the house that no linter knows: who may import whom, and where Streamlit and SQL may stand."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = sorted([*ROOT.glob("lib/**/*.py"), *ROOT.glob("pages/*.py")])
each_script = pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: str(path.relative_to(ROOT)))

ANYTHING = ("lib", "data")
# What of ours the scripts of a folder may import; siblings always. Folders not named: lib, but no page.
MAY_IMPORT = {
    "lib/rules": (),
    "lib/queries": ("lib.db",),
    "lib/charts": ("lib.format", "lib.palette", "lib.rules"),
    "lib/briefing": (
        "lib.boundary",
        "lib.charts",
        "lib.commitments",
        "lib.db",
        "lib.evaluation",
        "lib.export",
        "lib.flexible_work",
        "lib.format",
        "lib.metric",
        "lib.palette",
        "lib.queries",
        "lib.rules",
        "lib.sources",
    ),
    "lib/intake": ("lib.access.audit", "lib.export", "lib.format", "lib.rules", "data"),
    "pages": ("lib",),
}
# Those that may import Streamlit, and those that work without it, whatever they import.
WITH_STREAMLIT = (
    "pages/",
    "lib/frame.py",
    "lib/ui/",
    "lib/preload.py",
    "lib/together.py",  # the messages that Streamlit sends
    "lib/access/provider.py",  # Streamlit's sign-in and its cookie
    "lib/access/startup.py",  # the settings that Streamlit listens by
)
WITHOUT_STREAMLIT = ("lib/rules", "lib/charts", "lib/briefing", "lib/intake")
# A rule is arithmetic, to be read beside the law.
NO_RULE_NEEDS = ("pandas", "duckdb", "altair", "pydeck")
RUN_SQL = ("query", "execute", "executemany", "sql")


def imports(script: Path) -> set[str]:
    """The modules that a script imports, anywhere in it, such as lib.queries.budget."""
    package = script.relative_to(ROOT).parent.parts
    found: set[str] = set()
    for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            origin = ".".join([*above, *([node.module] if node.module else [])])
            # `from lib import db` imports lib.db; `from lib.db import query` does too.
            found |= {
                f"{origin}.{alias.name}" if file_of(f"{origin}.{alias.name}") else origin
                for alias in node.names
            }
    return found


def file_of(module: str) -> Path | None:
    """The file of a module of ours; None for a package and for all others."""
    path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
    return path if path.is_file() else None


def reached(script: Path) -> set[str]:
    """Every module that comes with a script: what it imports, and what our own of these import."""
    found: set[str] = set()
    waiting = imports(script)
    while waiting:
        module = waiting.pop()
        found.add(module)
        if path := file_of(module):
            waiting |= imports(path) - found
    return found


def within(module: str, names: tuple[str, ...]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)


def folder_of(script: Path) -> str:
    """The layer that a script belongs to: lib/queries, pages, lib, …"""
    return "/".join(script.relative_to(ROOT).parent.parts[:2])


@each_script
def test_imports_point_one_way(script: Path) -> None:
    """A chart that asks the database or a page that leans on another cannot be changed or tested alone."""
    folder = folder_of(script)
    own = () if folder == "pages" else (folder.replace("/", "."),)
    allowed = MAY_IMPORT.get(folder, ANYTHING) + own
    wrong = [module for module in imports(script) if within(module, (*ANYTHING, "pages", "tests"))]
    wrong = [module for module in wrong if not within(module, allowed)]
    assert not wrong, (
        f"{script.relative_to(ROOT)} imports {', '.join(wrong)}; {folder} may import only {allowed}."
    )


@each_script
def test_streamlit_stays_in_the_frame(script: Path) -> None:
    """A rule, a chart or a document that needs Streamlit cannot run in a build, a test or a nightly job."""
    here = str(script.relative_to(ROOT))
    if not here.startswith(WITH_STREAMLIT):
        direct = [module for module in imports(script) if within(module, ("streamlit",))]
        assert not direct, f"{here} imports {direct[0]}; only {', '.join(WITH_STREAMLIT)} may."
    if here.startswith(WITHOUT_STREAMLIT):
        through = [
            module
            for module in reached(script)
            if (path := file_of(module)) and any(within(name, ("streamlit",)) for name in imports(path))
        ]
        assert not through, f"{here} brings Streamlit in through {', '.join(through)}."


@each_script
def test_rules_are_plain(script: Path) -> None:
    """A rule of law tied to a data frame or a database cannot be read beside the law."""
    if folder_of(script) == "lib/rules":
        wrong = [module for module in imports(script) if within(module, NO_RULE_NEEDS)]
        assert not wrong, f"{script.relative_to(ROOT)} imports {', '.join(wrong)}; rules are plain Python."


@each_script
def test_no_unsafe_html(script: Path) -> None:
    """A name from an uploaded file is shown as HTML and runs as a script."""
    assert "unsafe_allow_" + "html" not in script.read_text(encoding="utf-8")


@each_script
def test_values_reach_sql_as_parameters(script: Path) -> None:
    """A value from a link becomes part of the SQL that runs."""
    tree = ast.parse(script.read_text(encoding="utf-8"))
    built = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and is_built(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    lines = [
        call.lineno
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and name_of(call.func) in RUN_SQL
        for value in call.args[:1]
        if is_built(value) or (isinstance(value, ast.Name) and value.id in built)
    ]
    assert not lines, f"{script.relative_to(ROOT)} puts SQL together in lines {lines}; use $parameters."


def name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def is_built(value: ast.expr) -> bool:
    """Whether a text is put together while the program runs: f-string with a value, +, %, .format, .join."""
    if isinstance(value, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in value.values)
    if isinstance(value, ast.Call):
        return name_of(value.func) in ("format", "join", "replace")
    return isinstance(value, ast.BinOp) and isinstance(value.op, (ast.Add, ast.Mod))


def tracked_texts() -> Iterator[tuple[str, str]]:
    """Name and text of every file in git; pictures and other binary files are left out."""
    # The folder may belong to somebody else than who runs the tests, as in a container.
    listing = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    files = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, files.split("\0")):
        path = ROOT / name
        if path.is_file() and b"\0" not in (content := path.read_bytes()):
            yield name, content.decode("utf-8")


FOREIGN = {
    "the path of one machine": re.compile(r"(?<![\w.:/-])(?:/(?:root|home|Users|work)/\w|[A-Z]:\\Users)"),
    "a package registry": re.compile(
        r"\b(?:pypi|pythonhosted|npmjs|anaconda|crates|rubygems)\.(?:org|com|io)\b"
    ),
    "an index of packages": re.compile(r"--(?:extra-)?(?:index-url|find-links)\b"),
}


def test_nothing_of_one_machine_is_tracked() -> None:
    """A fresh clone on the bureau's network asks for a path or a server that only its author has."""
    texts = list(tracked_texts())
    found = [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1} names {what}: {match.group()}"
        for name, text in texts
        for what, pattern in FOREIGN.items()
        for match in pattern.finditer(text)
    ]
    assert texts
    assert not found, "\n".join(found)
