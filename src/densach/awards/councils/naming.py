"""What the awards are called in papers and on pages, exactly as the law writes them."""

from __future__ import annotations

AWARDS = {
    "bang_khen_thu_tuong": "Bằng khen của Thủ tướng Chính phủ",
    "bang_khen_bo_nganh": "Bằng khen của Bộ, ban, ngành",
    "bang_khen_tinh": "Bằng khen của Chủ tịch Ủy ban nhân dân cấp tỉnh",
    "bang_khen_doan_the_tw": "Bằng khen của cơ quan trung ương của đoàn thể",
    "giay_khen_xa": "Giấy khen của Chủ tịch Ủy ban nhân dân cấp xã",
    "giay_khen_so_don_vi": "Giấy khen của thủ trưởng cơ quan, đơn vị",
    "giay_khen_doanh_nghiep_htx": "Giấy khen của doanh nghiệp, hợp tác xã",
    "co_thi_dua_bo_tinh_chuyen_de": "Cờ thi đua của Bộ, ban, ngành, tỉnh",
    "co_thi_dua_chinh_phu_chuyen_de": "Cờ thi đua của Chính phủ",
}


def award_name(code: str) -> str:
    """The name of an award; one that is not known by name shows its code."""
    return AWARDS.get(code, code)
