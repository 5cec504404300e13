"""A plan of three hundred items and two thousand links."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.bench.matrix import ADDRESS, KEY, large, statements
from web import create_app


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("large")
    made = create_app(large(folder, 300, 2000))
    yield made
    made.extensions["can-cu"].close()


def test_the_matrix_is_under_a_megabyte_and_asks_a_fixed_number_of_questions(app: Flask) -> None:
    client = app.test_client()
    answer = client.get(ADDRESS)
    page = answer.get_data(as_text=True)
    assert "300 mục và 40 căn cứ" in page
    assert page.count('href="muc/') == 2000
    assert len(answer.data) < 1_000_000
    library = app.extensions["can-cu"].opened().library
    assert len(library.links(KEY)) == 2000
    counts = []
    for address in (ADDRESS, f"{ADDRESS}?loc=nghi"):
        with statements(library) as said:
            client.get(address)
        counts.append(len(said))
    assert counts[0] == counts[1]
    assert counts[0] < 30
