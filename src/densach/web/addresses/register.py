"""The pages of decisions on commendation, of the register of awards and of the emulation fund."""

from __future__ import annotations

from django.urls import path

from densach.web.views.register import book, decisions, money, printing

urlpatterns = [
    path("quyet-dinh-khen", decisions.decisions, name="award_decisions"),
    path("quyet-dinh-khen/thong-bao", decisions.told, name="award_told"),
    path("quyet-dinh-khen/may-in", printing.printers, name="award_printers"),
    path("quyet-dinh-khen/to-thu/<slug:layout>.pdf", printing.sheet, name="award_trial_sheet"),
    path("quyet-dinh-khen/moi/<uuid:uid>/<slug:award>", decisions.prepare, name="prepare_award_decision"),
    path(
        "quyet-dinh-khen/moi/<uuid:uid>/<slug:award>/du-thao.<str:form>", decisions.draft, name="draft_award_decision"
    ),
    path("quyet-dinh-khen/<uuid:uid>", decisions.decision, name="award_decision"),
    path("quyet-dinh-khen/<uuid:uid>/van-ban.<str:form>", decisions.paper, name="award_decision_paper"),
    path("quyet-dinh-khen/<uuid:uid>/da-ky/<uuid:file_uid>", decisions.signed_file, name="award_signed_file"),
    path("quyet-dinh-khen/<uuid:uid>/bao-tin", decisions.telling, name="award_telling"),
    path("quyet-dinh-khen/<uuid:uid>/in", printing.certificates, name="award_printing"),
    path("quyet-dinh-khen/<uuid:uid>/cong-bo", decisions.public, name="public_award_decision"),
    path("so-khen-thuong", book.register, name="award_register"),
    path("so-khen-thuong/so.xlsx", book.workbook, name="award_workbook"),
    path("so-khen-thuong/quy", money.funds, name="award_funds"),
    path("so-khen-thuong/quy/<uuid:uid>", money.fund, name="award_fund"),
    path("so-khen-thuong/<uuid:uid>", book.award, name="award"),
    path("so-khen-thuong/<uuid:uid>/trao", book.handing, name="award_handing"),
    path("so-khen-thuong/<uuid:uid>/chi", money.paying, name="award_paying"),
    path("so-khen-thuong/<uuid:uid>/cap-lai", book.reissuing, name="award_reissuing"),
    path("so-khen-thuong/<uuid:uid>/huy", book.cancelling, name="award_cancelling"),
]
