"""Make sure a Chromium is at hand: the system's, else Debian's package, else Playwright's own.

Prints the path it found. Fails with a sentence, never by skipping: a browser test that cannot run
has shown nothing.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def installed() -> str | None:
    """The path of a Chromium on this machine, Playwright's included; None without one."""
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    return on_path or _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _from_debian() -> bool:
    if not shutil.which("apt-get"):
        return False
    as_root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if as_root and not shutil.which("sudo"):
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        done = subprocess.run([*as_root, "apt-get", "-qq", *words], env=quiet, check=False)
        if done.returncode:
            return False
    return True


def main() -> int:
    """Install when needed; 0 when a Chromium is there."""
    if not installed() and not _from_debian():
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, check=False)
    found = installed()
    if found is None:
        print("No Chromium could be installed: install one, then run again.", file=sys.stderr)
        return 1
    print(f"browser tests use {found}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
