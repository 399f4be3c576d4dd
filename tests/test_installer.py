"""What the build makes beside the app: pictures, licences, lists and packages, of a small app that stands in for it."""

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from packaging.utils import canonicalize_name
from PySide6.QtGui import QImage, QImageReader

from installer import contents, icons, parts, place, sums
from models.version import VERSION
from ui.parts import PARTS

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="makes packages for Linux")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("icons")
    icons.draw(folder)
    return folder


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """An app folder whose program is a script that passes its own test."""
    folder = tmp_path / "built" / "aboutface"
    (folder / "_internal").mkdir(parents=True)
    (folder / "aboutface").write_text("#!/bin/sh\necho $1 passed\n", "utf-8")
    (folder / "aboutface").chmod(0o700)
    shutil.copy("/bin/true", folder / "_internal" / "libneeds.so")
    return folder


@pytest.mark.parametrize("size", icons.SIZES)
def test_that_each_icon_has_its_size_and_clear_corners(drawn: Path, size: int) -> None:
    picture = QImage(str(drawn / f"aboutface-{size}.png"))
    assert (picture.width(), picture.height()) == (size, size)
    assert picture.pixelColor(0, 0).alpha() < 255
    assert picture.pixelColor(size // 2, 1).alpha() > 200


def test_that_the_windows_icon_can_be_read_back_in_every_size(drawn: Path) -> None:
    reader = QImageReader(str(drawn / "aboutface.ico"))
    sizes = []
    for number in range(reader.imageCount()):
        reader.jumpToImage(number)
        sizes.append(reader.read().width())
    assert sizes == [16, 24, 32, 48, 64, 256]


def test_that_the_apple_icon_states_its_own_length(drawn: Path) -> None:
    data = (drawn / "aboutface.icns").read_bytes()
    assert data[:4] == b"icns"
    assert int.from_bytes(data[4:8], "big") == len(data)


def test_that_every_part_is_named_with_its_licence() -> None:
    text = parts.licences()
    for part in parts.distributions():
        assert f"{part.name} {part.version}\nLicence: " in text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "may be replaced" in text
    assert parts.licence_name(distribution("PySide6_Essentials")).startswith("LGPL-3.0-only")


def test_that_the_about_dialog_names_each_part_under_its_licence() -> None:
    shown = {canonicalize_name(name): licence for licence, names in PARTS for name in names}
    families = {"Python's own": "Python Software Foundation", "Apache 2.0": "Apache", "LGPL 3": "LGPL-3"}
    for part in parts.distributions():
        licence = shown.pop(canonicalize_name(part.name))
        assert families.get(licence, licence.split()[0]) in parts.licence_name(part)
    elsewhere = {"jeepney", "secretstorage", "backports-tarfile", "importlib-metadata"}  # by system and Python
    assert shown.keys() - elsewhere == {"qt", "inter", "openssl", "python", "sqlite"}


def test_that_a_build_asks_for_newer_versions_only_where_releases_are(monkeypatch: pytest.MonkeyPatch) -> None:
    assert place.releases_address() == ""
    address = "https://api.github.com/repos/owner/name/releases/latest"
    monkeypatch.setenv("ABOUTFACE_RELEASES", address)
    assert place.releases_address() == address
    monkeypatch.setenv("ABOUTFACE_RELEASES", "https://example.org/latest")
    with pytest.raises(place.BuildError, match="has to be like"):
        place.releases_address()


def test_that_the_bill_of_materials_holds_packages_and_the_sums_of_shared_libraries(app: Path) -> None:
    bill = json.loads(parts.bill_of_materials(app))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    assert bill["metadata"]["component"]["version"] == VERSION
    assert "pkg:pypi/pyside6-essentials@6.11.3" in [part.get("purl") for part in bill["components"]]
    files = [part for part in bill["components"] if part["type"] == "file"]
    assert [file["name"] for file in files] == ["_internal/libneeds.so"]
    assert len(files[0]["hashes"][0]["content"]) == 64


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("numpy-2.4.6.dist-info/METADATA", "numpy-*.dist-info/METADATA"),
        ("PySide6/Qt/lib/libicuuc.so.73", "PySide6/Qt/lib/libicuuc.so.*"),
        ("numpy.libs/libscipy_openblas64_-32a4b2a6.so", "numpy.libs/libscipy_openblas64_-*.so"),
        ("libpython3.11.so.1.0", "libpython3.11.so.*"),
        ("ui/resources/story.svg", "ui/resources/story.svg"),
    ],
)
def test_that_a_new_version_of_a_part_is_no_new_file(name: str, told: str) -> None:
    assert contents.without_version(name) == told


def test_that_a_file_and_a_module_that_sneak_in_are_told(
    app: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "LISTS", tmp_path / "lists")
    modules = tmp_path / "modules.txt"
    modules.write_text("ui\nui.app\n", "utf-8")
    assert contents.changes(app, modules) == []
    contents.accept(app, modules)
    assert contents.changes(app, modules) == []
    (app / "_internal" / "stray.so").touch()
    modules.write_text("ui\nui.app\nmatplotlib.pyplot\n", "utf-8")
    added = [line for line in contents.changes(app, modules) if line.startswith("+") and line[1] != "+"]
    assert added == ["+_internal/stray.so", "+module matplotlib"]


def test_that_how_python_was_built_is_no_difference(app: Path, tmp_path: Path) -> None:
    modules = tmp_path / "modules.txt"
    modules.write_text("_sysconfigdata__linux_x86_64-linux-gnu\n", "utf-8")
    (app / "_internal/python3.11/lib-dynload").mkdir(parents=True)
    (app / "_internal/python3.11/lib-dynload/zlib.so").touch()
    plain = contents.listed(app, modules)
    modules.write_text("_sysconfigdata__x86_64-linux-gnu\n", "utf-8")
    (app / "_internal/python3.11/lib-dynload/math.so").touch()
    (app / "_internal/libexpat.so.1").touch()
    assert contents.listed(app, modules) == plain
    (app / "_internal/libtk8.6.so").touch()
    assert set(contents.listed(app, modules)) - set(plain) == {"_internal/libtk8.6.so"}


