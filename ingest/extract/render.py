"""Pages of a PDF or of an image file as pictures, by pypdfium2 and Pillow.

pdfium ends the whole process on some crafted files: this runs in a reading child only
(``ingest.isolate``). Page numbers are 1-based, lengths points of 1/72 inch.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import pypdfium2
from PIL import Image, ImageOps

from ingest.sniff import PDF, sniff
from kb.errors import UnreadableFile

IMAGES = ("image/png", "image/jpeg", "image/tiff")
_MAX_PIXELS = 60_000_000  # of one picture: A3 at 500 dots an inch
_A4_LENGTH = 842.0  # points; what an image's longer side measures when it does not say
_DENSITIES = range(90, 1201)  # dots an inch that a scanner says and means


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in grey or colour, and its size in points as a viewer shows it (turned, cropped)."""

    image: Image.Image
    width: float
    height: float


class Pages:
    """The pages of an open file."""

    def __init__(self, pdf: pypdfium2.PdfDocument | None, image: Image.Image | None) -> None:
        self._pdf, self._image = pdf, image

    def __len__(self) -> int:
        if self._pdf is not None:
            return len(self._pdf)
        return int(getattr(self._image, "n_frames", 1))

    def picture(self, page: int, dpi: float, *, grey: bool = False) -> Picture:
        """Raises ``UnreadableFile``: ``page-missing``, ``page-image`` (cannot be drawn)."""
        if not 1 <= page <= len(self):
            raise UnreadableFile(
                "page-missing", f"Tệp không có trang {page}.", f"Tệp có {len(self)} trang."
            )
        try:
            if self._pdf is not None:
                return _drawn(self._pdf, page - 1, dpi, grey)
            assert self._image is not None
            self._image.seek(page - 1)
            return _photograph(self._image, dpi, grey)
        except (pypdfium2.PdfiumError, OSError, ValueError, SyntaxError, EOFError) as error:
            raise UnreadableFile(
                "page-image",
                f"Không vẽ được trang {page} của tệp này.",
                "Mở bản gốc bằng trình xem tệp để đối chiếu.",
            ) from error


@contextmanager
def opened(content: bytes) -> Iterator[Pages]:
    """The file's pages; raises ``UnreadableFile``: ``page-format``, ``pdf-broken``,
    ``image-broken``, ``image-large``."""
    media = sniff(content)
    if media == PDF:
        try:
            pdf = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise UnreadableFile(
                "pdf-broken",
                "Tệp PDF bị hỏng hoặc có mật khẩu, không vẽ được trang nào.",
                "Mở bằng trình xem PDF rồi in lại thành PDF mới.",
            ) from error
        try:
            yield Pages(pdf, None)
        finally:
            pdf.close()
    elif media in IMAGES:
        with _image(content) as image:
            yield Pages(None, image)
    else:
        raise UnreadableFile(
            "page-format",
            "Định dạng này không có ảnh trang.",
            "Chỉ PDF và tệp ảnh có ảnh trang; mở bản gốc để xem.",
        )


def png(picture: Picture) -> bytes:
    """The picture as a PNG file."""
    target = io.BytesIO()
    picture.image.save(target, "PNG", compress_level=6)
    return target.getvalue()


def _drawn(pdf: pypdfium2.PdfDocument, index: int, dpi: float, grey: bool) -> Picture:
    page = pdf[index]
    try:
        width, height = page.get_size()
        scale = dpi / 72
        pixels = width * height * scale**2
        if pixels > _MAX_PIXELS:
            scale *= (_MAX_PIXELS / pixels) ** 0.5
        bitmap = page.render(scale=scale, grayscale=grey)
        return Picture(bitmap.to_pil().copy(), width, height)
    finally:
        page.close()


@contextmanager
def _image(content: bytes) -> Iterator[Image.Image]:
    try:
        # Only the formats we promise: Pillow knows some that run other programs.
        image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "TIFF"))
    except Image.DecompressionBombError as error:
        raise _large() from error
    except Exception as error:
        # Each of Pillow's plugins fails in its own way on a damaged file.
        raise UnreadableFile(
            "image-broken",
            "Tệp ảnh bị hỏng, không mở được.",
            "Tải lại tệp từ nguồn, hoặc mở bằng phần mềm xem ảnh rồi lưu lại.",
        ) from error
    with image:
        if image.width * image.height > _MAX_PIXELS:
            raise _large()
        yield image


def _large() -> UnreadableFile:
    return UnreadableFile(
        "image-large",
        f"Ảnh có hơn {_MAX_PIXELS // 1_000_000} triệu điểm, quá lớn để đọc.",
        "Quét lại ở 300 dpi, hoặc thu nhỏ ảnh rồi nạp lại.",
    )


def _photograph(image: Image.Image, dpi: float, grey: bool) -> Picture:
    """The image upright, at *dpi* unless that would enlarge it."""
    if image.width * image.height > _MAX_PIXELS:
        raise _large()
    upright = ImageOps.exif_transpose(image)
    density = 0.0
    with suppress(TypeError, ValueError, ZeroDivisionError, IndexError):
        density = float(image.info["dpi"][0]) if "dpi" in image.info else 0.0
    if round(density) not in _DENSITIES:
        density = 72 * max(upright.size) / _A4_LENGTH
    width, height = (72 * side / density for side in upright.size)
    if dpi < density:
        size = (max(1, round(width * dpi / 72)), max(1, round(height * dpi / 72)))
        upright = upright.convert("L" if grey else "RGB").resize(size)
    return Picture(upright.convert("L" if grey else "RGB"), width, height)
