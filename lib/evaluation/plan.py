"""A plan of the simulator: settings and units, and the baseline they are held against; in links and files.

A link carries settings by the controls' own parameters; what has none (the baseline, units other than the
illustration, settings whose controls are not on the screen) stands in one more parameter, packed. A file is JSON with everything. Both
come from outside and are read as such: bounded, checked value by value, never trusted.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from lib.control import Value
from lib.evaluation import units as rating_units
from lib.evaluation.controls import CONTROLS
from lib.rules import grading
from lib.rules.rating_unit import Unit
from lib.upload.sheet import UploadError

Settings = Mapping[str, Any]
"""The value of every control by its key."""

LINK_LENGTH = 4_000
"""Characters of the packed parameter; browsers and mail take links of some 8,000."""
TEXT_LENGTH = 2_000_000
SHARES = ("share_su", "share_u", "share_yang", "share_ga")
FORM = "성과평가 모의 설정"
VERSION = 1
DEFAULTS: Settings = {control.key: control.default for control in CONTROLS.values()}


class Plan(NamedTuple):
    """What is tried."""

    settings: Settings
    units: tuple[Unit, ...]


class Both(NamedTuple):
    """The plan as it is set, and the baseline; None: the law's own figures on the same units."""

    plan: Plan
    baseline: Plan | None


class PlanError(ValueError):
    """Why a link or file was not taken, as one sentence of Korean."""


def first(illustration: Sequence[Unit]) -> Both:
    """What a visit starts with: every default, on the illustration."""
    return Both(Plan(DEFAULTS, tuple(illustration)), None)


def differences(after: Settings, before: Settings) -> list[str]:
    """The settings that differ, each as its label with the value before → after."""
    return [
        f"{control.label} {_said(before[key])} → {_said(after[key])}"
        for key, control in CONTROLS.items()
        if before[key] != after[key]
    ]


def _said(value: Value) -> str:
    if value is None or value == "":
        return "미입력"
    return f"{value:g}" if isinstance(value, float) else str(value)


def packed(both: Both, illustration: Sequence[Unit], shown: Collection[str] = tuple(CONTROLS)) -> str | None:
    """The link parameter: "" where there is nothing to carry, None where it would be too long.

    Settings whose controls are `shown` have link parameters of their own; the others are packed.
    """
    content: dict[str, Any] = {}
    if hidden := {key: value for key, value in _changed(both.plan.settings).items() if key not in shown}:
        content["n"] = hidden
    if both.plan.units != tuple(illustration):
        content["u"] = _rows(both.plan.units)
    if both.baseline is not None:
        content["s"] = _changed(both.baseline.settings)
        if both.baseline.units != both.plan.units:
            content["b"] = _rows(both.baseline.units)
    if not content:
        return ""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    packed = base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    return packed if len(packed) <= LINK_LENGTH else None


def unpacked(parameter: str, illustration: Sequence[Unit]) -> Both:
    """The plans of a link, with defaults where settings were not packed. Raises PlanError."""
    broken = PlanError(
        "주소의 plan 값이 손상되어 예시 단위표로 열었으니 보낸 사람에게 주소를 다시 받으십시오."
    )
    try:
        if len(parameter) > LINK_LENGTH:
            raise broken
        raw = base64.urlsafe_b64decode(parameter + "=" * (-len(parameter) % 4))
        unzip = zlib.decompressobj()
        text = unzip.decompress(raw, TEXT_LENGTH)
        if unzip.unconsumed_tail or not unzip.eof:
            raise broken
        content = _json(text)
        settings = _settings(content.get("n", {}))
        units = _units(content["u"]) if "u" in content else tuple(illustration)
        if "s" not in content:
            return Both(Plan(settings, units), None)
        base = _units(content["b"]) if "b" in content else units
        return Both(Plan(settings, units), _sound(Plan(_settings(content["s"]), base)))
    except (ValueError, TypeError, KeyError, binascii.Error, zlib.error) as fault:
        raise broken from fault


