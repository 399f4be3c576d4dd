"""The app for Linux systems without Debian's packages: one archive with an installation script for one user."""

import os
import platform
import shutil
import subprocess
import tempfile
from pathlib import Path

from installer.linux.tree import HERE, copy_app, write_share
from models.version import VERSION


def build(app: Path, icons: Path, dist: Path) -> Path:
    name = f"aboutface-{VERSION}-linux-{platform.machine()}"
    file = dist / f"{name}.tar.xz"
    with tempfile.TemporaryDirectory() as scratch:
        stage = Path(scratch) / name
        copy_app(app, stage / "app")
        write_share(stage / "share", icons)
        shutil.copy2(HERE / "install.sh", stage)
        command = ["tar", "--create", "--xz", "--sort=name", "--owner=root:0", "--group=root:0", "--file", str(file)]
        all_cores = os.environ | {"XZ_OPT": "-T0"}
        subprocess.run([*command, "--directory", scratch, name], env=all_cores, check=True)
    return file
