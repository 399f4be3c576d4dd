#!/usr/bin/env python3
"""Sets the project up and drives it, from a bare clone, with nothing but Python 3.11 or newer.

python3 dev.py run [ARGUMENT...]     start the app; arguments go to it
python3 dev.py test [ARGUMENT...]    check format, lint, types and import contracts, then test; arguments go to pytest
python3 dev.py pictures              make the pictures of all pages in docs/ anew, to be looked at and committed
python3 dev.py bench [ARGUMENT...]   measure; arguments go to pytest
python3 dev.py soak [ARGUMENT...]    try the app hard and print a table; --quick is a sample of everything
python3 dev.py build [ARGUMENT...]   make the app and its installers in dist/ and check them; for a try, --app-only and
                                     --in-venv (the environment as it stands, not a fresh one of the lock) are quicker
python3 dev.py lock [ARGUMENT...]    lock the requirements again; --upgrade takes the newest versions
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said before anything below can fail on an older Python
    sys.exit(f"dev.py needs Python 3.11 or newer, and this is {sys.version.split()[0]}.")

import ctypes
import hashlib
import importlib.util
import io
import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST_PYTHON = (3, 11)
LOCKS = ("run", "dev")
IN_VENV = "--in-venv"

# Variables of the caller that would let another Python's packages in, or send ours elsewhere.
FOREIGN_VARIABLES = (
    "VIRTUAL_ENV PYTHONPATH PYTHONHOME PYTHONSAFEPATH PYTHONSTARTUP PYTHONPLATLIBDIR __PYVENV_LAUNCHER__"
    " PIP_TARGET PIP_PREFIX PIP_ROOT PIP_USER PIP_REQUIREMENT PIP_CONSTRAINT PIP_REQUIRE_VIRTUALENV"
).split()

# Shared libraries that Qt's wheels leave to the system, with the Debian packages that bring them.
DRAWING_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


class SetupError(Exception):
    """Setting up cannot go on; the message says what to do."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def own_environment() -> dict[str, str]:
    """The caller's environment, without what would mix another Python's packages into ours."""
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN_VARIABLES}
    return kept | {"PYTHONNOUSERSITE": "1"}


class Environment:
    """The virtual environment of a project folder, made from its locked requirements; `.venv` unless told otherwise.

    A stamp, written last, names the lock that was installed. Without a true stamp, as after an
    interrupted installation, the environment is made anew.
    """

    def __init__(self, root: Path = ROOT, folder: Path | None = None) -> None:
        self.root = root
        self.folder = folder or root / ".venv"
        self.python = self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self._stamp = self.folder / "installed"

    def ensure(self, lock: str) -> None:
        """Makes sure that all of `requirements/<lock>.txt` is installed, with the least work.

        The dev lock holds the run lock, so an environment for `dev` serves `run` as well.
        """
        installed = self._installed()
        if installed in {lock, "dev"}:
            return
        if installed is None:
            self._create()
        self._install(lock)

    def renew(self, lock: str) -> None:
        """Makes it anew, whatever is there: nothing that was ever installed by hand is in it."""
        self._create()
        self._install(lock)

    def _installed(self) -> str | None:
        """The lock whose packages are all there, or None."""
        try:
            lock, digest = self._stamp.read_text("utf-8").split()
        except (OSError, ValueError):
            return None
        return lock if digest == self._digest(lock) and self.works() else None

    def _digest(self, lock: str) -> str:
        try:
            return hashlib.sha256(self._lock_file(lock).read_bytes()).hexdigest()
        except OSError as error:
            raise SetupError(f"The locked requirements cannot be read: {error}") from error

    def _lock_file(self, lock: str) -> Path:
        return self.root / "requirements" / f"{lock}.txt"

    def works(self) -> bool:
        """Whether its Python starts and finds its packages: not so after the system's Python was replaced."""
        try:
            command = [str(self.python), "-I", "-c", "import pip"]
            return subprocess.run(command, env=own_environment(), capture_output=True, check=False).returncode == 0
        except OSError:
            return False

    def _create(self) -> None:
        say(f"Making {self.folder} …")
        try:
            if self.folder.is_dir() and not self.folder.is_symlink():
                shutil.rmtree(self.folder)
            else:
                self.folder.unlink(missing_ok=True)
        except OSError as error:
            raise SetupError(f"The old virtual environment cannot be removed; is it in use? {error}") from error
        # The interpreter beneath an active environment, which may be the very one that was just removed.
        base = getattr(sys, "_base_executable", None) or sys.executable
        if subprocess.run([base, "-m", "venv", str(self.folder)], env=own_environment(), check=False).returncode != 0:
            raise SetupError("The virtual environment could not be made; Python's message stands above.")

    def _install(self, lock: str) -> None:
        say(f"Installing requirements/{lock}.txt, once for each new lock …")
        self._stamp.unlink(missing_ok=True)
        options = ["--require-hashes", "--only-binary=:all:", "--no-input", "--disable-pip-version-check"]
        quiet = [] if sys.stderr.isatty() else ["-qq"]
        code = self.call("-m", "pip", "install", *options, *quiet, "--requirement", str(self._lock_file(lock)))
        if code != 0:
            raise SetupError("The requirements could not be installed; pip's message stands above.")
        self._stamp.write_text(f"{lock} {self._digest(lock)}\n", "utf-8")

    def call(self, *arguments: str, folder: Path | None = None, **variables: str) -> int:
        """Runs its Python with these arguments in a folder, the project's by default, and returns the exit code."""
        environment = own_environment() | variables
        command = [str(self.python), *arguments]
        return subprocess.run(command, cwd=folder or self.root, env=environment, check=False).returncode


