"""Files made in code: PDF written by hand, DOCX through python-docx. All content is invented."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import docx
import pytest
from docx.document import Document

from ingest.download import Downloader
from tests.ingest.servers import Server, serving

# (x, y, text) or (x, y, text, size); points from the lower left corner of an A4 page.
Text = tuple[float, float, str] | tuple[float, float, str, float]
WIDTH = 500  # of every letter, in thousandths of the size


class Sheet:
    """One page under way: texts, rules (x0, y0, x1, y1), whether a picture covers it, and what a
    signing program stamped on it."""

    def __init__(
        self,
        texts: Iterable[Text] = (),
        rules: Iterable[tuple[float, float, float, float]] = (),
        picture: bool = False,
        stamps: Iterable[Text] = (),
        page: str = "",
        matrix: str = "1 0 0 1 0 0",
    ) -> None:
        self.texts, self.rules, self.picture = list(texts), list(rules), picture
        self.stamps = list(stamps)
        self.page = page  # more entries of the page's dictionary
        self.matrix = matrix  # of all that is drawn


def pdf_bytes(sheets: Sequence[Sheet], *, locked: bool = False) -> bytes:
    """A PDF whose one font maps each code to a letter by its ``uniXXXX`` glyph name."""
    letters = sorted({c for s in sheets for text in (*s.texts, *s.stamps) for c in text[2]})
    code = {letter: 33 + n for n, letter in enumerate(letters)}
    names = " ".join(f"/uni{ord(letter):04X}" for letter in letters)
    widths = " ".join([str(WIDTH)] * 256)
    count = len(sheets)
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Giadinh /FirstChar 0 /LastChar 255 "
        f"/Widths [{widths}] /FontDescriptor 4 0 R "
        f"/Encoding << /Type /Encoding /Differences [33 {names}] >> >>",
        "<< /Type /FontDescriptor /FontName /Giadinh /Flags 32 /Ascent 800 /Descent -200 "
        "/FontBBox [0 -200 500 800] /ItalicAngle 0 /CapHeight 700 /StemV 80 >>",
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        "/BitsPerComponent 8 /Length 1 >>\nstream\nA\nendstream",
        *["null"] * 4,
    ]  # fmt: skip
    for number, sheet in enumerate(sheets):
        parts = [f"{sheet.matrix} cm"]
        parts += ["q 595 0 0 842 0 0 cm /Im Do Q"] if sheet.picture else []
        parts += [f"{x0} {y0} m {x1} {y1} l S" for x0, y0, x1, y1 in sheet.rules]
        parts += [_shown(text, code) for text in sheet.texts]
        stream = "\n".join(parts)
        at = 10 + 2 * count + sum(3 * len(earlier.stamps) for earlier in sheets[:number])
        references = " ".join(f"{at + 3 * n} 0 R" for n in range(len(sheet.stamps)))
        annotations = f" /Annots [{references}]" if references else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R {sheet.page or '/MediaBox [0 0 595 842]'} "
            "/Resources << /Font << /F 3 0 R >> "
            f"/XObject << /Im 5 0 R >> >> /Contents {11 + 2 * number} 0 R{annotations} >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    for sheet in sheets:
        for text in sheet.stamps:
            x, y = text[:2]
            drawn = _shown((0, 0, *text[2:]), code)
            # As signing programs do it: the appearance only calls a form.
            at = len(objects) + 1
            box = "/Type /XObject /Subtype /Form /BBox [0 0 50 20] "
            objects += [
                f"<< /Type /Annot /Subtype /Widget /FT /Sig /Rect [{x} {y} {x + 50} {y + 20}] "
                f"/AP << /N {at + 1} 0 R >> >>",
                f"<< {box} /Resources << /XObject << /FRM {at + 2} 0 R >> >> /Length 11 >>\n"
                "stream\nq /FRM Do Q\nendstream",
                f"<< {box} /Resources << /Font << /F 3 0 R >> >> /Length {len(drawn)} >>\n"
                f"stream\n{drawn}\nendstream",
            ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"/Size {len(objects) + 1} /Root 1 0 R"
    if locked:
        sealed = "ab" * 32
        trailer += (
            f" /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
            f"/O <{sealed}> /U <{sealed}> >>"
        )
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}".encode()
    return out + f"trailer\n<< {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()


def _shown(text: Text, code: dict[str, int]) -> str:
    shown = "".join(f"{code[c]:02x}" for c in text[2])
    size = text[3] if len(text) == 4 else 13
    return f"BT /F {size} Tf {text[0]} {text[1]} Td <{shown}> Tj ET"


def docx_bytes(fill: Callable[[Document], None]) -> bytes:
    document = docx.Document()
    fill(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.fixture
def sheet() -> type[Sheet]:
    return Sheet


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    return pdf_bytes


@pytest.fixture
def make_docx() -> Callable[[Callable[[Document], None]], bytes]:
    return docx_bytes


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as here:
        yield here


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def web(server: Server, tmp_path: Path, waits: list[float]) -> Downloader:
    return Downloader(
        (server.host,), tmp_path / "downloads", 1_000_000, 2.0,
        sleep=waits.append, addresses=lambda *_: ["127.0.0.1"], allow_private=True,
    )  # fmt: skip
