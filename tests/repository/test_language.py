"""Translations: complete, careful, without contradiction."""

from pathlib import Path

import pytest

from .language import contradicting, doubtful, texts, untranslated
from .tree import Rule, assert_kept, plant

VIEW = "bosett_server/web/start/views.py"
PAGE = "bosett_server/web/start/templates/start/page.html"
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def po(root: Path, language: str, *entries: tuple[str, str], room: str = "start", mark: str = "") -> None:
    told = "\n".join(f'{mark}msgid "{msgid}"\nmsgstr "{msgstr}"\n' for msgid, msgstr in entries)
    plant(root, f"bosett_server/web/{room}/locale/{language}/LC_MESSAGES/django.po", HEADER + told)


@pytest.mark.parametrize("rule", [untranslated, doubtful, contradicting])
def test_the_house_keeps(rule: Rule) -> None:
    assert_kept(rule)


def test_texts_are_found_in_code_and_in_every_form_that_templates_have(tmp_path: Path) -> None:
    plant(
        tmp_path,
        VIEW,
        '_("One")\ngettext_lazy("Two "\n "lines")\n'
        'ngettext("%(n)s day", "%(n)s days", 2)\npgettext("c", "Five")\n',
    )
    plant(
        tmp_path,
        PAGE,
        '<p>\n   {% translate "Six" %}</p>\n  {% trans "Seven" context "verb" %}\n'
        "{% blocktranslate trimmed with a=b %}\n  Eight {{ a }}\n  of us\n{% endblocktranslate %}\n"
        "      {% blocktranslate count n=n %}{{ n }} place{% plural %}{{ n }} places{% endblocktranslate %}\n"
        '{% include "x.html" with title=_("Ten") %}\n{# _("Never") #}\n',
    )
    assert [text for _, text in texts(tmp_path)] == [
        ("One", None),
        ("Two lines", None),
        ("%(n)s day", None),
        ("Five", "c"),
        ("Six", None),
        ("Seven", "verb"),
        ("Eight %(a)s of us", None),
        ("%(n)s place", None),
        ("Ten", None),
    ]


def test_a_text_without_nynorsk_is_found(tmp_path: Path) -> None:
    plant(tmp_path, VIEW, '_("Home")\n')
    po(tmp_path, "nb", ("Home", "Oversikt"))
    assert untranslated(tmp_path) == [f"{VIEW}:1 'Home' has no nn"]


@pytest.mark.parametrize(("msgstr", "mark"), [("", ""), ("Oversyn", "#, fuzzy\n")])
def test_an_empty_or_fuzzy_translation_counts_as_none(tmp_path: Path, msgstr: str, mark: str) -> None:
    plant(tmp_path, VIEW, '_("Home")\n')
    po(tmp_path, "nb", ("Home", "Oversikt"))
    po(tmp_path, "nn", ("Home", msgstr), mark=mark)
    assert untranslated(tmp_path) == [f"{VIEW}:1 'Home' has no nn"]


def test_a_text_translated_in_another_room_is_translated(tmp_path: Path) -> None:
    plant(tmp_path, VIEW, '_("Home")\n')
    po(tmp_path, "nb", ("Home", "Oversikt"), room="look")
    po(tmp_path, "nn", ("Home", "Oversyn"), room="look")
    assert untranslated(tmp_path) == []


def test_a_fuzzy_entry_and_a_lost_placeholder_are_found(tmp_path: Path) -> None:
    po(tmp_path, "nb", ("Home", "Oversikt"), mark="#, fuzzy\n")
    po(tmp_path, "nn", ("%(n)s places", "plassar"), ("%(n)s days", "%(n)s dagar"))
    assert doubtful(tmp_path) == [
        "bosett_server/web/start/locale/nb/LC_MESSAGES/django.po 'Home' is fuzzy",
        "bosett_server/web/start/locale/nn/LC_MESSAGES/django.po '%(n)s places' changes a placeholder",
    ]


def test_northern_sami_is_held_to_the_same_care_though_not_to_completeness(tmp_path: Path) -> None:
    plant(tmp_path, VIEW, '_("Home")\n')
    po(tmp_path, "nb", ("Home", "Oversikt"))
    po(tmp_path, "nn", ("Home", "Oversyn"))
    po(tmp_path, "se", ("%(n)s days", "beaivvi"))
    assert untranslated(tmp_path) == []
    assert doubtful(tmp_path) == [
        "bosett_server/web/start/locale/se/LC_MESSAGES/django.po '%(n)s days' changes a placeholder"
    ]


def test_two_translations_of_one_text_are_found(tmp_path: Path) -> None:
    po(tmp_path, "nb", ("Open", "Åpne"), room="decisions")
    po(tmp_path, "nb", ("Open", "Åpen"), room="start")
    assert contradicting(tmp_path) == [
        "bosett_server/web/start/locale/nb/LC_MESSAGES/django.po 'Open' is translated differently elsewhere"
    ]
