"""Makes .venv for ./run and ./test. Standard library only: it runs before anything is installed.

Everything is installed from the hash-pinned lock files, and again only when one of the inputs changed.
"""

import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
LOCKS = {"run": ROOT / "requirements.lock", "test": ROOT / "requirements-dev.lock"}
INPUTS = (*LOCKS.values(), *(ROOT / n for n in ("pyproject.toml", "hatch_build.py", "package-lock.json")))

#: Written last. Its lines: what was installed (run or test), where and by which Python, a hash of the inputs.
STAMP = VENV / "stafet-installed"


def ensure(purpose):
    """Make `.venv` right for `purpose`: run, or test, which holds everything that run needs too."""
    _check_python()
    installed, place, fingerprint = _read_stamp()
    wanted = "test" if "test" in (purpose, installed) else "run"
    is_ours = place == _place() and PYTHON.exists()
    if is_ours and (installed, fingerprint) == (wanted, _fingerprint()):
        return
    started = time.monotonic()
    print("Setting up .venv (the first time takes up to a minute) ...", flush=True)
    if is_ours:
        STAMP.unlink()  # an interruption from here on leaves no stamp, and the next call starts from nothing
    else:
        _call("make .venv", [sys.executable, "-m", "venv", "--clear", VENV])
    _install(LOCKS[wanted])
    STAMP.write_text(f"{wanted}\n{_place()}\n{_fingerprint()}\n", "utf-8")
    print(f"Set up in {time.monotonic() - started:.0f} s.", flush=True)


def _check_python():
    if sys.version_info < (3, 11):
        sys.exit(f"Stafet needs Python 3.11 or newer; this is {sys.version.split()[0]} ({sys.executable}).")
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        sys.exit("Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv")


def _read_stamp():
    try:
        installed, place, fingerprint = STAMP.read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return None, None, None
    return installed, place, fingerprint


def _place():
    """A .venv that was moved, or whose Python was replaced by a newer one, does not work."""
    return f"{ROOT}, Python {sys.version_info[0]}.{sys.version_info[1]}"


def _fingerprint():
    digest = hashlib.sha256()
    for path in INPUTS:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _install(lock):
    """Install by uv, which takes seconds, or by pip where uv does not work."""
    hashed = ["install", "--quiet", "--require-hashes", "--requirement"]
    package = ["install", "--quiet", "--no-deps", "--editable", ROOT]
    if _has_uv(lock):
        uv = [PYTHON, "-m", "uv", "pip"]
        here = ["--python", PYTHON]
        if subprocess.run([*uv, *hashed, lock, *here]).returncode == 0:
            _call("install the package", [*uv, *package, *here])
            return
        print("uv did not manage; trying pip ...", flush=True)
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check"]
    _call("install the dependencies", [*pip, *hashed, lock])
    _call("install the package", [*pip, *package])


def _has_uv(lock):
    """Install uv itself, by the hashes in the lock."""
    pinned = re.search(r"^uv==.*(?:\n {4}--hash.*)+", lock.read_text("utf-8"), re.MULTILINE)
    if not pinned or os.environ.get("NO_UV"):
        return False
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(pinned[0].rstrip(" \\") + "\n")
        file.flush()
        pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--require-hashes"]
        return subprocess.run([*pip, "--requirement", file.name]).returncode == 0


def _call(what, command):
    if subprocess.run(command).returncode != 0:
        sys.exit(
            f"Could not {what}; the reason stands above. Is there a connection to the package index?\n"
            "Start the same command again when that is solved."
        )
