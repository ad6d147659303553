"""A name in a signed act is corrected (đính chính) by another act; nothing that was signed is ever rewritten.

No text that was read says who corrects such a name, or in which form. Both are assumptions, see docs/decisions/0012.
"""

from __future__ import annotations

from django.db import transaction

from densach.assessing import queries
from densach.assessing.domain import PaperAct, who_signs
from densach.assessing.models import Correction, Recognition
from densach.assessing.naming import names_in_force
from densach.assessing.titles import Title
from densach.formats.vietnamese import fold, nfc, single_spaced
from densach.history.domain import Act, Happening, record
from densach.places.models import Place
from densach.policy.library import Library
from densach.problems import Refused, problem


def correct_name(
    recognition: Recognition, title: Title, paper: PaperAct, library: Library, *, name: str, why: str, act: Act
) -> Correction:
    """Record a signed act that corrects the name of one recognition; a later one supersedes it.

    Entered twice it stands once. Refused where no office may sign (R105, R106), where it is signed before what it
    corrects (R145), where the name is the same or a reason or basis is missing (R146), and where its number and day
    were entered otherwise (R147).
    """
    name = single_spaced(nfc(name))
    with transaction.atomic():
        found = queries.recognition_for_update(recognition)
        earlier = queries.corrections_of(found)
        if known := _entered_before(earlier, paper, name, why):
            return known
        was = names_in_force([found])
        if found.pk not in was:
            raise Refused(problem("R138", found.subject_id, number=found.act.number))
        last = max((found.act.signed_on, *(each.signed_on for each in earlier)))
        if paper.signed_on < last:
            raise Refused(problem("R145", paper.number, on=paper.signed_on.isoformat(), last=last.isoformat()))
        if name in {"", was[found.pk].name} or not (why.strip() and paper.basis.strip()):
            raise Refused(problem("R146", was[found.pk].name))
        office, office_title, decision = who_signs(found.act.place, title, paper, library)
        said = {"was": was[found.pk].name, "now": name, "why": why, "basis": paper.basis}
        signed = {"number": paper.number, "signed_on": paper.signed_on, "office_title": office_title}
        made = Correction.objects.create(recognition=found, office=office, local_decision_id=decision, **signed, **said)
        record(Happening(kind="correction", object_id=made.pk, event="signed", after=signed | said), act)
        return made


def find_recognised(place: Place, year: int, title: Title, who: str, *, fictional: bool) -> Recognition:
    """The one recognition that a name or the code of a household means; refused (R139, R144) for none or several."""
    rows = queries.recognitions_for(place, year, title.key, fictional=fictional)
    names = names_in_force(rows)
    at_home = queries.recognised_in_household(who, [row.pk for row in rows])
    found = [row for row in rows if row.pk in names and fold(names[row.pk].name) == fold(who)]
    found = found or [row for row in rows if row.pk in at_home]
    if not found:
        raise Refused(problem("R139", who))
    if len(found) > 1:
        meant = "; ".join(f"{names[row.pk].name} ({row.named.address})" for row in found if row.pk in names)
        raise Refused(problem("R144", who, meant=meant))
    return found[0]


def _entered_before(earlier: list[Correction], paper: PaperAct, name: str, why: str) -> Correction | None:
    same = (each for each in earlier if (each.number, each.signed_on) == (paper.number, paper.signed_on))
    known = next(same, None)
    if known is not None and (known.now, known.why, known.basis) != (name, why, paper.basis):
        raise Refused(problem("R147", paper.number, on=paper.signed_on.isoformat(), now=known.now))
    return known