def test_that_the_kept_list_holds_every_file_that_the_app_reads() -> None:
    kept = set((contents.LISTS / "linux.txt").read_text("utf-8").splitlines())
    files = [file for folder in contents.DATA_FOLDERS for file in contents.data_files(folder)]
    assert files
    assert not [file for file in files if f"_internal/{file.relative_to(contents.ROOT).as_posix()}" not in kept]


def test_that_sums_are_those_of_sha256sum(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"abc")
    sums.write(tmp_path / "SUMS", [tmp_path / "a.bin"])
    line = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.bin\n"
    assert (tmp_path / "SUMS").read_text("utf-8") == line


@on_linux
@pytest.mark.skipif(not shutil.which("dpkg-deb") or not shutil.which("objdump"), reason="needs dpkg-deb and objdump")
def test_that_the_debian_package_states_what_it_needs_and_holds_sound_modes(
    app: Path, drawn: Path, tmp_path: Path
) -> None:
    from installer.linux import deb

    package = deb.build(app, drawn, tmp_path)
    told = subprocess.run(["dpkg-deb", "-f", package], capture_output=True, text=True, check=True).stdout
    assert f"Version: {VERSION}\n" in told
    assert "libc6 (>= " in told
    listed = subprocess.run(["dpkg-deb", "-c", package], capture_output=True, text=True, check=True).stdout
    modes = {line.split()[5]: line.split()[:2] for line in listed.splitlines()}
    assert modes["./opt/aboutface/aboutface"] == ["-rwxr-xr-x", "root/root"]
    assert modes["./opt/aboutface/_internal/libneeds.so"] == ["-rw-r--r--", "root/root"]
    assert modes["./opt/aboutface/_internal/"] == ["drwxr-xr-x", "root/root"]
    assert "./usr/share/icons/hicolor/48x48/apps/aboutface.png" in modes
    assert "./usr/share/applications/aboutface.desktop" in modes


@on_linux
def test_that_a_published_build_links_its_project_and_pictures_of_16_to_9(monkeypatch: pytest.MonkeyPatch) -> None:
    from installer.linux import tree

    plain = fromstring(tree.metainfo())
    assert plain.find("screenshots") is None
    assert plain.findtext("launchable") == "aboutface.desktop"
    monkeypatch.setenv("ABOUTFACE_RELEASES", "https://api.github.com/repos/owner/name/releases/latest")
    linked = fromstring(tree.metainfo())
    home = "https://github.com/owner/name"
    assert linked.findtext("url[@type='homepage']") == home
    images = linked.findall("screenshots/screenshot/image")
    assert [image.text for image in images] == [f"{home}/raw/v{VERSION}/{file}" for file in tree.SCREENSHOTS]
    for image, file in zip(images, tree.SCREENSHOTS, strict=True):
        picture = QImage(str(tree.ROOT / file))
        assert (str(picture.width()), str(picture.height())) == (image.get("width"), image.get("height"))
        assert picture.width() * 9 == picture.height() * 16


@on_linux
@pytest.mark.skipif(not shutil.which("appstreamcli"), reason="needs appstreamcli")
@pytest.mark.parametrize("address", ["", "https://api.github.com/repos/owner/name/releases/latest"])
def test_that_appstream_takes_the_metainfo(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from installer.linux import tree

    monkeypatch.setenv("ABOUTFACE_RELEASES", address)
    file = tmp_path / f"{tree.APPSTREAM_ID}.metainfo.xml"
    file.write_text(tree.metainfo(), "utf-8")
    command = ["appstreamcli", "validate", "--no-net", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@on_linux
@pytest.mark.skipif(not shutil.which("objdump"), reason="needs objdump")
def test_that_a_library_of_no_known_package_stops_the_build(app: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from installer.linux import libraries

    monkeypatch.setattr(libraries, "SYSTEM_LIBRARIES", {})
    with pytest.raises(libraries.UnknownLibrary, match=r"libc\.so\.6"):
        libraries.packages(app)


@on_linux
def test_that_the_archive_installs_for_one_user_and_leaves_only_the_data_behind(
    app: Path, drawn: Path, tmp_path: Path
) -> None:
    from installer.linux import tarball

    archive = tarball.build(app, drawn, tmp_path)
    subprocess.run(["tar", "--extract", "--file", archive, "--directory", tmp_path], check=True)
    script = tmp_path / archive.name.removesuffix(".tar.xz") / "install.sh"
    home = tmp_path / "a home"
    data = home / ".local/share/Aboutface/archive.sqlite"
    data.parent.mkdir(parents=True)
    data.touch()
    environment = os.environ | {"HOME": str(home)}
    environment.pop("PREFIX", None)
    for _ in range(2):  # the second time over the first
        subprocess.run([script], env=environment, check=True, stdout=subprocess.DEVNULL)
    program = home / ".local/bin/aboutface"
    done = subprocess.run([program, "selftest"], capture_output=True, text=True, check=True)
    assert done.stdout == "selftest passed\n"
    entry = (home / ".local/share/applications/aboutface.desktop").read_text("utf-8")
    assert f'Exec="{program}"\n' in entry
    subprocess.run([script, "--uninstall"], env=environment, check=True, stdout=subprocess.DEVNULL)
    left = [path for path in home.rglob("*") if not path.is_dir() and path.name != "mimeinfo.cache"]
    assert left == [data]
