"""Sources in words: nobody reads a commit or a path of ours, and the precise address stays."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from ingest.catalogue import load_catalogue
from ingest.pipeline import CORPUS
from kb.source_names import called


@pytest.mark.parametrize(
    ("text", "words", "url", "note"),
    [
        (
            "github:ai/kho.github.io@ab12cd(2026-07-23):luat/tre-em.md (bản OCR)",
            "Bản chép “tre-em” ở kho ai/kho.github.io trên GitHub, ngày 23/7/2026",
            "https://github.com/ai/kho.github.io/blob/ab12cd/luat/tre-em.md",
            "bản OCR",
        ),
        (
            "github:ai/kho:giao-duc/thong-tu-45-...md",
            "Bản chép “thong-tu-45” ở kho ai/kho trên GitHub",
            "https://github.com/ai/kho/blob/HEAD/giao-duc",
            "",
        ),
        ("https://a.vn/b.html (dự thảo)", "https://a.vn/b.html", "https://a.vn/b.html", "dự thảo"),
        ("https://a.vn/" + "b" * 90, "https://a.vn/" + "b" * 66 + "…",
         "https://a.vn/" + "b" * 90, ""),
        ("Kế hoạch 82/KH-X (corpus/plans/82-KH-X.txt)", "Kế hoạch 82/KH-X", "", ""),
        ("Bộ pháp điển, đề mục 6.3", "Bộ pháp điển, đề mục 6.3", "", ""),
    ],
)  # fmt: skip
def test_a_source_is_called(text: str, words: str, url: str, note: str) -> None:
    made = called(text)
    assert (made.words, made.url, made.note, made.precise) == (words, url, note, text)


def test_every_source_of_the_corpus_has_words() -> None:
    catalogue, _ = load_catalogue(CORPUS)
    for entry in catalogue.entries:
        for source in entry.sources:
            words = called(source.text).words
            assert not words.startswith("github:"), source.text
            assert "corpus/" not in words, source.text


def test_a_document_says_where_its_digest_was_read(client: FlaskClient) -> None:
    page = client.get("/vb/tt/2018/03/bgddt").text
    assert ">github:" not in page
    assert "Bản chép “nguoi-khuyet-tat” ở kho" in page
    assert 'title="github:' in page
