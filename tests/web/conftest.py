"""A library built from the corpus and one invented decree, and the pages over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from ingest import pipeline
from kb.config import Settings
from web import create_app

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = Settings(tmp_path_factory.mktemp("data"))
    pipeline.rebuild(made, lambda *_: None)
    pipeline.ingest(made, sorted(GOLDEN.glob("*.txt")), lambda *_: None)
    return made


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    made.extensions["can-cu"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