def saved(both: Both) -> bytes:
    """The file: everything, as JSON that a person can read."""
    content = {"form": FORM, "version": VERSION, "plan": _content(both.plan)}
    if both.baseline is not None:
        content["baseline"] = _content(both.baseline)
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def loaded(content: bytes) -> Both:
    """The plans of a file. Settings that it does not name keep their defaults. Raises PlanError."""
    try:
        given = _json(content[: TEXT_LENGTH + 1])
        if given.get("form") != FORM or given.get("version") != VERSION:
            raise PlanError("이 화면에서 저장한 설정 파일이 아니니 ‘설정 저장’으로 만든 파일을 올리십시오.")
        baseline = _sound(_plan(given["baseline"])) if "baseline" in given else None
        return Both(_plan(given["plan"]), baseline)
    except UploadError as fault:
        raise PlanError(f"설정 파일의 단위표 {fault.problems[0].sentence}") from None
    except PlanError:
        raise
    except (ValueError, TypeError, KeyError) as fault:
        raise PlanError("설정 파일이 손상되어 있으니 다시 저장한 파일을 올리십시오.") from fault


def _changed(settings: Settings) -> dict[str, Value]:
    return {key: settings[key] for key, default in DEFAULTS.items() if settings[key] != default}


def _rows(units: Sequence[Unit]) -> list[list[Any]]:
    """Rows without the empty cells at their ends."""
    rows = []
    for unit in units:
        row: list[Any] = [unit.name, unit.people, unit.rank, unit.confirmed]
        while not row[-1] and len(row) > 2:
            row.pop()
        rows.append(row)
    return rows


def _content(plan: Plan) -> dict[str, Any]:
    return {"settings": _changed(plan.settings), "units": _rows(plan.units)}


def _plan(content: Any) -> Plan:
    return Plan(_settings(content["settings"]), _units(content["units"]))


def _sound(baseline: Plan) -> Plan:
    """The baseline, which nobody can mend on the page: its shares must add up to 100."""
    if grading.share_gap([baseline.settings[key] for key in SHARES]):
        raise PlanError("기준안의 등급 비율 합이 100%가 아니니 기준안을 다시 정하여 저장하십시오.")
    return baseline


def _json(text: bytes) -> dict[str, Any]:
    """ValueError for what is no object, too long or nested too deep."""
    if len(text) > TEXT_LENGTH:
        raise ValueError("too long")
    try:
        content = json.loads(text, parse_constant=_refused)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(content, dict):
        raise ValueError("no object")
    return content


def _refused(constant: str) -> None:
    raise ValueError(constant)


def _settings(content: Any) -> Settings:
    """All settings; PlanError for one that does not exist or cannot have its value."""
    if not isinstance(content, dict):
        raise ValueError("no settings")
    settings = dict(DEFAULTS)
    for key, value in content.items():
        control = CONTROLS.get(key)
        if control is None:
            raise PlanError(f"설정 파일에 모르는 항목({key[:30]})이 있으니 다시 저장한 파일을 올리십시오.")
        if not control.holds(value):
            raise PlanError(
                f"설정 파일의 ‘{control.label}’ 값({str(value)[:30]})을 쓸 수 없으니 고쳐서 다시 올리십시오."
            )
        settings[key] = float(value) if control.kind == "real" else value
    return settings


def _units(content: Any) -> tuple[Unit, ...]:
    """UploadError for bad cells, with the place among the units as the row."""
    rows = []
    absent: list[Any] = ["", 0]
    for row, cells in enumerate(content, start=1):
        if not isinstance(cells, list) or not 2 <= len(cells) <= 4:
            raise ValueError("no row")
        name, people, rank, confirmed = cells + absent[len(cells) - 2 :]
        rows.append((row, (name, rank, people, confirmed)))
    return rating_units.of_cells(rows)
