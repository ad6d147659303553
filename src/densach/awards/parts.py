"""The parts of a dossier: made here from a template, or handed in as a file that was looked through at the door."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from densach.authority.access import Viewer
from densach.awards import by_law, queries
from densach.awards.access import WRITABLE, is_proposer, may_handle
from densach.awards.attempts import keeping_attempts
from densach.awards.domain import tidy
from densach.awards.models import ENDED, Nomination, Part
from densach.awards.papers import paper_for, template_of
from densach.formats.official.keeping import kept_text, read_kept
from densach.formats.official.model import Official
from densach.formats.pictures import Evidence
from densach.formats.signatures import Integrity, Signature
from densach.history.domain import Act, Happening, record, record_many
from densach.policy.commendation.model import Form
from densach.problems import Refused, problem

_AT_ONCE = 1000
FORGED = frozenset({Integrity.BROKEN, Integrity.CHANGED_AFTER})


@dataclass(frozen=True)
class Place:
    """A paper that the award asks for: its form, whether always, what stands there, and whether it can be made here."""

    form: Form
    needed: str
    part: Part | None
    can_be_made: bool

    @property
    def is_missing(self) -> bool:
        """Whether it is always asked for and not there."""
        return self.needed == "always" and self.part is None


def places_of(nomination: Nomination) -> list[Place]:
    """The papers that the award of a nomination asks for, in the order of the law, with what stands there."""
    standing = {each.kind: each for each in queries.parts_of(nomination)}
    forms = by_law.law().forms
    return [
        Place(forms[need.form], need.needed, standing.get(need.form), template_of(need.form) is not None)
        for need in by_law.needs_of(nomination)
    ]


def may_add(viewer: Viewer, nomination: Nomination) -> bool:
    """Whether one adds papers: the proposer while it is written, then whoever handles it, until it has ended."""
    if nomination.step in WRITABLE:
        return is_proposer(viewer, nomination)
    return nomination.step not in ENDED and may_handle(viewer, nomination)


def make_part(viewer: Viewer, nomination: Nomination, kind: str, *, at: datetime) -> Part:
    """Make a paper from its template with what is known today, in place of the one that stood there.

    Refused (Q137) for a kind that the award does not ask for, or that cannot be made here.
    """
    _require(viewer, nomination, kind)
    document = paper_for(nomination, kind, viewer.today)
    if document is None:
        raise Refused(problem("Q137", "kind"))
    text = kept_text(document)
    digest = sha256(text.encode()).hexdigest()
    return _put(nomination, Part(kind=kind, content=text, sha256=digest), viewer.act(at))


def hand_in(
    viewer: Viewer, nomination: Nomination, kind: str, sent: Evidence, signatures: Sequence[Signature], *, at: datetime
) -> Part:
    """Keep a paper as a file; refused (Q136) with a broken signature or one over other words, and as `make_part`."""
    act = viewer.act(at)
    _require(viewer, nomination, kind)
    name = by_law.law().forms[kind].name_vi
    with keeping_attempts("nomination", nomination.uid, f"hand_in {kind}", act):
        if any(each.integrity in FORGED for each in signatures):
            raise Refused(problem("Q136", "file", name=name))
        said = {"media_type": sent.media_type, "sha256": sent.sha256, "signatures": list(_told(signatures))}
        part = Part(kind=kind, file=sent.content, **said)
        return _put(nomination, part, act)


def file_made(made: Sequence[Part], *, act: Act) -> int:
    """Put papers made elsewhere into many dossiers at once; gives how many.

    One takes the place of a made one; where a paper was handed in, a signed scan perhaps, that stands.
    """
    with transaction.atomic():
        standing = queries.parts_standing([part.nomination_id for part in made], {part.kind for part in made})
        handed_in = {key for key, is_made in standing.items() if not is_made}
        put = [_named(part, act) for part in made if (part.nomination_id, part.kind) not in handed_in]
        queries.replace_made([part.nomination_id for part in put], {part.kind for part in put}, act.at)
        Part.objects.bulk_create(put, batch_size=_AT_ONCE)
        record_many((_happening(part) for part in put), act)
        return len(put)


def document_of(part: Part) -> Official:
    """The official document that a made paper keeps."""
    return read_kept(part.content)


def part_of(nomination: Nomination, uid: UUID) -> Part:
    """A paper of a nomination that one may see; else H103."""
    found = queries.part_by_uid(nomination, uid)
    if found is None:
        raise Refused(problem("H103", uid))
    return found


def _require(viewer: Viewer, nomination: Nomination, kind: str) -> None:
    if not may_add(viewer, nomination):
        raise Refused(problem("H103", nomination.uid))
    if kind not in {need.form for need in by_law.needs_of(nomination)}:
        raise Refused(problem("Q137", "kind"))


def _put(nomination: Nomination, part: Part, act: Act) -> Part:
    with transaction.atomic():
        now = queries.nomination_for_update(nomination)
        before = queries.part_standing(now, part.kind)
        if before is not None:
            before.replaced_at = act.at
            before.save(update_fields=["replaced_at"])
        part.nomination = now
        _named(part, act).save(force_insert=True)
        record(_happening(part), act)
        return part


def _named(part: Part, act: Act) -> Part:
    part.added_at = act.at
    part.name = tidy(by_law.law().forms[part.kind].name_vi)[:200]
    return part


def _happening(part: Part) -> Happening:
    after = {"kind": part.kind, "sha256": part.sha256, "made": part.is_made}
    return Happening(kind="nomination", object_id=part.nomination.uid, event="part_put", after=after)


def _told(signatures: Iterable[Signature]) -> Iterable[dict[str, str]]:
    for each in signatures:
        at = each.signed_at.isoformat() if each.signed_at else ""
        kinds = {name: getattr(each, name).value for name in ("time", "integrity", "trust")}
        yield {"signer": each.signer, "organisation": each.organisation, "at": at, **kinds}
