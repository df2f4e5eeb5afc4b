"""The daily e-mail: that something waits, how much and by when; nobody must log in to find out that nothing does."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bosett_server.access import clock
from bosett_server.access.actor import Actor
from bosett_server.access.permissions import Permission
from bosett_server.actions.step import Done, action
from bosett_server.queries.digest import Digest, digests, unmailed
from bosett_server.records.models import Notice


@action(Permission.DEADLINES_RUN)
def send_digests(actor: Actor) -> Done[int]:
    """Each user with something new in sight has one e-mail with counts; the notices are marked as mailed."""
    notices = unmailed()
    found = digests(notices, clock.today())
    ids = [notice.pk for notice in notices]
    Notice.objects.filter(pk__in=ids).update(mailed_at=clock.now())
    sent = get_connection().send_messages([_message(one) for one in found]) if found else 0
    return Done(
        int(sent or 0), about=("digest", clock.today()), facts={"notices": len(ids), "sent": int(sent or 0)}
    )


def _message(one: Digest) -> EmailMessage:
    """No name, no municipality, no number of a case: the e-mail may be read by anybody."""
    with translation.override(one.language):
        subject = ngettext(
            "Bosett: %(count)s new notice waits for you",
            "Bosett: %(count)s new notices wait for you",
            one.count,
        ) % {"count": one.count}
        lines = [subject + "."]
        if one.with_deadline:
            lines.append(_("%(count)s of them have a deadline.") % {"count": one.with_deadline})
        lines.append(_("Log in to read them: %(address)s") % {"address": f"{settings.BOSETT_ADDRESS}/inbox/"})
        return EmailMessage(subject, "\n\n".join(lines), to=[one.email])
