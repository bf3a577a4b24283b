"""Streamlit's scripts and styles for what the pages show, asked for while its main script is still being read.

Streamlit asks for the script of an element when the first such element arrives: after the page, the main
script and the first answer of the server. Named in the HTML, they arrive meanwhile; those of what a control
brings onto the page, when the browser has nothing else to ask for.
"""

import functools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import streamlit

from lib import menu

STATIC = Path(streamlit.__file__).parent / "static" / "static"
SCRIPTS, STYLES = STATIC / "js", STATIC / "css"
FRAME = (
    "TextInput", "ButtonGroup", "Button", "PageLink",
    "ArrowVegaLiteChart", "embed", "Html", "DownloadButton",
)  # fmt: skip
"""Scripts by name that every page wants, the frame's own and those of figures."""
MORE = {
    "org-chart": ("Selectbox",),
    "budget-execution": ("Selectbox",),
    "district-population-map": ("DeckGlJsonChart", "Selectbox"),
    "flexible-work": ("Selectbox",),
    "evaluation-simulator": ("DataFrame", "NumberInput"),
    "renovation-timeline": ("Selectbox", "Checkbox"),
    "resident-support": ("Selectbox", "Checkbox"),
    "council-briefing": ("Selectbox", "Multiselect", "Slider", "LinkButton", "Checkbox"),
    "data-desk": ("Selectbox", "FileUploader"),
}
"""Further ones of single pages as they open, by address."""
LATER = {
    "budget-execution": ("Checkbox",),
    "district-population-map": ("DataFrame",),
    "flexible-work": ("NumberInput",),
    "renovation-timeline": ("NumberInput",),
}
"""Those of what the pages show after a choice, by address."""

IMPORT = re.compile(r'(?:from|import)\s*"\./([^"]+\.js)"')


def links(path: str) -> bytes:
    """HTML that names the scripts and styles of the page at an address, such as /org-chart; each once, what it imports included."""
    return _links(path if path in menu.paths() else "")


@functools.lru_cache(maxsize=len(menu.PAGES) + 1)
def _links(path: str) -> bytes:
    stems = [*FRAME, *MORE.get(path, ())]
    now = list(dict.fromkeys(_with_imports(stems)))
    later = dict.fromkeys(name for name in _with_imports(LATER.get(path, ())) if name not in now)
    scripts = [f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in now]
    styles = [
        f'<link rel="preload" as="style" crossorigin href="./static/css/{style.name}">'
        for stem in stems
        for style in STYLES.glob(f"{stem}.*.css")
    ]
    unhurried = [f'<link rel="prefetch" crossorigin href="./static/js/{name}">' for name in later]
    return "".join([*scripts, *styles, *unhurried]).encode()


def _with_imports(stems: Sequence[str]) -> Iterator[str]:
    """File names; those whose name another version of Streamlit does not have are left out."""
    waiting = [path.name for stem in stems for path in SCRIPTS.glob(f"{stem}.*.js")]
    main = {name for path in SCRIPTS.glob("index.*.js") for name in _imports(path.name)}
    seen: set[str] = set()
    while waiting:
        name = waiting.pop(0)
        if name not in seen:
            seen.add(name)
            waiting += _imports(name)
            if name not in main and not name.startswith("index."):
                yield name


def _imports(name: str) -> list[str]:
    path = SCRIPTS / name
    return IMPORT.findall(path.read_text(encoding="utf-8")) if path.is_file() else []
