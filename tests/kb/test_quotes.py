"""Quotations without a library: how they are written, and words held against an invented text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.amendments import Amendment
from kb.diff import Change, words_diff
from kb.index.passages import RUN, Passages, update
from kb.quotes import Form, Given, Judged, Named, Text, Verdict
from kb.quotes.find import find_quotations
from kb.quotes.judge import judge
from kb.quotes.reasons import changes
from kb.quotes.unmarked import find_unmarked
from kb.text import Span
from kb.wordings import Wording

TODAY = date(2026, 11, 26)
PARTS = (
    ("art_1", "Điều 1. Vườn giả định\n"),
    ("art_1__cl_1", "1. Mỗi lớp giả định chăm một luống hoa và không được hái hoa trước ngày hội, "
                    "trừ hoa đã héo.\n"),
    ("art_1__cl_2", "2. Người chăm vườn giả định làm các việc sau:\n"),
    ("art_1__cl_2__point_a", "a) Tưới hoa mỗi sáng bằng nước giếng của vườn;\n"),
    ("art_1__cl_2__point_b", "b) Ghi sổ số hoa nở mỗi chiều vào sổ của vườn;\n"),
    ("art_1__cl_3", "3. Luống hoa nào nở đủ 40 bông thì lớp ấy được nhận một cờ giấy màu xanh.\n"),
)  # fmt: skip
WORDS = "".join(words for _, words in PARTS)
OLD = "3. Luống hoa nào nở đủ 25 bông thì lớp ấy được nhận một cờ giấy màu vàng."
NEW = PARTS[-1][1].strip()
CHANGE = Amendment("luat/b", "art_1", "luat/a", "art_1__cl_3", "amends", "Sửa", NEW, "2026-01-01")


class Fake:
    """One law with its words of today, and clause 3 as it was issued in a text of its own."""

    without_passages = False

    def __init__(self, folder: Path) -> None:
        places, at = [], 0
        for id, words in PARTS:
            places.append((at, id))
            at += len(words)
        old = ((0, "art_1__cl_3"),)
        self._texts = {
            "now": Text("now", "luat/a", WORDS, WORDS, tuple(places)),
            "old": Text("old", "luat/a", OLD, OLD, old),
            "other": Text("other", "luat/c", "Điều 9. Ao cá giả định", "Điều 9. Ao cá giả định",
                          ((0, "art_9"),)),
        }  # fmt: skip
        update(folder, {id: text.words for id, text in self._texts.items()}, self._texts.keys())
        self._passages = Passages(folder)

    @property
    def complete(self) -> bool:
        return not self.without_passages

    def near(self, words: str, only: Sequence[str] | None = None) -> Sequence[tuple[str, int]]:
        return self._passages.near(words, only=only)

    def runs(self, words: str) -> Sequence[tuple[int, str, int]]:
        return self._passages.runs(words)

    def alike(self, words: str) -> Sequence[str]:
        return ()

    def text(self, id: str) -> Text | None:
        return self._texts.get(id)

    def texts_of(self, key: str) -> Sequence[str]:
        return [text.id for text in self._texts.values() if text.key == key]

    def wordings(self, key: str, provision: str) -> Sequence[Wording]:
        if (key, provision) != ("luat/a", "art_1__cl_3"):
            return ()
        return (Wording(OLD, "2020-01-01"), Wording(NEW, "2026-01-01", CHANGE))

    def given(self, id: str, provision: str) -> Sequence[Given]:
        return ()

    def may_quote(self, id: str, span: Span) -> str:
        return ""

    def name(self, key: str) -> str:
        return "Luật A giả định"


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Fake:
    return Fake(tmp_path_factory.mktemp("passages"))


def judged(
    texts: Fake, quoted: str, provision: str = "", lead: str = "", key: str = "luat/a"
) -> Judged:
    head = f"{lead}Luật A giả định quy định: "
    text = f"{head}“{quoted}”"
    start = len(lead)
    named = [Named(Span(start, start + 15), key, provision)] if key else []
    return judge(text, find_quotations(text), named, texts, TODAY)[0]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Ông nói “hoa phải được tưới mỗi sáng”.", [Form.MARKS]),
        ('Ông nói "hoa phải được tưới mỗi sáng".', [Form.MARKS]),
        ("Ông nói «hoa phải được tưới mỗi sáng».", [Form.MARKS]),
        ('Ông nói “hoa phải được tưới mỗi sáng".', [Form.MARKS]),
        ("Giải “Bông sen vàng” năm nay.", [Form.NAME]),
        ("Ông nói “lớp gọi là ‘vườn hoa của em bé’ mỗi sáng” rồi.", [Form.MARKS, Form.MARKS]),
        ("Luật nêu như sau:\n> hoa phải được tưới\n> mỗi sáng", [Form.BLOCK]),
        ("Luật nêu như sau:\n    hoa phải được tưới mỗi sáng", [Form.BLOCK]),
        ("Ông nói “hoa phải được tưới mỗi sáng\n\nHôm sau “hoa vẫn được tưới thật kỹ”.",
         [Form.MARKS, Form.MARKS]),
        ("Không có gì.", []),
    ],
)  # fmt: skip
def test_how_quotations_are_written(text: str, forms: list[Form]) -> None:
    assert [q.kind for q in find_quotations(text)] == forms


@pytest.mark.parametrize(
    ("quoted", "verdict"),
    [
        ("chăm một luống hoa", Verdict.EXACT),  # too short for a fingerprint, yet it stands there
        ("được hái hoa trước ngày hội", Verdict.ALTERED),  # "không" left out in front
        ("Mỗi lớp giả định chăm một luống hoa và không được hái hoa trước ngày hội",
         Verdict.ALTERED),  # the exception left out behind
        ("Mỗi lớp giả định … không được hái hoa trước ngày hội, trừ hoa đã héo.", Verdict.EXACT),
        ("Mỗi lớp giả định chăm … được hái hoa trước ngày hội, trừ hoa đã héo.", Verdict.ALTERED),
        ("Tưới hoa mỗi sáng … vào sổ của vườn", Verdict.ALTERED),  # half of a, half of b
        ("Người chăm vườn giả định làm các việc sau: … b) Ghi sổ số hoa nở", Verdict.EXACT),
        ("Mỗi lớp giả định chăm một luống hoa … làm các việc sau", Verdict.ALTERED),
        ("Tưới hoa mỗi sáng bằng nước giếng của vườn. Mỗi lớp giả định chăm một luống hoa",
         Verdict.ALTERED),
    ],
)  # fmt: skip
def test_words_of_one_place(texts: Fake, quoted: str, verdict: Verdict) -> None:
    found = judged(texts, quoted)
    assert found.verdict is verdict, found.reason


def test_older_words_are_told_unless_the_draft_says_so(texts: Fake) -> None:
    assert judged(texts, NEW, "art_1__cl_3").verdict is Verdict.EXACT
    assert judged(texts, OLD, "art_1__cl_3").verdict is Verdict.SUPERSEDED
    assert judged(texts, OLD, "art_1__cl_3", lead="Trước đây, ").verdict is Verdict.EXACT
    assert judged(texts, NEW, "art_1__cl_3", lead="Trước đây, ").verdict is Verdict.SUPERSEDED
    dated = "Vào ngày 01/02/2021, "
    assert judged(texts, OLD, "art_1__cl_3", lead=dated).verdict is Verdict.EXACT
    assert judged(texts, NEW, "art_1__cl_3", lead=dated).verdict is Verdict.SUPERSEDED


@pytest.mark.parametrize(
    "lead",
    [
        "Có hiệu lực từ ngày 01/01/2020, ",
        "Được thông qua vào ngày 01/12/2019, ",
        "Đã được sửa đổi, bổ sung, ",
        "Nhà trường sẽ làm theo, ",
    ],
)
def test_what_is_no_label(texts: Fake, lead: str) -> None:
    """What is said of the law is not said of the day of its words."""
    assert judged(texts, OLD, "art_1__cl_3", lead=lead).verdict is Verdict.SUPERSEDED
    assert judged(texts, NEW, "art_1__cl_3", lead=lead).verdict is Verdict.EXACT


def test_what_cannot_be_decided_is_said(texts: Fake) -> None:
    assert judged(texts, "đủ 50 bông thì lớp", key="").verdict is Verdict.UNVERIFIED
    assert judged(texts, NEW, key="luat/khong-co").verdict is Verdict.UNVERIFIED
    assert judged(texts, NEW, key="luat/c").verdict is Verdict.MISATTRIBUTED


def test_runs_without_marks(texts: Fake) -> None:
    run = "tưới hoa mỗi sáng bằng nước giếng của vườn"
    text = f"Em kể rằng các bạn {run} rồi về lớp."
    (found,) = find_unmarked(text, [], [], texts)
    assert found.kind is Form.UNMARKED
    assert found.span.of(text) == run
    changed = f"Em kể: {PARTS[-1][1]}".replace("40", "50")
    (found,) = find_unmarked(changed, [], [], texts)
    assert judge(changed, [found], [], texts, TODAY)[0].verdict is Verdict.ALTERED
    assert find_unmarked("Em kể rằng các bạn tưới hoa mỗi sáng rồi.", [], [], texts) == []


@pytest.mark.parametrize(
    ("run", "diff"),
    [
        # A figure, a negation or a condition that is another one at the end of a run.
        ("Luống hoa nào nở đủ 50 bông thì lớp ấy được nhận", "đổi số 40 thành 50"),
        ("lớp giả định chăm một luống hoa và không được hái hoa sau ngày hội",
         "“trước” ghi thành “sau”"),
        ("lớp giả định chăm một luống hoa và được hái hoa.", "bỏ chữ “không”"),
        ("Luống hoa nào nở đủ 50 (năm mươi) bông thì lớp ấy được nhận một cờ giấy màu xanh",
         "đổi số 40 thành 50"),
        # Two runs of one sentence with other words between them.
        ("Mỗi lớp giả định chăm một luống hoa cùng bạn bè không được hái hoa trước ngày hội, "
         "trừ hoa đã héo", "“và” ghi thành “cùng bạn bè”"),
        ("Mỗi lớp giả định phải chăm một luống hoa và không được hái hoa", "thêm chữ “phải”"),
    ],
)  # fmt: skip
def test_a_run_goes_on_past_what_turns_the_sentence(texts: Fake, run: str, diff: str) -> None:
    text = f"Em kể rằng {run} rồi."
    (found,) = find_unmarked(text, [], [], texts)
    judged = judge(text, [found], [], texts, TODAY)[0]
    assert judged.verdict is Verdict.ALTERED
    assert diff in judged.reason


@pytest.mark.parametrize(
    ("sentence", "diff"),
    [
        ("Luống cây nào nở đủ 40 bông thì lớp ấy được nhận một cờ giấy màu xanh.",
         "“Luống hoa” ghi thành “Luống cây”"),
        ("Luống hoa nào nở đủ 40 bông thì lớp ấy được nhận một lá giấy màu xanh.",
         "“một cờ” ghi thành “một lá”"),
        ("Luống hoa nào nở đủ 40 bông thì lớp ấy được nhận một cờ giấy tím xanh.",
         "“giấy màu” ghi thành “giấy tím”"),
    ],
)  # fmt: skip
def test_a_whole_sentence_goes_on_past_one_word(texts: Fake, sentence: str, diff: str) -> None:
    (found,) = find_unmarked(sentence, [], [], texts)
    judged = judge(sentence, [found], [], texts, TODAY)[0]
    assert (judged.verdict, diff in judged.reason) == (Verdict.ALTERED, True), judged.reason
    assert "ngoặc kép" not in judged.reason


@pytest.mark.parametrize(
    "own",
    [
        # Shorter than a sentence told of; and words of one's own before and behind.
        "Tưới cây mỗi sáng bằng nước giếng của vườn.",
        "Em kể là luống hoa nào nở đủ 40 bông thì lớp được quà.",
    ],
)
def test_a_sentence_of_ones_own_is_no_changed_one(texts: Fake, own: str) -> None:
    found = find_unmarked(own, [], [], texts)
    verdicts = [one.verdict for one in judge(own, found, [], texts, TODAY)]
    assert Verdict.ALTERED not in verdicts


@pytest.mark.parametrize(
    ("run", "said"),
    [
        ("Em nhận 30 bông thì lớp ấy được nhận một cờ giấy", "“30” ngay trước"),
        ("Luống hoa nào nở đủ 40 bông thì lớp ấy được không nhận quà", "“không” ngay sau"),
    ],
)
def test_what_differs_right_beside_a_run_is_told(texts: Fake, run: str, said: str) -> None:
    (found,) = find_unmarked(run, [], [], texts)
    judged = judge(run, [found], [], texts, TODAY)[0]
    assert judged.verdict is Verdict.UNVERIFIED
    assert said in judged.reason
    assert judged.reason.endswith("Xem lại cả câu.")


@pytest.mark.parametrize(
    ("run", "verdict"),
    [
        ("Trẻ không tưới hoa mỗi sáng bằng nước giếng của vườn", Verdict.EXACT),
        ("Em chưa tưới hoa mỗi sáng bằng nước giếng của vườn", Verdict.EXACT),
        ("TƯỚI HOA MỖI SÁNG BẰNG NƯỚC GIẾNG CỦA VƯỜN", Verdict.TYPOGRAPHY),
        ("tưới hoa mỗi sáng, bằng nước giếng của vườn", Verdict.TYPOGRAPHY),
    ],
)
def test_own_words_around_a_run(texts: Fake, run: str, verdict: Verdict) -> None:
    """A negation of the draft's own in front is a doubt; capitals and signs are its own."""
    (found,) = find_unmarked(run, [], [], texts)
    judged = judge(run, [found], [], texts, TODAY)[0]
    negated = any(word in run for word in ("không", "chưa"))
    assert judged.verdict is (Verdict.UNVERIFIED if negated else verdict), judged.reason


