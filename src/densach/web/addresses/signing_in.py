"""The pages of the sign-in library that we have, under the names by which it finds them itself."""

from __future__ import annotations

from allauth.account import views as account
from allauth.usersessions.views import ListUserSessionsView
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
_ask_for_code = account.RequestLoginCodeView.as_view(
    template_name="web/accounts/ask_for_code.html", form_class=fields.AskForCode
)
_enter_code = account.ConfirmLoginCodeView.as_view(
    template_name="web/accounts/enter_code.html", form_class=fields.EnterCode
)
_phone = account.ChangePhoneView.as_view(template_name="web/accounts/phone.html", form_class=fields.ChangePhone)
_confirm_phone = account._VerifyPhoneChangeView.as_view(
    template_name="web/accounts/enter_code.html", form_class=fields.ConfirmPhone
)
_mail = account.EmailView.as_view(template_name="web/accounts/mail.html", form_class=fields.ChangeMail)
_confirm_mail = account.ConfirmEmailVerificationCodeView.as_view(
    template_name="web/accounts/enter_code.html", form_class=fields.ConfirmMail
)
_sessions = ListUserSessionsView.as_view(template_name="web/accounts/sessions.html")

urlpatterns = [
    path("dang-nhap", entering.sign_in, name="account_login"),
    path("dang-xuat", entering.sign_out, name="account_logout"),
    path("dang-nhap/ma", never_cache(_ask_for_code), name="account_request_login_code"),
    path("dang-nhap/ma/nhap", _enter_code, name="account_confirm_login_code"),
    path("dang-nhap/xac-nhan", never_cache(_confirm), name="account_reauthenticate"),
    path("dang-nhap/tam-ngung", entering.inactive, name="account_inactive"),
    path("tai-khoan/noi-dang-mo", never_cache(_sessions), name="usersessions_list"),
    path("tai-khoan/dien-thoai", never_cache(_phone), name="account_change_phone"),
    path("tai-khoan/dien-thoai/ma", never_cache(login_required(_confirm_phone)), name="account_verify_phone"),
    path("tai-khoan/thu", never_cache(_mail), name="account_email"),
    path("tai-khoan/thu/ma", never_cache(login_required(_confirm_mail)), name="account_email_verification_sent"),
    path("tai-khoan/mat-khau", never_cache(login_required(_change_password)), name="account_change_password"),
    path("tai-khoan/mat-khau-dau-tien", never_cache(_set_password), name="account_set_password"),
]
