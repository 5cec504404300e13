"""Words that nothing in the library has: what their keys meant, and what may be meant instead.

Keys of Telex and VNI are read as what they mean; any other word is only offered in another
spelling, never replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kb.index import SearchEngine, Words
from kb.index.analyzer import tokens
from kb.index.keyboard import decoded
from kb.text import fold, has_marks

_LETTERS = "abcdeghiklmnopqrstuvxy"
_MOST = 3  # other spellings offered for a query


def mended(text: str, words: Words) -> str:
    """*text* with keys turned into what they mean, where only that is a word here."""
    out, at = [], 0
    for token in tokens(text):
        if token.part or token.text in words.spellings:
            continue
        meant = decoded(token.text)
        if meant and words.frequency(meant):
            out += [text[at : token.start], meant]
            at = token.end
    return "".join([*out, text[at:]])


def others(text: str, engine: SearchEngine, right: Collection[str] = ()) -> list[str]:
    """*text* in other spellings, the likeliest first: of each word nothing here has, the ones that
    differ from it in a letter or in a mark, one word at a time. Those that stand beside its
    neighbours somewhere are likelier; where none does, one is offered, and only for letters that
    are no syllable here. Words in *right* (as ``analyzer.Token.text``) are no slips."""
    words = engine.words()
    whole = [token for token in tokens(text) if not token.part]
    found: list[tuple[int, int, str]] = []
    for at, token in enumerate(whole):
        if not token.text.isalpha() or token.text in right or words.frequency(token.text):
            continue
        marked, known = has_marks(token.text), fold(token.text) in words.spellings
        if known and not marked:
            continue
        near = [fold(token.text)] if known else set(_near(fold(token.text)))
        before = whole[at - 1].text if at else ""
        after = whole[at + 1].text if at + 1 < len(whole) else ""
        offered = []
        for spelling in {s for folded in near for s in words.spellings.get(folded, ())}:
            beside = (engine.together(before, spelling) if before else 0) + (
                engine.together(spelling, after) if after else 0
            )
            if words.frequency(spelling) and spelling.isalpha():
                shown = text[: token.start] + spelling + text[token.end :]
                offered.append((beside, words.frequency(spelling), shown))
        fitting = [one for one in offered if one[0]]
        found += fitting or ([] if known else sorted(offered)[-1:])
    found.sort(key=lambda one: (-one[0], -one[1], one[2]))
    return list(dict.fromkeys(shown for _, _, shown in found))[:_MOST]


def _near(word: str) -> Iterator[str]:
    """Every word one letter away: left out, exchanged, changed, put in."""
    if not 2 < len(word) < 12:
        return
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in _LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in _LETTERS)
