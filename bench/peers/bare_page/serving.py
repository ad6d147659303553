"""The bare page behind gunicorn, for the load test: the same page, and connections that stay open as ours do."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path

_spec = importlib.util.spec_from_file_location("bare_page", Path(__file__).parent / "site.py")
assert _spec  # noqa: S101
assert _spec.loader  # noqa: S101
bare = importlib.util.module_from_spec(_spec)
sys.modules["bare_page"] = bare
_spec.loader.exec_module(bare)

from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402


def fill() -> None:
    """Write the rows of the file that ROWS names into a table of their own."""
    rows = json.loads(Path(os.environ["ROWS"]).read_text("utf-8"))
    with connection.schema_editor() as editor:
        editor.create_model(bare.Row)
    bare.Row.objects.bulk_create([bare.Row(village=1, **row) for row in rows])


settings.DATABASES["default"]["CONN_MAX_AGE"] = 600
if __name__ == "__main__":
    fill()
else:
    application = get_wsgi_application()
