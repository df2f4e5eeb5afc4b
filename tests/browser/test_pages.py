"""Every page: no axe findings, no sideways scroll at 320 px, a keyboard is enough, no error behind a link."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.browser.looks import DRESSES, Look

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NO_LINK = {
    # Steps of a form, files, parts of a page that is on its way, and pages of what the demo has none of.
    "capacity-give-up", "distribution-adopt", "distribution-bring", "distribution-drop",
    "distribution-drop-figures",
    "distribution-hearings-ask", "distribution-journal", "distribution-keep", "distribution-letter",
    "distribution-letter-progress", "distribution-letters-order", "distribution-share",
    "placement-run-progress", "placement-undo",
    "expenditure-fill", "grants-claim-extend", "scenario-delete",
    "scenario-file", "scenario-redraw", "scenario-save", "scenario-share",
    # Files, and steps that only a form takes: no link leads there.
    "audit-export", "decisions-download", "followup-export", "followup-reconcile-template", "grants-export",
    "statistics-file", "accounts-demo-login", "accounts-language", "accounts-logout", "accounts-user-step",
    "capacity-announce", "decisions-approve", "decisions-more", "decisions-record", "decisions-record-for",
    "distribution-discard", "followup-change", "followup-change-do", "followup-drop-view",
    "followup-interview-hold", "followup-keep-view", "followup-numbers", "followup-undo",
    "followup-withdraw-consent", "grants-compute", "grants-frame-file",
    "grants-claim-apply", "grants-claim-withdraw", "grants-payments-file",
    "grants-rates-apply", "grants-rates-file", "grants-rates-undo",
    "inbox-read", "own-page-comment", "own-page-correction",
    "own-page-language", "own-page-reassessment", "placement-accept", "placement-answer-question", "placement-ask",
    "placement-close-places", "placement-decide", "placement-decide-bulk", "placement-decline", "placement-run",
    "placement-run-start", "placement-run-files", "placement-run-stop", "placement-run-fairness",
    "placement-home-back", "placement-home-offer", "placement-priorities",
    "placement-choice-lift", "placement-scores-approve", "placement-scores-retire", "placement-scores-report",
    "placement-scores-load",
    "placement-self-answer", "placement-self-decide", "placement-self-withdraw", "placement-withdraw",
    "agreement-report-approve", "agreement-report-begin", "agreement-report-draft", "agreement-report-file",
    "agreement-report-publish", "agreement-report-regenerate",
    "statistics-publish", "look:preferences", "search-results", "statistics-dump", "statistics-catalogue",
    "statistics-catalogue-kind", "statistics-map-picture", "statistics-map-frames", "imports-template", "imports-apply",
    "imports-undo", "imports-drop", "imports-persons-apply", "imports-persons-drop",
    "imports-difference", "imports-defects",
    "planner-choose", "planner-newest", "planner-commitment-remove", "planner-paper-file", "planner-home-template",
    "planner-home-take-out", "planner-hold-withdraw", "planner-weeks-confirm",
    "consultation-meeting-step", "consultation-matter-step", "consultation-action-list", "consultation-calendar",
    "consultation-own-calendar", "consultation-papers", "handover-accept", "handover-take-back",
    # Pages that need what the crawl does not have: a code, a password, a provider, a draft, a letter from somebody.
    "decisions-meeting",  # only once a second round asks anew
    "consultation-decide", "consultation-give", "handover-give", "handover-close",
    "expenditure-reopen", "followup-restore",
    "own-page", "own-page-requests", "own-page-answer", "accounts-second-step", "accounts-password",
    "accounts-oidc", "accounts-oidc-back", "accounts-grant", "accounts-review",
    "placement-self-settlement", "placement-self-settle", "followup-recheck", "followup-date", "followup-settle",
    "followup-move", "followup-lift-protection", "grants-rate-table",
    "expenditure-open", "expenditure-drop", "expenditure-remind", "expenditure-autosave", "expenditure-approve",
    "expenditure-share", "expenditure-scenario-drop", "expenditure-responses", "expenditure-template",
    "expenditure-estimates-file", "expenditure-report", "expenditure-scenario-file",
    # The design's own pages, for those who build.
    "look:page", "look:household",
}  # fmt: skip


def named(patterns: list[URLPattern | URLResolver], space: str = "") -> set[str]:
    """Names of all pages, not of the API."""
    found: set[str] = set()
    for one in patterns:
        if isinstance(one, URLPattern):
            found |= {space + one.name} if one.name else set()
        elif not str(one.pattern).startswith("api/"):
            found |= named(one.url_patterns, f"{one.namespace}:" if one.namespace else "")
    return found


def test_every_page_is_reached_by_links_by_somebody(pages):
    reached = {kind.split(" ")[0] for kind in pages}
    assert named(get_resolver().url_patterns) - NO_LINK - reached == set()


def test_axe_finds_nothing_on_any_page_light_or_dark(looks: list[Look]):
    assert {(one.where, one.scheme): one.axe for one in looks if one.axe} == {}


def test_each_page_is_in_the_dress_that_was_asked_for(looks: list[Look]):
    assert {(*one.dressed,) for one in looks} == set(DRESSES)


def test_each_page_has_one_main_heading(looks: list[Look]):
    assert {one.where: one.headings for one in looks if one.headings != 1} == {}


def test_no_page_scrolls_sideways_at_320_pixels(looks: list[Look]):
    assert {one.where: one.narrow for one in looks if one.narrow > 320} == {}


def test_every_page_can_be_walked_with_the_keyboard(looks: list[Look]):
    """Tab reaches every link, button and field in turn, shows where it is, and comes round again."""
    assert {one.where: one.keyboard for one in looks if one.keyboard} == {}
