"""The commands of dev.py, run in small projects of their own, and the lock of this one."""

import importlib.metadata
import itertools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import dev

REQUIREMENTS = dev.ROOT / "requirements"
SYSTEMS = {"linux": ("posix", "Linux"), "darwin": ("posix", "Darwin"), "win32": ("nt", "Windows")}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")

# An app that says how it was called, and makes the file that it was asked for.
APP = """
import os, sys
arguments = sys.argv[1:]
print(" ".join(arguments))
print("leaked:", [name for name in ("VIRTUAL_ENV", "PYTHONPATH") if name in os.environ])
print("packages of:", sys.prefix)
if "--out" in arguments:
    open(arguments[arguments.index("--out") + 1], "wb").close()
sys.exit(7 if "fail" in arguments else 0)
"""

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has these system packages")


def call(project: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs the project's dev.py on a machine without a display, but for `variables`."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden} | variables
    command = [sys.executable, str(project / "dev.py"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that needs no packages, in a folder with a space in its name.

    Its environment was made once, where an interrupted installation had left something.
    """
    folder = tmp_path_factory.mktemp("a project")
    shutil.copy(dev.ROOT / "dev.py", folder)
    (folder / "main.py").write_text(APP, "utf-8")
    (folder / "requirements").mkdir()
    for name in dev.LOCKS:
        (folder / "requirements" / f"{name}.txt").write_text("# nothing\n", "utf-8")
    (folder / ".venv").mkdir()
    (folder / ".venv" / "half-made").touch()
    done = call(folder, "run", "scan")
    assert done.returncode == 0, done.stderr
    return folder


def test_that_a_whole_environment_is_used_again(project: Path) -> None:
    assert call(project, "run", "scan").stderr == ""


def test_that_an_environment_whose_installation_was_interrupted_is_made_anew(project: Path) -> None:
    assert f"packages of: {project / '.venv'}" in call(project, "run", "scan").stdout
    assert not (project / ".venv" / "half-made").exists()


def test_that_an_environment_without_its_packages_is_not_used(project: Path) -> None:
    environment = dev.Environment(project)
    assert environment.works()
    packages = next(environment.folder.rglob("site-packages"))
    away = packages.rename(packages.with_name("away"))
    assert not environment.works()
    away.rename(packages)


def test_that_a_new_lock_is_installed_into_a_new_environment(project: Path) -> None:
    old = project / ".venv" / "old"
    old.touch()
    (project / "requirements" / "run.txt").write_text("# nothing again\n", "utf-8")
    assert "Making" in call(project, "run", "scan").stderr
    assert not old.exists()


def test_that_the_environment_of_the_caller_does_not_leak_in(project: Path) -> None:
    assert "leaked: []" in call(project, "run", "scan", VIRTUAL_ENV="/elsewhere", PYTHONPATH="/elsewhere").stdout


def test_that_arguments_and_the_exit_code_pass_through(project: Path) -> None:
    done = call(project, "run", "scan", "--format", "json", "fail")
    assert done.returncode == 7
    assert done.stdout.startswith("scan --format json fail\n")


@on_linux
def test_that_without_a_display_the_brief_is_printed_and_the_home_page_drawn(project: Path) -> None:
    lines = call(project, "run", "--offline").stdout.splitlines()
    picture = project / "build" / "home.png"
    assert lines[0].startswith("There is no display")
    assert "brief --offline" in lines
    assert f"screenshot --out {picture} --offline" in lines
    assert lines[-1].endswith(str(picture))
    assert picture.is_file()


def test_that_with_a_display_the_window_opens(project: Path) -> None:
    lines = call(project, "run", "--offline", QT_QPA_PLATFORM="offscreen").stdout.splitlines()
    assert lines[0] == "--offline"


def test_that_an_unknown_command_is_a_usage_error(project: Path) -> None:
    done = call(project, "deploy")
    assert done.returncode == 64
    assert "dev.py run" in done.stderr


def test_that_a_missing_recipe_is_said_in_one_line(project: Path) -> None:
    done = call(project, "build")
    assert done.returncode == 1
    assert done.stderr == "There is no build.spec, so the app cannot be built.\n"


def test_that_a_build_runs_in_a_fresh_environment_of_the_lock(
    project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (project / "build.spec").touch()
    (project / "installer").mkdir()
    (project / "installer" / "build.py").write_text(APP, "utf-8")
    (project / "requirements" / "dev.txt").write_text("# nothing\n", "utf-8")
    stray = project / "build" / "environment" / "installed-by-hand"
    stray.parent.mkdir(parents=True)
    stray.touch()
    monkeypatch.setattr(dev, "ROOT", project)
    monkeypatch.setattr(dev, "ensure_system_packages", lambda _: None)
    assert dev.build(["--app-only"]) == 0
    said = capfd.readouterr().out
    assert said.startswith("--app-only\n")
    assert f"packages of: {stray.parent}" in said
    assert not stray.exists()


# --- system packages -------------------------------------------------------------------------------------------

ABSENT = {"libabsent.so.9": "libabsent9", "libaway.so.1": "libaway1"}


def program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    (folder / name).chmod(0o755)


@on_linux
def test_that_a_library_the_loader_finds_is_not_missing() -> None:
    assert dev.missing_libraries({"libc.so.6": "libc6"} | ABSENT) == ABSENT


@on_linux
def test_that_missing_libraries_are_installed_by_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "apt-get", f'echo "$@" >> "{tmp_path}/typed"')
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(dev.SetupError, match="still does not find libabsent"):
        dev.ensure_system_packages(ABSENT)
    typed = (tmp_path / "typed").read_text("utf-8").splitlines()
    assert typed == ["update", "install -y --no-install-recommends libabsent9 libaway1"]


@on_linux
@pytest.mark.parametrize("sudo", ["", "exit 1"], ids=["no sudo", "sudo asks for a password"])
def test_that_someone_who_may_not_install_is_told_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sudo: str
) -> None:
    program(tmp_path, "apt-get", "exit 1")
    if sudo:
        program(tmp_path, "sudo", sudo)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(dev.SetupError, match="sudo apt-get install -y --no-install-recommends libabsent9 libaway1"):
        dev.ensure_system_packages(ABSENT)


@on_linux
def test_that_a_system_without_apt_is_told_the_names_of_the_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(dev.SetupError, match=r"libabsent\.so\.9 libaway\.so\.1"):
        dev.ensure_system_packages(ABSENT)


# --- the lock --------------------------------------------------------------------------------------------------


def locked(name: str) -> dict[str, Requirement]:
    """The pins of a lock by normalised name."""
    pins = re.findall(r"^(\w.*?) \\$", (REQUIREMENTS / f"{name}.txt").read_text("utf-8"), re.MULTILINE)
    return {canonicalize_name(pin.name): pin for pin in map(Requirement, pins)}


def system(platform: str, python: str) -> dict[str, str]:
    os_name, platform_system = SYSTEMS[platform]
    return {
        "sys_platform": platform,
        "os_name": os_name,
        "platform_system": platform_system,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "extra": "",
    }


def holds(requirement: Requirement, environment: Mapping[str, str]) -> bool:
    return requirement.marker is None or requirement.marker.evaluate(dict(environment))


def needs(name: str) -> list[Requirement]:
    """What an installed package needs; nothing is known of those that this system does not install."""
    try:
        return [Requirement(text) for text in importlib.metadata.requires(name) or []]
    except importlib.metadata.PackageNotFoundError:
        return []


@pytest.mark.parametrize("name", dev.LOCKS)
@pytest.mark.parametrize(("platform", "python"), [*itertools.product(SYSTEMS, PYTHONS)])
def test_that_the_lock_is_whole_on_every_system(name: str, platform: str, python: str) -> None:
    environment = system(platform, python)
    pins = {pin for pin, requirement in locked(name).items() if holds(requirement, environment)}
    missing = {
        f"{need.name} for {pin}"
        for pin in pins
        for need in needs(pin)
        if holds(need, environment) and canonicalize_name(need.name) not in pins
    }
    assert not missing


@pytest.mark.parametrize("name", dev.LOCKS)
def test_that_the_lock_holds_pins_with_hashes_and_nothing_else(name: str) -> None:
    lines = (REQUIREMENTS / f"{name}.txt").read_text("utf-8").splitlines()
    rest = [line for line in lines if not re.match(r"\s*(#|$)", line)]
    pin = re.compile(r"\w[\w-]*==[\w.]+( ; [\w.]+ [=<>]+ \"[\w.]+\")? \\")
    digest = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert not [line for line in rest if not pin.fullmatch(line) and not digest.fullmatch(line)]
    assert not [line for line in lines if "//" in line or "/" in line.partition("#")[2]]
    assert all(digest.fullmatch(after) for line, after in itertools.pairwise(rest) if pin.fullmatch(line))


def test_that_the_dev_lock_holds_the_run_lock() -> None:
    dev_pins = {str(pin) for pin in locked("dev").values()}
    assert not [str(pin) for pin in locked("run").values() if str(pin) not in dev_pins]


def test_that_markers_are_left_out_for_resolving_and_come_back_in_the_lock() -> None:
    wanted = 'numpy\npefile>=2; sys_platform == "win32"\nbackports.tarfile; python_version < "3.12"\n'
    assert dev.without_markers(wanted) == "numpy\npefile>=2\nbackports.tarfile\n"
    markers = dev.read_markers(wanted)
    assert markers == {"pefile": 'sys_platform == "win32"', "backports-tarfile": 'python_version < "3.12"'}
    plain = "numpy==2 \\\n    --hash=sha256:a\npefile==3 \\\n    --hash=sha256:b\n"
    marked = 'numpy==2 \\\n    --hash=sha256:a\npefile==3 ; sys_platform == "win32" \\\n    --hash=sha256:b\n'
    assert dev.with_markers(plain, markers) == marked
    assert dev.without_markers(marked) == plain
