"""Words that nothing in the library has: what their keys meant, and what may be meant instead.

Keys of Telex and VNI are read as what they mean, and a tone beside its vowel ("ngừơi") as on it;
any other word is only offered in another spelling, never replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from kb.index import SearchEngine, Words, asking
from kb.index.analyzer import Token, tokens
from kb.index.keyboard import decoded, retoned
from kb.index.syllables import is_syllable
from kb.text import fold, has_marks

_LETTERS = "abcdeghiklmnopqrstuvxy"
_MOST = 3  # other spellings offered for a query
# Against a spelling that stands so many times as often beside the same neighbours, a word may be a
# misprint.
_RARER = 20
# What can be a syllable is likelier a word that nothing here has, but for one that stands in so
# many of the places its neighbours do: over the published library 5 of 270 right queries get
# another spelling offered so, 67 without; of 336 slips 213 get the right one, 221 without.
_LIKELY = 0.1


def mended(text: str, words: Words) -> str:
    """*text* with keys turned into what they mean, words of chats written out and tones put on
    their vowel, where only that is a word here. A letter before a figure ("k 2") is a place's."""
    out, at = [], 0
    for token in tokens(text):
        if token.part or token.text in words.spellings or words.frequency(token.text):
            continue
        if text[token.end :].lstrip()[:1].isdigit():
            continue
        meant = asking.CHATTED.get(token.text) or decoded(token.text) or retoned(token.text)
        if meant and words.frequency(meant):
            out += [text[at : token.start], meant]
            at = token.end
    return "".join([*out, text[at:]])


def others(text: str, engine: SearchEngine, right: Collection[str] = ()) -> list[str]:
    """*text* in other spellings, the likeliest first: each word nothing here has in one that
    differs from it in a letter or in a mark. Those that stand beside its neighbours somewhere are
    likelier; where none does, one is offered, and only for letters that are no syllable at all.
    Words in *right* (as ``analyzer.Token.text``) are no slips."""
    words = engine.words()
    whole = [token for token in tokens(text) if not token.part]
    texts = [token.text for token in whole]
    slips: list[tuple[Token, list[str]]] = []
    for at, token in enumerate(whole):
        if token.text in right or not _is_slip(token.text, words):
            continue
        before = _as_here(texts[at - 1], words) if at else ()
        after = _as_here(texts[at + 1], words) if at + 1 < len(whole) else ()
        if offered := _offered(token.text, before, after, engine):
            slips.append((token, offered))
            texts[at] = offered[0]
    found = []
    for rank in range(min(_MOST, max((len(offered) for _, offered in slips), default=0))):
        out, end = [], 0
        for token, offered in slips:
            out += [text[end : token.start], offered[min(rank, len(offered) - 1)]]
            end = token.end
        found.append("".join([*out, text[end:]]))
    return found


def _is_slip(word: str, words: Words) -> bool:
    """May the word be one: nothing here has it, or misprints; without marks, in no spelling?"""
    known = words.spellings.get(fold(word), ())
    right = word in asking.WORDS if has_marks(word) else known or word in asking.SPELLINGS
    if right or not word.isalpha():
        return False
    most = max(map(words.frequency, known), default=1)
    return words.frequency(word) * _RARER < most


def _as_here(word: str, words: Words) -> Sequence[str]:
    """A neighbour, or what is here of it in other spellings."""
    return [word] if words.frequency(word) else words.spellings.get(fold(word), ())


def _offered(
    word: str, before: Sequence[str], after: Sequence[str], engine: SearchEngine
) -> list[str]:
    """Words here that may be meant by *word*, the likeliest first."""
    words, folded = engine.words(), fold(word)
    known = folded in words.spellings
    near = {folded} if known else set(_near(folded))

    def beside(spelling: str) -> int:
        return sum(engine.together(one, spelling) for one in before) + sum(
            engine.together(spelling, one) for one in after
        )

    found = [
        (beside(spelling), words.frequency(spelling), spelling)
        for spelling in {s for key in near for s in words.spellings.get(key, ())} - {word}
        if words.frequency(spelling) and spelling.isalpha()
    ]
    found.sort(key=lambda one: (-one[0], -one[1], one[2]))
    least = _RARER * beside(word) if words.frequency(word) else 0.0
    syllable = is_syllable(folded)
    if syllable:
        least = max(least, _LIKELY * sum(map(words.frequency, (*before, *after))))
    fitting = [one for one in found if one[0] > least]
    return [spelling for _, _, spelling in fitting or ([] if syllable else found[:1])]


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
