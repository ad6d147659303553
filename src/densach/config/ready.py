"""Importing this module makes Django ready, so that models can be imported below it."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "densach.config.settings")
django.setup()
