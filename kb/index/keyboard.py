"""What Telex and VNI keys meant, typed where no program turned them into Vietnamese.

    decoded("nguowif") == decoded("nguoi72") == "người"

Telex: ``aa ee oo aw ow uw dd`` and ``s f r x j`` for the tones; VNI: ``6 7 8 9`` and ``1`` to
``5``. Whether a word means such keys only the words of the library can tell; that is not here.
"""

from __future__ import annotations

import unicodedata

from kb.text import accented_key

_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_TONE_MARKS = frozenset(_TONES.values())
_VNI_TONES = dict(zip("12345", ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True))
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"u": "ư", "o": "ơ"}
_VOWELS = frozenset("aăâeêioôơuưy")
_MODIFIED = frozenset("ăâêôơư")
_LONGEST = 12


def decoded(word: str) -> str:
    """The word as an accented key; "" where no key in it means a mark."""
    key = word.lower()
    if not (2 <= len(key) <= _LONGEST and key.isascii() and key.isalnum() and key[0].isalpha()):
        return ""
    letters, tone = _vni(key) if any(c.isdigit() for c in key) else _telex(key)
    if not letters or (tone == "" and letters == list(key)):
        return ""
    return accented_key(_toned(letters, tone))


def retoned(word: str) -> str:
    """The word, an accented key, with its tone on the vowel that has it ("ngừơi" → "người"); ""
    where it is there already, or is not one."""
    parts = unicodedata.normalize("NFD", word)
    tones = [mark for mark in parts if mark in _TONE_MARKS]
    if len(tones) != 1:
        return ""
    letters = unicodedata.normalize("NFC", parts.replace(tones[0], ""))
    meant = accented_key(_toned([*letters], tones[0]))
    return "" if meant == word else meant


def _telex(key: str) -> tuple[list[str], str]:
    letters: list[str] = []
    tone = ""
    for letter in key:
        vowels = [i for i, c in enumerate(letters) if c in _VOWELS]
        if letter in _TONES and vowels and not tone:
            tone = _TONES[letter]
        elif letter == "w":
            if not _bend(letters, {"a": "ă", **_HORNS}):
                letters.append("ư")
        elif letter in _HATS and letter in letters:
            letters[_last(letters, letter)] = _HATS[letter]
        elif letter == "d" and letters[:1] == ["d"]:
            letters[0] = "đ"
        else:
            letters.append(letter)
    return letters, tone


def _vni(key: str) -> tuple[list[str], str]:
    letters: list[str] = []
    tone = ""
    for letter in key:
        done = True
        if letter in _VNI_TONES and not tone:
            tone = _VNI_TONES[letter]
        elif letter == "6":
            done = _bend(letters, _HATS)
        elif letter == "7":
            done = _bend(letters, _HORNS)
        elif letter == "8":
            done = _bend(letters, {"a": "ă"})
        elif letter == "9":
            done = "d" in letters
            if done:
                letters[letters.index("d")] = "đ"
        elif letter.isdigit():
            done = False
        else:
            letters.append(letter)
        if not done:
            return [], ""
    return letters, tone


def _bend(letters: list[str], marks: dict[str, str]) -> bool:
    """Marks the last vowel that can have one of *marks*; ``uo`` gets both horns."""
    places = [i for i, letter in enumerate(letters) if letter in marks]
    if not places:
        return False
    at = places[-1]
    if marks[letters[at]] in ("ơ", "ư") and at and "".join(letters[at - 1 : at + 1]) == "uo":
        letters[at - 1] = "ư"
    letters[at] = marks[letters[at]]
    return True


def _last(letters: list[str], letter: str) -> int:
    return len(letters) - 1 - letters[::-1].index(letter)


def _toned(letters: list[str], tone: str) -> str:
    """The tone on its vowel: the marked one, else the first of two that end the syllable, the
    last before a consonant, the middle of three (Quyết định 1989/QĐ-BGDĐT, 2018)."""
    if not tone:
        return "".join(letters)
    vowels = [i for i, letter in enumerate(letters) if letter in _VOWELS]
    onset = "".join(letters[:2])
    if onset in ("qu", "gi") and len(vowels) > 1 and vowels[0] == 1:
        vowels = vowels[1:]
    if not vowels:
        return ""
    marked = [i for i in vowels if letters[i] in _MODIFIED]
    if marked:
        at = marked[-1]
    elif len(vowels) == 1 or vowels[-1] < len(letters) - 1:
        at = vowels[-1]
    else:
        at = vowels[-2]
    out = [*letters]
    out[at] = unicodedata.normalize("NFC", letters[at] + tone)
    return "".join(out)
