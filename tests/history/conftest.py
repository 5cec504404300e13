"""An invented decree, what amends it, and a library of both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import pipeline
from kb.config import Settings
from kb.store.generations import current
from kb.store.library import Library
from tests.libraries import corpus_library
from web import create_app

OLD = """CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 901/2030/NĐ-CP
Hà Nội, ngày 04 tháng 3 năm 2030
NGHỊ ĐỊNH
Quy định về vườn chữ giả định
Theo đề nghị của Hội đồng giả định;
Chính phủ ban hành Nghị định giả định dùng để kiểm thử phần mềm.
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về vườn chữ không có thật.
Điều 2. Người trông vườn
1. Mỗi vườn chữ có một người trông vườn.
2. Người trông vườn tưới chữ mỗi sáng.
3. Người trông vườn đếm chữ mỗi chiều.
Điều 3. Hàng rào
Hàng rào cao một mét.
Điều 4. Hiệu lực thi hành
Nghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2030.
"""
NEW = """CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 955/2032/NĐ-CP
Hà Nội, ngày 06 tháng 9 năm 2032
NGHỊ ĐỊNH
Sửa đổi, bổ sung một số điều của Nghị định số 901/2030/NĐ-CP quy định về vườn chữ giả định
Theo đề nghị của Hội đồng giả định;
Chính phủ ban hành Nghị định giả định dùng để kiểm thử phần mềm.
Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 901/2030/NĐ-CP
1. Sửa đổi, bổ sung khoản 2 Điều 2 như sau:
“2. Người trông vườn tưới chữ mỗi tối, trừ ngày mưa.”.
2. Bãi bỏ Điều 3.
3. Bổ sung Điều 3a vào sau Điều 3 như sau:
“Điều 3a. Cổng vườn
Cổng vườn mở cả ngày.”.
Điều 2. Hiệu lực thi hành
Nghị định này có hiệu lực thi hành từ ngày 01 tháng 11 năm 2032.
"""
# A portal's copy with its notes inside the sentences.
NOTED = """CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 970/2033/NĐ-CP
Hà Nội, ngày 04 tháng 3 năm 2033
NGHỊ ĐỊNH
Quy định về đèn vườn giả định
Theo đề nghị của Hội đồng giả định;
Chính phủ ban hành Nghị định giả định dùng để kiểm thử phần mềm.
Điều 1. Phạm vi điều chỉnh
[Điều này được hướng dẫn bởi Điều 2 Nghị định 955/2032/NĐ-CP có hiệu lực từ ngày 01/11/2032]
Nghị định này quy định về đèn vườn không có thật.
Điều 2. Người thắp đèn
1. Mỗi vườn có một người thắp đèn.
2. Người thắp đèn thắp đèn mỗi tối. [Khoản này bị bãi bỏ bởi Điều 9 Nghị định 999/2034/NĐ-CP có hiệu lực từ ngày 01/01/2035]
Điều 3. Hiệu lực thi hành
Nghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2033.
"""  # noqa: E501
# Issued long ago, in force only long after today; a plan stands on it.
LATER = """CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 980/2020/NĐ-CP
Hà Nội, ngày 04 tháng 3 năm 2020
NGHỊ ĐỊNH
Quy định về chuông vườn giả định
Chính phủ ban hành Nghị định giả định dùng để kiểm thử phần mềm.
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về chuông vườn không có thật.
Điều 2. Hiệu lực thi hành
Nghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2095.
"""
PLAN = """TRƯỜNG TRUNG HỌC GIẢ ĐỊNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 77/KH-THGĐ
Hà Nội, ngày 05 tháng 9 năm 2021
KẾ HOẠCH
Treo chuông vườn giả định
Căn cứ Nghị định số 980/2020/NĐ-CP ngày 04 tháng 3 năm 2020 của Chính phủ quy định về chuông vườn;
I. MỤC ĐÍCH
1. Treo chuông ở cổng vườn.
II. NỘI DUNG
1. Mỗi lớp treo một chuông theo Nghị định số 980/2020/NĐ-CP.
"""
# What amended the next is not at hand; a consolidated text prints what came of it.
BASE = """CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 985/2030/NĐ-CP
Hà Nội, ngày 04 tháng 3 năm 2030
NGHỊ ĐỊNH
Quy định về ghế vườn giả định
Chính phủ ban hành Nghị định giả định dùng để kiểm thử phần mềm.
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về ghế vườn không có thật.
Điều 2. Ghế
1. Mỗi vườn có hai ghế.
2. Ghế làm bằng gỗ.
3. Ghế sơn xanh.
Điều 3. Hiệu lực thi hành
Nghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2030.
"""
CONSOLIDATED = """VĂN PHÒNG GIẢ ĐỊNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/VBHN-VPGĐ
Hà Nội, ngày 10 tháng 9 năm 2033
VĂN BẢN HỢP NHẤT
NGHỊ ĐỊNH
Quy định về ghế vườn giả định
Nghị định số 985/2030/NĐ-CP ngày 04 tháng 3 năm 2030 của Chính phủ quy định về ghế vườn giả định, \
có hiệu lực kể từ ngày 01 tháng 5 năm 2030, được sửa đổi, bổ sung bởi:
1. Nghị định số 986/2031/NĐ-CP ngày 02 tháng 2 năm 2031 của Chính phủ sửa đổi, bổ sung một số \
điều của Nghị định số 985/2030/NĐ-CP, có hiệu lực kể từ ngày 01 tháng 4 năm 2031;
2. Nghị định số 987/2033/NĐ-CP ngày 02 tháng 2 năm 2033 của Chính phủ sửa đổi, bổ sung một số \
điều của Nghị định số 985/2030/NĐ-CP, có hiệu lực kể từ ngày 01 tháng 6 năm 2033.
Căn cứ Luật Giả định;
Chính phủ ban hành Nghị định giả định dùng để kiểm thử phần mềm.
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về ghế vườn không có thật. Mục 1. VỀ GHẾ [5]
Điều 2. Ghế
1.[1] Mỗi vườn có ba ghế, một ghế [2]có lưng tựa.
2.[3] Ghế làm bằng tre.
3.[4] (được bãi bỏ)
Điều 3. Hiệu lực thi hành
Nghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2030.
XÁC THỰC VĂN BẢN HỢP NHẤT
CHỦ NHIỆM
Người Giả Định
[1] Khoản này được sửa đổi theo quy định tại khoản 1 Điều 1 của Nghị định số 986/2031/NĐ-CP, có \
hiệu lực kể từ ngày 01 tháng 4 năm 2031.
[2] Cụm từ này được bổ sung theo quy định tại khoản 1 Điều 1 của Nghị định số 987/2033/NĐ-CP, có \
hiệu lực kể từ ngày 01 tháng 6 năm 2033.
[3] Khoản này được sửa đổi theo quy định của Chính phủ.
[4] Khoản này được bãi bỏ theo quy định tại khoản 2 Điều 1 của Nghị định số 987/2033/NĐ-CP, có \
hiệu lực kể từ ngày 01 tháng 6 năm 2033.
[5] Tên Mục này được sửa đổi theo quy định tại khoản 3 Điều 1 của Nghị định số 987/2033/NĐ-CP, có \
hiệu lực kể từ ngày 01 tháng 6 năm 2033.
"""


@pytest.fixture(scope="package")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("papers")
    papers = {
        "cu.txt": OLD, "moi.txt": NEW, "den.txt": NOTED, "chuong.txt": LATER, "ke-hoach.txt": PLAN,
        "ghe.txt": BASE, "hop-nhat.txt": CONSOLIDATED,
    }  # fmt: skip
    for name, text in papers.items():
        (folder / name).write_text(text, encoding="utf-8")
    made = Settings(tmp_path_factory.mktemp("data"))
    corpus_library(made)
    pipeline.ingest(made, sorted(Path(folder).iterdir()), lambda *_: None)
    return made


@pytest.fixture(scope="package")
def library(settings: Settings) -> Iterator[Library]:
    opened = Library(current(settings.library) / "library.db")
    yield opened
    opened.close()


@pytest.fixture(scope="package")
def app(settings: Settings) -> Iterator[object]:
    made = create_app(settings)
    yield made
    made.extensions["can-cu"].close()
