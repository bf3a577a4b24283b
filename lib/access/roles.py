"""Which page and which function needs which role. This is the one place that says so."""

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

Role = Literal["viewer", "presenter", "hr", "editor"]
Function = Literal["slides", "brief", "upload", "publish"]

ROLES: tuple[Role, ...] = get_args(Role)
ALL = frozenset(ROLES)
TITLES: Mapping[Role, str] = {
    "viewer": "열람",
    "presenter": "의회 보고",
    "hr": "인사 담당",
    "editor": "자료 담당",
}

PAGES: Mapping[str, Role] = {"council-briefing": "presenter", "data-desk": "editor"}
"""By address; every other page is for everyone who may come in."""
FUNCTIONS: Mapping[Function, Role] = {
    "slides": "presenter",  # /slides
    "brief": "presenter",  # take what a page shows into the council briefing
    "upload": "hr",  # simulator and flexible work: files and pasted tables, for the visit only
    "publish": "editor",  # the data desk: files that become published data
}


def opens(held: Iterable[str], path: str) -> bool:
    """Whether somebody with these roles may open the page at an address."""
    return PAGES.get(path, "viewer") in held


def may(held: Iterable[str], function: Function) -> bool:
    """Whether somebody with these roles may use a function."""
    return FUNCTIONS[function] in held


def hands_in(held: Iterable[str]) -> bool:
    """Whether somebody with these roles has any use for sending a file to the server."""
    held = frozenset(held)
    return may(held, "upload") or may(held, "publish")


def named(texts: Iterable[str]) -> frozenset[Role]:
    """Those of the texts that name a role."""
    wanted = set(texts)
    return frozenset(role for role in ROLES if role in wanted)


def titles(held: Iterable[str]) -> str:
    """Roles in words, the most particular ones only: everyone has 열람."""
    found = [TITLES[role] for role in ROLES if role in set(held) and role != "viewer"]
    return ", ".join(found or [TITLES["viewer"]])
