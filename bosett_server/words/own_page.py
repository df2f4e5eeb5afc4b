"""Sentences around the household's own page, for those who work with it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "code_never_for_protected": _(
        "A household with a protected address gets no code. Tell them face to face what stands in their file."
    ),
    "code_not_for_this_role": _("A code is for the household or for a minor's representative."),
    "representative_is_for_minors": _(
        "Only an unaccompanied minor has a representative. Print the household's own code."
    ),
    "comment_empty": _("Write something before you send."),
    "nothing_to_comment": _("There is no settlement interview to comment on yet."),
    "comment_time_over": _("The time to comment was until %(day)s."),
    "only_the_comment_is_yours": _("Of the interview, only the comment can be written here."),
    "no_such_subject": _("Choose what the correction is about."),
    "reassessment_asked_already": _("You have asked already. IMDi answers on this page."),
    "no_such_answer": _("Choose one of the answers."),
    "answer_needs_words": _("Write to the household what you found, in plain words."),
    "answered_already": _("Somebody has answered this already. Open the list again."),
}
NOTICES: dict[str, str | Promise] = {
    "household_commented": _("Household %(reference)s has commented on its settlement interview."),
    "household_asked_correction": _("Household %(reference)s says that something in its file is wrong."),
    "household_asked_reassessment": _(
        "Household %(reference)s asks for a new assessment of the municipality."
    ),
}
SUBJECT_WORDS: dict[str, str | Promise] = {
    "name": _("Name"),
    "birth": _("Date of birth"),
    "family": _("Family"),
    "health": _("Health"),
    "language": _("Language"),
    "ties": _("Ties to a municipality"),
    "other": _("Something else"),
    "municipality": _("The municipality"),
}
KIND_WORDS: dict[str, str | Promise] = {
    "correction": _("Correction"),
    "reassessment": _("New assessment"),
}
ANSWER_WORDS: dict[str, str | Promise] = {
    "corrected": _("We have corrected it"),
    "not_changed": _("We have not changed it"),
    "upheld": _("The municipality stays"),
    "changed": _("IMDi looks for another municipality"),
}
