"""What a page, a chart or another part may or may not offer."""

from typing import Any


def call(target: Any, method: str, *arguments: Any) -> Any:
    """Calls it where it is offered; None where it is not."""
    offered = getattr(target, method, None)
    return offered(*arguments) if offered is not None else None
