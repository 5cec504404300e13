"""A library built from the corpus and invented papers, and the pages over it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ingest import pipeline
from kb.config import Settings
from tests.libraries import corpus_library
from web import create_app

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, paper: Callable[..., bytes]) -> Settings:
    made = Settings(tmp_path_factory.mktemp("data"))
    page = ["LUẬT", "GIẢ ĐỊNH CÓ TRANG", "Điều 1. Phạm vi", "Luật này quy định việc thử trang."]
    printed = tmp_path_factory.mktemp("giay") / "luat-trang.pdf"
    printed.write_bytes(paper((page, False), (["Điều 2. Hiệu lực", "Có ngay."], True)))
    corpus_library(made)
    pipeline.ingest(made, [*sorted(GOLDEN.glob("*.txt")), printed], lambda *_: None)
    return made


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    made.extensions["can-cu"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def paper() -> Callable[..., bytes]:
    """A PDF of pages, each a list of lines and whether a picture covers it (a scan whose words a
    machine recognised)."""

    def made(*sheets: tuple[Sequence[str], bool]) -> bytes:
        letters = sorted({c for lines, _ in sheets for line in lines for c in line})
        code = {letter: 33 + n for n, letter in enumerate(letters)}
        names = " ".join(f"/uni{ord(letter):04X}" for letter in letters)
        objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Count {len(sheets)} /Kids "
            f"[{' '.join(f'{6 + 2 * n} 0 R' for n in range(len(sheets)))}] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Giadinh /FirstChar 0 /LastChar 255 "
            f"/Widths [{' '.join(['500'] * 256)}] /FontDescriptor 4 0 R "
            f"/Encoding << /Type /Encoding /Differences [33 {names}] >> >>",
            "<< /Type /FontDescriptor /FontName /Giadinh /Flags 32 /Ascent 800 /Descent -200 "
            "/FontBBox [0 -200 500 800] /ItalicAngle 0 /CapHeight 700 /StemV 80 >>",
            "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
            "/BitsPerComponent 8 /Length 1 >>\nstream\nA\nendstream",
        ]
        for number, (lines, scanned) in enumerate(sheets):
            parts = ["q 595 0 0 842 0 0 cm /Im Do Q"] if scanned else []
            for row, line in enumerate(lines):
                shown = "".join(f"{code[c]:02x}" for c in line)
                parts.append(f"BT /F 13 Tf 72 {740 - 24 * row} Td <{shown}> Tj ET")
            stream = "\n".join(parts)
            objects += [
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources "
                "<< /Font << /F 3 0 R >> /XObject << /Im 5 0 R >> >> "
                f"/Contents {7 + 2 * number} 0 R >>",
                f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
            ]
        out, places = io.BytesIO(b"%PDF-1.4\n"), []
        out.seek(0, io.SEEK_END)
        for number, body in enumerate(objects, 1):
            places.append(out.tell())
            out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
        start = out.tell()
        rows = "".join(f"{place:010d} 00000 n \n" for place in places)
        out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}".encode())
        trailer = f"/Size {len(objects) + 1} /Root 1 0 R"
        out.write(f"trailer\n<< {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode())
        return out.getvalue()

    return made
