"""The pages of one's own account, and of getting one."""

from __future__ import annotations

from django.urls import path

from densach.web.views.accounts import entering, identities, own, roles, slips, taking

urlpatterns = [
    path("dang-nhap", entering.sign_in, name="sign_in"),
    path("dang-nhap/thoi", entering.turn_back, name="turn_back"),
    path("dang-xuat", entering.sign_out, name="sign_out"),
    path("mat-khau-dau", entering.first_password, name="first_password"),
    path("nhan-vai", taking.take, name="take"),
    path("nhan-vai/tai-khoan", taking.taken, name="taken"),
    path("nhan-vai/ma", taking.code, name="taken_code"),
    path("nhan-vai/qr.svg", slips.picture, name="slip_picture"),
    path("phieu-nhan-vai", slips.choose, name="slips"),
    path("phieu-nhan-vai/<uuid:uid>", slips.choose, name="slips_of"),
    path("phieu-nhan-vai/<uuid:uid>/in", slips.print_slips, name="print_slips"),
    path("nguoi-va-vai", roles.listed, name="roles"),
    path("nguoi-va-vai/giao", roles.give, name="give_role"),
    path("nguoi-va-vai/<uuid:uid>", roles.one, name="role"),
    path("nguoi-va-vai/<uuid:uid>/ket-thuc", roles.end, name="end_role"),
    path("nguoi-va-vai/<uuid:uid>/chuyen", roles.hand_on, name="hand_on_role"),
    path("nguoi-va-vai/<uuid:uid>/ma", roles.new_code, name="new_code"),
    path("nhat-ky-dang-nhap", own.log_here, name="log_here"),
    path("tai-khoan", own.account, name="account"),
    path("tai-khoan/can-yeu-to-hai", own.second_factor, name="second_factor"),
    path("tai-khoan/dinh-danh", identities.identities, name="identities"),
    path("tai-khoan/dinh-danh/bo", identities.let_go, name="let_identity_go"),
    path("tai-khoan/nhat-ky", own.log, name="log"),
]
