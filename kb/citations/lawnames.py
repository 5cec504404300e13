"""Names of laws, codes and ordinances, and of the bodies that issue papers: facts for ``names``.

The laws are those of the National Assembly in force or met in papers of the last thirty years,
without the word "Luật"; years and numbers are not here, the catalogue has them.
"""

from __future__ import annotations

_LAWS = """
An ninh mạng|An ninh quốc gia|An toàn, vệ sinh lao động|An toàn thông tin mạng|An toàn thực phẩm
Ban hành văn bản quy phạm pháp luật
Ban hành văn bản quy phạm pháp luật của Hội đồng nhân dân, Ủy ban nhân dân|Báo chí
Bảo hiểm tiền gửi|Bảo hiểm xã hội|Bảo hiểm y tế|Bảo vệ bí mật nhà nước|Bảo vệ dữ liệu cá nhân
Bảo vệ môi trường|Bảo vệ quyền lợi người tiêu dùng|Bảo vệ, chăm sóc và giáo dục trẻ em
Bảo vệ sức khỏe nhân dân|Bảo vệ và kiểm dịch thực vật|Bảo vệ và phát triển rừng
Bầu cử đại biểu Hội đồng nhân dân|Bầu cử đại biểu Quốc hội
Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân|Biên giới quốc gia|Biên phòng Việt Nam
Biển Việt Nam|Bình đẳng giới|Bưu chính|Các công cụ chuyển nhượng|các công cụ chuyển nhượng
Các tổ chức tín dụng|các tổ chức tín dụng|Cạnh tranh|Căn cước|Căn cước công dân|Cán bộ, công chức
Cảnh sát biển Việt Nam|Cảnh sát cơ động|Cảnh vệ|Chăn nuôi|Chất lượng sản phẩm, hàng hóa
Chính quyền địa phương|Chứng khoán|Chuyển đổi số|Chuyển giao công nghệ|Công an nhân dân|Công chứng
Công đoàn|Công nghệ cao|Công nghệ thông tin|Công nghiệp công nghệ số
Công nghiệp quốc phòng, an ninh và động viên công nghiệp|Cư trú|Cựu chiến binh|Dạy nghề
Di sản văn hóa|Doanh nghiệp|Doanh nghiệp nhà nước|Dân quân tự vệ|Dân sự|Dầu khí|Du lịch|Dược
Dự trữ quốc gia|Dữ liệu|Đa dạng sinh học|Đặc xá|Đất đai|Đầu tư|Đầu tư công
Đầu tư nước ngoài tại Việt Nam|Đầu tư theo phương thức đối tác công tư|Đấu giá tài sản|Đấu thầu
Đê điều|Điện ảnh|Điện lực|Điều ước quốc tế|Đo đạc và bản đồ|Đo lường|Đường bộ|Đường sắt|Giá
Giám định tư pháp|Giao dịch điện tử|Giao thông đường bộ|Giao thông đường thủy nội địa|Giáo dục
Giáo dục đại học|Giáo dục nghề nghiệp|Giáo dục quốc phòng và an ninh|Hải quan|Hàng hải
Hàng hải Việt Nam|Hàng không dân dụng Việt Nam
Hiến, lấy, ghép mô, bộ phận cơ thể người và hiến, lấy xác|Hình sự|Hòa giải ở cơ sở
Hòa giải, đối thoại tại Tòa án|Hoạt động chữ thập đỏ
Hoạt động giám sát của Quốc hội và Hội đồng nhân dân|Hóa chất|Hôn nhân và gia đình|Hợp tác xã
Hộ tịch|Kế toán|Kiểm toán độc lập|Kiểm toán nhà nước|Kiến trúc|Kinh doanh bảo hiểm
Kinh doanh bất động sản|Khám bệnh, chữa bệnh|Khiếu nại|Khiếu nại, tố cáo|Khoa học và công nghệ
Khoa học, công nghệ và đổi mới sáng tạo|Khoáng sản|Khí tượng thủy văn|Lâm nghiệp|Lao động
Lực lượng dự bị động viên|Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở|Luật sư|Lưu trữ
Lý lịch tư pháp|Mặt trận Tổ quốc Việt Nam|Ngân hàng Nhà nước Việt Nam|Ngân sách nhà nước
Nghĩa vụ quân sự|Người cao tuổi|Người khuyết tật
Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng|Nhà giáo|Nhà ở
Nhập cảnh, xuất cảnh, quá cảnh, cư trú của người nước ngoài tại Việt Nam|Năng lượng nguyên tử
Nuôi con nuôi|Phá sản|Phòng bệnh|Phòng cháy và chữa cháy|Phòng cháy, chữa cháy và cứu nạn, cứu hộ
Phòng, chống bạo lực gia đình|Phòng, chống bệnh truyền nhiễm|Phòng, chống khủng bố
Phòng, chống ma túy|Phòng, chống mua bán người|Phòng, chống rửa tiền
Phòng, chống tác hại của rượu, bia|Phòng, chống tác hại của thuốc lá|Phòng, chống tham nhũng
Phòng, chống thiên tai|Phòng, chống tội phạm|Phòng, chống mại dâm|Phòng thủ dân sự
Phổ biến, giáo dục pháp luật|Phí và lệ phí|Quản lý ngoại thương|Quản lý nợ công|Quản lý thuế
Quản lý, sử dụng tài sản công|Quản lý, sử dụng tài sản nhà nước
Quản lý, sử dụng vốn nhà nước đầu tư vào sản xuất, kinh doanh tại doanh nghiệp
Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ|Quảng cáo|Quốc phòng|Quốc tịch Việt Nam
Quy hoạch|Quy hoạch đô thị|Quy hoạch đô thị và nông thôn|Sở hữu trí tuệ
Sĩ quan Quân đội nhân dân Việt Nam|Tài nguyên nước|Tài nguyên, môi trường biển và hải đảo
Tần số vô tuyến điện|Tạm giữ, tạm giam|Thanh niên|Thanh tra|Thể dục, thể thao|Thi đua, khen thưởng
Thi hành án dân sự|Thi hành án hình sự|Thi hành tạm giữ, tạm giam|Thỏa thuận quốc tế|Thống kê
Thủ đô|Thú y|Thủy lợi|Thủy sản|Thực hành tiết kiệm, chống lãng phí|Thực hiện dân chủ ở cơ sở
Thuế bảo vệ môi trường|Thuế giá trị gia tăng|Thuế sử dụng đất nông nghiệp
Thuế sử dụng đất phi nông nghiệp|Thuế tài nguyên|Thuế thu nhập cá nhân|Thuế thu nhập doanh nghiệp
Thuế tiêu thụ đặc biệt|Thuế xuất khẩu, thuế nhập khẩu|Thư viện|Thương mại
Tiêu chuẩn và quy chuẩn kỹ thuật|Tiếp cận thông tin|Tiếp công dân|Tín ngưỡng, tôn giáo|Tố cáo
Tố tụng dân sự|Tố tụng hành chính|Tố tụng hình sự|Tổ chức Chính phủ|Tổ chức chính quyền địa phương
Tổ chức cơ quan điều tra hình sự|Tổ chức Hội đồng nhân dân và Ủy ban nhân dân|Tổ chức Quốc hội
Tổ chức Tòa án nhân dân|Tổ chức Viện kiểm sát nhân dân|Tương trợ tư pháp
Tư pháp người chưa thành niên|Trách nhiệm bồi thường của Nhà nước
Trật tự, an toàn giao thông đường bộ|Trẻ em|Trọng tài thương mại|Trồng trọt|Trợ giúp pháp lý
Trưng cầu ý dân|Trưng mua, trưng dụng tài sản|Viên chức|Viễn thông|Việc làm|Xây dựng|Xuất bản
Xuất cảnh, nhập cảnh của công dân Việt Nam|Xử lý vi phạm hành chính
Ưu đãi người có công với cách mạng|Người tàn tật|về người tàn tật|Dân số|Án phí, lệ phí Tòa án
Ngoại hối|Giống cây trồng|Giống vật nuôi|Chi phí tố tụng|Quản lý thị trường
Quản lý và đầu tư vốn nhà nước tại doanh nghiệp|Trí tuệ nhân tạo|Thương mại điện tử|Dẫn độ
Tình trạng khẩn cấp|Tương trợ tư pháp về hình sự|Tương trợ tư pháp về dân sự|Bồi thường nhà nước
Tham gia lực lượng gìn giữ hòa bình của Liên hợp quốc|Địa chất và khoáng sản|Dân chủ ở cơ sở
Chuyển giao người đang chấp hành án phạt tù|Quản lý, sử dụng vốn nhà nước
Bảo vệ rừng|Đầu tư kinh doanh vốn nhà nước|Khuyến khích đầu tư trong nước
"""
LAWS = tuple(
    name.strip() for line in _LAWS.splitlines() for name in line.split("|") if name.strip()
)

