"""Whether a widget should show that it has the focus."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def is_key_focused(widget: QWidget) -> bool:
    """True while a widget has the focus and the window is being used by keyboard; never on paper."""
    if getattr(widget, "is_on_paper", False) or not widget.hasFocus():
        return False
    return widget.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
