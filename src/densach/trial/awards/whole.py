"""The whole of it in its order: what one room did is where the next one begins."""

from __future__ import annotations

from densach.assessing.models import Round
from densach.trial.awards.complaints import hear_complaints
from densach.trial.awards.decisions import decide
from densach.trial.awards.dossiers import dossier_to_the_centre, dossiers_of_the_commune
from densach.trial.awards.examples import tell_examples
from densach.trial.awards.sittings import sit_in_the_commune, sit_in_the_province


def commend_for_the_trial(round_: Round) -> int:
    """The commune's round as far as the register and the fund, the province's as far as its council.

    Gives how many dossiers there are.
    """
    made = dossiers_of_the_commune(round_)
    passed, waiting = sit_in_the_commune(made)
    decide(passed)
    hear_complaints(waiting)
    sit_in_the_province(dossier_to_the_centre())
    tell_examples(next(each.nominee for each in made if each.nominee.household_id))
    return len(made) + 1
