"""What the app is made of, from the lock and the installed packages: the licences and the bill of materials."""

import hashlib
import json
import platform
import re
import sqlite3  # noqa: TID251 - it is asked for its version alone
import ssl
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from models.version import NAME, VERSION

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements" / "run.txt"
FONT_LICENCE = ROOT / "ui" / "resources" / "fonts" / "OFL.txt"
LICENCES = ROOT / "installer" / "licences"  # the texts that Qt's packages do not bring; LGPL 3 stands on GPL 3
_LICENCE_FILE = re.compile(r"(^|/)(licen[cs]es?|copying|notice|authors)[^/]*(/|$)", re.IGNORECASE)
_CODE = (".py", ".pyc", ".so", ".pyd")

_FOREWORD = f"""{NAME} {VERSION}

{NAME} itself is under the MIT licence, which comes first. The parts that travel with it follow, each with its own
licence.

Qt and Qt for Python (PySide6, shiboken6) are used under the GNU Lesser General Public License, version 3. They lie in
the app's folder as separate shared libraries (PySide6/ and shiboken6/), unchanged, and may be replaced by other builds
of the same version: put the new files in the place of the old ones and start the app. Their source code is published
by the Qt Project under the version number that stands below. The texts of the LGPL and of the GPL, on which it stands,
come last.

Libraries of the system that the app is built on travel with it, where Python or Qt asks for them: OpenSSL (Apache
2.0), SQLite (public domain), ICU (Unicode licence), libffi (MIT), bzip2 (its own, permissive), xz (0BSD), expat (MIT),
MIT Kerberos (MIT), Keyutils (LGPL 2.1).
"""


def distributions() -> Iterator[Distribution]:
    """The packages that the app needs to run, as installed; a pin with a marker may suit another system only."""
    pins = re.findall(r"^([\w.-]+)==(\S+)( ;)?", LOCK.read_text("utf-8"), re.MULTILINE)
    for name, version, marker in pins:
        try:
            found = distribution(name)
        except PackageNotFoundError:
            if marker:
                continue
            raise
        if found.version != version:
            raise RuntimeError(f"{name} {found.version} is installed, and the lock has {version}.")
        yield found


def licence_name(part: Distribution) -> str:
    """The licence as the package names it: an SPDX expression where it gives one."""
    metadata = part.metadata
    classifiers = [line.rpartition(" :: ")[2] for line in metadata.get_all("Classifier", []) if "License ::" in line]
    for stated in (*metadata.get_all("License-Expression", []), *classifiers, *metadata.get_all("License", [])):
        if line := stated.strip().partition("\n")[0]:
            return str(line)
    return "see below"


def licence_texts(part: Distribution) -> Iterator[tuple[str, str]]:
    """Names and texts of the licence files that the package brings; none where it brings none."""
    for file in part.files or ():
        place = Path(str(part.locate_file(file)))
        if _LICENCE_FILE.search(file.as_posix()) and file.suffix not in _CODE and place.is_file():
            yield file.as_posix(), place.read_text("utf-8", errors="replace").strip()


def licences() -> str:
    """All licences as one text, the app's own first."""
    sections = [_FOREWORD, (ROOT / "LICENSE").read_text("utf-8"), _python()]
    sections.append(f"Inter, the typeface\nLicence: OFL-1.1\n\n{FONT_LICENCE.read_text('utf-8')}")
    for part in distributions():
        sections.append(f"{part.name} {part.version}\nLicence: {licence_name(part)}\n")
        sections += [f"[{name}]\n\n{text}\n" for name, text in licence_texts(part)]
    sections += [file.read_text("utf-8") for file in (LICENCES / "LGPL-3.txt", LICENCES / "GPL-3.txt")]
    return f"\n{'-' * 100}\n".join(sections)


def _python() -> str:
    """Python's own licence, from its installation where it holds one."""
    places = (Path(sys.base_prefix, "lib", f"python{sys.version_info[0]}.{sys.version_info[1]}"), Path(sys.base_prefix))
    texts = [file.read_text("utf-8") for place in places if (file := place / "LICENSE.txt").is_file()]
    named = f"Python {platform.python_version()}\nLicence: Python-2.0 (https://docs.python.org/3/license.html)\n"
    return "\n".join([named, *texts[:1]])


def bill_of_materials(app: Path) -> str:
    """A CycloneDX 1.5 document: the locked packages, Python's own libraries, each shared library with its SHA-256."""
    packages = [
        _component("library", part.name, part.version, licence_name(part))
        | {"purl": f"pkg:pypi/{re.sub(r'[-_.]+', '-', part.name).lower()}@{part.version}"}
        for part in distributions()
    ]
    inside = [
        _component("platform", "CPython", platform.python_version(), "Python-2.0"),
        _component("library", "SQLite", sqlite3.sqlite_version, "blessing"),
        _component("library", "OpenSSL", ssl.OPENSSL_VERSION.split()[1], "Apache-2.0"),
    ]
    files = [
        {
            "type": "file",
            "name": file.relative_to(app).as_posix(),
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(file.read_bytes()).hexdigest()}],
        }
        for file in sorted(app.rglob("*"))
        if file.is_file() and not file.is_symlink() and re.search(r"\.(so[.\d]*|dll|pyd|dylib)$", file.name)
    ]
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": _component("application", NAME, VERSION, "MIT")},
        "components": [*packages, *inside, *files],
    }
    return json.dumps(document, indent=1) + "\n"


def _component(kind: str, name: str, version: str, licence: str) -> dict[str, object]:
    return {"type": kind, "name": name, "version": version, "licenses": [{"license": {"name": licence}}]}
