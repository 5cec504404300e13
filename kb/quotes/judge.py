"""A verdict for each quotation of a draft.

    pieces ▸ the places where they stand (the place claimed, then anywhere) ▸ the best of them
           ▸ letter by letter, what is left out beside, whose words, which day ▸ verdict
    nowhere ▸ the nearest passage with the difference

A quotation is exact only where every check was made and came out well. Of several places the one
claimed counts; else the one whose words hold today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from kb.diff import Change, Piece, words_diff
from kb.quotes import Form, Judged, Named, Quotation, Stands, Text, Texts, Verdict
from kb.quotes.beside import Edge, beside, claims, edge, hidden, words_before
from kb.quotes.checked import Checked, apart, is_of, joined, parts_of, place_in, same_words
from kb.quotes.match import Match, Near, Reader, bare, matches, nearest, stands
from kb.quotes.omitted import omitted, omitted_words, turning_words
from kb.quotes.reasons import INCOMPLETE, changes, copy_again, only_typed, other_beside, place
from kb.quotes.sentences import clipped
from kb.quotes.standing import Standing, Time, label, standing
from kb.quotes.unmarked import LONG
from kb.quotes.words import Words, is_word, of_draft
from kb.text import Span, nfc

_SHORT = 2  # words; an ellipsis with less on one side of it can join anything
_ALTERED, _LIKE = 0.5, 0.25  # share of the words that stand in the nearest passage
_BESIDE = 200  # characters
_JOINED = 4  # words in a row that come from elsewhere
_RUN = 8  # words in a row that fingerprints always find (``kb.index.passages``)


def judge(
    text: str, quotations: Sequence[Quotation], named: Sequence[Named], texts: Texts, day: date
) -> list[Judged]:
    """What each quotation of *text* is worth on *day*, in their order. Names are not judged, nor
    is what stands inside a quotation that is right. *named* are the places the draft names."""
    judging = _Judging(text, sorted(named, key=lambda n: n.span.start), texts, day)
    out: list[Judged] = []
    right: Span | None = None
    for quotation in sorted(quotations, key=lambda q: (q.span.start, -q.span.end)):
        if quotation.kind is Form.NAME or (right and quotation.span.end <= right.end):
            continue
        found = judging.one(quotation)
        out.append(found)
        if found.right:
            right = quotation.span
    return out


class _Judging:
    def __init__(self, text: str, named: Sequence[Named], texts: Texts, day: date) -> None:
        self._text, self._named, self._texts, self._day = text, named, texts, day
        self._words = of_draft(text)
        self._reader = Reader(texts)

    def one(self, quotation: Quotation) -> Judged:
        pieces = [bare(self._words.within(span)) for span in quotation.pieces]
        pieces = [piece for piece in pieces if any(map(is_word, piece.keys))]
        claimed = claims(self._text, quotation, self._named)
        if quotation.kind is Form.UNMARKED:  # it is nobody's but by its words
            claimed = tuple(one for one in claimed if one.key)
        first = claimed[0] if claimed else None
        if not pieces:
            return Judged(quotation, Verdict.UNVERIFIED, None, first, (),
                          "Không có chữ nào để đối chiếu; xem lại dấu ngoặc kép.")  # fmt: skip
        standing = self._all(quotation, pieces, claimed)
        found = [self._checked(match, quotation, claimed, pieces) for match in standing]
        if quotation.kind is Form.UNMARKED:  # a summary of ours is nothing to be copied from
            found = [one for one in found if not one.match.text.digest]
        if found:
            return self._of_match(quotation, min(found, key=lambda one: one.rank), claimed, pieces)
        return self._of_nearest(quotation, pieces, claimed)

    # where the words stand

    def _all(
        self, quotation: Quotation, pieces: Sequence[Words], claimed: Sequence[Named]
    ) -> Iterator[Match]:
        """Every place at hand where the pieces stand, each once. Fingerprints find runs of eight
        words and more: the texts claimed are read whole before it is said that they lack the words,
        and for fewer words the search is asked too."""
        seen: set[tuple[str, int]] = set()
        keys: set[str] = set()
        for text, around in (*self._repeated(quotation), *self._stretches(pieces, claimed)):
            for match in matches(text, around, pieces):
                if (at := (text.id, match.span.start)) not in seen:
                    seen.add(at)
                    keys.add(text.key)
                    yield match
        more = [id for n in claimed if n.key not in keys for id in self._texts.texts_of(n.key)]
        if not seen and _is_short(pieces):
            more += self._texts.alike(_in_one(pieces))
        for id in dict.fromkeys(more):
            if (whole := self._texts.text(id)) is not None:
                around = self._reader.stretch(whole, 0, len(whole.words), notes=False)
                yield from matches(whole, around, pieces)

    def _stretches(
        self, pieces: Sequence[Words], claimed: Sequence[Named]
    ) -> Iterator[tuple[Text, Words]]:
        words = _in_one(pieces)
        for place_named in claimed:
            ids = self._texts.texts_of(place_named.key) if place_named.key else ()
            for id in ids:
                text = self._texts.text(id)
                if text is None:
                    continue
                provision = place_in(text, place_named.provision)
                around = self._reader.place(text, provision, pieces) if provision else None
                if around is not None:
                    yield text, around
            if ids:
                yield from self._reader.near(words, pieces, ids)
        near = list(self._reader.near(words, pieces))
        yield from near
        if not near:
            for id in self._texts.alike(words):
                text = self._texts.text(id)
                if text is not None:
                    yield text, self._reader.stretch(text, 0, len(text.words), notes=False)

    def _repeated(
        self, quotation: Quotation, beside: int = _BESIDE
    ) -> Iterator[tuple[Text, Words]]:
        """The stretch that words without marks were found to repeat, and what stands beside it."""
        id, span = quotation.found or ("", Span(0, 0))
        text = self._texts.text(id) if id else None
        if text is not None:
            low, high = span.start - beside, span.end + beside
            yield text, self._reader.stretch(text, low, high, notes=False)

    # what is checked of a match

    def _checked(
        self,
        match: Match,
        quotation: Quotation,
        claimed: Sequence[Named],
        pieces: Sequence[Words],
    ) -> Checked:
        text = match.text
        parts = parts_of(match)
        owners = self._owners(match)
        whose = next((n for n in claimed if is_of(match, owners, n)), None)
        same, alike = same_words(pieces, match.pieces, self._text, text)
        time, labelled = self._time(match, owners, parts, quotation, whose)
        return Checked(
            match,
            whose,
            whose is not None or not claimed,
            same,
            alike,
            hidden(match, words_before(self._text, quotation.span)),
            apart(match),
            time,
            labelled,
            self._texts.may_quote(text.id, match.span),
        )

    def _owners(self, match: Match) -> list[tuple[str, str]]:
        """(document, provision) of whom the words may be, beside the text they stand in."""
        provisions = match.provisions
        if not provisions:
            return []
        given = self._texts.given(match.text.id, provisions[0])
        return [(one.key, one.provision) for one in given]

    def _time(
        self,
        match: Match,
        owners: Sequence[tuple[str, str]],
        parts: Sequence[tuple[str, Words]],
        quotation: Quotation,
        whose: Named | None,
    ) -> tuple[Standing, bool]:
        """Whether the words hold, and whether the draft says of which time they are."""
        owner, own = match.text.key, parts
        of_itself = whose is not None and whose.key == owner and _quotes(whose)
        if owners and not of_itself:
            owner, own = owners[0][0], self._as_of(owners[0][0], match, parts)
        found = standing(self._texts, owner, own, self._day)
        said = label(beside(self._text, quotation, self._named), coming=found.time is Time.COMING)
        if said is None:
            return found, False
        if said.day is not None and standing(self._texts, owner, own, said.day).time in (
            Time.FORMER, Time.COMING,
        ):  # fmt: skip
            when = f"không phải lời của ngày {said.day:%d/%m/%Y} nêu trong bài"
            return Standing(Time.FORMER, when), False
        if found.time is Time.CURRENT and said.day is None and self._was_other(owner, own):
            return Standing(Time.COMING, "là lời đang áp dụng, không phải lời cũ"), False
        return found, True

    def _as_of(
        self, owner: str, match: Match, parts: Sequence[tuple[str, Words]]
    ) -> list[tuple[str, Words]]:
        """The parts by the places of *owner* whose words they are."""
        out = []
        for provision, words in parts:
            given = self._texts.given(match.text.id, provision)
            place = next((one.provision for one in given if one.key == owner), "")
            out.append((place, words))
        return out

    def _was_other(self, key: str, parts: Sequence[tuple[str, Words]]) -> bool:
        """Had the place other words before, so that a label of the past is wrong?"""
        before = [w for p, _ in parts for w in self._texts.wordings(key, p) if w.text]
        if len(before) < 2:
            return False
        first = before[0].since
        if first is None:
            return False
        past = date.fromisoformat(first)
        return standing(self._texts, key, parts, past).time is not Time.CURRENT

    # verdicts

    def _of_match(
        self,
        quotation: Quotation,
        found: Checked,
        claimed: Sequence[Named],
        pieces: Sequence[Words],
    ) -> Judged:
        source = found.match.stands
        where = place(source.provision, self._texts.name(source.key))
        first = found.claimed or (claimed[0] if claimed else None)

        def said(verdict: Verdict, reason: str, diff: Sequence[Piece] = ()) -> Judged:
            return Judged(quotation, verdict, source, first, tuple(diff), reason)

        diff = () if found.same else self._diff(quotation, source)
        if not found.same and not _only_typed(quotation, diff):
            what = changes(diff) or "khác chữ so với nguồn"
            return said(
                Verdict.ALTERED,
                f"Khác nguyên văn {where}: {what}. {copy_again(quotation.kind)}",
                diff,
            )
        if found.apart:
            one, two = (place(unit, "") or "phần đầu" for unit in found.apart)
            reason = f"Dấu lược nối lời của {one} với {two} thành câu không có trong nguồn."
            diff = self._diff(quotation, source)
            return said(Verdict.ALTERED, f"{reason} Trích từng chỗ riêng.", diff)
        if found.left_out:
            reason = f"Bỏ mất “{found.left_out}” đứng ngay cạnh lời trích ở {where}"
            return said(Verdict.ALTERED, f"{reason}, nên câu mang nghĩa khác. Trích cả phần ấy.")
        if len(pieces) > 1 and any(sum(map(is_word, p.keys)) < _SHORT for p in pieces):
            reason = "Có mẩu chỉ một chữ bên dấu lược, ghép vào đâu cũng vừa"
            return said(Verdict.UNVERIFIED, f"{reason}; đối chiếu với {where} và trích dài hơn.")
        if found.barred:
            reason = f"{found.barred} ({where})"
            act = "Mở bản gốc để trích, hoặc viết là lời của mình."
            return said(Verdict.NOT_QUOTABLE, f"{reason}. {act}")
        if not found.attributed:
            return self._elsewhere(quotation, found, claimed, where)
        time = found.standing.time
        if not found.labelled and time in (Time.FORMER, Time.COMING):
            reason = f"Lời ở {where} không phải lời đang áp dụng: {found.standing.reason}"
            act = "Trích lời đang áp dụng, hoặc ghi rõ thời điểm."
            return said(Verdict.SUPERSEDED, f"{reason}. {act}")
        if not found.labelled and time is Time.OPEN:
            reason = f"Lời có ở {where}, nhưng {found.standing.reason}"
            act = "chưa biết nay còn áp dụng không. Tìm bản mới nhất."
            return said(Verdict.UNVERIFIED, f"{reason}; {act}")
        if quotation.kind is Form.UNMARKED and (near := self._beside(quotation, found.match)):
            return said(Verdict.UNVERIFIED, other_beside(near, where))
        left_out = omitted(found.match)
        less, turns = omitted_words(left_out), turning_words(left_out)
        look = f" {turns}: đọc lại xem câu còn đúng nghĩa, nếu không thì trích đủ." if turns else ""
        verdict, words = Verdict.EXACT, f"Đúng nguyên văn {where}"
        if not found.typed_alike:
            verdict, words = Verdict.TYPOGRAPHY, f"Đúng lời {where}, chỉ khác cách gõ"
        return replace(said(verdict, f"{words}{less}.{look}"), omitted=left_out)

    def _beside(self, quotation: Quotation, match: Match) -> Edge | None:
        """What makes a run without marks no whole sentence of its source's."""
        span = quotation.span
        return edge(match, self._text, span) or clipped(match, self._text, span, self._named)

    def _elsewhere(
        self, quotation: Quotation, found: Checked, claimed: Sequence[Named], where: str
    ) -> Judged:
        """The words are right, and stand in another place than the draft says."""
        source, first = found.match.stands, claimed[0]
        unknown = next((n for n in claimed if not n.key or not self._texts.texts_of(n.key)), None)
        if unknown is not None:
            name = self._texts.name(unknown.key) if unknown.key else unknown.span.of(self._text)
            reason = (
                f"Kho không có toàn văn {name} nên chưa biết lời này có ở đó không; trong "
                f"kho lời này ở {where}. Nạp văn bản được dẫn rồi kiểm lại."
            )
            return Judged(quotation, Verdict.UNVERIFIED, source, unknown, (), reason)
        said = place(first.provision, self._texts.name(first.key))
        if quotation.kind is Form.UNMARKED and len(quotation.span.of(self._text).split()) < LONG:
            reason = f"Lời này ở {where}, bài nêu {said} gần đó. Xem lại chỗ dẫn."
            return Judged(quotation, Verdict.UNVERIFIED, source, first, (), reason)
        reason = f"Đúng lời nhưng không có ở {said}; lời này ở {where}. Sửa chỗ dẫn."
        return Judged(quotation, Verdict.MISATTRIBUTED, source, first, (), reason)

    def _of_nearest(
        self, quotation: Quotation, pieces: Sequence[Words], claimed: Sequence[Named]
    ) -> Judged:
        first = claimed[0] if claimed else None
        quoted = joined(pieces)
        near = [
            found
            for text, around in list(self._repeated(quotation, 0))
            or self._stretches(pieces, claimed)
            if not text.digest  # a summary of ours is no wording to compare with
            and (found := nearest(text, around, quoted)) is not None
        ]
        best = max(near, key=lambda one: (one.share, bool(first and one.text.key == first.key)),
                   default=None)  # fmt: skip
        missing = first is not None and (not first.key or not self._texts.texts_of(first.key))
        if not claimed and _is_short(pieces):
            reason = "Lời trích ngắn, chưa nêu nguồn nên chưa tìm hết được. Nêu điều và văn bản."
            return Judged(quotation, Verdict.UNVERIFIED, None, None, (), reason)
        if best is None or best.share < _LIKE:
            if missing:
                reason = "Kho không có toàn văn được dẫn nên chưa kiểm được. Nạp văn bản ấy trước."
                return Judged(quotation, Verdict.UNVERIFIED, None, first, (), reason)
            if not self._texts.complete:
                return Judged(quotation, Verdict.UNVERIFIED, None, first, (), INCOMPLETE)
            reason = (
                "Không thấy lời này trong kho. Nêu nguồn và nạp văn bản, hoặc bỏ dấu ngoặc kép."
            )
            return Judged(quotation, Verdict.NOT_FOUND, None, first, (), reason)
        source = stands(best.text, best.words.span)
        where = place(source.provision, self._texts.name(source.key))
        diff = self._diff(quotation, source)
        other = self._other_part(pieces, best)
        if missing and (best.share < 0.9 or best.text.key != (first.key if first else "")):
            reason = (f"Kho không có toàn văn được dẫn nên chưa kiểm được; gần nhất trong kho là "
                      f"{where}. Nạp văn bản ấy rồi kiểm lại.")  # fmt: skip
            return Judged(quotation, Verdict.UNVERIFIED, source, first, diff, reason)
        if other is None and _only_typed(quotation, diff):
            reason = f"Lời ở {where}, chỉ khác chữ hoa hoặc dấu câu."
            return Judged(quotation, Verdict.TYPOGRAPHY, source, first, diff, reason)
        if best.share >= _ALTERED or other is not None:
            what = changes(diff) or "khác chữ so với nguồn"
            if other is not None:
                there = place(other.provision, self._texts.name(other.key))
                what = f"ghép với lời của {there}"
            reason = f"Khác nguyên văn {where}: {what}. {copy_again(quotation.kind)}"
            return Judged(quotation, Verdict.ALTERED, source, first, diff, reason)
        if not self._texts.complete:
            return Judged(quotation, Verdict.UNVERIFIED, source, first, diff, INCOMPLETE)
        reason = (
            f"Không thấy lời này trong kho; gần nhất là {where}. So lại, hoặc bỏ dấu ngoặc kép."
        )
        return Judged(quotation, Verdict.NOT_FOUND, source, first, diff, reason)

    def _other_part(self, pieces: Sequence[Words], best: Near) -> Stands | None:
        """Where the words stand as one that the nearest passage lacks."""
        left = bare(joined(pieces).part(*best.left))
        if sum(map(is_word, left.keys)) < _JOINED:
            return None
        words = " ".join(left.keys)
        for text, around in self._reader.near(words, [left]):
            for match in matches(text, around, [left]):
                return match.stands
        return None

    def _diff(self, quotation: Quotation, source: Stands) -> tuple[Piece, ...]:
        """From the source to the draft, in the draft's own letters. Signs at the ends of a
        quotation and the case of its first letter are the draft's to choose."""
        inner = " … ".join(span.of(self._text) for span in quotation.pieces)
        mine = _without_signs(re.sub(r"(?m)^[ \t]*>[ \t]?", "", nfc(inner)))
        theirs = _without_signs(source.words)
        first, other = mine.partition(" ")[0], theirs.partition(" ")[0]
        if first[1:] == other[1:] and first[:1].lower() == other[:1].lower():
            theirs = mine[:1] + theirs[1:]
        found = words_diff(theirs, mine)
        return tuple(found) if any(p.change is not Change.KEPT for p in found) else ()


def _in_one(pieces: Sequence[Words]) -> str:
    return " ".join(joined(pieces).keys)


def _without_signs(words: str) -> str:
    return words.strip(' \t\n.,;:-+•*"“”')


def _is_short(pieces: Sequence[Words]) -> bool:
    """Has a piece too few words to be sure of finding them wherever they stand?"""
    return min(sum(map(is_word, piece.keys)) for piece in pieces) < _RUN


def _only_typed(quotation: Quotation, diff: Sequence[Piece]) -> bool:
    """Without marks capitals and signs are the draft's to choose."""
    return quotation.kind is Form.UNMARKED and bool(diff) and only_typed(diff)


def _quotes(claimed: Named) -> bool:
    return "__q" in claimed.provision
