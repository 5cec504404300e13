"""A document: what it says, what is known of it, what hangs together with it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import Blueprint, Response, abort, redirect, render_template, send_file

from ingest.originals import find as find_original
from kb.catalogue import Relation
from kb.citing import Citing, cite, place_words
from kb.confirmations import BADGES, FIELDS, Confirmation, State, Vouched
from kb.documents import Document
from kb.errors import NotFound
from kb.expressions import Compared, Expression, compare
from kb.history import history
from kb.index.records import digest_id
from kb.issuers import issuer_ids, successors_of
from kb.portal_notes import UNCHECKED
from kb.sources import Source, own_words
from kb.statuses import Statuses
from kb.store import StoredCitation
from kb.store.library import Library
from kb.structure import Level, Node, is_quoted, path_words, spoken, walk_with_path
from kb.text import Span
from web import opened, words
from web.api import findings_of, url_of
from web.history import Claimed, asked_day, claims, notes, sentences
from web.opened import Opened

pages = Blueprint("reader", __name__)

_IN_CONTENTS = {Level.PART, Level.CHAPTER, Level.SECTION, Level.ARTICLE, Level.ANNEX}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``url`` where it cites a document that is here."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A provision as the page shows it: ``badge`` where it may not be quoted though others may,
    ``heading`` as printed, ``lines`` of pieces, ``depth`` 0 outermost, ``path`` its place in words;
    the first ``letterhead`` lines stand in the middle, as on paper; ``citing`` how it is cited."""

    node: Node
    badge: str
    heading: str
    depth: int
    path: str
    lines: tuple[tuple[Piece, ...], ...]
    citing: Citing
    letterhead: int = 0


@pages.get("/van-ban")
def index() -> str:
    library = opened().library
    known, today = Statuses(library), date.today()
    shown = [
        (item, url_of(item), known.on(item.document.key, today)) for item in library.documents()
    ]
    return render_template("reader/list.html", documents=shown)


@pages.get("/vb/<path:key>")
def document(key: str) -> str | Response:
    kb = opened()
    library = kb.library
    if not library.has(key):
        return _elsewhere(library, key)
    listed = library.listed(key)
    if listed.kind == "plan":
        return redirect(url_of(listed))  # type: ignore[return-value]
    text, tree = library.printed(key), library.tree(key)
    citations = library.citations(key)
    told = history(library, key)
    asked = asked_day()
    day = asked or date.today()
    status = Statuses(library, (key,)).on(key, day)
    found = kb.vouched(key)
    provisions = _provisions(kb, key, tree, citations, found) if tree else []
    vouched = found[1] if found else None
    noted = claims(library, key)
    by_place = sorted(noted, key=_noted_at)
    return render_template(
        "reader/document.html",
        listed=listed,
        document=listed.document,
        entry=listed.entry,
        status=status,
        day=day,
        day_asked=asked,
        effective=listed.entry.document.effective or told.since,
        timeline=sentences(library, told),
        notes=notes(library, told, status, [p.node.id for p in provisions], day),
        claims=noted,
        claims_at={place: list(group) for place, group in groupby(by_place, _noted_at)},
        unchecked=UNCHECKED,
        heirs=_heirs(listed.document.issuer),
        replaced_by=_named(library, listed.entry.status.replaced_by or ""),
        provisions=provisions,
        citing=cite(listed.document, namesake=key in kb.namesakes),
        contents=[
            p for p in provisions if p.node.level in _IN_CONTENTS and not is_quoted(p.node.id)
        ],
        attribution=words.attribution(library.shown_kind(key)),
        code_notes=_code_notes(library, key),
        vouched=vouched,
        badge=BADGES[vouched.whole] if vouched else "",
        confirmations=_together(vouched) if vouched else [],
        typed=_typed(kb, found[0].sha256, listed.document) if found else {},
        digests=[(digest_id(i), digest) for i, digest in enumerate(library.digests(key), 1)],
        relations=[_related(library, relation, key) for relation in told.relations],
        cites=_cited(library, text, citations),
        cited_by=_citing(library, key),
        plans=[(plan, item, library.listed(plan)) for plan, item in library.plans_on(key)],
        files=library.files(key),
        expressions=library.expressions(key),
        findings=findings_of(library, key),
    )


