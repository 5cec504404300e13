"""An invented decree, what amends a clause of it, and a desk over them, for tests of packs."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from ingest import pipeline
from ingest.pipeline import CORPUS
from kb.config import Settings
from kb.store.desk import Desk

HEAD = """CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}
Hà Nội, ngày {day} tháng {month} năm {year}
NGHỊ ĐỊNH
{title}
Theo đề nghị của Hội đồng giả định;
Chính phủ ban hành Nghị định giả định dùng để kiểm thử phần mềm.
"""
KEY = "nd/2021/901/cp"


def decree(*, third: str = "", shifted: bool = False) -> str:
    """Five articles of two clauses; *third* are other words for clause 1 of Article 3; *shifted*
    puts a new Article 4 before what was the fourth."""
    head = HEAD.format(number="901/2021/NĐ-CP", day="04", month="3", year="2021",
                       title="Quy định về vườn chữ giả định của trường")  # fmt: skip
    rows = [
        f"1. Luống số {n} trong vườn chữ giả định có một người trông và một người ghi sổ.\n"
        f"2. Người trông luống số {n} không được đếm chữ vào ban đêm, trừ đêm có trăng giả định.\n"
        for n in range(1, 5)
    ]
    if third:
        rows[2] = f"1. {third}\n" + rows[2].partition("\n")[2]
    if shifted:
        rows.insert(3, "1. Luống mới để trồng dấu hỏi giả định.\n2. Dấu ngã trồng riêng một góc.\n")
    last = len(rows) + 1
    articles = [f"Điều {n}. Luống giả định thứ {n}\n{row}" for n, row in enumerate(rows, 1)]
    return head + "".join(articles) + (
        f"Điều {last}. Hiệu lực thi hành\n1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 5 "
        "năm 2021.\n2. Hội đồng giả định thi hành Nghị định này.\n"
    )  # fmt: skip


AMENDING = HEAD.format(number="955/2024/NĐ-CP", day="06", month="9", year="2024",
    title="Sửa đổi, bổ sung một số điều của Nghị định số 901/2021/NĐ-CP quy định về vườn chữ giả "
    "định của trường") + """Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 901/2021/NĐ-CP
1. Sửa đổi, bổ sung khoản 2 Điều 2 như sau:
“2. Người trông luống số 2 được đếm chữ vào ban đêm, trừ đêm có mưa giả định.”.
Điều 2. Hiệu lực thi hành
Nghị định này có hiệu lực thi hành từ ngày 01 tháng 11 năm 2024.
"""  # fmt: skip
REPLACING = HEAD.format(number="988/2025/NĐ-CP", day="06", month="9", year="2025",
    title="Quy định về vườn chữ và ao chữ giả định") + """Điều 1. Phạm vi
Nghị định này quy định về vườn chữ và ao chữ không có thật.
Điều 2. Hiệu lực thi hành
1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 11 năm 2025.
2. Nghị định này thay thế Nghị định số 901/2021/NĐ-CP quy định về vườn chữ giả định của trường.
"""  # fmt: skip
SECRET = """ỦY BAN VƯỜN GIẢ ĐỊNH
Số: 77/BC-UBVGĐ
MẬT

BÁO CÁO
Về việc giả định đếm chữ trong vườn

1. Chữ đã được đếm xong trong vườn giả định của trường.
"""


# What an invented catalogue knows of the decree: without a source its force would be unknown.
IN_FORCE = f"""- key: {KEY}
  number: 901/2021/NĐ-CP
  type: Nghị định
  title: Quy định về vườn chữ giả định của trường
  issuer: Chính phủ
  issued: 2021-03-04
  effective: 2021-05-01
  status:
    state: in_force
    checked: {date.today().isoformat()}
    note: giả định, chỉ để kiểm thử
  sources:
    - github:gia/dinh@ab12cd(2026-07-23):luat/vuon-chu.md
"""


def library(folder: Path, *texts: str, row: str = "") -> Settings:
    """Settings of a library of these papers under *folder*, its desk kept if there is one; *row*
    is added to the catalogue."""
    corpus = folder / "corpus"
    if not corpus.exists():
        shutil.copytree(CORPUS, corpus)
    (corpus / "catalogue" / "documents" / "9-gia-dinh.yaml").write_text(row, encoding="utf-8")
    papers = folder / f"papers-{len(list(folder.glob('papers-*')))}"
    papers.mkdir(parents=True)
    for n, text in enumerate(texts):
        (papers / f"{n}.txt").write_text(text, encoding="utf-8")
    settings = Settings(folder / f"data-{papers.name}")
    pipeline.rebuild(settings, lambda *_: None, corpus)
    pipeline.ingest(settings, sorted(papers.iterdir()), lambda *_: None, corpus)
    Desk(settings.desk)
    return settings
