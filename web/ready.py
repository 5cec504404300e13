"""A library to ask, built first where there is none; and how long work is shown to a person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ingest import pipeline
from ingest.linking import Progress as Report
from kb.config import Settings


def ready(settings: Settings) -> None:
    """Build the library from the corpus where there is none, or it is out of date."""
    if pipeline.is_stale(settings):
        click.echo("Dựng kho văn bản từ corpus/ …", err=True)
        with progress_shown() as progress:
            pipeline.rebuild(settings, progress)


@contextmanager
def progress_shown() -> Iterator[Report]:
    """A bar when a person watches, a plain line for each stage when not."""
    console = Console(stderr=True)
    if not console.is_terminal:
        stages: set[str] = set()

        def line(label: str, done: int, total: int) -> None:
            if label not in stages:
                stages.add(label)
                click.echo(f"{label}: {total}", err=True)

        yield line
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())  # fmt: skip
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, Any] = {}

        def bar(label: str, done: int, total: int) -> None:
            if label not in tasks:
                tasks[label] = bars.add_task(label, total=total)
            bars.update(tasks[label], completed=done)

        yield bar
