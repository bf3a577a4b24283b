"""A data folder as it would be: links to what stays, and the CSVs of a draft in their places."""

import csv
import io
import os
import re
from pathlib import Path
from typing import NamedTuple

from data.catalogue import Table
from lib.intake import store
from lib.intake.draft import EMPTY, Sheet

LINE_END = re.compile(r"\r\n|\r|\n")


class Written(NamedTuple):
    """A CSV, and the line of it on which each row begins."""

    content: bytes
    lines: list[int]


def columns(sheet: Sheet, table: Table | None) -> list[str]:
    """The columns of the CSV: those of the table, then those that a row has beyond them, for the build to refuse."""
    known = [column.name for column in table.sheet_columns] if table else []
    return list(dict.fromkeys([*known, *(name for row in sheet.rows for name in row)]))


def written(sheet: Sheet, table: Table | None) -> Written:
    """A sheet as the CSVs are kept: UTF-8, lines ended by \\n, quoted where needed. Raises UnicodeEncodeError."""
    names = columns(sheet, table)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    lines = []
    line = 2
    for row in sheet.rows:
        cells = [row[name].text.strip() if name in row else EMPTY for name in names]
        writer.writerow(cells)
        lines.append(line)
        line += 1 + len(LINE_END.findall("\0".join(cells)))
    return Written(text.getvalue().encode(), lines)


def lay(folder: Path, place: Path, contents: dict[str, bytes]) -> None:
    """Make place look like the data folder with other contents of some CSVs, by their paths below it."""
    touched = {path.rsplit("/", 1)[0] for path in contents}
    for key, standing in store.places(folder).items():
        if key in touched:
            for name, path in store.files(standing).items():
                if f"{key}/{name}" not in contents:
                    link(path, place / key / name)
        else:
            link(standing, place / key)
    for target, content in contents.items():
        (place / target).parent.mkdir(parents=True, exist_ok=True)
        (place / target).write_bytes(content)


def link(origin: Path, target: Path) -> None:
    """Let target stand for a file or a folder that lies elsewhere."""
    target.parent.mkdir(parents=True, exist_ok=True)
    os.symlink(origin.resolve(), target, target_is_directory=origin.is_dir())
