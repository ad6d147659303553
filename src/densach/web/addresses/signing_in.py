"""The pages of the sign-in library that we have, under the names by which it finds them itself."""

from __future__ import annotations

from allauth.account import views as account
from django.contrib.auth.decorators import login_required
from django.urls import path
from django.views.decorators.cache import never_cache

from densach.web.signing import fields
from densach.web.views.accounts import entering

_change_password = account.PasswordChangeView.as_view(
    template_name="web/accounts/change_password.html", form_class=fields.ChangePassword
)
_set_password = account.PasswordSetView.as_view(
    template_name="web/accounts/set_password.html", form_class=fields.SetPassword
)
_confirm = account.ReauthenticateView.as_view(
    template_name="web/accounts/confirm.html", form_class=fields.ConfirmByPassword
)

urlpatterns = [
    path("dang-nhap", entering.sign_in, name="account_login"),
    path("dang-xuat", entering.sign_out, name="account_logout"),
    path("dang-nhap/xac-nhan", never_cache(_confirm), name="account_reauthenticate"),
    path("dang-nhap/tam-ngung", entering.inactive, name="account_inactive"),
    path("tai-khoan/mat-khau", never_cache(login_required(_change_password)), name="account_change_password"),
    path("tai-khoan/mat-khau-dau-tien", never_cache(_set_password), name="account_set_password"),
]
