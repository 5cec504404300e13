"""What goes out, as one value: DOCX, text, JSON and print hold the same lines in the same order.

A *pack* is the statement, then the passages; a *card* is one page in two columns: what is claimed,
and what the text says, word for word, since when, what stood there before, and who confirmed it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.dossiers.passages import plain
from kb.text import capital

AS_TYPED = "Tên người là tên đã gõ vào, không phải danh tính được xác thực."


class Form(StrEnum):
    PACK = "pack"  # hồ sơ
    CARD = "card"  # thẻ phản bác


class Style(StrEnum):
    """How a line looks; every format has its own way."""

    ORGANISATION = "organisation"
    NATION = "nation"
    MOTTO = "motto"
    TITLE = "title"
    HEADING = "heading"
    CITATION = "citation"
    QUOTE = "quote"
    PLAIN = "plain"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. ``name`` is the part of the paper it belongs to ("quote 2", "statement"); of
    one name they follow each other. ``column`` of a card: "" across, "left" or "right"."""

    name: str
    text: str
    style: Style = Style.PLAIN
    column: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage as it goes out: ``exact`` as printed in its source, ``citation`` full at the first
    mention of a document, short later; ``link`` "" where others cannot open the desk; ``since``
    sentences on its age (cards only); ``note`` what is to be said beside it. The rest is how it is
    found again: ``kb.dossiers.Passage``."""

    n: int
    exact: str
    citation: str
    status: str
    link: str
    key: str
    provision: str
    expression: str
    sha256: str
    prefix: str = ""
    suffix: str = ""
    position: int = 0
    note: str = ""
    since: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was asked: the generation of the library, when it was built, what it was built from."""

    generation: str
    built: str
    corpus: str


@dataclass(frozen=True, slots=True)
class Report:
    """``state`` and ``confirmed`` are sentences; ``let`` what was let through, by whom and why;
    ``checked`` the ISO time of the check with its offset, ``checked_words`` the same in words;
    ``kept`` the lines of one that went out: they stay, however later ones are worded; ``omitted``
    sentences on what quotations in the statement leave out, ``origins`` on where the words of each
    document were taken from."""

    form: Form
    pack: int
    title: str
    organisation: str
    outlet: str
    claim: str
    statement: str
    state: str
    confirmed: tuple[str, ...]
    quotes: tuple[Quote, ...]
    let: tuple[str, ...]
    checked: str
    checked_words: str
    corpus: Corpus
    kept: tuple[Line, ...] = ()
    omitted: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()


def lines(report: Report) -> list[Line]:
    """The paper, paragraph by paragraph, in the order it is read."""
    if report.kept:
        return list(report.kept)
    made = _card(report) if report.form is Form.CARD else _pack(report)
    return [line for line in made if plain(line.text)]


def _head(report: Report) -> Iterator[Line]:
    yield Line("head", report.organisation.upper(), Style.ORGANISATION)
    yield Line("head", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Style.NATION)
    yield Line("head", "Độc lập - Tự do - Hạnh phúc", Style.MOTTO)


def _pack(report: Report) -> Iterator[Line]:
    yield from _head(report)
    yield Line("title", "THÔNG TIN CUNG CẤP CHO BÁO CHÍ", Style.TITLE)
    yield Line("title", report.title, Style.TITLE)
    if report.outlet:
        yield Line("outlet", f"Gửi: {report.outlet}")
    yield Line("state", report.state, Style.SMALL)
    if report.statement.strip():
        yield Line("statement", "Lời phát biểu", Style.HEADING)
        for words in report.statement.splitlines():
            yield Line("statement", words)
    for words in report.omitted:
        yield Line("omitted", words, Style.SMALL)
    if report.quotes:
        yield Line("quotes", "Nguyên văn của văn bản", Style.HEADING)
    for quote in report.quotes:
        yield from _quote(quote, "")
    yield from _foot(report)


