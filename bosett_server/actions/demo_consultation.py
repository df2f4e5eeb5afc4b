"""The demo's consultations: one that was held, one to come, matters and positions.  All made up, and it says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from bosett.agreement.consultation import MeetingKind
from bosett.terms.errors import BadInput
from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.context import acting
from bosett_server.access.login import actor_for, hats
from bosett_server.access.permissions import Permission
from bosett_server.actions.consultation_actions import give_action, report_action
from bosett_server.actions.consultation_agenda import make_pack, set_agenda
from bosett_server.actions.consultation_matters import raise_matter, support_matter
from bosett_server.actions.consultation_meetings import call_meeting, hold_meeting
from bosett_server.actions.consultation_positions import Kind, share_position, write_position
from bosett_server.actions.consultation_protocols import (
    approve_protocol,
    decide,
    publish_protocol,
    write_minutes,
)
from bosett_server.actions.step import Done, action
from bosett_server.records.models import ConsultationMatter, ConsultationMeeting, User

SPEAKERS = ("departement", "jd", "bfd", "kdd", "ks", "leder", "kommune", "fylke")
PARTIES = ("departement", "jd", "bfd", "kdd", "ks")
Cast = Mapping[str, Actor]


@action(Permission.DEMO_LOAD)
def load_demo_consultation(actor: Actor) -> Done[int]:
    """A held meeting with decisions and actions, and the next one with agenda, papers and positions."""
    if ConsultationMeeting.objects.exists():
        return Done(0, ("demo", "consultation"))
    today = clock.today()
    cast = {name: _speaker(name, today) for name in SPEAKERS}
    _held(cast, today - timedelta(days=32))
    _to_come(cast, today + timedelta(days=17))
    with acting(cast["ks"]):
        ConsultationMatter.objects.update(synthetic=True)
        count = ConsultationMatter.objects.count()
    return Done(count, ("demo", "consultation"), {"matters": count})


def _held(cast: Cast, day: date) -> None:
    ministry, ks = cast["departement"], cast["ks"]
    homes = raise_matter(
        ks, title="Store boliger til familier med mange barn", commitment="settled_fast",
        text="Flere kommuner har vedtatte plasser som står tomme fordi de mangler boliger med fire soverom.",
    )  # fmt: skip
    support_matter(cast["fylke"], number=homes)
    with acting(ks):
        ConsultationMatter.objects.filter(pk=homes).update(raised_on=day - timedelta(days=10))
    with acting(ministry):
        row = ConsultationMeeting.objects.create(
            kind="consultation", title="Første konsultasjon om avtalen", starts=_at(day, 10), ends=_at(day, 12),
            place="Kommunenes hus, Oslo", parties=["AID", "JD", "BFD", "KDD", "KS"], agreement="2026-29",
            synthetic=True,
        )  # fmt: skip
    _say(ks, homes, "position", "Kommunene kan ta imot flere familier hvis det finnes boliger.", shared=True)
    set_agenda(ministry, number=row.pk)
    make_pack(ministry, number=row.pk)
    hold_meeting(ministry, number=row.pk)
    decide(ks, number=row.pk, text="Partene vil vite hvor mange store boliger som mangler.", matter=homes)
    for body, text, days, done in (
        ("KS", "Kartlegg hvor mange store boliger som mangler i kommunene", 30, 25),
        ("KDD", "Beskriv hvilke ordninger i Husbanken som kan brukes", 25, 0),
        ("IMDi", "Vis i oppfølgingen hvor lenge store familier venter", 60, 0),
    ):
        given = give_action(
            ministry, number=row.pk, text=text, owner=body, due=day + timedelta(days=days), matter=homes
        )
        if done:
            report_action(
                ks, number=given, done_on=day + timedelta(days=done), version=1,
                report="Kartlagt i 40 kommuner. Oppdiktet tall til demoen: 312 boliger mangler.",
            )  # fmt: skip
    write_minutes(
        ks,
        number=row.pk,
        kind="minutes",
        version=0,
        text="Partene gikk gjennom sakene. Referatet er oppdiktet.",
    )
    protocol = (
        "Partene drøftet om plassene rekker, og hvorfor familier med mange barn venter lengst.\n\n"
        "Teksten er oppdiktet til demoen. Ingen part har sagt dette."
    )
    write_minutes(ministry, number=row.pk, kind="protocol", version=0, text=protocol)
    for name in PARTIES:
        approve_protocol(cast[name], number=row.pk, version=1)
    publish_protocol(ministry, number=row.pk)


def _to_come(cast: Cast, day: date) -> None:
    ministry, ks = cast["departement"], cast["ks"]
    school = raise_matter(
        cast["kommune"], title="Skoleplass før bosetting", text="Vi får vite for sent hvor mange barn som kommer.",
        commitment="predictable_frames",
    )  # fmt: skip
    support_matter(ks, number=school)
    nameless = raise_matter(
        cast["fylke"], title="Tolk i videregående skole", named=False,
        text="Det er vanskelig å få tolk på flere av språkene når skoleåret begynner.",
    )  # fmt: skip
    _say(ks, school, "position", "Kommunene må få vite om barn i skolealder fire uker før.", shared=True)
    _say(ks, school, "proposal", "Varslet bør komme sammen med tildelingen.", shared=False)
    _say(ministry, school, "position", "Departementet ser på om varslet kan komme tidligere.", shared=False)
    _say(cast["leder"], nameless, "proposal", "IMDi kan dele oversikten over språk med fylkene.", shared=True)
    called = call_meeting(
        ministry, kind=MeetingKind.CONSULTATION, title="Andre konsultasjon om avtalen", starts=_at(day, 9),
        ends=_at(day, 11), parties=["AID", "JD", "BFD", "KDD", "KS", "IMDi"], place="Departementet, Oslo",
    )  # fmt: skip
    group = call_meeting(
        ks, kind=MeetingKind.WORKING_GROUP, title="Arbeidsgruppe om boliger", starts=_at(day, 13), ends=_at(day, 15),
        parties=["KDD", "KS", "IMDi"],
    )  # fmt: skip
    set_agenda(ministry, number=called)
    make_pack(ministry, number=called)
    with acting(ks):
        ConsultationMeeting.objects.filter(pk__in=(called, group)).update(synthetic=True)


def _say(actor: Actor, matter: int, kind: Kind, text: str, *, shared: bool) -> None:
    version = write_position(
        actor, number=matter, kind=kind, text=f"{text} (Oppdiktet til demoen.)", version=0
    )
    if shared:
        share_position(actor, number=matter, kind=kind, version=version)


def _speaker(name: str, today: date) -> Actor:
    user = User.objects.get(username=name)
    found = actor_for(user, hats(user, today), None, today, "nb", "job")
    if found is None:
        raise BadInput(f"{name} without a role", "a demo user with a role")
    return found


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