def _noted_at(claim: Claimed) -> str:
    return claim.note.provision


@pages.get("/so-sanh/<path:key>")
def comparison(key: str) -> str:
    """How each other text of a document differs from the one shown, word by word."""
    library = opened().library
    listed, texts = library.listed(key), library.expressions(key)
    if len(texts) < 2:
        raise NotFound(
            f"{words.name(listed.document)} chỉ có một bản trong kho, không có gì để so sánh.",
            "Có bản khác thì gửi ở trang Nạp văn bản (/nap-van-ban), hoặc chạy: kb ingest TỆP",
        )
    names = {file.sha256: file.name for file in library.files(key)}
    return render_template(
        "reader/comparison.html",
        document=listed.document,
        url=url_of(listed),
        shown=texts[0],
        names=names,
        others=[(text, differences(library, texts[0], text)) for text in texts[1:]],
    )


def differences(library: Library, shown: Expression, other: Expression) -> list[Compared]:
    """The places in which two texts of a work differ."""
    trees = [library.tree_of(text.id) for text in (shown, other)]
    one, two = (
        (text.document, library.printed_of(text.id), tree)
        for text, tree in zip((shown, other), trees, strict=True)
        if tree is not None
    )
    return compare(one, two, (shown.kind, other.kind))


@pages.get("/tep/<sha256>")
def original(sha256: str) -> Response:
    found = find_original(opened().settings.originals, sha256)
    if found is None:
        abort(404)
    return send_file(found.path.resolve(), as_attachment=True, download_name=found.name)


def _elsewhere(library: Library, key: str) -> Response:
    """``…/key/provision`` goes to the anchor; anything else names what is not here."""
    above, _, provision = key.rpartition("/")
    if not library.has(above):
        raise NotFound(f"Không có văn bản ở địa chỉ {key}.", "Tìm theo số hiệu ở ô tìm kiếm.")
    tree = library.tree(above)
    if tree is None or provision not in {node.id for node, _ in walk_with_path(tree)}:
        name = words.name(library.listed(above).document)
        raise NotFound(f"{name} không có chỗ nào mang mã {provision}.", "Xem mục lục văn bản.")
    return redirect(f"/vb/{above}#{provision}")  # type: ignore[return-value]


def _provisions(
    kb: Opened,
    key: str,
    tree: Node,
    citations: Sequence[StoredCitation],
    found: tuple[Source, Vouched] | None,
) -> list[Shown]:
    library = kb.library
    document = library.listed(key).document
    read, text = library.text(key), library.printed(key)
    linked = [c for c in citations if c.target not in ("", c.key) and c.kind != "internal"]
    urls = {target: url_of(library.listed(target)) for target in {c.target for c in linked}}
    starts = [c.start for c in linked]
    out = []
    # Where no word may be quoted the badge above the text says so once.
    mixed = found if found and _is_mixed(found[1]) else None
    for node, path in walk_with_path(tree):
        if not node.own.of(text).strip():
            continue
        inside = linked[bisect_left(starts, node.own.start) : bisect_left(starts, node.own.end)]
        lines = _lines(text, node.own, [(Span(c.start, c.end), urls[c.target]) for c in inside])
        head = 0 if path else _letterhead(lines)
        heading = own_words(node.heading, read, text, node.own)
        place = path_words((*path, node))
        state = mixed[1].state(mixed[0].places(node.own)) if mixed else State.TYPED
        badge = "" if state.quotable else BADGES[state]
        citing = cite(document, place_words((*path, node)), namesake=key in kb.namesakes)
        depth = max(0, len(path) - 1)
        out.append(Shown(node, badge, heading, depth, place, lines, citing, head))
    return out


def _is_mixed(vouched: Vouched) -> bool:
    """May some of the text be quoted, but not all?"""
    return bool(vouched.unconfirmed) and (vouched.partly or bool(vouched.confirmed))


def _together(vouched: Vouched) -> list[tuple[str, list[int]]]:
    """Who confirmed which pages: one row for each person and day."""
    rows: dict[str, list[int]] = {}
    for page, said in vouched.confirmed.items():
        rows.setdefault(f"{said.by} xác nhận ngày {said.day}", []).append(page)
    return list(rows.items())