def _card(report: Report) -> Iterator[Line]:
    yield from _head(report)
    yield Line("title", "THẺ PHẢN BÁC THÔNG TIN SAI SỰ THẬT", Style.TITLE)
    yield Line("title", report.title, Style.TITLE)
    yield Line("claim", "Điều đang được nói", Style.HEADING, "left")
    for words in report.claim.splitlines():
        yield Line("claim", words, column="left")
    if report.statement.strip():
        yield Line("statement", "Trả lời của chúng tôi", Style.HEADING, "left")
        for words in report.statement.splitlines():
            yield Line("statement", words, column="left")
    for words in report.omitted:
        yield Line("omitted", words, Style.SMALL, "left")
    yield Line("quotes", "Văn bản viết, nguyên văn", Style.HEADING, "right")
    for quote in report.quotes:
        yield from _quote(quote, "right")
    yield Line("confirmed", "Ai xác nhận", Style.HEADING)
    for words in report.confirmed:
        yield Line("confirmed", words)
    yield from _foot(report)


def _quote(quote: Quote, column: str) -> Iterator[Line]:
    yield Line(f"citation {quote.n}", f"{quote.n}. {capital(quote.citation)}:", Style.CITATION,
               column)  # fmt: skip
    words = [plain(line) for line in quote.exact.splitlines() if plain(line)]
    if words and not (words[0].startswith("“") and words[-1].rstrip(".;,").endswith("”")):
        # What an amending text quotes bears its own marks.
        words = [f"“{words[0]}", *words[1:]]
        words[-1] += "”"
    for line in words:
        yield Line(f"quote {quote.n}", line, Style.QUOTE, column)
    for sentence in quote.since:
        yield Line(f"since {quote.n}", sentence, Style.SMALL, column)
    yield Line(f"status {quote.n}", f"Hiệu lực: {quote.status}.", Style.SMALL, column)
    if quote.note:
        yield Line(f"note {quote.n}", f"Lưu ý: {quote.note}", Style.SMALL, column)
    if quote.link:
        yield Line(f"link {quote.n}", f"Xem tại: {quote.link}", Style.SMALL, column)


def _foot(report: Report) -> Iterator[Line]:
    if report.let:
        yield Line("let", "Điều chưa đúng hoặc chưa kiểm được, và lý do vẫn đưa ra", Style.HEADING)
        for words in report.let:
            yield Line("let", words)
    for words in report.origins:
        yield Line("origin", words, Style.SMALL)
    yield Line("checked", f"Kiểm tra lúc {report.checked_words}, với kho văn bản lập "
               f"{report.corpus.built}. {AS_TYPED}",
               Style.SMALL)  # fmt: skip


# Of a card in millimetres, as DOCX and print have it: A4 less its margins, a line of 10 points, the
# space behind a paragraph; characters of a line in each column. Measured: all cards of up to 0.96
# by this count were one page in LibreOffice and in Chromium.
_ROOM, _LINE, _BEHIND = 253.0, 4.3, 0.9
_CHARACTERS = {"left": 34, "right": 70, "": 108}


def sheets(report: Report) -> float:
    """How many A4 pages a card takes, about: rather more than less."""
    heights = {"left": 0.0, "right": 0.0, "": 0.0}
    for line in lines(report):
        rows = -(-len(line.text) // _CHARACTERS[line.column])
        more = 1.5 if line.style in (Style.HEADING, Style.CITATION) else 1.0
        heights[line.column] += rows * _LINE + more * _BEHIND
    return (heights[""] + max(heights["left"], heights["right"]) + 2 * _LINE) / _ROOM


def called(name: str, quotes: Sequence[Quote]) -> str:
    """What a part of the paper is called: "câu trích 2 (khoản 1 Điều 5 Luật …)"."""
    word, _, number = name.partition(" ")
    quote = next((q for q in quotes if str(q.n) == number), None)
    if quote is not None:
        return f"{_PARTS[word]} {quote.n} ({quote.citation})"
    return _PARTS.get(word, name)


_PARTS = {
    "head": "tên cơ quan",
    "title": "tiêu đề",
    "outlet": "nơi nhận",
    "state": "dòng ghi bước duyệt",
    "statement": "lời phát biểu",
    "omitted": "dòng ghi chỗ lược bớt",
    "quotes": "đề mục",
    "claim": "điều đang được nói",
    "citation": "dòng dẫn nguồn của câu trích",
    "quote": "câu trích",
    "since": "dòng ghi từ ngày nào của câu trích",
    "status": "dòng hiệu lực của câu trích",
    "note": "lưu ý của câu trích",
    "link": "liên kết của câu trích",
    "confirmed": "người xác nhận",
    "let": "lý do cho xuất",
    "origin": "dòng ghi nguyên văn lấy từ đâu",
    "checked": "dòng ghi lúc kiểm tra",
    "code": "mã dấu",
}
