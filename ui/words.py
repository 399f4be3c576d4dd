"""The words of the window on their way to the screen: the one place where they could become another language.

Sentences about figures, numbers and dates are English everywhere; so is everything in files.
"""

from PySide6.QtCore import QCoreApplication

CONTEXT = "Aboutface"


def tr(text: str) -> str:
    """The text in the language of the window, itself where there is no translation."""
    return QCoreApplication.translate(CONTEXT, text)
