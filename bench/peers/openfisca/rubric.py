"""The padded rubric 324 in OpenFisca: variables with references, thresholds as dated parameters, an Enum verdict.

OpenFisca has no missing value, so a score not given is -1 and each score has a lowest and a highest reading.
"""

from __future__ import annotations

from pathlib import Path

from numpy import maximum, minimum, select, where
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import YEAR
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

REFERENCE = "324/QĐ-KHVN"
SCORES = ["a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4", "c1", "c2"]
NAMES = [*SCORES, *(f"{name}_again" for name in SCORES)]
Person = build_entity(key="person", plural="persons", label="Person", is_person=True)


class Verdict(Enum):
    met = "met"
    unmet = "unmet"
    unknown = "unknown"


def score(name: str) -> type[Variable]:
    """An input: points from 0 to 10, -1 where nobody gave them."""
    return type(name, (Variable,), {
        "value_type": int, "default_value": -1, "entity": Person, "definition_period": YEAR,
        "label": f"Points of {name}", "reference": REFERENCE,
    })  # fmt: skip


def lowest(name: str) -> type[Variable]:
    def formula(person, period):
        return maximum(person(name, period), 0)

    return computed(f"{name}_low", int, formula)


def highest(name: str) -> type[Variable]:
    def formula(person, period, parameters):
        given = person(name, period)
        return where(given < 0, parameters(period).points, given)

    return computed(f"{name}_high", int, formula)


def finding(name: str) -> type[Variable]:
    def formula(person, period, parameters):
        floor = parameters(period).floor
        low, high = person(f"{name}_low", period), person(f"{name}_high", period)
        return select([low >= floor, high < floor], [Verdict.met, Verdict.unmet], Verdict.unknown)

    return computed(f"{name}_finding", Enum, formula)


def total(end: str) -> type[Variable]:
    def formula(person, period):
        return sum(person(f"{name}_{end}", period) for name in NAMES)

    return computed(f"total_{end}", int, formula)


def reaches(end: str) -> type[Variable]:
    def formula(person, period, parameters):
        law = parameters(period)
        least = person(f"{NAMES[0]}_{end}", period)
        for name in NAMES[1:]:
            least = minimum(least, person(f"{name}_{end}", period))
        return (least >= law.floor) & (person(f"total_{end}", period) >= law.pass_mark)

    return computed(f"reaches_{end}", bool, formula)


def formula_of_verdict(person, period):
    surely, possibly = person("reaches_low", period), person("reaches_high", period)
    return select([surely, ~possibly], [Verdict.met, Verdict.unmet], Verdict.unknown)


def computed(name: str, kind: type, formula) -> type[Variable]:
    shape = {
        "value_type": kind, "entity": Person, "definition_period": YEAR, "label": name, "reference": REFERENCE,
        "formula": formula,
    }  # fmt: skip
    if kind is Enum:
        shape |= {"possible_values": Verdict, "default_value": Verdict.unknown}
    return type(name, (Variable,), shape)


def build_system() -> TaxBenefitSystem:
    system = TaxBenefitSystem([Person])
    system.load_parameters(Path(__file__).parent / "parameters")
    for name in NAMES:
        system.add_variables(score(name), lowest(name), highest(name), finding(name))
    for end in ("low", "high"):
        system.add_variables(total(end), reaches(end))
    system.add_variable(computed("verdict", Enum, formula_of_verdict))
    return system