# --- system packages -------------------------------------------------------------------------------------------


def missing_libraries(wanted: Mapping[str, str]) -> dict[str, str]:
    """Those of the shared libraries that the loader does not find."""
    missing = {}
    for library, package in wanted.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing[library] = package
    return missing


def ensure_system_packages(libraries: Mapping[str, str]) -> None:
    """Installs what Linux misses of Python's venv module and of Qt's libraries, or says in one line how to."""
    if sys.platform != "linux":
        return
    missing = missing_libraries(libraries)
    if importlib.util.find_spec("ensurepip") is None:  # Debian ships it apart from Python
        missing["ensurepip"] = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if missing:
        install_system_packages(missing)
        if still := missing_libraries({name: package for name, package in libraries.items() if name in missing}):
            raise SetupError(f"After the installation the loader still does not find {', '.join(still)}.")


def install_system_packages(missing: Mapping[str, str]) -> None:
    """Installs the Debian packages of what is missing where this user may; raises with the line to type where not."""
    packages = sorted(set(missing.values()))
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        raise SetupError(f"Install these with the system's package manager, then try again: {' '.join(missing)}")
    root = as_root()
    if root is None:
        raise SetupError(f"Type this, then try again:\n  sudo apt-get update && sudo {shlex.join(install)}")
    say(f"Installing system packages: {' '.join(packages)} …")
    environment = own_environment() | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], install):
        done = subprocess.run([*root, *command], env=environment, stdout=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise SetupError("The system packages could not be installed; apt-get's message stands above.")


def as_root() -> list[str] | None:
    """What to put before a command so that it runs as root without a password, or None."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


# --- commands --------------------------------------------------------------------------------------------------


def prepare(lock: str, libraries: Mapping[str, str] = DRAWING_LIBRARIES) -> Environment:
    ensure_system_packages(libraries)
    environment = Environment()
    environment.ensure(lock)
    return environment


def run(arguments: Sequence[str]) -> int:
    asks = {"-h", "--help", "--version"} & {*arguments}
    wants_window = not asks and (not arguments or arguments[0].startswith("-"))
    if wants_window and not has_display():
        return run_without_display(arguments)
    environment = prepare("run", DRAWING_LIBRARIES | (window_libraries() if wants_window else {}))
    command = [str(environment.python), str(ROOT / "main.py"), *arguments]
    if os.name == "posix":  # signals and the exit code then pass between the caller and the app alone
        os.execve(command[0], command, own_environment())
    return subprocess.run(command, env=own_environment(), check=False).returncode


def has_display() -> bool:
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in named)


def window_libraries() -> dict[str, str]:
    x11 = X11_LIBRARIES if os.environ.get("DISPLAY") else {}
    wayland = WAYLAND_LIBRARIES if os.environ.get("WAYLAND_DISPLAY") else {}
    return x11 | wayland


def run_without_display(options: Sequence[str]) -> int:
    """Shows the main job as text and as a picture; commands take the window's options as well."""
    environment = prepare("run")
    print("There is no display, so here are the brief as text and the home page as a picture.\n", flush=True)
    picture = ROOT / "build" / "home.png"
    picture.parent.mkdir(exist_ok=True)
    app, here = str(ROOT / "main.py"), Path.cwd()  # a relative folder among the options is the caller's
    brief = environment.call(app, "brief", *options, folder=here)
    screenshot = environment.call(app, "screenshot", "--out", str(picture), *options, folder=here)
    if screenshot == 0:
        print(f"\nThe picture of the home page is {picture}")
    return brief or screenshot


CHECKS = {
    "format": ("-m", "ruff", "format", "--check", "."),
    "lint": ("-m", "ruff", "check", "."),
    "types": ("-m", "mypy"),
    "import contracts": ("-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-logo"),
}


def test(arguments: Sequence[str]) -> int:
    environment = prepare("dev")
    failed = run_checks(environment)
    # pytest comes last, so that its closing line is the last one; it repeats which checks failed before it.
    tests = environment.call("-m", "pytest", *arguments, ABOUTFACE_FAILED_CHECKS=", ".join(failed))
    return tests or bool(failed)


def run_checks(environment: Environment) -> list[str]:
    """Runs the static checks side by side, prints what they say, and returns the names of those that failed."""
    processes = {
        name: subprocess.Popen(
            [str(environment.python), *arguments],
            cwd=ROOT,
            env=own_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        for name, arguments in CHECKS.items()
    }
    output = {name: process.communicate()[0] for name, process in processes.items()}
    failed = [name for name, process in processes.items() if process.returncode != 0]
    for name in failed:
        print(f"--- {name}\n{output[name]}")
    for name in CHECKS:
        print(f"{name}: {'FAILED' if name in failed else 'ok'}", flush=True)
    return failed


def pictures(arguments: Sequence[str]) -> int:
    """Those that the tests compare with and that the documents show."""
    return prepare("dev").call("-m", "pytest", "tests/golden", "--update-pictures", "-q", *arguments)


def bench(arguments: Sequence[str]) -> int:
    return prepare("dev").call("-m", "pytest", "tests/bench", "--benchmark-only", *arguments)


def soak(arguments: Sequence[str]) -> int:
    return prepare("dev").call("-m", "tests.soak", *arguments)


def build(arguments: Sequence[str]) -> int:
    if not (ROOT / "build.spec").is_file():
        raise SetupError("There is no build.spec, so the app cannot be built.")
    libraries = DRAWING_LIBRARIES | X11_LIBRARIES | WAYLAND_LIBRARIES  # the app's own test loads them all
    if IN_VENV in arguments:
        environment = prepare("dev", libraries)
    else:
        ensure_system_packages(libraries)
        environment = Environment(ROOT, ROOT / "build" / "environment")
        environment.renew("dev")
    rest = [argument for argument in arguments if argument != IN_VENV]
    return environment.call("-m", "installer.build", *rest, QT_QPA_PLATFORM="offscreen")


def lock(arguments: Sequence[str]) -> int:
    if sys.version_info[:2] != OLDEST_PYTHON:
        raise SetupError("The lock has to suit every supported Python: make it with the oldest, Python 3.11.")
    environment = prepare("dev")
    requirements = ROOT / "requirements"
    with tempfile.TemporaryDirectory() as scratch:
        for file in (*requirements.glob("*.in"), *requirements.glob("*.txt")):
            Path(scratch, file.name).write_text(without_markers(file.read_text("utf-8")), "utf-8")
        for name in LOCKS:
            if code := compile_lock(environment, Path(scratch), f"{name}.in", arguments):
                return code
        markers: dict[str, str] = {}
        for name in LOCKS:
            markers |= read_markers((requirements / f"{name}.in").read_text("utf-8"))
            locked = Path(scratch, f"{name}.txt").read_text("utf-8")
            (requirements / f"{name}.txt").write_text(with_markers(locked, markers), "utf-8", newline="\n")
    return 0


def compile_lock(environment: Environment, folder: Path, file: str, arguments: Sequence[str]) -> int:
    options = ["--quiet", "--strip-extras", "--allow-unsafe", "--generate-hashes"]
    no_hosts = ["--no-emit-index-url", "--no-emit-trusted-host", "--no-emit-find-links"]
    command = ["-m", "piptools", "compile", *options, *no_hosts, *arguments, file]
    return environment.call(*command, folder=folder, CUSTOM_COMPILE_COMMAND="python3 dev.py lock")


def without_markers(requirements: str) -> str:
    """Requirements for every system at once: pip-tools drops those whose marker does not suit its own."""
    return re.sub(r" *;.*?(?= \\$|$)", "", requirements, flags=re.MULTILINE)


def read_markers(requirements: str) -> dict[str, str]:
    """The marker of each requirement that has one, by normalised name."""
    found = re.findall(r"^([\w.-]+)[^;#\n]*; *(.+)$", requirements, flags=re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): marker for name, marker in found}


def with_markers(locked: str, markers: Mapping[str, str]) -> str:
    """A lock in which the pins of `markers` hold only where their marker is true."""

    def mark(pin: re.Match[str]) -> str:
        marker = markers.get(pin["name"])
        return f"{pin['pin']} ; {marker} \\" if marker else pin[0]

    return re.sub(r"^(?P<pin>(?P<name>[\w-]+)==\S+) \\$", mark, locked, flags=re.MULTILINE)


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "pictures": pictures,
    "bench": bench,
    "soak": soak,
    "build": build,
    "lock": lock,
}


def main(arguments: Sequence[str]) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):  # tools write characters that an old console does not know
        sys.stdout.reconfigure(errors="replace")
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        asked_for_help = bool(arguments) and arguments[0] in {"-h", "--help"}
        print(__doc__, file=sys.stdout if asked_for_help else sys.stderr)
        return 0 if asked_for_help else 64
    try:
        return command(arguments[1:])
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Interrupted; what was half done is made anew next time.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
