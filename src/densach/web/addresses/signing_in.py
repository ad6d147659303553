"""The pages of the sign-in library that we have, under the names by which it finds them itself."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.usersessions.views import ListUserSessionsView
from django.contrib.auth.decorators import login_required
from django.urls import path, reverse_lazy
from django.views.decorators.cache import never_cache

from densach.web.signing import fields
from densach.web.views.accounts import entering, identities

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
_factor = mfa.AuthenticateView.as_view(
    template_name="web/accounts/enter_factor.html", form_class=fields.EnterFactor, webauthn_form_class=fields.UseKey
)
_confirm_by_factor = mfa.ReauthenticateView.as_view(
    template_name="web/accounts/confirm_factor.html", form_class=fields.ConfirmByFactor
)
_factors = mfa.IndexView.as_view(template_name="web/accounts/factors.html")
_add_app = totp.ActivateTOTPView.as_view(template_name="web/accounts/add_app.html", form_class=fields.AddApp)
_drop_app = totp.DeactivateTOTPView.as_view(template_name="web/accounts/drop_app.html")
_recovery = recovery_codes.ViewRecoveryCodesView.as_view(template_name="web/accounts/recovery.html")
_new_recovery = recovery_codes.GenerateRecoveryCodesView.as_view(
    template_name="web/accounts/new_recovery.html", form_class=fields.NewRecoveryCodes
)
_add_key = webauthn.AddWebAuthnView.as_view(template_name="web/accounts/add_key.html", form_class=fields.AddKey)
_rename_key = webauthn.EditWebAuthnView.as_view(
    template_name="web/accounts/rename_key.html",
    form_class=fields.RenameKey,
    success_url=reverse_lazy("mfa_index"),
)
_drop_key = webauthn.RemoveWebAuthnView.as_view(
    template_name="web/accounts/drop_key.html", success_url=reverse_lazy("mfa_index")
)
_key = webauthn.LoginWebAuthnView.as_view(form_class=fields.SignInByKey)
_confirm_by_key = webauthn.ReauthenticateWebAuthnView.as_view(
    template_name="web/accounts/confirm_key.html", form_class=fields.ConfirmByKey
)
_sessions = ListUserSessionsView.as_view(template_name="web/accounts/sessions.html")

urlpatterns = [
    path("dang-nhap", entering.sign_in, name="account_login"),
    path("dang-xuat", entering.sign_out, name="account_logout"),
    path("dang-nhap/ma", never_cache(_ask_for_code), name="account_request_login_code"),
    path("dang-nhap/ma/nhap", _enter_code, name="account_confirm_login_code"),
    path("dang-nhap/xac-nhan", never_cache(_confirm), name="account_reauthenticate"),
    path("dang-nhap/dinh-danh/huy", identities.cancelled, name="socialaccount_login_cancelled"),
    path("dang-nhap/<slug:provider_id>/di", identities.go, name="openid_connect_login"),
    path("dang-nhap/<slug:provider_id>/ve", never_cache(oidc.callback), name="openid_connect_callback"),
    path("dang-nhap/yeu-to-hai", _factor, name="mfa_authenticate"),
    path("dang-nhap/khoa", never_cache(_key), name="mfa_login_webauthn"),
    path("dang-nhap/xac-nhan/ma", never_cache(_confirm_by_factor), name="mfa_reauthenticate"),
    path("dang-nhap/xac-nhan/khoa", never_cache(_confirm_by_key), name="mfa_reauthenticate_webauthn"),
    path("dang-nhap/tam-ngung", entering.inactive, name="account_inactive"),
    path("tai-khoan/noi-dang-mo", never_cache(_sessions), name="usersessions_list"),
    path("tai-khoan/dien-thoai", never_cache(_phone), name="account_change_phone"),
    path("tai-khoan/dien-thoai/ma", never_cache(login_required(_confirm_phone)), name="account_verify_phone"),
    path("tai-khoan/thu", never_cache(_mail), name="account_email"),
    path("tai-khoan/thu/ma", never_cache(login_required(_confirm_mail)), name="account_email_verification_sent"),
    path("tai-khoan/yeu-to-hai", never_cache(_factors), name="mfa_index"),
    path("tai-khoan/yeu-to-hai/ung-dung", never_cache(_add_app), name="mfa_activate_totp"),
    path("tai-khoan/yeu-to-hai/ung-dung/bo", never_cache(_drop_app), name="mfa_deactivate_totp"),
    path("tai-khoan/yeu-to-hai/ma-du-phong", never_cache(_recovery), name="mfa_view_recovery_codes"),
    path("tai-khoan/yeu-to-hai/ma-du-phong/moi", never_cache(_new_recovery), name="mfa_generate_recovery_codes"),
    path("tai-khoan/yeu-to-hai/khoa", never_cache(_add_key), name="mfa_add_webauthn"),
    path("tai-khoan/yeu-to-hai/khoa/<int:pk>/ten", never_cache(_rename_key), name="mfa_edit_webauthn"),
    path("tai-khoan/yeu-to-hai/khoa/<int:pk>/bo", never_cache(_drop_key), name="mfa_remove_webauthn"),
    path("tai-khoan/mat-khau", never_cache(login_required(_change_password)), name="account_change_password"),
    path("tai-khoan/mat-khau-dau-tien", never_cache(_set_password), name="account_set_password"),
]
