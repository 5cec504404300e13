"""Words that people ask with and a library may not have: "mấy", "ở đâu", "lương hưu".

A corpus of laws cannot teach how questions are spelled, nor a small library the words of offices
and schools it says nothing of, so the commonest phrases of both stand here; ``accents`` counts each
pair of neighbours in them as seen, and none of their words is a slip.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from kb.text import fold

PHRASES = (
    "tối đa mấy", "tối thiểu mấy", "nhiều nhất mấy", "ít nhất mấy", "có mấy", "là mấy", "được mấy",
    "gồm mấy", "trong mấy", "mỗi lớp mấy", "mấy học sinh", "mấy người", "mấy trẻ", "mấy em",
    "mấy năm", "mấy tháng", "mấy ngày", "mấy giờ", "mấy tuổi", "mấy lần", "mấy lớp", "mấy loại",
    "mấy dạng", "mấy mức", "mấy cấp", "mấy điều", "mấy chương", "mấy bước", "mấy buổi", "mấy tiết",
    "số mấy", "ngày mấy", "điều mấy", "khoản mấy", "lớp mấy", "tháng mấy",
    "ở đâu", "từ đâu", "đến đâu", "lấy đâu", "đi đâu", "nộp đâu",
    "bao nhiêu", "bao lâu", "bao giờ", "khi nào", "lúc nào", "thế nào", "như thế nào", "ra sao",
    "thì sao", "vì sao", "tại sao", "làm sao", "làm gì", "là gì", "gồm gì", "những gì", "cần gì",
    "phải làm gì", "thì làm gì", "thì phải làm", "thì bị", "thì báo", "thì có", "ai có quyền",
    "do ai", "là ai", "cho ai", "bởi ai", "ai ký", "ai được", "ai phải", "ai hỏi", "hỏi ai",
    "có phải", "phải không", "có được", "được không", "có cần", "cần không", "có bị", "bị gì",
    "có đúng không", "hay không", "hay chưa", "đã có", "có chưa", "còn không", "nữa không",
    "bị mất", "xin ở đâu", "xin phép không", "muốn hỏi", "cho hỏi",
)  # fmt: skip

_OFFICE_AND_SCHOOL = """
an ninh, an toàn, ban giám hiệu, ban hành, biên bản, biên chế, bán trú, báo chí, báo cáo,
bạo lực học đường, bảng lương, bảo hiểm, bảo hiểm thất nghiệp, bảo hiểm xã hội, bảo hiểm y tế,
bảo mẫu, bảo vệ, bằng cấp, bếp ăn, bệnh viện, bồi dưỡng, bồi thường, bổ nhiệm, cha mẹ, chi phí,
chi tiêu, chuyên môn, chuyển trường, chuẩn nghề nghiệp, chính sách, chăm sóc, chương trình,
chế độ, chỉ đạo, chủ nhiệm, chức danh, chứng chỉ, con em, cán bộ, có thể, công chức, công khai,
công trình, công tác, công văn, công đoàn, căn cứ, căn tin, cơ quan, cơ sở, cơ sở vật chất,
cấp phát, cộng đồng, danh sách, doanh nghiệp, dân chủ, dân tộc, dạy học, dạy thêm, dịch vụ,
dự toán, dự án, gia đình, giám sát, giáo dục, giáo viên, giáo viên giỏi, giảm giá,
giấy chứng nhận, giấy phép, giấy tờ, giấy xác nhận, hiệu phó, hiệu trưởng, hoạt động, hướng dẫn,
hưởng lương, hạng chức danh, học bạ, học bổng, học kỳ, học phí, học sinh, học thêm, học tập,
họp phụ huynh, hồ sơ, hội đồng, hợp đồng, hợp đồng lao động, khai báo, khai giảng, khen thưởng,
khiếu nại, khuyết tật, khám bệnh, khám sức khỏe, khó khăn, kinh phí, kiểm tra, kiểm định, kê khai,
ký kết, kế hoạch, kế toán, kết nạp, kết quả, kỷ luật, kỹ năng, lao động, lương cơ sở, lương hưu,
lễ khai giảng, lớp học, mang thai, miễn giảm, miễn học phí, miễn phí, mua sắm, máy tính, mầm non,
mẫu giáo, mở lớp, mức hưởng, mức học phí, mức lương, mức phí, mức phạt, mức đóng, mức độ,
nghiệp vụ, nghĩa vụ, nghề nghiệp, nghỉ hè, nghỉ hưu, nghỉ học, nghỉ lễ, nghỉ phép, nghỉ thai sản,
nghỉ việc, nghỉ ốm, nghị quyết, nghị định, nguyên tắc, ngân sách, người cao tuổi, người tàn tật,
nhiệm vụ, nhà trường, nhà trẻ, nhân viên, nâng lương, năm học, nước ngoài, nấu ăn, nội dung,
nội quy, nội trú, nộp hồ sơ, phân công, phép năm, phòng cháy chữa cháy, phòng chống, phòng học,
phòng ngừa, phần mềm, phần trăm, phổ thông, phụ cấp, phụ cấp thâm niên, phụ huynh, phụ nữ,
quy chế, quy tắc, quy định, quyết định, quyền lợi, quản lý, rèn luyện, sinh hoạt, sách giáo khoa,
sáp nhập, sân trường, sĩ số, số lượng, sổ sách, sức khỏe, sử dụng, tai nạn, thai sản, tham gia,
tham nhũng, thanh niên, thanh toán, thanh tra, thi tuyển, thi đua, thiết bị, thu chi, thu hồi,
thuế thu nhập, thành lập, thâm niên, thông báo, thông tin, thông tư, thăng hạng, thư viện,
thẩm quyền, thể dục, thể thao, thời gian, thời hạn, thủ trưởng, thủ tục, thực hiện, thực phẩm,
tiêu chuẩn, tiêu chí, tiết dạy, tiền lương, tiền thưởng, tiền ăn, tiểu học, trang bị, trung cấp,
trung học, trung học cơ sở, truyền thông, trách nhiệm, trình độ, trường học, trẻ em, trẻ mầm non,
trợ cấp, trực tuyến, tuyên truyền, tuyển dụng, tuyển sinh, tuổi nghỉ hưu, tài chính, tài liệu,
tài sản, tài trợ, tôn giáo, tập huấn, tập thể, tố cáo, tốt nghiệp, tổ chức, tổ trưởng, từ thiện,
vi phạm, viên chức, việc làm, văn bản, văn hóa, văn phòng, văn thư, vận động, vệ sinh,
vị trí việc làm, xe lăn, xác nhận, xâm hại, xã hội, xét tuyển, xếp loại, xếp lương, xử lý,
xử phạt, y tế, áp dụng, ôn tập, ý kiến, ăn trưa, điều chỉnh, điều kiện, điều động, đoàn thể,
đào tạo, đánh giá, đăng ký, đơn vị, đảng viên, đề nghị, địa phương, định mức, đối tượng, đồng phục
"""

# As people write to each other.
CHATTED = {"ko": "không", "k": "không", "hok": "không", "kg": "không", "dc": "được", "đc": "được"}


def _pairs(phrases: Iterable[str]) -> frozenset[tuple[str, str]]:
    return frozenset(pair for phrase in phrases for pair in pairwise(phrase.split()))


PAIRS = _pairs(PHRASES)
TERMS = _pairs(_OFFICE_AND_SCHOOL.replace("\n", " ").split(","))
WORDS = frozenset(word for pair in PAIRS | TERMS for word in pair)
SPELLINGS = {
    folded: tuple(sorted(word for word in WORDS if fold(word) == folded))
    for folded in map(fold, WORDS)
}
