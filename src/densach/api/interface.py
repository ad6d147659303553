"""The public interface of programs: data sets to read, returns to read and to write, described by OpenAPI.

A program acts by the token of an account, with the rights of its role and no more; approving and accepting stay with
people.
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from ninja import NinjaAPI, Query, Status
from ninja.security import HttpBearer

from densach.api.answers import csv_of, describe, given_set, refusal_of, summary_of
from densach.api.domain import digest_of
from densach.api.queries import token_with
from densach.api.shapes import DataSetShape, GivenSet, Name, Refusal, SentSet, Summary
from densach.authority.access import Viewer, viewer_of
from densach.policy.reported import datasets
from densach.problems import Refused
from densach.reporting.figures.access import find_figures, find_return
from densach.reporting.figures.exchange import Sent, take_rows
from densach.reporting.sums.giving import HEADS, given_figures

HIDDEN = "H103"
UNREAD = {
    "responses": {
        400: {"description": "What was sent is no JSON"},
        401: {"description": "No token that holds"},
        422: {"description": "What was sent does not have the shape described"},
    }
}
CSV = "text/csv; charset=utf-8"
_ROWS = {"description": ", ".join(HEADS), "content": {"text/csv": {"schema": {"type": "string"}}}}
AS_CSV = {"responses": {**UNREAD["responses"], 200: _ROWS}}


class ByToken(HttpBearer):
    """A program shows the token of an account."""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:  # noqa: ARG002
        """The viewer that the account is today."""
        today = timezone.localdate()
        found = token_with(digest_of(token), today)
        return viewer_of(found.account, None, today) if found else None


class Asked(HttpRequest):
    """A request that came with a token."""

    auth: Viewer


api = NinjaAPI(
    title="Đèn Sách",
    version="1",
    description="Báo cáo số liệu theo kỳ, theo hình dạng dataValueSets của DHIS2. / Returns in the shape of DHIS2.",
    docs_url=None,
    urls_namespace="api",
)


@api.exception_handler(Refused)
def tell(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal as an answer: what lies outside is not there, anything else cannot be done."""
    hidden = any(each.code == HIDDEN for each in refusal.problems)
    return api.create_response(request, refusal_of(refusal.problems), status=404 if hidden else 409)


@api.get("/dataSets", response=list[DataSetShape], summary="Every data set with its indicators")
def data_sets(request: HttpRequest) -> list[DataSetShape]:  # noqa: ARG001  - the library names it
    """What is reported, with stable codes."""
    return [describe(each) for each in datasets().values()]


@api.get(
    "/dataValueSets",
    response={200: GivenSet, 404: Refusal},
    auth=ByToken(),
    summary="What was accepted of one return",
    openapi_extra=UNREAD,
)
def read_set(request: Asked, dataSet: Query[Name], period: Query[Name], orgUnit: Query[UUID]) -> GivenSet:  # noqa: N803
    """The accepted numbers of a return, in the shape in which they can be sent again."""
    of = find_return(request.auth, dataSet, period, orgUnit)
    return given_set(request.auth, of)


@api.get(
    "/figures.csv",
    response={404: Refusal},
    auth=ByToken(),
    summary="Accepted figures of a place and of all inside it, as CSV",
    openapi_extra=AS_CSV,
)
def read_figures(
    request: Asked,
    dataSet: Query[Name],  # noqa: N803
    orgUnit: Query[UUID],  # noqa: N803
    period: Annotated[Name | None, Query()] = None,
) -> StreamingHttpResponse:
    """All of them, never cut, sent while they are read; without a period those of all periods."""
    within = find_figures(request.auth, dataSet, period, orgUnit)
    return StreamingHttpResponse(csv_of(given_figures(within, request.auth.today)), content_type=CSV)


@api.post(
    "/dataValueSets",
    response={200: Summary, 404: Refusal, 409: Summary | Refusal},
    auth=ByToken(),
    summary="Write numbers of returns",
    openapi_extra=UNREAD,
)
def write_set(request: Asked, sent: SentSet, partly: bool = False) -> Status[Summary]:
    """All or nothing, unless `partly` says that the right numbers are to be taken; sent again, nothing changes."""
    rows = tuple(
        Sent(
            at=str(index),
            code=each.dataElement,
            value=each.value,
            period=each.period or sent.period,
            place=each.orgUnit or sent.orgUnit,
            reason=each.reason,
            note=each.comment,
        )
        for index, each in enumerate(sent.dataValues)
    )
    send_on = bool(sent.completeDate)
    taken = take_rows(request.auth, sent.dataSet, rows, at=timezone.now(), partly=partly, send_on=send_on)
    summary = summary_of(taken)
    return Status(409 if summary.status == "REFUSED" else 200, summary)
