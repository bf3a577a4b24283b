"""Chromium and a Korean font for the browser tests: found, installed, or asked for in plain words.

`python -m tests.browser.chromium` finds or installs both and prints where Chromium is.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
PLAYWRIGHT = (sys.executable, "-m", "playwright")
BROWSER_PACKAGES = ("chromium",)
FONT_PACKAGES = ("fontconfig", "fonts-nanum")
# Playwright brings a Node.js of its own, which a bare Debian lacks this library for.
DRIVER_PACKAGES = ("libatomic1",)
NO_BROWSER = (
    "The browser tests need Chromium and none was found. Run `make test`, which installs it where it may; "
    "or install it yourself (Debian: apt-get install chromium fonts-nanum; anywhere with internet: "
    ".venv/bin/python -m playwright install --with-deps chromium); "
    "or set CHROMIUM to the path of a Chromium or Chrome."
)
NO_DRIVER = (
    "Playwright, which drives Chromium in the browser tests, does not start. On Debian it needs "
    "apt-get install libatomic1; `.venv/bin/python -m playwright --version` says what it misses here."
)
NO_FONT = (
    "No Korean font was found (fc-list :lang=ko is empty), so the browser draws boxes for Hangul. "
    "Install one (Debian: apt-get install fontconfig fonts-nanum)."
)


def executable() -> Path:
    """Where Chromium is. Raises RuntimeError with what to do where there is none."""
    path = found()
    if path is None:
        raise RuntimeError(NO_BROWSER)
    return path


def found() -> Path | None:
    """The first that starts: $CHROMIUM, the PATH, macOS applications, Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not starts(Path(named)):
            raise RuntimeError(f"CHROMIUM is set to {named}, which does not start. Correct it or unset it.")
        return Path(named)
    on_path = [Path(path) for name in NAMES if (path := shutil.which(name))]
    return next((path for path in (*on_path, *APPLICATIONS) if starts(path)), None) or playwrights_own()


def playwrights_own() -> Path | None:
    if not driver_starts():
        return None
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if starts(path) else None


def starts(path: Path) -> bool:
    """Whether it is there and runs: Ubuntu's chromium-browser may be a stub without its snap."""
    if not path.is_file():
        return False
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def driver_starts() -> bool:
    """Whether Playwright itself runs on this machine."""
    return subprocess.run([*PLAYWRIGHT, "--version"], capture_output=True).returncode == 0


def has_korean_font() -> bool:
    if sys.platform == "darwin":
        return True
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=ko"], capture_output=True, check=True).stdout.strip())


def as_root() -> list[str] | None:
    """What to put before a command that needs root; None where there is no way without a password."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def install_packages(packages: tuple[str, ...]) -> None:
    """Install Debian packages where this user may; whether it helped is for the caller to look."""
    prefix = as_root()
    if prefix is None or not shutil.which("apt-get"):
        return
    print(f"Installing {', '.join(packages)} with apt-get …", flush=True)
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    # The lists may be older than the packages on the mirror, or missing altogether.
    subprocess.run([*apt, "update"])
    subprocess.run([*apt, "install", "--yes", "--no-install-recommends", *packages])


def download() -> None:
    """Playwright's own Chromium, with the system libraries it needs where this user may install them."""
    print("Downloading Playwright's Chromium …", flush=True)
    if as_root() is not None and shutil.which("apt-get"):
        subprocess.run([*PLAYWRIGHT, "install-deps", "chromium"])
    subprocess.run([*PLAYWRIGHT, "install", "chromium"])


def provide() -> Path:
    """Chromium and a Korean font, installed where they are missing.

    Raises RuntimeError, with what to do, where Chromium or what drives it cannot be had.
    """
    if not has_korean_font():
        install_packages(FONT_PACKAGES)
    if not driver_starts():
        install_packages(DRIVER_PACKAGES)
    if not found():
        install_packages(BROWSER_PACKAGES)
    if not found():
        download()
    if not driver_starts():
        raise RuntimeError(NO_DRIVER)
    return executable()


if __name__ == "__main__":
    try:
        print(f"Chromium: {provide()}")
    except RuntimeError as error:
        sys.exit(str(error))
    if not has_korean_font():
        print(NO_FONT, file=sys.stderr)
