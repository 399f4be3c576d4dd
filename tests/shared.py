"""Where the reference data lie, for tests that compare with real files; they are skipped where it is missing."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"

needs_shared = pytest.mark.skipif(
    not (SHARED / "data" / "catalog.json").is_file(), reason="the reference data are not beside the project"
)
