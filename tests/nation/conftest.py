"""Spark is an optional part: where it is not installed its test is not there, rather than left out."""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore = [] if find_spec("pyspark") else ["test_spark.py"]