_MINISTRIES = """
Bộ Quốc phòng|Bộ Công an|Bộ Ngoại giao|Bộ Nội vụ|Bộ Tư pháp|Bộ Tài chính|Bộ Công Thương
Bộ Xây dựng|Bộ Kế hoạch và Đầu tư|Bộ Giao thông vận tải|Bộ Nông nghiệp và Phát triển nông thôn
Bộ Thương mại|Bộ Nông nghiệp và Môi trường|Bộ Tài nguyên và Môi trường|Bộ Dân tộc và Tôn giáo
Bộ Công nghiệp|Bộ Lao động - Thương binh và Xã hội|Bộ Lao động-Thương binh và Xã hội
Bộ Lao động, Thương binh và Xã hội|Bộ Văn hóa, Thể thao và Du lịch|Bộ Văn hóa - Thông tin
Bộ Khoa học và Công nghệ|Bộ Y tế|Bộ Thủy sản|Bộ Giáo dục và Đào tạo|Bộ Thông tin và Truyền thông
Bộ Bưu chính, Viễn thông|Bộ Đại học và Trung học chuyên nghiệp|Bộ GDĐT|Bộ GD&ĐT
Bộ Giáo dục & Đào tạo|Bộ LĐTBXH|Bộ VHTTDL|Bộ TTTT|Bộ TT&TT
"""
_CENTRAL = """
Quốc hội|Ủy ban Thường vụ Quốc hội|Uỷ ban Thường vụ Quốc hội|Hội đồng Nhà nước|Chủ tịch nước
Chính phủ|Chủ tịch nước Cộng hòa xã hội chủ nghĩa Việt Nam
Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam|Thủ tướng Chính phủ|Thủ tướng|Hội đồng Bộ trưởng
Hội đồng Chính phủ|Văn phòng Chính phủ|Văn phòng Quốc hội|Thanh tra Chính phủ
Tổng Thanh tra Chính phủ|Ủy ban Dân tộc|Uỷ ban Dân tộc|Ngân hàng Nhà nước Việt Nam
Ngân hàng Nhà nước|Tòa án nhân dân tối cao|Toà án nhân dân tối cao
Chánh án Tòa án nhân dân tối cao|Hội đồng Thẩm phán Tòa án nhân dân tối cao
Viện kiểm sát nhân dân tối cao|Viện trưởng Viện kiểm sát nhân dân tối cao|Kiểm toán nhà nước
Tổng Kiểm toán nhà nước|Bảo hiểm xã hội Việt Nam|Đài Truyền hình Việt Nam|Đài Tiếng nói Việt Nam
Thông tấn xã Việt Nam|Đoàn giám sát|Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam
Tổng Liên đoàn Lao động Việt Nam|Đoàn Chủ tịch Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam
Trung ương Đoàn TNCS Hồ Chí Minh|Bộ Chính trị|Ban Bí thư|Ban Bí thư Trung ương Đảng
Ban Bí thư Trung ương|Ban Chấp hành Trung ương|Ban Chấp hành Trung ương Đảng
Ban Chấp hành Trung ương Đảng Cộng sản Việt Nam|Trung ương Đảng|Văn phòng Trung ương Đảng
Ban Bí thư Trung ương Đảng Cộng sản Việt Nam|Ban Chấp hành Đảng bộ tỉnh|Đảng Cộng sản Việt Nam
Trung ương|Ban Tổ chức Trung ương|Ban Tuyên giáo Trung ương|Ban Dân vận Trung ương
Ủy ban Kiểm tra Trung ương|Ban Tuyên giáo và Dân vận Trung ương|Ban Nội chính Trung ương
Văn phòng Trung ương|Ban Thường vụ Tỉnh ủy|Ban Thường vụ Thành ủy|Ban Chấp hành Đảng bộ
Ban Thường vụ|Tỉnh ủy|Thành ủy|Huyện ủy|Tổng cục Hải quan|Tổng cục Thuế|Tổng cục Thống kê
Tổng cục Giáo dục nghề nghiệp|Tổng cục Dạy nghề|Tổng cục Địa chính|Tổng cục Du lịch
Tổng cục Thi hành án dân sự|Cục Hải quan|Cục Thuế|Kho bạc Nhà nước|Bộ Tổng Tham mưu
Tổng cục Chính trị|Hội đồng bầu cử quốc gia|Ủy ban sông Mê Công Việt Nam
Ủy ban Chứng khoán Nhà nước|Ủy ban Quản lý vốn nhà nước tại doanh nghiệp|Ban Cơ yếu Chính phủ
Ban Tôn giáo Chính phủ
"""
_LOCAL = """
Ủy ban nhân dân|Uỷ ban nhân dân|Ủy ban Nhân dân|UBND|Hội đồng nhân dân|HĐND
Thường trực Hội đồng nhân dân|Sở Giáo dục và Đào tạo|Sở GDĐT|Sở GD&ĐT|Sở GD-ĐT|Sở Y tế
Sở Tài chính|Sở Nội vụ|Sở Tư pháp|Sở Xây dựng|Sở Công Thương|Sở Lao động - Thương binh và Xã hội
Sở Lao động-Thương binh và Xã hội|Sở LĐTBXH|Sở Văn hóa, Thể thao và Du lịch|Sở Văn hóa và Thể thao
Sở Thông tin và Truyền thông|Sở Khoa học và Công nghệ|Sở Kế hoạch và Đầu tư|Sở Ngoại vụ
Sở Tài nguyên và Môi trường|Sở Nông nghiệp và Môi trường|Sở Nông nghiệp và Phát triển nông thôn
Sở Giao thông vận tải|Phòng Giáo dục và Đào tạo|Phòng GDĐT|Phòng GD&ĐT|Phòng Văn hóa - Xã hội
Công an|Ban Dân tộc
"""
BODIES = tuple(
    name.strip()
    for table in (_MINISTRIES, _CENTRAL, _LOCAL)
    for line in table.splitlines()
    for name in line.split("|")
    if name.strip()
)
