"""Words that questions have and laws seldom do: "mấy", "ở đâu", "thế nào".

A corpus of laws cannot teach how they are spelled beside each other, so the commonest of these
phrases stand here; ``accents`` counts each pair of neighbours in them as seen.
"""

from __future__ import annotations

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

# As people write to each other.
CHATTED = {"ko": "không", "k": "không", "hok": "không", "kg": "không", "dc": "được", "đc": "được"}

PAIRS = frozenset(pair for phrase in PHRASES for pair in pairwise(phrase.split()))
WORDS = frozenset(word for pair in PAIRS for word in pair)
SPELLINGS = {
    folded: tuple(sorted(word for word in WORDS if fold(word) == folded))
    for folded in map(fold, WORDS)
}
