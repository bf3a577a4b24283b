"""A briefing's choice and settings as the parameters of a link, and back."""

import datetime
from collections.abc import Mapping, Sequence

from lib import format
from lib.briefing.sections import SECTIONS
from lib.briefing.settings import Settings
from lib.evaluation.controls import CONTROLS
from lib.queries import editions
from lib.rules.scenario import Move

PACE = (0.0, 3.0)
"""The least and the greatest pace that may be assumed."""


def written(settings: Settings, keys: Sequence[str]) -> dict[str, str]:
    """The parameters that lead to this briefing; what is as it always is stays out."""
    usual = Settings(editions.newest())
    parameters = {
        "sections": ",".join(keys) if tuple(keys) != tuple(SECTIONS) else "",
        "as_of": settings.as_of.isoformat() if settings.as_of != usual.as_of else "",
        "unit": settings.unit.name if settings.unit != usual.unit else "",
        "pace": f"{settings.pace:g}" if settings.pace != usual.pace else "",
    }
    for step, move in settings.moves:
        parameters |= {f"{part}.{step}": str(months) for part, months in move._asdict().items() if months}
    parameters |= dict(settings.evaluation)
    return {name: value for name, value in parameters.items() if value}


def read(parameters: Mapping[str, str]) -> tuple[Settings, tuple[str, ...]]:
    """The settings and section keys of a link; what it leaves out is as it always is.

    Raises ValueError with one sentence in Korean where a value cannot be used.
    """
    named = parameters.get("sections")
    keys = tuple(SECTIONS) if named is None else tuple(key.strip() for key in named.split(",") if key.strip())
    settings = Settings(
        _edition(parameters.get("as_of", "")),
        _unit(parameters.get("unit", "")),
        *_assumed(parameters),
    )
    return settings, keys


def assumptions(key: str, parameters: Mapping[str, str]) -> dict[str, str]:
    """Those parameters of a page's link that set an assumption of a section; unusable ones are left out.

    Only the section's own: another page may use the same name for something else.
    """
    found = {}
    for name, text in parameters.items():
        try:
            pace, moves, evaluation = _assumed({name: text})
        except ValueError:
            continue
        if (
            (key == "projection" and name == "pace" and pace != 1)
            or (key == "renovation" and moves)
            or (key in ("bonus", "grading") and evaluation)
        ):
            found[name] = text
    return found


def _assumed(
    parameters: Mapping[str, str],
) -> tuple[float, tuple[tuple[str, Move], ...], tuple[tuple[str, str], ...]]:
    return _pace(parameters.get("pace", "")), _moves(parameters), _evaluation(parameters)


def _edition(text: str) -> datetime.date:
    if not text:
        return editions.newest()
    known = {day.isoformat(): day for day in editions.all()}
    if text not in known:
        raise ValueError(f"{text} 기준 보고서가 없습니다. 고를 수 있는 기준일은 {', '.join(known)}입니다.")
    return known[text]


def _unit(text: str) -> format.Unit:
    units = {unit.name: unit for unit in format.UNITS}
    if text and text not in units:
        raise ValueError(f"없는 금액 단위입니다: {text}. 고를 수 있는 단위는 {', '.join(units)}입니다.")
    return format.unit(text)


def _pace(text: str) -> float:
    low, high = PACE
    try:
        pace = float(text or 1)
    except ValueError:
        pace = -1.0
    if not low <= pace <= high:
        raise ValueError(f"전망 속도는 {low:g}에서 {high:g} 사이의 수여야 합니다: {text}")
    return pace


def _moves(parameters: Mapping[str, str]) -> tuple[tuple[str, Move], ...]:
    """Moves by step, out of parameters such as shift.hall.design=2, as the page of the renovation has them.

    A step that the edition lacks is left out later, and a move beyond its room goes as far as the room does.
    """
    moves: dict[str, Move] = {}
    for name, text in parameters.items():
        part, _, step = name.partition(".")
        if part not in Move._fields or not text:
            continue
        try:
            moves[step] = moves.get(step, Move())._replace(**{part: int(text)})
        except ValueError as fault:
            raise ValueError(f"{name}의 값은 개월 수(정수)여야 합니다: {text}") from fault
    return tuple(moves.items())


def _evaluation(parameters: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The parameters of a link of the evaluation simulator, as its page has them."""
    given = {name: text for name, text in parameters.items() if name in CONTROLS or (name == "plan" and text)}
    for name, text in given.items():
        if name in CONTROLS and not CONTROLS[name].reads(text):
            raise ValueError(f"성과평가 모의의 ‘{CONTROLS[name].label}’에 쓸 수 없는 값입니다: {text[:30]}")
    return tuple(given.items())
