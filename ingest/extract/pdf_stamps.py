"""Text of a page's annotations: an office's signing program writes number and day as a signature's
appearance (PDF 32000-1, 12.5.5), which is no part of the page's own contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pdfminer.layout import LTChar, LTLayoutContainer
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import literal_name
from pdfminer.utils import MATRIX_IDENTITY, Matrix, apply_matrix_rect, mult_matrix

from ingest.extract.pdf_content import QuickInterpreter

_MOST = 200  # annotations of a page that are looked at
_DEEPEST = 4  # forms inside forms
_SHOWN = {"Widget", "FreeText", "Stamp"}
_HIDDEN = 0b10 | 0b100000  # flags Hidden and NoView (table 165)


class StampInterpreter(QuickInterpreter):
    """Draws each page with what is stamped on it, a stamp in a row's gap as part of that row."""

    _page: PDFPage | None = None

    def process_page(self, page: PDFPage) -> None:
        self._page = page
        super().process_page(page)

    def render_contents(
        self,
        resources: dict[object, object],
        streams: Sequence[object],
        ctm: Matrix = MATRIX_IDENTITY,
    ) -> None:
        super().render_contents(resources, streams, ctm)
        page, self._page = self._page, None
        if page is None:
            return  # a form inside the page
        layout = getattr(self.device, "cur_item", None)
        for appearance, matrix in _stamps(page):
            drawn = len(layout) if layout is not None else 0
            flat = _Flat(self.rsrcmgr, self.device)
            inner = dict_value(appearance.get("Resources", {}))
            flat.render_contents(inner, [appearance], mult_matrix(matrix, ctm))
            if layout is not None:
                _into_gap(layout, drawn)


class _Flat(QuickInterpreter):
    """Draws forms as part of the page: letters of a figure are not laid out."""

    _depth = 0

    def do_Do(self, xobjid_arg: object) -> None:
        form = resolve1(self.xobjmap.get(literal_name(xobjid_arg)))
        kind = form.get("Subtype") if isinstance(form, PDFStream) else None
        if getattr(kind, "name", "") != "Form" or self._depth >= _DEEPEST:
            return
        inner = _Flat(self.rsrcmgr, self.device)
        inner._depth = self._depth + 1
        a, b, c, d, e, f = list_value(form.get("Matrix", MATRIX_IDENTITY))
        resources = dict_value(form.get("Resources", {}))
        inner.render_contents(resources, [form], mult_matrix((a, b, c, d, e, f), self.ctm))


def _into_gap(layout: LTLayoutContainer, drawn: int) -> None:
    """Puts the letters from *drawn* on in place of the blanks they cover, so that "Số:      /KH"
    with 12 stamped between is one row."""
    letters = layout._objs
    stamp = [item for item in letters[drawn:] if isinstance(item, LTChar)]
    if not stamp or len(stamp) < len(letters) - drawn:
        return
    left, right = min(c.x0 for c in stamp), max(c.x1 for c in stamp)
    middle = sum(c.y0 + c.y1 for c in stamp) / (2 * len(stamp))
    covered = [
        at
        for at, item in enumerate(letters[:drawn])
        if isinstance(item, LTChar) and item.y0 < middle < item.y1
        and item.get_text().isspace() and item.x0 < right and left < item.x1
    ]  # fmt: skip
    if covered:
        gone = set(covered)
        before = [item for at, item in enumerate(letters[: covered[0]]) if at not in gone]
        after = [i for at, i in enumerate(letters[:drawn]) if at > covered[0] and at not in gone]
        layout._objs = [*before, *stamp, *after]


def _stamps(page: PDFPage) -> Iterator[tuple[PDFStream, Matrix]]:
    """(appearance, matrix from its space to the page's) of each visible annotation with text."""
    try:
        annotations = list_value(page.annots)[:_MOST] if page.annots else []
    except (PDFException, PSException, TypeError):
        return
    for reference in annotations:
        try:
            annotation = dict_value(reference)
            subtype = getattr(resolve1(annotation.get("Subtype")), "name", "")
            if subtype not in _SHOWN or int(resolve1(annotation.get("F")) or 0) & _HIDDEN:
                continue
            appearance = resolve1(dict_value(annotation.get("AP", {})).get("N"))
            if isinstance(appearance, PDFStream):
                rect = [float(resolve1(n)) for n in list_value(annotation["Rect"])]
                yield appearance, _matrix(appearance, rect)
        except (PDFException, PSException, KeyError, TypeError, ValueError, ZeroDivisionError):
            continue  # a broken annotation is none


def _matrix(appearance: PDFStream, rect: list[float]) -> Matrix:
    """The appearance's box laid on the annotation's rectangle (algorithm 8)."""
    numbers = [float(resolve1(n)) for n in list_value(appearance.get("Matrix", MATRIX_IDENTITY))]
    a, b, c, d, e, f = numbers
    own: Matrix = (a, b, c, d, e, f)
    left, bottom, right, top = (float(resolve1(n)) for n in list_value(appearance["BBox"]))
    box = apply_matrix_rect(own, (left, bottom, right, top))
    x0, y0, x1, y1 = rect
    across = (x1 - x0) / (box[2] - box[0])
    up = (y1 - y0) / (box[3] - box[1])
    return mult_matrix(own, (across, 0, 0, up, x0 - box[0] * across, y0 - box[1] * up))
