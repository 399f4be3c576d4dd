"""Whether a text is English, by the share of very common words: the reader knows no other wordings."""

import re

_ENGLISH = frozenset(
    "the a of and to that is are was were have has had been for with as at by from this which their its they it he she"
    " will would not but on than after since most more said".split()
)
_OTHERS = frozenset(
    # German, French, Spanish, Italian, Portuguese, Dutch; words that are English or part of many names are left out.
    "der das und ist sind waren haben wurde wurden werden nicht eine einen einem einer mit f\u00fcr auf von zum zur"
    " seit auch sich dem noch wie nach bei aus \u00fcber zwischen juni mai"
    " les des une dans pour avec sur qui sont \u00e9t\u00e9 aux cette leurs depuis plus selon leur"
    " los una para est\u00e1n fueron desde seg\u00fan m\u00e1s como sobre este esta sus hasta"
    " della nella degli sono gli dalla che delle nel alla pi\u00f9"
    " n\u00e3o s\u00e3o uma dos das pelo pela"
    " het een zijn niet voor naar deze werd van".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS_OF_ENGLISH = 0.75
"""Less than this share of Latin letters is another script."""


def is_english(text: str) -> bool:
    """False where words common in other languages outnumber those common in English, or the script is another.

    A headline may have none of either; it is read as English.
    """
    words = _WORD.findall(text.lower())
    if not words:
        return True
    letters = "".join(words)
    if sum(letter < "\u0250" for letter in letters) < _LETTERS_OF_ENGLISH * len(letters):
        return False
    english = sum(word in _ENGLISH for word in words)
    return sum(word in _OTHERS for word in words) <= english
