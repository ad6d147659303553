"""The application that a web server runs."""

from django.core.wsgi import get_wsgi_application

import densach.config.settled  # noqa: F401  - sets which settings hold

application = get_wsgi_application()
