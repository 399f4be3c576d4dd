"""What the app is made of, by licence, as the About dialog shows it; the texts themselves travel with the app."""

PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("LGPL 3", ("Qt", "PySide6-Essentials", "shiboken6")),
    ("OFL 1.1", ("Inter",)),
    (
        "BSD",
        (
            *("NumPy", "pandas", "colorama", "cryptography", "idna", "pycparser", "python-dateutil"),
            "SecretStorage",
        ),
    ),
    (
        "MIT",
        (
            *("backports.tarfile", "cffi", "charset-normalizer", "et-xmlfile", "jaraco.classes", "jaraco.context"),
            *("jaraco.functools", "jeepney", "keyring", "more-itertools", "openpyxl", "platformdirs", "pyqtgraph"),
            *("truststore", "urllib3", "zipp"),
        ),
    ),
    ("Apache 2.0", ("OpenSSL", "importlib-metadata", "lazy-importer", "requests", "squarify", "tzdata")),
    ("MPL 2.0", ("certifi",)),
    ("Python's own", ("Python", "defusedxml")),
    ("Public domain", ("SQLite",)),
)
"""Licence and names; a test holds them against the lock. pywin32-ctypes (BSD) is there on Windows alone."""
