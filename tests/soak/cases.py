"""The cases of the soak run by name, each a function of its effort that raises where the app fails it."""

from collections.abc import Callable
from importlib import import_module

from tests.soak.effort import Effort

Case = Callable[[Effort], None]

CASES: dict[str, str] = {
    "random hands on the window": "tests.soak.monkey:random_hands",
    "faults on the wire": "tests.soak.wire:every_fault_of_a_server",
    "fail the n-th call": "tests.soak.nth_call:every_call_fails_once",
    "fail from the n-th call on": "tests.soak.nth_call:every_call_fails_from_then_on",
    "out of memory at the n-th call": "tests.soak.nth_call:memory_runs_out",
    "killed while importing": "tests.soak.kills:killed_while_importing",
    "killed while migrating": "tests.soak.kills:killed_while_migrating",
    "full disk": "tests.soak.disks:full_disk",
    "read-only profile": "tests.soak.disks:read_only_profile",
    "any bytes for the providers' readers": "tests.soak.bad_input:provider_bytes",
    "any bytes for a person's own files": "tests.soak.bad_input:own_files",
    "semantic nonsense": "tests.soak.nonsense:nonsense_is_set_aside",
    "hostile archives and markup": "tests.soak.hostile:hostile_files",
    "text from outside is plain": "tests.soak.markup:nothing_renders",
    "open, refresh, close": "tests.soak.opening:open_refresh_close",
    "refresh again and again": "tests.soak.refreshing:nothing_grows",
    "clocks and time zones": "tests.soak.times:right_in_every_zone",
}
"""Begun in this order, the one that takes longest first; each in a process of its own."""


def case_named(name: str) -> Case:
    module, _, function = CASES[name].partition(":")
    case: Case = getattr(import_module(module), function)
    return case
