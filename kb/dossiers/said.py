"""The history of a pack in words."""

from __future__ import annotations

from collections.abc import Sequence

from kb.documents import display_date
from kb.dossiers import STATE_WORDS, Event, Kind, State
from kb.dossiers.log import passage_from
from kb.dossiers.report import Form
from kb.dossiers.seal import code_of
from kb.text import quoted

_LONGEST = 90  # characters of words repeated in a line of the history


def said(event: Event, events: Sequence[Event]) -> str:
    """What an event did, one sentence; *events* are all of its pack."""
    value = event.value
    match event.kind:
        case Kind.FACTS:
            first = event.id == events[0].id
            return f"{'Mở hồ sơ' if first else 'Sửa phần về hồ sơ'}: {value['title']}."
        case Kind.PASSAGE:
            return f"Thêm câu trích {_short(value)}."
        case Kind.REPLACE:
            return f"Lấy lại câu chữ hôm nay của câu trích: {_short(value['passage'])}."
        case Kind.REMOVE:
            return f"Bỏ câu trích {_removed(value['id'], events)}."
        case Kind.ORDER:
            return "Đổi thứ tự câu trích."
        case Kind.TEXT:
            return f"Ghi lời phát biểu ({len(value['text'].split())} chữ)."
        case Kind.STATE:
            state = State(value["state"])
            until = f", dùng đến hết ngày {display_date(value['expires'])}"
            return f"Chuyển sang “{STATE_WORDS[state]}”{until if value['expires'] else ''}."
        case Kind.OVERRIDE:
            return f"Cho xuất dù còn: {' / '.join(value['words'])}"
        case Kind.CLOCK:
            return f"Ghi mốc thời hạn {value['clock']}: {value['starts'] or 'bỏ mốc'}."
        case Kind.EXPORT:
            name = "thẻ phản bác" if value["form"] == Form.CARD.value else "hồ sơ"
            return f"Xuất {name}, mã dấu {code_of(value['digest'])}."


def _short(value: object) -> str:
    return quoted(passage_from(value).selector.exact, _LONGEST)  # type: ignore[arg-type]


def _removed(number: int, events: Sequence[Event]) -> str:
    for event in events:
        if event.id == number:
            return _short(event.value.get("passage", event.value))
    return str(number)
