"""The pages of one's own account, and of getting one."""

from __future__ import annotations

from django.urls import path

from densach.web.views.accounts import entering, own

urlpatterns = [
    path("dang-nhap", entering.sign_in, name="sign_in"),
    path("dang-xuat", entering.sign_out, name="sign_out"),
    path("mat-khau-dau", entering.first_password, name="first_password"),
    path("tai-khoan", own.account, name="account"),
]
