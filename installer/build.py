"""Makes the app and its installers in dist/ and checks them: `python3 dev.py build` runs this in the environment.

--app-only leaves out the installers; --accept-files keeps the list of the app's files as it is now.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from installer import contents, icons, parts, sums
from installer.place import BuildError, releases_address
from models.version import NAME, VERSION
from services.releases import ADDRESS_FILE

ROOT = Path(__file__).resolve().parents[1]
MADE = ROOT / "build" / "made"
DIST = ROOT / "dist"
APP = DIST / "aboutface"
INSIDE = APP / "_internal"
SYSTEM: str = sys.platform  # as a plain text: a type checker would take it for that of its own machine


def say(text: str) -> None:
    print(text, flush=True)


def run(*command: str | Path) -> None:
    if subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode != 0:
        raise BuildError(f"{Path(command[0]).name} failed; its message stands above.")


def make_app() -> None:
    """Draws the icons, collects the licences and runs PyInstaller."""
    shutil.rmtree(MADE, ignore_errors=True)
    icons.draw(MADE / "icons")
    (MADE / "licences.txt").write_text(parts.licences(), "utf-8")
    (MADE / ADDRESS_FILE.name).write_text(releases_address(), "utf-8")
    if SYSTEM == "win32":
        (MADE / "windows-version.txt").write_text(windows_version(), "utf-8")
    run(sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", "build.spec")
    if SYSTEM == "linux":
        strip()


def strip() -> None:
    """Takes debugging symbols out of Python itself. Wheels are left alone: numpy's OpenBLAS breaks when stripped."""
    files = [*INSIDE.glob("libpython*.so*"), *INSIDE.glob("python3.*/lib-dynload/*.so")]
    run("strip", "--strip-unneeded", *files)


def windows_version() -> str:
    """The version that Windows shows for the programs, in the form that PyInstaller reads."""
    numbers = (*map(int, VERSION.split(".")), 0, 0, 0, 0)[:4]
    names = {"ProductName": NAME, "FileDescription": NAME, "ProductVersion": VERSION, "FileVersion": VERSION}
    strings = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in names.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}), kids=["
        f"StringFileInfo([StringTable('040904B0', [{strings}])]), "
        "VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )


def check_app(accepts_files: bool) -> None:
    """Compares the app's files with the kept list, then lets the frozen app test itself."""
    if accepts_files:
        contents.accept(APP, MADE / "modules.txt")
    if changed := contents.changes(APP, MADE / "modules.txt"):
        told = "\n".join(changed)
        raise BuildError(f"{told}\nThe app's files have changed. If that is meant, build with --accept-files.")
    if not contents.list_file().is_file():
        say(f"skipped: list of files (none is kept for {SYSTEM}; --accept-files makes one)")
    program = APP / ("aboutface-console.exe" if SYSTEM == "win32" else "aboutface")
    offscreen = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    if subprocess.run([program, "selftest"], env=offscreen, check=False).returncode != 0:
        raise BuildError("The frozen app failed its own test.")


def make_installers() -> list[Path]:
    """The installers of this system; what cannot be made for want of a tool is said."""
    if SYSTEM == "linux":
        return linux_installers()
    if SYSTEM == "win32":
        return tool_installer("makensis", f"/DVERSION={VERSION}", ROOT / "installer/windows/aboutface.nsi")
    return tool_installer("hdiutil", ROOT / "installer/macos/dmg.sh", VERSION)


def linux_installers() -> list[Path]:
    from installer.linux import deb, tarball

    made = [tarball.build(APP, MADE / "icons", DIST)]
    if shutil.which("dpkg-deb"):
        made.append(deb.build(APP, MADE / "icons", DIST))
    else:
        say("skipped: .deb (dpkg-deb is not there)")
    check_linux(made[1:])
    return made


def check_linux(packages: Sequence[Path]) -> None:
    """Runs the validators of the desktop files and of the Debian package, as far as they are installed."""
    from installer.linux.tree import APPSTREAM_ID, write_share

    share = MADE / "share"
    write_share(share, MADE / "icons")
    checks: list[tuple[str | Path, ...]] = [
        ("desktop-file-validate", share / "applications/aboutface.desktop"),
        ("appstreamcli", "validate", "--no-net", share / f"metainfo/{APPSTREAM_ID}.metainfo.xml"),
        *(("lintian", "--fail-on", "error,warning", package) for package in packages),
    ]
    for check in checks:
        if shutil.which(str(check[0])):
            run(*check)
            say(f"{check[0]}: ok")
        else:
            say(f"skipped: {check[0]} (not installed)")


def tool_installer(tool: str, *arguments: str | Path) -> list[Path]:
    """An installer made by a tool of this system, called with arguments or through a script."""
    if not shutil.which(tool):
        say(f"skipped: installer ({tool} is not installed)")
        return []
    before = set(DIST.iterdir())
    run(*(("sh",) if str(arguments[0]).endswith(".sh") else (tool,)), *arguments)
    return sorted(path for path in set(DIST.iterdir()) - before if path.is_file())


def write_sums(artefacts: Sequence[Path]) -> None:
    """Writes the bill of materials, and the sums of it and of each artefact."""
    bill = DIST / f"aboutface-{VERSION}-{SYSTEM}.cdx.json"
    bill.write_text(parts.bill_of_materials(INSIDE if INSIDE.is_dir() else APP), "utf-8")
    sums.write(sums.sums_file(), [*artefacts, bill])
    for file in [*artefacts, bill, sums.sums_file()]:
        say(f"{file.stat().st_size / 1e6:7.1f} MB  {file.relative_to(ROOT)}")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py build", description=__doc__)
    parser.add_argument("--app-only", action="store_true", help="make no installers")
    parser.add_argument("--accept-files", action="store_true", help="keep the list of the app's files as it is now")
    options = parser.parse_args(arguments)
    try:
        make_app()
        check_app(options.accept_files)
        if not options.app_only:
            write_sums(make_installers())
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    size = sum(file.lstat().st_size for file in APP.rglob("*") if not file.is_dir())
    say(f"{size / 1e6:7.1f} MB  the app, in {APP}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
