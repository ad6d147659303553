"""The peer of our lists: a bare Django page, as a new project begins it, with one query and the rows in its template.

python site.py FILE: FILE holds the rows as JSON, DATABASE_URL says where they are kept. The rows are written into a
table of their own. Each line that comes in names the page and how often to ask for it, as JSON; the seconds of each
time come out with what it said.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter, process_time

import dj_database_url
import django
from django.conf import settings

HERE = Path(__file__).parent
ROWS_ON_A_PAGE = 50

settings.configure(
    SECRET_KEY="bare",
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": dj_database_url.config()},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    ROOT_URLCONF=__name__,
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [HERE / "templates"]}],
)
django.setup()

from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import path  # noqa: E402


class Row(models.Model):
    """What one row of the list says."""

    village = models.IntegerField(db_index=True)
    code = models.CharField(max_length=80)
    head = models.CharField(max_length=200)
    strip = models.CharField(max_length=200)
    family = models.CharField(max_length=200)
    why = models.TextField()

    class Meta:
        app_label = "bare"
        db_table = "bare_page_row"


def page(request: HttpRequest) -> HttpResponse:
    return render(request, "rows.html", {"rows": Row.objects.filter(village=1).order_by("pk")[:ROWS_ON_A_PAGE]})


urlpatterns = [path("", page)]


def timed(client: Client, address: str, times: int) -> dict[str, object]:
    seconds, processor, said = [], [], ""
    for _ in range(times):
        start, used = perf_counter(), process_time()
        said = client.get(address).content.decode()
        seconds.append(perf_counter() - start)
        processor.append(process_time() - used)
    return {"seconds": seconds, "processor": processor, "said": said}


def main() -> None:
    rows = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    Row.objects.bulk_create([Row(village=1, **row) for row in rows])
    client = Client()
    for line in sys.stdin:
        print(json.dumps(timed(client, *json.loads(line))), flush=True)
    with connection.schema_editor() as editor:
        editor.delete_model(Row)


if __name__ == "__main__":
    main()
