"""What each policy file holds, known by its name, and where the packs lie."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from densach.policy.cases import Cases
from densach.policy.commendation.calendar import CalendarYear
from densach.policy.commendation.model import Authority, Award, Form, Money, Parameters, Regime, Template
from densach.policy.commendation.model import Rule as CommendationRule
from densach.policy.datasets import DataSet
from densach.policy.in_charge import InCharge
from densach.policy.purposes import Purpose, RequestRule
from densach.rules.model import Assumption, Claim, Document, Office, Overlay, Power, Rubric, Target

HOME = Path(__file__).parent
PACKS = ("vn", "demo")
SHAPES: dict[str, Any] = {
    "rubric": Rubric,
    "cases": Cases,
    "overlay": Overlay,
    "document": Document,
    "targets": tuple[Target, ...],
    "offices": tuple[Office, ...],
    "powers": tuple[Power, ...],
    "claims": tuple[Claim, ...],
    "assumptions": tuple[Assumption, ...],
    "charges": tuple[InCharge, ...],
    "dataset": DataSet,
    "purposes": tuple[Purpose, ...],
    "requests": tuple[RequestRule, ...],
    "commendation-regimes": tuple[Regime, ...],
    "commendation-awards": tuple[Award, ...],
    "commendation-authorities": tuple[Authority, ...],
    "commendation-rules": tuple[CommendationRule, ...],
    "commendation-forms": tuple[Form, ...],
    "commendation-templates": tuple[Template, ...],
    "commendation-parameters": tuple[Parameters, ...],
    "commendation-money": Money,
    "calendar": CalendarYear,
}
LISTS = frozenset({"targets", "offices", "powers", "claims", "assumptions", "charges", "purposes", "requests"}) | {
    f"commendation-{name}" for name in ("regimes", "awards", "authorities", "rules", "forms", "templates", "parameters")
}


def kind_of(path: Path) -> str:
    """The kind of a policy file: `document.yaml`, `targets.yaml`, `x.cases.yaml`, `x.overlay.yaml`, else a rubric.

    What lies in a folder `datasets` is a data set, in a folder `commendation` the law of commendation; a year's days
    off are an `x.calendar.yaml` anywhere.
    """
    if path.name.endswith(".calendar.yaml"):
        return "calendar"
    if path.parent.name == "commendation" and f"commendation-{path.stem}" in SHAPES:
        return f"commendation-{path.stem}"
    if path.parent.name == "datasets":
        return "dataset"
    if path.stem in LISTS | {"document"}:
        return path.stem
    inner = Path(path.stem).suffix.lstrip(".")
    return inner if inner in {"cases", "overlay"} else "rubric"


def files_in(root: Path) -> Iterator[Path]:
    """Every policy file of a folder, in a fixed order."""
    return iter(sorted(path for path in root.rglob("*") if path.suffix in {".yaml", ".yml"}))
