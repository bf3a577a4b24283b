"""A control of a simulator: what it may hold, the law it rests on, and what no law says."""

from typing import Any, Literal, NamedTuple

Value = str | float | int | None


class Control(NamedTuple):
    """One control; its key is also the name of its link parameter."""

    key: str
    label: str
    kind: Literal["choice", "whole", "real", "points"]
    """points: points of several awards as text, parted by commas."""
    default: Any
    options: tuple[str, ...] = ()
    least: float = 0
    most: float = 0
    step: float = 1
    law: str = ""
    silent: str = ""

    @property
    def format(self) -> str:
        """How a number is written, with the decimals that one step has."""
        return "%d" if self.kind == "whole" else "%.2f" if self.step < 0.1 else "%.1f"

    def holds(self, value: Any) -> bool:
        """Whether the control can have this value, of its own type."""
        if self.kind == "choice":
            return value in self.options
        if self.kind == "points":
            return isinstance(value, str) and len(value) <= 100
        if value is None:
            return self.default is None
        if isinstance(value, bool) or not isinstance(value, int if self.kind == "whole" else (int, float)):
            return False
        return self.least <= value <= self.most

    def read(self, text: str) -> Value:
        """The value that a link gives as text. A ValueError where it gives none."""
        value: Value = text
        if self.kind in ("whole", "real"):
            value = None if not text else int(text) if self.kind == "whole" else float(text)
        if not self.holds(value):
            raise ValueError(self.key)
        return value

    def reads(self, text: str) -> bool:
        """Whether a link can give the control this text."""
        try:
            self.read(text)
        except ValueError:
            return False
        return True
