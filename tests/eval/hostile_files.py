"""Files made to break a reader, written by code; each is small, or sparse on the disk."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

GIB = 1024**3
PAPER = "KẾ HOẠCH\nvăn bản giả định để kiểm thử\n\n1. Một việc giả định.\n"


def pdf(objects: Iterable[bytes]) -> bytes:
    """A PDF of these objects, the first of them its catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, rows)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(places) + 1)
    return out + end + trailer + b"startxref\n%d\n%%%%EOF\n" % len(out)


def _paged(content: bytes, *more: bytes, page: bytes = b"/MediaBox [0 0 595 842]") -> bytes:
    """A PDF of one page that draws *content*; *more* are objects from number 6 on."""
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R " + page + b" /Contents 4 0 R /Resources "
            b"<< /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>",
            content if content.startswith(b"<<") else _stream(content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *more,
        ]
    )


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(content), entries, content)


def _deflated(size: int, byte: bytes = b" ") -> bytes:
    packer, chunk = zlib.compressobj(9), byte * 2**20
    return b"".join(packer.compress(chunk) for _ in range(size >> 20)) + packer.flush()


def flate_bomb(path: Path) -> None:
    """A few KB that unpack, in two steps, to 1 GiB."""
    packed = zlib.compress(_deflated(GIB), 9)
    path.write_bytes(_paged(_stream(packed, b"/Filter [/FlateDecode /FlateDecode] ")))


def many_kids(path: Path) -> None:
    path.write_bytes(
        pdf(
            [
                b"<< /Type /Catalog /Pages 2 0 R >>",
                b"<< /Type /Pages /Count 200000 /Kids [" + b"3 0 R " * 200_000 + b"] >>",
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
            ]
        )
    )


def many_pages(path: Path) -> None:
    """As many pages, each an object of its own."""
    count = 50_000
    kids = b" ".join(b"%d 0 R" % (3 + n) for n in range(count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    tree = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids)
    path.write_bytes(pdf([b"<< /Type /Catalog /Pages 2 0 R >>", tree, *[page] * count]))


def nested_arrays(path: Path) -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    path.write_bytes(_paged(b"BT /F 12 Tf " + deep + b" TJ ET", deep))


def page_loop(path: Path) -> None:
    path.write_bytes(
        pdf(
            [
                b"<< /Type /Catalog /Pages 2 0 R >>",
                b"<< /Type /Pages /Count 2 /Kids [3 0 R] /Parent 3 0 R >>",
                b"<< /Type /Pages /Count 2 /Kids [2 0 R] /Parent 2 0 R >>",
            ]
        )
    )


def recursive_form(path: Path) -> None:
    form = _stream(
        b"/X Do /X Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> ",
    )
    path.write_bytes(_paged(b"/X Do", form))


def scanned_recursive_form(path: Path) -> None:
    """The same behind a picture, so that the page is drawn, too."""
    form = _stream(
        b"/X Do /X Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> ",
    )
    image = _stream(
        b"A", b"/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    )
    picture = b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID A EI Q /X Do"
    path.write_bytes(_paged(picture, form, image))


def giant_page(path: Path) -> None:
    """A scan of three kilometres by three."""
    size = b"/MediaBox [0 0 9000000 9000000]"
    picture = b"q 9000000 0 0 9000000 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID A EI Q"
    path.write_bytes(_paged(picture, b"null", page=size))


def crowded_page(path: Path) -> None:
    glyphs = b" ".join(
        b"1 0 0 1 %d %d Tm (a) Tj" % (n * 7919 % 595, n * 104729 % 842) for n in range(30_000)
    )
    path.write_bytes(_paged(b"BT /F 4 Tf " + glyphs + b" ET"))


def zip_bomb(path: Path) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(GIB >> 20):
            part.write(b" " * 2**20)


def _docx(path: Path, document: str) -> None:
    kinds = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="word/document.xml" Type="http://schemas.openxmlformats.org'
        '/officeDocument/2006/relationships/officeDocument"/></Relationships>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", kinds)
        archive.writestr("_rels/.rels", links)
        archive.writestr("word/document.xml", document)


_BODY = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>Văn bản giả định: {}</w:t></w:r></w:p></w:body></w:document>"
)


def xxe(path: Path) -> None:
    """Its text would be a file of the machine that reads it."""
    secret = path.with_name(".secret.txt")
    secret.write_text("BÍ MẬT CỦA MÁY", encoding="utf-8")
    entity = f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    _docx(path, entity + _BODY.format("&e;"))


def billion_laughs(path: Path) -> None:
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    _docx(path, f"<!DOCTYPE d [{entities}]>" + _BODY.format("&a9;"))


def huge_text(path: Path) -> None:
    """1 GiB, of which the disk holds a page."""
    with path.open("wb") as file:
        file.write(PAPER.encode())
        file.truncate(GIB)


def long_text(path: Path) -> None:
    """Under the limit on a file's size, and forty times the longest law."""
    path.write_bytes(PAPER.encode() * 700_000)


def many_headings(path: Path) -> None:
    rows = "\n".join(f"Điều {n}. Điều giả định" for n in range(1, 100_001))
    path.write_text("LUẬT\nvăn bản giả định\n\n" + rows, encoding="utf-8")


def picture_bomb(path: Path) -> None:
    """A PNG of 60,000 by 60,000 white points in a few KB."""
    rows = zlib.compress(_deflated(64 << 20, b"\0"), 9)
    parts = b""
    for kind, body in (
        (b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)),
        (b"IDAT", rows),
        (b"IEND", b""),
    ):
        check = struct.pack(">I", zlib.crc32(kind + body))
        parts += struct.pack(">I", len(body)) + kind + body + check
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + parts)


# File name → what writes it.
FILES: dict[str, Callable[[Path], None]] = {
    "flate-bomb.pdf": flate_bomb,
    "many-kids.pdf": many_kids,
    "many-pages.pdf": many_pages,
    "nested-arrays.pdf": nested_arrays,
    "page-loop.pdf": page_loop,
    "recursive-form.pdf": recursive_form,
    "scanned-recursive-form.pdf": scanned_recursive_form,
    "giant-page.pdf": giant_page,
    "crowded-page.pdf": crowded_page,
    "zip-bomb.docx": zip_bomb,
    "xxe.docx": xxe,
    "billion-laughs.docx": billion_laughs,
    "huge-text.txt": huge_text,
    "long-text.txt": long_text,
    "many-headings.txt": many_headings,
    "picture-bomb.png": picture_bomb,
}
