"""The one read-only connection and the one cache. Pages reach the database only through `query`.

A run of a page reads one database file from beginning to end, even if a new edition is swapped in
under it: `pin` fixes the file for the run, and the next run finds the new one.
"""

import functools
import os
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar, overload

import duckdb
import pandas as pd

# Tables here have tens of rows. Text in Arrow's form, pandas' choice, is for millions: with it a run of a page takes
# a third longer, since every cell that Python looks at is made anew.
pd.set_option("mode.string_storage", "python")

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

ROOT = Path(__file__).resolve().parent.parent


class Unavailable(Exception):
    """The database is missing, damaged or of another version of the program. The text says which."""


class Stamp(NamedTuple):
    """One database file: where it lies, and what tells it from the one that replaces it."""

    path: str
    inode: int
    modified: int


DAMAGED = "자료 파일(bureau.duckdb)을 읽을 수 없습니다. 손상되었거나 다른 판의 파일입니다."
# What DuckDB says of a file or a disk that it cannot read; all else is a fault of a query.
_UNREADABLE = (
    duckdb.IOException,
    duckdb.InternalException,
    duckdb.FatalException,
    duckdb.SerializationException,
)

_kept: list[Callable[[], None]] = []
_pinned: ContextVar[Stamp | None] = ContextVar("pinned", default=None)


def folder() -> Path:
    """The data folder: `BUREAU_DATA` where it is set, else `data/` of the project."""
    return Path(os.environ.get("BUREAU_DATA", ROOT / "data"))


def pin() -> Stamp:
    """Fix the database file for the rest of this run, and tell which. Raises Unavailable, with the reason in Korean."""
    stamp = _stamp()
    _connection(stamp)
    while (latest := _stamp()) != stamp:  # swapped between looking and opening
        stamp = latest
        _connection(stamp)
    _pinned.set(stamp)
    return stamp


def query(sql: str, /, **parameters: Any) -> pd.DataFrame:
    """The rows that a query answers with, kept until the database file is replaced. Raises Unavailable.

    Each caller gets rows of its own (pandas copies them when they are changed). Values go in as `$parameters`
    only.
    """
    names, values = tuple(parameters), tuple(map(_hashable, parameters.values()))
    return _rows(_pinned.get() or _stamp(), sql, names, values).copy(deep=False)


@overload
def remembered(answer: Callable[Arguments, Answer], /) -> Callable[Arguments, Answer]: ...
@overload
def remembered(*, most: int) -> Callable[[Callable[Arguments, Answer]], Callable[Arguments, Answer]]: ...
def remembered(answer: Callable[..., Any] | None = None, /, *, most: int = 500) -> Callable[..., Any]:
    """Ask once per database file: for what is put together from published figures and the arguments alone.

    The arguments must be hashable, or lists of what is; whoever gets the answer must not change it. most: how many
    answers are kept.
    """
    if answer is None:
        return functools.partial(remembered, most=most)

    @functools.lru_cache(maxsize=most)
    def kept(stamp: Stamp, arguments: tuple[Hashable, ...], named: tuple[tuple[str, Hashable], ...]) -> Any:
        before = _pinned.set(stamp)
        try:
            return answer(*arguments, **dict(named))
        finally:
            _pinned.reset(before)

    @functools.wraps(answer)
    def asked(*arguments: Any, **named: Any) -> Any:
        values = tuple((name, _hashable(value)) for name, value in named.items())
        return kept(_pinned.get() or _stamp(), tuple(map(_hashable, arguments)), values)

    _kept.append(kept.cache_clear)
    return asked


def forget() -> None:
    """Keep nothing: what a benchmark of the first query of all wants."""
    _rows.cache_clear()
    for clear in _kept:
        clear()


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _stamp() -> Stamp:
    path = folder() / "bureau.duckdb"
    try:
        status = path.stat()
    except OSError as fault:
        raise Unavailable("자료 파일(bureau.duckdb)이 없습니다.") from fault
    return Stamp(str(path), status.st_ino, status.st_mtime_ns)


@functools.lru_cache(maxsize=4)
def _connection(stamp: Stamp) -> duckdb.DuckDBPyConnection:
    # Attached, not opened: DuckDB would answer a second opening of the same path with the first one,
    # and a visit would go on reading the file that was replaced.
    connection = duckdb.connect()
    try:
        connection.execute("attach $path as bureau (read_only)", {"path": stamp.path})
        [(edition_count,)] = _cursor(connection).execute("select count(*) from edition").fetchall()
        _cursor(connection).execute("select dataset, holds, note from reconciliation limit 0")
    except duckdb.Error as fault:
        raise Unavailable(DAMAGED) from fault
    if not edition_count:
        raise Unavailable("자료 파일(bureau.duckdb)에 보고서가 들어 있지 않습니다.")
    return connection


def _cursor(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A connection of its own for one query: one that is shared by threads gives wrong results."""
    return connection.cursor().execute("use bureau")


@functools.lru_cache(maxsize=2000)
def _rows(stamp: Stamp, sql: str, names: tuple[str, ...], values: tuple[Any, ...]) -> pd.DataFrame:
    parameters = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in zip(names, values, strict=True)
    }
    try:
        return _cursor(_connection(stamp)).execute(sql, parameters).df()
    except _UNREADABLE as fault:
        # DuckDB refuses a connection for good that met with a damaged block, even if the disk comes back.
        _connection.cache_clear()
        raise Unavailable(DAMAGED) from fault
