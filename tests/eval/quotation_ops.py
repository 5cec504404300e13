"""Ways to tamper with a quotation, and ways to write a true one.

An operation takes the words of a provision and a random generator seeded by the case, and gives the
words of a quotation, None where it cannot be done (no digit to change). ``TAMPERED`` are never the
words of the source, ``TRUE`` always are.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

Operation = Callable[[str, random.Random], str | None]

_NEGATION = r"(?:không|chưa|trừ|cấm|nếu|chẳng)"
_TONED = "áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
_ALIKE = {"a": "а", "e": "е", "o": "о", "c": "с", "p": "р", "x": "х", "Đ": "Ð", "i": "і", "y": "у"}


def _word_at(text: str, pattern: str, rng: random.Random) -> re.Match[str] | None:
    found = list(re.finditer(pattern, text))
    return rng.choice(found) if found else None


def _replaced(text: str, found: re.Match[str], new: str) -> str:
    return " ".join((text[: found.start()] + new + text[found.end() :]).split())


def digit(text: str, rng: random.Random) -> str | None:
    found = _word_at(text[4:], r"\d", rng)
    if found is None:
        return None
    other = rng.choice([d for d in "0123456789" if d != found[0]])
    return text[:4] + text[4:][: found.start()] + other + text[4:][found.end() :]


def drop_not(text: str, rng: random.Random) -> str | None:
    found = _word_at(text, r"(?<=\w )không (?=\w)", rng)
    return _replaced(text, found, "") if found else None


def add_not(text: str, rng: random.Random) -> str | None:
    found = _word_at(text, r"(?<!không )\b(?:được|phải|có|bị) ", rng)
    return _replaced(text, found, f"không {found[0]}") if found else None


def condition(text: str, rng: random.Random) -> str | None:
    others = {"phải": "có thể", "được": "phải", "và": "hoặc", "hoặc": "và", "trừ": "kể cả"}
    found = _word_at(text, rf"(?<=\w )(?:{'|'.join(others)})(?= \w)", rng)
    return _replaced(text, found, others[found[0]]) if found else None


def drop_condition(text: str, rng: random.Random) -> str | None:
    found = _word_at(text, r"(?<=\w )(?:phải|được|có thể|nếu|đã) (?=\w)", rng)
    return _replaced(text, found, "") if found else None


def swap_clauses(text: str, rng: random.Random) -> str | None:
    parts = re.split(r"(?<=\w)[,;] ", text.rstrip(".;"))
    pairs = [i for i in range(len(parts) - 1) if parts[i] != parts[i + 1]]
    if len(parts) < 3 or not pairs:
        return None
    at = rng.choice(pairs)
    parts[at], parts[at + 1] = parts[at + 1], parts[at]
    return ", ".join(parts)


def homoglyph(text: str, rng: random.Random) -> str | None:
    found = _word_at(text, f"[{''.join(_ALIKE)}]", rng)
    return text[: found.start()] + _ALIKE[found[0]] + text[found.end() :] if found else None


def no_accents(text: str, rng: random.Random) -> str | None:
    marks = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in marks if not unicodedata.combining(c))


def one_accent(text: str, rng: random.Random) -> str | None:
    found = _word_at(text, f"[{_TONED}]", rng)
    if found is None:
        return None
    group = _TONED.index(found[0]) // 5 * 5
    other = rng.choice([c for c in _TONED[group : group + 5] if c != found[0]])
    return text[: found.start()] + other + text[found.end() :]


def one_letter(text: str, rng: random.Random) -> str | None:
    found = _word_at(text[1:], r"(?<=[a-zà-ỹ])[bcdghklmnprstvx](?=[a-zà-ỹ])", rng)
    if found is None:
        return None
    other = rng.choice([c for c in "bcdghklmnprstvx" if c != found[0]])
    return text[0] + text[1:][: found.start()] + other + text[1:][found.end() :]


def order(text: str, rng: random.Random) -> str | None:
    words = text.split(" ")
    pairs = [
        i
        for i in range(1, len(words) - 1)
        if words[i].isalpha() and words[i + 1].isalpha() and words[i] != words[i + 1]
    ]
    if not pairs:
        return None
    at = rng.choice(pairs)
    words[at], words[at + 1] = words[at + 1], words[at]
    return " ".join(words)


def other_word(text: str, rng: random.Random) -> str | None:
    words = text.split(" ")
    places = [i for i in range(1, len(words) - 1) if words[i].isalpha() and words[i].islower()]
    if len(places) < 6:
        return None
    at = rng.choice(places)
    others = sorted({words[i] for i in places} - {words[at]})
    words[at] = rng.choice(others)
    return " ".join(words)


def drop_word(text: str, rng: random.Random) -> str | None:
    words = text.split(" ")
    places = [
        i
        for i in range(2, len(words) - 2)
        if words[i].isalpha() and words[i] != words[i - 1] and words[i] != words[i + 1]
    ]
    if not places:
        return None
    del words[rng.choice(places)]
    return " ".join(words)


def cut_not(text: str, rng: random.Random) -> str | None:
    """Begins right behind a negation."""
    found = _word_at(text, r"(?<=\w )(?:không|chưa) (?=\w+(?: \w+){6})", rng)
    return text[found.end() :] if found else None


def cut_exception(text: str, rng: random.Random) -> str | None:
    """Ends right in front of an exception."""
    found = _word_at(text, r"(?<=\w),? trừ (?=trường hợp|khi|các|những|quy định)", rng)
    left = text[: found.start()] if found else ""
    return left if len(left.split()) >= 8 else None


def hide_not(text: str, rng: random.Random) -> str | None:
    """An ellipsis in the place of a negation."""
    found = _word_at(text, r"(?<=\w )(?:không|chưa) (?=\w+ \w+ \w+)", rng)
    if found is None or len(text[: found.start()].split()) < 3:
        return None
    return text[: found.start()] + "… " + text[found.end() :]


def changed_case(text: str, rng: random.Random) -> str | None:
    found = _word_at(text, r"(?<=[a-zà-ỹ] )[a-zà-ỹ]+", rng)
    return _replaced(text, found, found[0].upper()) if found else None


# -- true ones ------------------------------------------------------------------------------------


def verbatim(text: str, rng: random.Random) -> str | None:
    return text


def old_tone(text: str, rng: random.Random) -> str | None:
    pairs = {
        "òa": "oà",
        "óa": "oá",
        "ỏa": "oả",
        "ọa": "oạ",
        "úy": "uý",
        "ủy": "uỷ",
        "ùy": "uỳ",
        "oà": "òa",
        "oá": "óa",
        "oả": "ỏa",
        "oạ": "ọa",
        "uý": "úy",
        "uỷ": "ủy",
        "uỳ": "ùy",
    }
    out = re.sub(rf"(?<![qQ])(?:{'|'.join(pairs)})(?!\w)", lambda found: pairs[found[0]], text)
    return out if out != text else None


def decomposed(text: str, rng: random.Random) -> str | None:
    return unicodedata.normalize("NFD", text)


def spaces(text: str, rng: random.Random) -> str | None:
    return text.replace(" ", "  ", 3).replace(" ", "\u00a0", 1)


def line_break(text: str, rng: random.Random) -> str | None:
    words = text.split(" ")
    at = rng.randrange(3, len(words) - 3) if len(words) > 8 else 0
    return " ".join(words[:at]) + "\n" + " ".join(words[at:]) if at else None


def dashes(text: str, rng: random.Random) -> str | None:
    return text.replace("-", "–", 1) if "-" in text else None


def elided(text: str, rng: random.Random) -> str | None:
    """An ellipsis inside one sentence of it; what is left out says no "không", nothing of "trừ"."""
    words = text.rstrip(".;,").split(" ")
    third = len(words) // 3
    if len(words) < 15 or re.search(r"[.;:]\s", text):
        return None
    middle, last = words[third : 2 * third], words[2 * third :]
    beside = f"{' '.join(middle)} {' '.join(last[:3])}"
    if re.search(rf"\b(?:{_NEGATION}|với|ngoại|chỉ|nghiêm)\b", beside, re.IGNORECASE):
        return None
    sign = rng.choice(("…", "...", "[…]", "(…)"))
    return f"{' '.join(words[:third])} {sign} {' '.join(last)}"


def lower_first(text: str, rng: random.Random) -> str | None:
    return text[0].lower() + text[1:] if text[0].isupper() else None


def half(text: str, rng: random.Random) -> str | None:
    """Up to a comma; what follows begins with no exception or condition."""
    found = [m for m in re.finditer(r"(?<=\w), (?=\w)", text) if m.start() > len(text) // 3]
    cuts = [m for m in found if not re.match(rf"(?:{_NEGATION}|với|ngoại|chỉ)\b", text[m.end() :])]
    left = text[: rng.choice(cuts).start()] if cuts else ""
    return left if len(left.split()) >= 8 else None


def no_stop(text: str, rng: random.Random) -> str | None:
    return text.rstrip(".;,:") if text[-1] in ".;," else None


TAMPERED: dict[str, Operation] = {
    "digit": digit,
    "drop_not": drop_not,
    "add_not": add_not,
    "condition": condition,
    "drop_condition": drop_condition,
    "swap_clauses": swap_clauses,
    "homoglyph": homoglyph,
    "no_accents": no_accents,
    "one_accent": one_accent,
    "one_letter": one_letter,
    "order": order,
    "other_word": other_word,
    "drop_word": drop_word,
    "cut_not": cut_not,
    "cut_exception": cut_exception,
    "hide_not": hide_not,
    "changed_case": changed_case,
}
TRUE: dict[str, Operation] = {
    "verbatim": verbatim,
    "old_tone": old_tone,
    "decomposed": decomposed,
    "spaces": spaces,
    "line_break": line_break,
    "dashes": dashes,
    "elided": elided,
    "lower_first": lower_first,
    "half": half,
    "no_stop": no_stop,
    "straight": verbatim,
    "guillemets": verbatim,
    "mixed_marks": verbatim,
    "block": verbatim,
}
# Made of two places (a second one is named in the case) or of two wordings; written in the measure.
OF_TWO = ("joined", "invented_ellipsis", "other_place", "other_document")
OF_TIME = ("older", "older_labelled")
