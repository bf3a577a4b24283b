"""The documents for people and for those who run it say what the program is and does."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from lib import menu
from tests import screenshots

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("docs/*.md"), ROOT / "README.md"])
GUIDE = ROOT / "docs" / "user-guide.ko.md"
PICTURES_BYTES = 1_500_000


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_links_to_is_there(document: Path) -> None:
    """A picture or a file that was renamed, and a document that still names the old one."""
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))
    local = [link for link in links if not urlsplit(link).scheme]
    assert [link for link in local if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("entry", menu.PAGES, ids=lambda entry: entry.path or "overview")
def test_the_guide_describes_every_page(entry: menu.Entry) -> None:
    """A new page that the people it is for never hear of."""
    assert f"\n### {entry.title}\n" in GUIDE.read_text(encoding="utf-8")


def test_the_guides_pictures_are_made_and_small() -> None:
    """A picture that nobody can make afresh, one that no page wants, or megabytes of them in every clone."""
    named = set(re.findall(r"screenshots/(guide-[\w-]+\.png)", GUIDE.read_text(encoding="utf-8")))
    assert named == set(screenshots.GUIDE_PAGES)
    assert sum(file.stat().st_size for file in screenshots.GUIDE.glob("*.png")) < PICTURES_BYTES


def test_what_is_deployed_agrees() -> None:
    """A limit, a port or a folder that one file of deploy/ has and the other has not."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in ROOT.glob("deploy/*/*")}
    container = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    [limit] = re.findall(
        r"^maxUploadSize = (\d+)", (ROOT / ".streamlit/config.toml").read_text(), re.MULTILINE
    )
    assert f"client_max_body_size {int(limit) + 1}m;" in texts["bureau.conf"]
    assert f"{limit}MB까지" in texts["too_large.html"] and f"{limit}MB까지" in GUIDE.read_text(
        encoding="utf-8"
    )
    copied = [
        source
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", container, re.MULTILINE)
        for source in line.split()
    ]
    assert [source for source in copied if source != "wheelhouse/" and not (ROOT / source).exists()] == []
    settings = set(re.findall(r"\b(BUREAU_[A-Z]+|STREAMLIT_[A-Z_]+)=", texts["bureau@.service"]))
    assert settings - {"STREAMLIT_SERVER_COOKIE_SECRET"} <= set(re.findall(r"\b([A-Z_]+)=", container))
