"""What an authority laid down itself, at the nearest place for which its text was entered."""

from __future__ import annotations

from densach.policy.commendation.model import CommendationLaw, Parameters


def parameters_for(law: CommendationLaw, authority: str, *places: str | None) -> Parameters:
    """The set of an authority at the first of some places that has one: the commune, then the province around it.

    Where none was entered the set is empty and says so; another place's numbers are never put in its stead.
    """
    found = {each.place: each for each in law.parameters if each.authority == authority}
    nearest = next((found[place] for place in (*places, None) if place in found), None)
    return nearest or _empty(authority, next(iter(places), None))


def _empty(authority: str, place: str | None) -> Parameters:
    return Parameters(
        authority=authority,
        place=place,
        note_vi="Chưa nạp quy định của nơi này: thời hạn, hội đồng, mẫu, công khai và số lượng đều chưa có căn cứ.",
        note_en="Nothing was entered for this place: days, council, forms, publication, quotas have no source.",
    )
