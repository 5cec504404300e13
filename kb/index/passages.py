"""Where runs of words stand, in every text of a library, without reading the texts.

Each text is cut into every five neighbouring words (folded), each five is hashed, and of every four
neighbouring hashes the least is kept (winnowing: Schleimer, Wilkerson, Aiken, SIGMOD 2003). So any
run of eight words that two texts share has a kept hash in both, whatever stands around it.

    passages/hashes.npy, texts.npy, offsets.npy    rows sorted by hash; memory-mapped
    passages/names.json                            the ids of the texts, by number
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.text import flat

RUN = 8  # words: a shared run of so many is always found
_GRAM, _WINDOW = 5, 4  # RUN = _GRAM + _WINDOW - 1
_WORD = re.compile(r"\w+")
_COMMON = 400  # a five that stands in more places tells nothing; its first places are looked at
_FIRST = 8  # places of each five that are followed up, where any will do
_NAMES = ("hashes", "texts", "offsets")
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)

Hashes = NDArray[np.uint32]
Numbers = NDArray[np.int64]


@lru_cache(maxsize=262_144)
def _code(word: str) -> int:
    return zlib.crc32(word.encode())


def _grams(words: Sequence[str]) -> Hashes:
    """The hash of every five neighbouring folded words."""
    codes = np.fromiter(map(_code, words), np.uint64, len(words))
    if len(codes) < _GRAM:
        return np.zeros(0, np.uint32)
    count = len(codes) - _GRAM + 1
    mixed = np.zeros(count, np.uint64)
    for place in range(_GRAM):
        mixed = (mixed + codes[place : place + count]) * _MULTIPLIER
        mixed ^= mixed >> np.uint64(29)
    return (mixed >> np.uint64(32)).astype(np.uint32)


def _winnowed(hashes: Hashes) -> Numbers:
    """The places of the hashes that are kept: of every window the least, the last of equals."""
    if len(hashes) == 0:
        return np.zeros(0, np.int64)
    if len(hashes) < _WINDOW:
        return np.array([int(np.argmin(hashes))], np.int64)
    windows = np.lib.stride_tricks.sliding_window_view(hashes[::-1], _WINDOW)
    kept = np.arange(len(windows)) + np.argmin(windows, axis=1)
    return np.unique(len(hashes) - 1 - kept)


def split(text: str) -> tuple[list[str], Numbers]:
    """The folded words of a text in match form, and where each begins."""
    found = [(m[0], m.start()) for m in _WORD.finditer(flat(text))]
    return [word for word, _ in found], np.array([at for _, at in found], np.int64)


class Passages:
    """Reads what ``update`` wrote in *folder*; a folder without it answers nothing."""

    def __init__(self, folder: Path) -> None:
        names = folder / "names.json"
        self.names: list[str] = json.loads(names.read_text()) if names.is_file() else []
        self._hashes, self._texts, self._offsets = _load(folder)
        self._numbers = {name: number for number, name in enumerate(self.names)}

    def __len__(self) -> int:
        return len(self._hashes)

    def places(self, words: Sequence[str], most: int = _COMMON) -> tuple[Numbers, Numbers, Numbers]:
        """Every place where five of *words* (folded) stand: the number of the word they begin with,
        the number of the text (``names``), the offset in it."""
        hashes = _grams(words)
        low = np.searchsorted(self._hashes, hashes, "left")
        high = np.minimum(np.searchsorted(self._hashes, hashes, "right"), low + most)
        counts = high - low
        of = np.repeat(np.arange(len(hashes)), counts)
        first = np.repeat(low - (np.cumsum(counts) - counts), counts)
        rows = first + np.arange(int(counts.sum()))
        return of, self._texts[rows].astype(np.int64), self._offsets[rows].astype(np.int64)

    def runs(self, text: str) -> list[tuple[int, str, int]]:
        """(offset in *text*, id of a text, offset in it) of every five they share, of each the
        first places."""
        words, starts = split(text)
        of, texts, offsets = self.places(words, _FIRST)
        found = zip(starts[of].tolist(), texts.tolist(), offsets.tolist(), strict=True)
        return [(at, self.names[number], offset) for at, number, offset in found]

    def near(
        self, text: str, most: int = 8, only: Collection[str] | None = None
    ) -> list[tuple[str, int]]:
        """(id of a text, offset) of the stretches that have most fives of *text* (in match form),
        most first; *only* in the texts with these ids."""
        words, _ = split(text)
        of, texts, offsets = self.places(words)
        if only is not None:
            wanted = [self._numbers[name] for name in only if name in self._numbers]
            kept = np.isin(texts, wanted)
            of, texts, offsets = of[kept], texts[kept], offsets[kept]
        if len(of) == 0:
            return []
        # Stretches of a text as long as what is looked for, each overlapping the next by half.
        size = max(len(text), 200)
        half = offsets // size
        late = (offsets + size // 2) // size
        bins = np.concatenate((texts * 4 << 40 | half, (texts * 4 + 1) << 40 | late))
        pairs = np.unique(np.stack((bins, np.concatenate((of, of)))), axis=1)
        stretches, counts = np.unique(pairs[0], return_counts=True)
        order = np.lexsort((stretches, -counts))
        out: dict[tuple[int, int], None] = {}
        for at in order[: most * 4].tolist():
            stretch = int(stretches[at])
            same = bins == stretch
            number = stretch >> 42
            offset = int(np.concatenate((offsets, offsets))[same].min())
            if not any(n == number and abs(o - offset) < size for n, o in out):
                out[number, offset] = None
            if len(out) == most:
                break
        return [(self.names[number], offset) for number, offset in out]


def _load(folder: Path) -> tuple[Hashes, NDArray[np.uint32], NDArray[np.uint32]]:
    if not (folder / "hashes.npy").is_file():
        empty = np.zeros(0, np.uint32)
        return empty, empty, empty
    hashes, texts, offsets = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in _NAMES)
    return hashes, texts, offsets


def update(folder: Path, fresh: Mapping[str, str], present: Collection[str]) -> int:
    """Write the index of *present* texts (ids): of *fresh* ones (id → text in match form) anew, of
    the others as they were; gives how many hashes are kept. A text that is gone keeps its number
    until the next rebuild."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    old = Passages(folder)
    added = dict(fresh)
    names = [*old.names, *(name for name in added if name not in old._numbers)]
    numbers = {name: number for number, name in enumerate(names)}
    stays = np.array([n in present and n not in added for n in old.names], bool)
    kept = stays[old._texts] if len(old) else np.zeros(0, bool)
    parts = [(old._hashes[kept], old._texts[kept], old._offsets[kept])]
    for name, text in added.items():
        if name in present:
            words, starts = split(text)
            hashes = _grams(words)
            at = _winnowed(hashes)
            number = np.full(len(at), numbers[name], np.uint32)
            parts.append((hashes[at], number, starts[at].astype(np.uint32)))
    columns = [np.concatenate([part[place] for part in parts]) for place in range(len(_NAMES))]
    order = np.argsort(columns[0], kind="stable")
    del old  # its maps must be closed before the files are written over (Windows)
    for name, column in zip(_NAMES, columns, strict=True):
        new = folder / f"{name}.new.npy"
        np.save(new, column[order].astype(np.uint32))
        new.replace(folder / f"{name}.npy")
    (folder / "names.json").write_text(json.dumps(names, ensure_ascii=False))
    return len(order)
