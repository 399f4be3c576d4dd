"""The files that the Linux packages have in common: the app with mended modes, and what desktops look for."""

import gzip
import os
import shutil
import time
from pathlib import Path

from installer.icons import SIZES, SVG
from installer.place import repository
from models.version import VERSION

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SCREENSHOTS = {
    "docs/screenshot-story.png": "The story of a market: claims, each under every definition",
    "docs/screenshot-positioning.png": "Net position, weekly change, index and open interest",
}
_WIDTH, _HEIGHT = 1600, 900
APPSTREAM_ID = "io.github.aboutface.Aboutface"


def copy_app(app: Path, target: Path) -> None:
    """Copies the app; of its files only the program itself is executable."""
    shutil.copytree(app, target, symlinks=True)
    target.chmod(0o755)
    for file in target.rglob("*"):
        if not file.is_symlink():
            file.chmod(0o755 if file.is_dir() or file == target / "aboutface" else 0o644)


def write_share(share: Path, icons: Path) -> None:
    """Writes desktop entry, icons, AppStream metainfo and manual page into a `share` folder."""
    _put(share / "applications" / "aboutface.desktop", (HERE / "aboutface.desktop").read_bytes())
    _put(share / "metainfo" / f"{APPSTREAM_ID}.metainfo.xml", metainfo().encode())
    _put(share / "man/man1/aboutface.1.gz", gzip.compress((HERE / "aboutface.1").read_bytes(), mtime=0))
    hicolor = share / "icons" / "hicolor"
    _put(hicolor / "scalable/apps/aboutface.svg", SVG.read_bytes())
    for size in SIZES:
        _put(hicolor / f"{size}x{size}/apps/aboutface.png", (icons / f"aboutface-{size}.png").read_bytes())


def metainfo() -> str:
    """The AppStream metainfo with this version, dated as the build (SOURCE_DATE_EPOCH where that is set)."""
    moment = time.gmtime(float(os.environ.get("SOURCE_DATE_EPOCH") or time.time()))
    text = (HERE / f"{APPSTREAM_ID}.metainfo.xml").read_text("utf-8")
    for mark, value in (
        ("@VERSION@", VERSION),
        ("@DATE@", time.strftime("%Y-%m-%d", moment)),
        ("<!-- @REPOSITORY@ -->", _links(repository())),
    ):
        text = text.replace(mark, value)
    return text


def _links(home: str) -> str:
    """Addresses of the project and of its pictures, which only a published build has; the pictures are 16:9."""
    if not home:
        return "<!-- Links and pictures are added to builds that are published. -->"
    shown = [
        f"<screenshot{kind}>\n"
        f"      <caption>{caption}</caption>\n"
        f'      <image type="source" width="{_WIDTH}" height="{_HEIGHT}">{home}/raw/v{VERSION}/{file}</image>\n'
        "    </screenshot>"
        for kind, (file, caption) in zip((' type="default"', ""), SCREENSHOTS.items(), strict=True)
    ]
    pictures = "\n    ".join(shown)
    return (
        f'<url type="homepage">{home}</url>\n  <url type="bugtracker">{home}/issues</url>\n'
        f"  <screenshots>\n    {pictures}\n  </screenshots>"
    )


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    file.chmod(0o644)
