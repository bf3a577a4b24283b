"""What is wrong with the data, said so that whoever keeps it can mend it."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing to mend. file is relative to the data folder; line counts from 1, the header being 1."""

    file: str
    line: int | None
    column: str | None
    reason: str

    def __str__(self) -> str:
        line = f" {self.line}행" if self.line is not None else ""
        column = f" {self.column} 열" if self.column is not None else ""
        return f"{self.file}{line}{column}: {self.reason}"


class RefusedError(Exception):
    """The data cannot become a database; problems says why, in the order of the files."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
