"""Two thousand generated queries over generated corpora: every engine finds the set the plainest
one finds, and counts what a plain loop over the records counts, before and after updates and
deletes."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kb.index import Query, Record, SearchEngine, open_engine
from kb.index.analyzer import tokens
from kb.index.library import installed
from kb.index.query import parse_query
from kb.text import fold, has_marks, variant

CORPORA, QUERIES = 20, 100
LINE = (
    "người nguoi khuyết khuyet tật tất tat hòa hoà hoa trẻ tre em được hỗ trợ học nghề tự kỷ "
    "điều 5 12 70/KH-NDTKT 2/2020/QH14 Đ và của không"
)
SYLLABLES = LINE.split()
TAGS = ("loai=luat", "loai=nghi-dinh", "nam=2010", "nam=2020")


def words(random_: random.Random, most: int) -> str:
    signs = ("", "", "", ",", ";", ".\n")
    return " ".join(
        random_.choice(SYLLABLES) + random_.choice(signs) for _ in range(random_.randint(1, most))
    )


def record(random_: random.Random, number: int, version: int) -> Record:
    return Record(
        id=f"k{number}#p",
        key=f"k{number}",
        provision="p",
        kind="provision",
        title=f"Luật {number}",
        heading=words(random_, 4),
        text=f"{words(random_, 14)} bản{number}x{version}",
        path=words(random_, 3),
        tags=(random_.choice(TAGS[:2]), random_.choice(TAGS[2:])),
    )


def query(random_: random.Random) -> Query:
    typed = words(random_, 5).replace("\n", " ")
    if random_.random() < 0.3:
        typed = f'"{typed}"' if random_.random() < 0.5 else f'{typed} "{words(random_, 2)}"'
    made = parse_query(typed)
    if random_.random() < 0.2:
        made = replace(made, without=((random_.choice(SYLLABLES[:12]),),))
    if random_.random() < 0.2:
        made = replace(made, tags=((random_.choice(TAGS),), TAGS[2:]))
    return made


def found(engine: SearchEngine, asked: Query) -> set[str]:
    return {hit.id for hit in engine.search(asked).hits}


def words_in(text: str) -> list[str]:
    return [token.text for token in tokens(text) if not token.part]


def counted(records: Iterable[Record], asked: Query) -> tuple[int, list[str], Counter[str]]:
    """How many records have all that was asked, of which documents, and tag → documents: the
    definition of ``Found``, word by word."""
    spelled = asked.words if asked.spelling is None else asked.spelling
    pairs = list(zip(asked.words, spelled, strict=True))
    changed = {word for word, spelling in pairs if word != spelling}

    def exactly(phrase: Sequence[str]) -> bool:
        return asked.marked and changed.isdisjoint(phrase)

    loose = {fold(word) for phrase in asked.phrases if not exactly(phrase) for word in phrase}
    as_typed = asked.marked and not changed
    typed = list(zip(tokens(asked.text), spelled, strict=True))
    found = []
    for record in records:
        texts = [
            words_in(text) for text in (record.title, record.path, record.heading, record.text)
        ]
        there = {word for text in texts for word in text}
        folded = {fold(word) for word in there}

        def has(place: int, there: set[str], folded: set[str]) -> bool:
            token, spelling = typed[place]
            unsure = asked.spelling is None or place in asked.doubtful
            any_of = unsure and not as_typed and not has_marks(token.text)
            if fold(spelling) in loose or any_of:
                return fold(spelling) in folded
            return not there.isdisjoint((spelling, variant(spelling)))

        def says(phrase: Sequence[str], texts: list[list[str]]) -> bool:
            key = str if exactly(phrase) else fold
            wanted = [key(word) for word in phrase]
            return any(
                [key(word) for word in text[at : at + len(wanted)]] == wanted
                for text in texts
                for at in range(len(text))
            )

        if (
            all(
                has(place, there, folded)
                for place, (token, _) in enumerate(typed)
                if not token.part
            )
            and all(says(phrase, texts) for phrase in asked.phrases)
            and not any(says(phrase, texts) for phrase in asked.without)
            and all(not set(group).isdisjoint(record.tags) for group in asked.tags)
        ):
            found.append(record)
    keys = {record.key: record.tags for record in found}
    return len(found), sorted(keys), Counter(tag for tags in keys.values() for tag in tags)


@pytest.mark.parametrize("name", ["whoosh", "tantivy"])
@pytest.mark.parametrize("seed", range(CORPORA))
def test_same_set_as_the_oracle(tmp_path: Path, name: str, seed: int) -> None:
    if not installed(name):
        pytest.skip("chưa cài tantivy (can-cu[fast])")
    random_ = random.Random(seed)
    oracle, real = open_engine(tmp_path, "memory"), open_engine(tmp_path, name)
    version = dict.fromkeys(range(30), 0)
    held: dict[str, Record] = {}
    changes = [list(version), [1, 2, 3, 29], [2, 5]]
    for round_, numbers in enumerate(changes):
        gone = random_.sample(sorted(version), 3) if round_ else []
        kept = [number for number in numbers if number not in gone]
        records = []
        for number in kept:
            version[number] = round_
            records.append(record(random_, number, round_))
        for number in gone:
            version.pop(number)
            held.pop(f"k{number}#p", None)
        held |= {one.id: one for one in records}
        for engine in (oracle, real):
            with engine.writer() as writer:
                for number in gone:
                    writer.delete(f"k{number}")
                writer.add(records)
        assert real.count() == oracle.count() == len(version)
        for _ in range(QUERIES // len(changes) + 1):
            # One spelling for both: an engine counts deleted rows until it merges, so between
            # spellings that are as likely two engines may choose differently.
            asked = oracle.spelled(query(random_))
            assert found(real, asked) == found(oracle, asked), asked
            answer = real.search(asked)
            count = (answer.total, sorted(answer.keys), Counter(answer.facets))
            assert count == counted(held.values(), asked), asked
        for number in kept if round_ else []:
            assert found(real, parse_query(f'"bản{number}x{round_}"')) == {f"k{number}#p"}
            for old in range(round_):
                assert not found(real, parse_query(f'"bản{number}x{old}"'))
    oracle.close()
    real.close()
