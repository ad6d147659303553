"""The pages of one's own account, and of getting one."""

from __future__ import annotations

from django.urls import path

from densach.web.views.accounts import entering, own, slips, taking

urlpatterns = [
    path("dang-nhap", entering.sign_in, name="sign_in"),
    path("dang-xuat", entering.sign_out, name="sign_out"),
    path("mat-khau-dau", entering.first_password, name="first_password"),
    path("nhan-vai", taking.take, name="take"),
    path("nhan-vai/tai-khoan", taking.taken, name="taken"),
    path("nhan-vai/qr.svg", slips.picture, name="slip_picture"),
    path("phieu-nhan-vai", slips.choose, name="slips"),
    path("phieu-nhan-vai/<uuid:uid>", slips.choose, name="slips_of"),
    path("phieu-nhan-vai/<uuid:uid>/in", slips.print_slips, name="print_slips"),
    path("tai-khoan", own.account, name="account"),
]
