"""Shared libraries that the app leaves to the Linux system, with the Debian packages that bring them.

They belong to the system because they read its configuration (fonts, keyboards, the message bus) or must suit its
graphics drivers, which an older copy taken along would break. Everything else travels with the app.
"""

import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from dev import DRAWING_LIBRARIES, WAYLAND_LIBRARIES, X11_LIBRARIES

C_LIBRARY = "libc6"
_C_LIBRARIES = "libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libresolv.so.2 libutil.so.1"

SYSTEM_LIBRARIES: Mapping[str, str] = {
    **DRAWING_LIBRARIES,
    **X11_LIBRARIES,
    **WAYLAND_LIBRARIES,
    **dict.fromkeys((*_C_LIBRARIES.split(), "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"), C_LIBRARY),
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
    "libz.so.1": "zlib1g",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgio-2.0.so.0": "libglib2.0-0",
    "libgmodule-2.0.so.0": "libglib2.0-0",
    "libfreetype.so.6": "libfreetype6",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinput.so.0": "libxcb-xinput0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libICE.so.6": "libice6",
    "libSM.so.6": "libsm6",
}

# Read at run time by name, so no library asks for them: keyboard layouts, font settings, roots of trust.
DATA_PACKAGES = ("ca-certificates", "fontconfig-config", "xkb-data")


class UnknownLibrary(Exception):
    """The app needs a shared library that it neither holds nor knows a package for."""


def needed(library: Path) -> set[str]:
    """The shared libraries that this one names itself, read by objdump of GNU binutils."""
    told = subprocess.run(["objdump", "-p", str(library)], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"^\s+NEEDED\s+(\S+)", told, re.MULTILINE))


def shared_libraries(folder: Path) -> list[Path]:
    files = (file for file in sorted(folder.rglob("*")) if ".so" in file.name)
    return [file for file in files if file.is_file() and not file.is_symlink()]


def packages(folder: Path) -> list[str]:
    """The Debian packages that the app in `folder` needs, with the C library's version; raises UnknownLibrary."""
    libraries = shared_libraries(folder)
    held = {file.name for file in folder.rglob("*.so*")}
    missing: set[str] = set().union(*(needed(library) for library in libraries)) - held
    if unknown := missing - SYSTEM_LIBRARIES.keys():
        raise UnknownLibrary(f"No package is known for {', '.join(sorted(unknown))}.")
    names = {SYSTEM_LIBRARIES[name] for name in missing} | set(DATA_PACKAGES)
    at_least = f"{C_LIBRARY} (>= {c_library_version(libraries)})"
    return sorted(at_least if name == C_LIBRARY else name for name in names)


def c_library_version(libraries: Iterable[Path]) -> str:
    """The newest symbol version of the C library that any of these asks for, such as 2.34."""
    found = {tuple(map(int, m)) for file in libraries for m in re.findall(rb"GLIBC_(\d+)\.(\d+)", file.read_bytes())}
    return ".".join(map(str, max(found)))
