"""Pages as pictures: the right page, the right way up, at the place the lines say."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image

from ingest.render import page_image
from kb.errors import UnreadableFile

Make = Callable[..., bytes]


def _image(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("L")


def test_a_page_is_drawn_at_the_density_asked_for(make_pdf: Make, sheet: type) -> None:
    pdf = make_pdf([sheet(), sheet(rules=[(100, 742, 300, 742)])])
    empty, ruled = _image(page_image(pdf, 1)), _image(page_image(pdf, 2, 72))
    assert empty.size == (910, 1287)  # 595 x 842 points at 110 dots an inch
    assert empty.getextrema() == (255, 255)
    assert ruled.size == (595, 842)
    # The rule 100 points below the upper edge, which is the origin of boxes.
    assert min(ruled.getpixel((200, y)) for y in (99, 100, 101)) < 200
    assert ruled.getpixel((200, 742)) == 255


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_an_image_file_is_its_own_page(form: str) -> None:
    target = io.BytesIO()
    Image.new("RGB", (1240, 1754), "white").save(target, form, dpi=(150, 150))
    assert _image(page_image(target.getvalue(), 1, 75)).size == (620, 877)


def test_what_cannot_be_drawn_is_told(make_pdf: Make, sheet: type) -> None:
    pdf = make_pdf([sheet()])
    for content, page, code in (
        (pdf, 2, "page-missing"),
        (pdf, 0, "page-missing"),
        (pdf[:200], 1, "pdf-broken"),
        ("Điều 1. Chữ giả định.".encode(), 1, "page-format"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, 1, "image-broken"),
    ):
        with pytest.raises(UnreadableFile) as told:
            page_image(content, page)
        assert (told.value.code, bool(told.value.hint)) == (code, True)