@pytest.mark.parametrize("line_end", [" ", "\n", "\n\n"])
@pytest.mark.parametrize(
    ("sentence", "diff"),
    [
        ("Bụi cây nào nở đủ 40 bông thì lớp ấy được nhận một cờ giấy màu xanh.",
         "“Luống hoa” ghi thành “Bụi cây”"),
        ("Luống hoa nào nở đủ 40 bông thì lớp ấy được nhận một cờ vải lụa đỏ.",
         "“giấy màu xanh” ghi thành “vải lụa đỏ”"),
    ],
)  # fmt: skip
def test_a_sentence_given_as_a_places_is_judged_whole(
    texts: Fake, sentence: str, diff: str, line_end: str
) -> None:
    head = "Luật A giả định quy định:"
    text = f"{head}{line_end}{sentence}"
    named = [Named(Span(0, 15), "luat/a", "")]
    (found,) = find_unmarked(text, [], named, texts)
    assert found.span.of(text) == sentence.rstrip(".")
    judged = judge(text, [found], named, texts, TODAY)[0]
    assert judged.verdict is Verdict.ALTERED
    assert diff in judged.reason


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Luật A giả định nói bụi cây nào nở đủ 40 bông thì lớp ấy được nhận một cờ giấy.",
         "Bài viết “bụi cây” ngay trước lời này, nguồn (khoản 3 Điều 1 Luật A giả định) viết "
         "“Luống hoa”"),
    ],
)  # fmt: skip
def test_a_part_of_a_sentence_is_not_said_to_be_right(
    texts: Fake, sentence: str, said: str
) -> None:
    named = [Named(Span(0, 15), "luat/a", "")]
    (found,) = find_unmarked(sentence, [], named, texts)
    judged = judge(sentence, [found], named, texts, TODAY)[0]
    assert judged.verdict is Verdict.UNVERIFIED
    assert said in judged.reason


