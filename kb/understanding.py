"""What was typed → what is looked for: documents by number or name, a place in them, conditions,
words. Nothing is chosen that can mean two things, and whatever was understood is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kb.index import Query, Words
from kb.index.analyzer import tokens
from kb.index.conditions import Condition, condition, succession
from kb.index.known import Known
from kb.index.numbers import NumberAsked
from kb.index.places import PlaceAsked, place_asked, without_places
from kb.index.query import FieldAsked, Typed, cleaned, cut_out, read, words_of
from kb.index.short import ShortAsked
from kb.index.spelling import mended
from kb.issuers import issuer_ids
from kb.results import Choice, Mistake, Question
from kb.text import Span, fold

# Words that only join a place or number to the rest.
_FILLERS = frozenset(
    (
        *("cua", "so", "ngay", "theo", "tai", "trong", "o", "va"),
        *("ve", "thuoc", "la", "gi", "van", "ban", "xem", "tim"),
        *("nam", "cac", "ky", "hieu"),
    )
)


@dataclass(frozen=True, slots=True)
class Near:
    """A document that a number typed is nearly that of, and why it is thought of."""

    key: str
    why: str


@dataclass(frozen=True, slots=True)
class Understood:
    """``keys`` are the documents named (by number or name), ``named`` how; ``near`` those nearly
    named; ``whole`` when nothing was typed beside them, ``beside`` what was, in full. ``query`` is
    for the engine, ``words`` its text before short words were written in full, ``short`` those that
    were typed and can be read as abbreviations, and the words they stand for."""

    typed: Typed
    query: Query
    words: str
    keys: tuple[str, ...] = ()
    named: str = ""
    number: NumberAsked | None = None
    near: tuple[Near, ...] = ()
    place: PlaceAsked | None = None
    whole: bool = False
    beside: str = ""
    conditions: tuple[tuple[FieldAsked, Condition], ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    short: frozenset[str] = frozenset()

    def allowed(self, known: Known) -> set[str] | None:
        """The documents that meet every condition; None without any."""
        if not self.conditions:
            return None
        return {
            key
            for key, listed in known.documents.items()
            if all(made.fits(listed) for _, made in self.conditions)
        }


def understand(
    text: str, known: Known, today: date, lexicon: Words | None = None, verbatim: bool = False
) -> Understood:
    """Raises ``kb.index.query.QueryTooLong``; *verbatim* takes words as they stand. With a
    *lexicon* keys of Telex and VNI are read as what they mean."""
    line = cleaned(text)
    typed = read(line, [asked.span for asked in known.reader.find(line)])
    mistakes = list(typed.mistakes)
    conditions: list[tuple[FieldAsked, Condition]] = []
    for asked in typed.fields:
        made = condition(asked, known, today)
        if isinstance(made, Mistake):
            mistakes.append(made)
        else:
            conditions.append((asked, made))
    notes = [note for _, made in conditions for note in made.notes]
    words = typed.words
    if verbatim:
        return Understood(
            typed, words_of(words, typed.without), words, beside=words,
            conditions=tuple(conditions), notes=tuple(notes), mistakes=tuple(mistakes),
        )  # fmt: skip
    meant = mended(words, lexicon) if lexicon else words
    shorts = _shorts(meant, known)
    full = _in_full(meant, shorts)
    found = _documents(meant, known, _quoted(meant))
    beside = cut_out(meant, found.spans)
    notes += [] if found.whole else _successions(full, known)
    mistakes += [_unreadable(span) for span in known.reader.unreadable(line)]
    query = words_of(full, typed.without)
    folded = [fold(word) for word in query.words]
    query = replace(query, also=known.shorts.of_meaning(folded))
    return Understood(
        typed, query, words, found.keys, found.named, found.number, found.near, found.place,
        found.whole, _in_full(beside, _shorts(beside, known)), tuple(conditions),
        tuple(_questions(typed.text, shorts, found)), tuple(notes), tuple(mistakes),
        frozenset(token.text for short in shorts for said in (short.text, *short.meanings)
                  for token in tokens(said)),
    )  # fmt: skip


# --- documents and places ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Documents:
    keys: tuple[str, ...] = ()
    named: str = ""
    number: NumberAsked | None = None
    near: tuple[Near, ...] = ()
    place: PlaceAsked | None = None
    whole: bool = False
    spans: tuple[Span, ...] = ()


def _documents(words: str, known: Known, quoted: Sequence[Span]) -> _Documents:
    place = place_asked(words)
    spans = list(place.spans) if place else []
    read_in = without_places(words)
    numbers = [n for n in known.reader.find(read_in) if not _within(n.span, [*quoted, *spans])]
    names = [n for n in known.names.find(words) if not _within(n.span, [*quoted, *spans])]
    mentions = [*(n.span for n in numbers), *(n.span for n in names)]
    rest = _without_fillers(cut_out(words, [*spans, *mentions]))
    bodies = issuer_ids(rest, known.vocabulary) if rest else frozenset[str]()
    whole = bool(mentions) and (not rest or bool(bodies))
    keys: dict[str, None] = {}
    near: dict[str, Near] = {}
    said: list[str] = []
    missing: NumberAsked | None = None
    for number in numbers:
        if not (number.sure or whole):
            continue
        over = [name for name in names if _within(name.span, [number.span])
                or _within(number.span, [name.span])]  # fmt: skip
        found = [row.key for row in known.numbers.answering(number)]
        found += [key for name in over for key in name.keys]
        if found:
            said.append(number.text)
            keys |= dict.fromkeys(found)
        else:
            missing = missing or number
            near |= {close.key: close for close in _near(number, known)}
        names = [name for name in names if name not in over]
    for name in names:
        keys |= dict.fromkeys(name.keys)
        said.append(name.text)
    if whole and bodies and keys:
        theirs = [key for key in keys if known.bodies(key) & bodies]
        if not theirs:
            missing = numbers[0] if numbers else missing
            near = {key: Near(key, _by_another(known, key)) for key in keys}
        keys = dict.fromkeys(theirs)
    if not keys and not missing:
        # A place without a document, or letters that are a place only beside one.
        return _Documents()
    return _Documents(
        tuple(keys), ", ".join(said), missing, tuple(near.values()) if not keys else (), place,
        whole, (*spans, *mentions),
    )  # fmt: skip


def _near(number: NumberAsked, known: Known) -> Iterable[Near]:
    """Documents the number is a known misprint of, or differs from in one letter."""
    for row in known.misprints.answering(number):
        entry = known.documents[row.key].entry
        note = next(m.note for m in entry.misprints if m.number == row.text)
        yield Near(row.key, note)
    near = known.numbers.near(number) if number.letters else []
    for row in near:
        yield Near(row.key, "chỉ khác một chữ")
    for row in known.numbers.closest(number) if not near else ():
        same = row.serial == number.serial
        yield Near(row.key, "chỉ khác năm" if same else "số gần giống, cùng ký hiệu")


def _unreadable(span: Span) -> Mistake:
    return Mistake(
        span, "Giống một số hiệu nhưng không đọc được; được tìm như các từ.",
        "Số hiệu viết như 30/2020/NĐ-CP (số, năm đủ bốn chữ số, loại và cơ quan) "
        "hoặc 753/QĐ-TTg.",
    )  # fmt: skip


def _by_another(known: Known, key: str) -> str:
    return f"cùng số nhưng do {known.documents[key].document.issuer} ban hành"


def _without_fillers(rest: str) -> str:
    words = [token.text for token in tokens(rest) if not token.part]
    while words and fold(words[0]) in _FILLERS:
        words.pop(0)
    while words and fold(words[-1]) in _FILLERS:
        words.pop()
    return " ".join(words)


# --- words ---------------------------------------------------------------------------------------


def _quoted(words: str) -> list[Span]:
    quotes = [place for place, letter in enumerate(words) if letter == '"']
    return [Span(a, b + 1) for a, b in zip(quotes[::2], quotes[1::2], strict=False)]


def _within(span: Span, others: Iterable[Span]) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in others)


def _shorts(words: str, known: Known) -> list[ShortAsked]:
    quoted = _quoted(words)
    return [short for short in known.shorts.find(words) if not _within(short.span, quoted)]


def _in_full(words: str, shorts: Sequence[ShortAsked]) -> str:
    """*words* with each short word of one meaning written in full."""
    out, at = [], 0
    for short in shorts:
        if len(short.meanings) == 1:
            out += [words[at : short.span.start], short.meanings[0]]
            at = short.span.end
    return "".join([*out, words[at:]])


def _questions(line: str, shorts: Sequence[ShortAsked], found: _Documents) -> Iterable[Question]:
    for short in shorts:
        if len(short.meanings) > 1 and not _within(short.span, found.spans):
            choices = tuple(
                Choice(meaning, line.replace(short.text, f'"{meaning}"', 1))
                for meaning in short.meanings
            )
            either = " hoặc ".join(short.meanings)
            yield Question(f"{short.text} có thể là {either}. Bạn muốn tìm nghĩa nào?", choices)


def _successions(words: str, known: Known) -> list[str]:
    """Who took over from the bodies that are named and are no more."""
    text = f" {' '.join(fold(token.text) for token in tokens(words) if not token.part)} "
    bodies = {issuer.id: issuer for issuer in known.vocabulary.issuers}
    out = []
    for issuer in known.vocabulary.issuers:
        names = (issuer.name, *issuer.variants, *(c for c in issuer.codes if len(c) > 4))
        keys = (f" {' '.join(fold(t.text) for t in tokens(name) if not t.part)} " for name in names)
        if issuer.successors and any(
            key in text or (" tinh " in key and key.replace(" tinh ", " ") in text) for key in keys
        ):
            out.append(succession(issuer, bodies))
    return [note for note in out if note]
