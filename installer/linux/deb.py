"""The Debian package: the app in /opt, and what the desktop needs to start it. It has no scripts to run.

Removing it takes away what it brought and nothing else; what the app has stored lies in each user's own folder.
"""

import gzip
import subprocess
import tempfile
from pathlib import Path

from installer.linux.libraries import packages
from installer.linux.tree import HERE, ROOT, copy_app, write_share
from models.version import VERSION

CONTROL = """Package: aboutface
Version: {version}
Architecture: {architecture}
Maintainer: Aboutface authors <authors@aboutface.example>
Installed-Size: {size_kib}
Depends: {depends}
Recommends: libsecret-1-0, xdg-desktop-portal
Section: misc
Priority: optional
Description: where traders are positioned, and whether it is a record
 Aboutface reads the weekly Commitments of Traders of the CFTC, splices the
 contracts of a market across exchanges and sizes, ranks levels, swings and
 streaks under every definition, and shows the evidence for each.
 .
 It shows public figures and recommends nothing.
"""
CHANGELOG = """aboutface ({version}) unstable; urgency=low

  * CHANGELOG.gz beside this file says what is new.

 -- Aboutface authors <authors@aboutface.example>  {date}
"""
COPYRIGHT = """
The licences of Python, Qt and all other parts are in
/opt/aboutface/_internal/ui/resources/licences.txt. Qt and Qt for Python are
under the LGPL 3; their libraries lie in /opt/aboutface/_internal/PySide6 and
may be replaced by other builds of the same version. On Debian systems the texts
of the LGPL, the GPL and the Apache licence are in /usr/share/common-licenses.
"""


def build(app: Path, icons: Path, dist: Path) -> Path:
    """Makes the package in `dist` and returns its path; raises UnknownLibrary where it cannot tell what it needs."""
    with tempfile.TemporaryDirectory() as scratch:
        stage = Path(scratch) / "stage"
        copy_app(app, stage / "opt" / "aboutface")
        (stage / "usr/bin").mkdir(parents=True)
        (stage / "usr/bin/aboutface").symlink_to("/opt/aboutface/aboutface")
        write_share(stage / "usr/share", icons)
        _write_documents(stage / "usr/share")
        for folder in (stage, *(path for path in stage.rglob("*") if path.is_dir() and not path.is_symlink())):
            folder.chmod(0o755)
        file = dist / f"aboutface_{VERSION}_{architecture()}.deb"
        _write_control(stage, app)
        command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(stage), str(file)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return file


def architecture() -> str:
    return subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()


def installed_size(folder: Path) -> int:
    """The size of the files in a folder in bytes."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() or path.is_symlink())


def _write_control(stage: Path, app: Path) -> None:
    size_kib = -(-installed_size(stage) // 1024)
    depends = ", ".join(packages(app))
    control = CONTROL.format(version=VERSION, architecture=architecture(), size_kib=size_kib, depends=depends)
    (stage / "DEBIAN").mkdir()
    (stage / "DEBIAN/control").write_text(control, "utf-8")


def _write_documents(share: Path) -> None:
    documents, overrides = share / "doc/aboutface", share / "lintian/overrides"
    for folder in (documents, overrides):
        folder.mkdir(parents=True)
    date = subprocess.run(["date", "-R", "-u"], capture_output=True, text=True, check=True).stdout.strip()
    changelog = CHANGELOG.format(version=VERSION, date=date)
    contents = {
        documents / "copyright": (ROOT / "LICENSE").read_bytes() + COPYRIGHT.encode(),
        documents / "changelog.gz": gzip.compress(changelog.encode(), mtime=0),
        documents / "CHANGELOG.gz": gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), mtime=0),
        overrides / "aboutface": (HERE / "lintian-overrides").read_bytes(),
    }
    for file, content in contents.items():
        file.write_bytes(content)
        file.chmod(0o644)