def test_the_head_of_a_paper_is_nobodys_words(tmp_path: Path) -> None:
    head = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    update(tmp_path, {"now": head + WORDS}, ["now"])
    texts = Fake(tmp_path / "fake")
    texts._texts["now"] = Text("now", "luat/a", head + WORDS, head + WORDS, ((0, ""),))
    texts._passages = Passages(tmp_path)
    assert find_unmarked(f"{head}\nBáo cáo", [], [], texts) == []


def test_a_library_without_its_runs_decides_nothing(texts: Fake) -> None:
    other = "Trâu bò thả rông ngoài đồng cỏ giả định vào mùa mưa lũ năm ấy."
    assert judged(texts, other).verdict is Verdict.NOT_FOUND
    texts.without_passages = True
    try:
        found = judged(texts, other)
    finally:
        texts.without_passages = False
    assert found.verdict is Verdict.UNVERIFIED
    assert "kb rebuild" in found.reason


@pytest.mark.parametrize(
    ("source", "draft", "said"),
    [
        ("được ưu tiên trong tuyển sinh", "được ưu tiên trong tuyển dụng",
         "“tuyển sinh” ghi thành “tuyển dụng”"),
        ("theo nhu cầu và khả năng", "theo khả năng", "bỏ “nhu cầu và”"),
        ("không được hái hoa", "được hái hoa", "bỏ chữ “không”"),
        ("nở đủ 40 bông", "nở đủ 50 bông", "đổi số 40 thành 50"),
        ("hái hoa, tưới cây", "hái hoa tưới cây", "bỏ dấu “,”"),
    ],
)  # fmt: skip
def test_a_change_is_told_in_whole_words(source: str, draft: str, said: str) -> None:
    assert changes(words_diff(source, draft)) == said


