"""A pack with what was found of it → the report that goes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from kb.documents import display_date
from kb.dossiers import STATE_WORDS, Event, Pack, State
from kb.dossiers.changes import STANDING_WORDS, Found
from kb.dossiers.log import state_on
from kb.dossiers.report import Corpus, Form, Line, Quote, Report, Style
from kb.press import Checked
from kb.quotes import Judged
from kb.quotes.omitted import omitted_words, turning_words
from kb.text import quoted


def report_of(
    pack: Pack, found: Sequence[Found], checked: Checked | None, origins: Sequence[str],
    let: Sequence[tuple[str, Sequence[Event]]], form: Form, now: datetime, corpus: Corpus,
    site: str,
) -> Report:  # fmt: skip
    """What goes out *now* (with its offset). *checked* is the check of the statement, None where
    there is none; *origins* say where the words are from; *let* are (what stood in the way, the
    overrides that let it through); *site* is the address at which others open this desk, without a
    slash at its end, "" where there is none."""
    quotes, seen = [], set()
    for n, one in enumerate(found, 1):
        chosen = one.passage
        # A verified passage has a reason only where its words will change.
        note = one.reason if one.verified else f"{STANDING_WORDS[one.standing]}. {one.reason}"
        notes = " ".join(part for part in (one.attribution and one.attribution + ".", note) if part)
        quotes.append(
            Quote(
                n, chosen.selector.exact, one.short if chosen.key in seen else one.full,
                one.status_line, f"{site}/vb/{chosen.key}/{one.place}" if site else "", chosen.key,
                chosen.provision, chosen.expression, one.words_sha256, chosen.selector.prefix,
                chosen.selector.suffix, chosen.selector.position, notes,
                one.since if form is Form.CARD else (),
            )
        )  # fmt: skip
        seen.add(chosen.key)
    facts = pack.facts
    return Report(
        form, pack.id, facts.title, facts.organisation, facts.outlet, facts.claim, pack.text,
        state_line(pack, now), confirmed(pack, now), tuple(quotes),
        tuple(_let(let, now)),
        now.isoformat(timespec="seconds"), time_words(now), corpus,
        omitted=tuple(_omitted(pack.text, checked.quotations if checked else ())),
        origins=tuple(origins),
    )  # fmt: skip


_LONGEST = 60  # characters of a quotation repeated where it is said what it leaves out


def _omitted(text: str, quotations: Sequence[Judged]) -> Iterator[str]:
    """What the quotations of the statement leave out, a sentence of each that does."""
    for one in quotations:
        if one.omitted is not None:
            words = quoted(" ".join(one.quotation.span.of(text).split()), _LONGEST)
            turns = turning_words(one.omitted)
            yield f"Chỗ trích {words}{omitted_words(one.omitted)}.{f' {turns}.' if turns else ''}"


def _let(let: Sequence[tuple[str, Sequence[Event]]], now: datetime) -> Iterator[str]:
    """Each fault, then who let it through, when and why; one reason given for several faults
    stands once, behind them."""
    for n, (what, _) in enumerate(let, 1):
        yield f"{n}. {what}"
    behind: dict[int, tuple[Event, list[int]]] = {}
    for n, (_, events) in enumerate(let, 1):
        for event in events[-1:]:
            behind.setdefault(event.id, (event, []))[1].append(n)
    for event, numbers in behind.values():
        which = f" (điều {', '.join(map(str, numbers))})" if len(let) > 1 else ""
        yield (f"Lý do vẫn đưa ra{which}: {event.why.rstrip('.')}. Người cho xuất: {event.by}, "
               f"{at_words(event.at, now)}.")  # fmt: skip


def state_line(pack: Pack, now: datetime) -> str:
    """How far the statement has come, who approved it, until when it may be used."""
    state = state_on(pack, now.date().isoformat())
    if pack.approved is None or state is State.DRAFT:
        return f"{STATE_WORDS[state]}, chưa duyệt."
    who = f"{pack.approved.by} duyệt {at_words(pack.approved.at, now)}"
    until = display_date(pack.expires)
    if state is State.EXPIRED:
        return f"Hết hạn từ sau ngày {until} ({who})."
    return f"{STATE_WORDS[state]}: {who}; dùng đến hết ngày {until}."


def confirmed(pack: Pack, now: datetime) -> tuple[str, ...]:
    if pack.approved is None:
        return ("Chưa có người xác nhận.",)
    return (f"{pack.approved.by}, {at_words(pack.approved.at, now)}.",)


def time_words(moment: datetime) -> str:
    """
    >>> time_words(datetime(2026, 11, 26, 16, 4))
    '16:04 ngày 26/11/2026'
    """
    return f"{moment:%H:%M} ngày {display_date(moment.date().isoformat())}"


def at_words(iso: str, now: datetime) -> str:
    """A kept UTC time on the clock of *now*: "lúc 09:30 ngày 26/11/2026"."""
    return f"lúc {time_words(datetime.fromisoformat(iso).astimezone(now.tzinfo))}"


def report_from(value: Mapping[str, Any]) -> Report:
    """A report as an event keeps it (``dataclasses.asdict``)."""
    quotes = tuple(Quote(**{**quote, "since": tuple(quote["since"])}) for quote in value["quotes"])
    return Report(
        **{
            **value,
            "form": Form(value["form"]),
            "quotes": quotes,
            "confirmed": tuple(value["confirmed"]),
            "let": tuple(value["let"]),
            "omitted": tuple(value.get("omitted", ())),
            "origins": tuple(value.get("origins", ())),
            "corpus": Corpus(**value["corpus"]),
            "kept": tuple(
                Line(**{**line, "style": Style(line["style"])}) for line in value.get("kept", ())
            ),
        }
    )