def _typed(kb: Opened, sha256: str, document: Document) -> dict[str, Confirmation]:
    """What of the letterhead a person typed, by field."""
    said = (one for one in kb.desk.confirmations(sha256) if one.what in FIELDS)
    return {one.what: one for one in said if getattr(document, one.what) == one.value}


def _letterhead(lines: Sequence[Sequence[Piece]]) -> int:
    """How many lines stand above the grounds."""
    words = ["".join(piece.text for piece in line).strip() for line in lines]
    return next((i for i, line in enumerate(words) if line.startswith("Căn cứ")), 0)


def _lines(
    text: str, own: Span, links: Sequence[tuple[Span, str]]
) -> tuple[tuple[Piece, ...], ...]:
    """The words of *own* line by line, blank ones left out, with the links in their places."""
    lines: list[list[Piece]] = [[]]
    at = own.start
    for span, url in [*links, (Span(own.end, own.end), "")]:
        for i, part in enumerate(text[at : span.start].split("\n")):
            if i:
                lines.append([])
            lines[-1].append(Piece(part))
        lines[-1].append(Piece(" ".join(span.of(text).split()), url))
        at = max(at, span.end)
    kept = (tuple(p for p in line if p.text) for line in lines)
    return tuple(line for line in kept if any(_has_words(p.text) for p in line))


def _has_words(text: str) -> bool:
    """A rule drawn with dashes under a letterhead says nothing."""
    return bool(text.strip(" _-–—*="))


def _code_notes(library: Library, key: str) -> dict[str, dict[str, object]]:
    """What the codification notes under each article, with the articles it points to: those that
    are here with their address."""
    notes = {note.provision: note for _, note in library.code_notes(key)}
    places = library.code_places({code for n in notes.values() for code, _, _ in n.related})
    related = {
        provision: [
            (f"Điều {label}. {heading}", f"/vb/{'#'.join(places[code])}" if code in places else "")
            for code, label, heading in note.related
        ]
        for provision, note in notes.items()
    }
    return {
        provision: {"note": note, "related": related[provision]}
        for provision, note in notes.items()
    }


def _heirs(issuer: str) -> list[str]:
    """Who has taken over from an issuer whose name stays as it was on the paper; nobody where the
    name may be that of several."""
    vocabulary = opened().vocabulary
    known = issuer_ids(issuer, vocabulary) if issuer else frozenset()
    if len(known) != 1:
        return []
    return [heir.name for heir in successors_of(min(known), vocabulary, date.today())]


def _named(library: Library, key: str) -> tuple[str, str]:
    """(name, address) of a document; the key itself, without an address, where it is not here."""
    if not key or not library.has(key):
        return key, ""
    listed = library.listed(key)
    return words.name(listed.document), url_of(listed)


def _related(library: Library, relation: Relation, key: str) -> dict[str, object]:
    mine = relation.subject == key
    other = (relation.object or relation.object_text) if mine else relation.subject
    name, url = _named(library, other)
    return {"words": words.relation(relation, key), "name": name, "url": url, "relation": relation}


def _cited(
    library: Library, text: str, citations: Sequence[StoredCitation]
) -> list[dict[str, object]]:
    """Each document cited once, with the first words that cite it."""
    out: dict[str, dict[str, object]] = {}
    for citation in citations:
        if citation.kind == "internal":
            continue
        name, url = _named(library, citation.target)
        out.setdefault(
            citation.target or citation.text,
            {
                "name": name or " ".join(text[citation.start : citation.end].split()),
                "url": url,
                "reason": citation.reason,
            },
        )
    return list(out.values())


def _citing(library: Library, key: str) -> list[tuple[str, str, str]]:
    """(document, place in words, address) of every provision elsewhere that cites this one."""
    out: dict[tuple[str, str], tuple[str, str, str]] = {}
    for citation in library.cited_by(key):
        listed = library.listed(citation.key)
        tree = library.tree(citation.key)
        places = {node.id: node for node, _ in walk_with_path(tree)} if tree else {}
        node = places.get(citation.provision)
        place = spoken(node) if node and node.id else "phần căn cứ"
        anchor = f"#{citation.provision}" if citation.provision else ""
        out[citation.key, citation.provision] = (
            words.name(listed.document), place, url_of(listed) + anchor
        )  # fmt: skip
    return list(out.values())