def test_signs_at_the_ends_are_no_change(texts: Fake) -> None:
    found = judged(texts, "Tưới hoa mỗi chiều bằng nước giếng của vườn.", "art_1__cl_2")
    assert found.verdict is Verdict.ALTERED
    assert [piece.text.strip() for piece in found.diff if piece.change is not Change.KEPT] == [
        "sáng", "chiều",
    ]  # fmt: skip


@given(st.lists(st.sampled_from("abcdefgh"), min_size=40, max_size=90), st.data())
def test_any_run_of_eight_words_is_found(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("runs")
    update(folder, {"a": " ".join(words)}, {"a"})
    start = data.draw(st.integers(0, len(words) - RUN))
    run = words[start : start + RUN]
    assert Passages(folder).runs(f"x y z {' '.join(run)} u v")


def test_the_index_of_runs_is_kept_up(tmp_path: Path) -> None:
    one, two = (
        "hoa nở trong vườn nhỏ của lớp em mỗi sáng",
        "cá bơi dưới ao sâu của làng bên mỗi tối",
    )
    update(tmp_path, {"a": one, "b": two}, {"a", "b"})
    assert Passages(tmp_path).near(one)[0][0] == "a"
    update(tmp_path, {"a": two}, {"a"})
    found = Passages(tmp_path)
    assert found.near(one) == []
    assert [id for id, _ in found.near(two)] == ["a"]


@pytest.mark.parametrize("marks", ["“", '"', "“”", "«a", "“a\n\n", "‘”", "…", "> \n"])
def test_a_page_of_nothing_but_marks_is_read(texts: Fake, marks: str) -> None:
    text = marks * (200_000 // len(marks))
    found = find_quotations(text)
    assert all(len(q.span) <= len(text) for q in found)
    assert len(judge(text, found[:50], [], texts, TODAY)) <= 50


def test_words_are_not_compared_with_a_summary_of_ours(
    texts: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = "Mỗi lớp giả định chăm hoa, không hái hoa trước hội"
    own = {
        **texts._texts,
        "own": Text("own", "luat/a", summary, summary, ((0, "tomluoc-1"),), True),
    }
    monkeypatch.setattr(texts, "_texts", own)
    monkeypatch.setattr(texts, "near", lambda *_, **__: [("own", 0)])
    found = judged(texts, "Mỗi lớp giả định chăm hoa, được hái hoa trước hội")
    assert found.verdict not in (Verdict.EXACT, Verdict.TYPOGRAPHY)
    assert found.source is None or found.source.provision != "tomluoc-1"
