"""Importing this module loads every page, once for all processes of a server, before its first visitor.

What stands then stays to the end. To look through it for garbage would stop some page for a tenth of a second.
"""

import gc
from importlib import import_module

from django.conf import settings

import densach.config.ready  # noqa: F401  - before the pages

import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
