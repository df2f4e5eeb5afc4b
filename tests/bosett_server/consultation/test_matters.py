"""Matters and positions: raised, supported, merged, shared by who may; refused by name, logged, rolled back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bosett_server.access.context import acting, request_keyed
from bosett_server.access.refusals import NotPermitted
from bosett_server.actions.consultation_matters import (
    end_matter,
    leave_matter,
    merge_matter,
    support_matter,
    write_matter,
)
from bosett_server.actions.consultation_positions import share_position, write_position
from bosett_server.queries.consultation_matters import matter, matters, texts
from tests.bosett_server.cast import DAY, HERE, THERE
from tests.bosett_server.consultation.scenes import (
    COORDINATOR,
    events,
    notices,
    raised,
    refused,
)

SOON = DAY + timedelta(days=30)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"title": ""}, "consultation_title_missing"),
        ({"text": " "}, "consultation_text_missing"),
        ({"text": "x" * 8001}, "consultation_text_too_long"),
        ({"voice": THERE}, "consultation_voice_missing"),
        ({"commitment": "shared_picture"}, "consultation_commitment_unknown"),
    ],
)
def test_a_matter_that_cannot_be_is_refused_by_name_and_nothing_is_stored(stage, told, code):
    refused(stage, "raise_matter", code, lambda: raised(stage, **told))
    with acting(stage["ks"]):
        assert matters(stage["ks"]) == []


@pytest.mark.parametrize("who", ["nav", "husbanken", "statsforvalter", "centre", "public", "auditor"])
def test_who_speaks_for_nobody_raises_nothing(who, stage):
    with pytest.raises(NotPermitted):
        raised(stage, who)


def test_support_counts_each_body_once_is_left_again_and_is_logged_without_a_word(stage):
    number = raised(stage)
    support_matter(stage["ks"], number=number)
    support_matter(stage["county"], number=number, named=False)
    refused(
        stage, "support_matter", "consultation_stands_behind_already",
        lambda: support_matter(stage["ks"], number=number),
    )  # fmt: skip
    with acting(stage["nav"]):
        one = matter(stage["nav"], number)
    assert (one.behind, one.named) == (3, (HERE, "KS"))
    leave_matter(stage["county"], number=number)
    refused(
        stage, "leave_matter", "consultation_does_not_stand_behind",
        lambda: leave_matter(stage[COORDINATOR], number=number),
    )  # fmt: skip
    with acting(stage["nav"]):
        assert matter(stage["nav"], number).behind == 2
    assert [e.facts for e in events(stage, "support_matter")][:2] == [{"named": 1}, {"named": 0}]


def test_merged_matters_are_taken_up_as_one_with_everybody_behind_them_and_can_be_parted(stage):
    one, other = raised(stage), raised(stage, "stranger", title="Også boliger")
    support_matter(stage["ks"], number=one)
    support_matter(stage["ks"], number=other)
    refused(
        stage, "merge_matter", "consultation_into_itself",
        lambda: merge_matter(stage["ks"], number=one, into=one),
    )  # fmt: skip
    merge_matter(stage["ks"], number=other, into=one)
    with acting(stage["ks"]):
        (found,) = matters(stage["ks"])
    assert (found.id, found.behind, found.merged) == (one, 3, (other,))
    refused(
        stage, "end_matter", "consultation_others_merged",
        lambda: end_matter(stage[COORDINATOR], number=one),
    )  # fmt: skip
    merge_matter(stage["ks"], number=other, into=None)
    with acting(stage["ks"]):
        assert len(matters(stage["ks"])) == 2
    with pytest.raises(NotPermitted):
        merge_matter(stage[COORDINATOR], number=other, into=one)


def test_a_text_written_anew_keeps_the_version_before_and_only_its_own_body_writes(stage):
    number = raised(stage, text="Først.")
    assert write_matter(stage[COORDINATOR], number=number, text="Så.", version=1) == 2
    refused(
        stage, "write_matter", "somebody_changed_it_meanwhile",
        lambda: write_matter(stage[COORDINATOR], number=number, text="Igjen.", version=1),
    )  # fmt: skip
    for who in ("ks", "stranger"):
        with pytest.raises(NotPermitted):
            write_matter(stage[who], number=number, text="Andres.", version=2)
    with acting(stage["nav"]):
        assert [one.text for one in texts(stage["nav"], number).description] == ["Så.", "Først."]


def test_a_closed_matter_takes_no_more(stage):
    number = raised(stage)
    with pytest.raises(NotPermitted):
        end_matter(stage["county"], number=number)
    end_matter(stage[COORDINATOR], number=number)
    for verb, step in (
        ("support_matter", lambda: support_matter(stage["ks"], number=number)),
        ("end_matter", lambda: end_matter(stage["ks"], number=number)),
        (
            "write_position",
            lambda: write_position(stage["ks"], number=number, kind="position", text="x", version=0),
        ),
    ):
        refused(stage, verb, "consultation_matter_closed", step)


def test_a_position_is_written_by_the_own_party_version_by_version_and_shared_once(stage):
    number = raised(stage)
    refused(
        stage, "share_position", "consultation_nothing_to_share",
        lambda: share_position(stage["ks"], number=number, kind="position", version=0),
    )  # fmt: skip
    write_position(stage["ks"], number=number, kind="position", text="Ja.", version=0)
    refused(
        stage, "write_position", "somebody_changed_it_meanwhile",
        lambda: write_position(stage["ks"], number=number, kind="position", text="Nei.", version=0),
    )  # fmt: skip
    refused(
        stage, "write_position", "consultation_text_missing",
        lambda: write_position(stage["ks"], number=number, kind="position", text=" ", version=1),
    )  # fmt: skip
    share_position(stage["ks"], number=number, kind="position", version=1)
    refused(
        stage, "share_position", "consultation_shared_already",
        lambda: share_position(stage["ks"], number=number, kind="position", version=1),
    )  # fmt: skip
    for who in ("ministry", "imdi_lead", "udi_reception", "bufetat"):
        assert "consultation_shared" in notices(stage, who), who
    for who in ("ks", COORDINATOR, "county"):
        assert "consultation_shared" not in notices(stage, who), who
    for who in (COORDINATOR, "county", "nav"):
        with pytest.raises(NotPermitted):
            write_position(stage[who], number=number, kind="position", text="x", version=0)


def test_the_same_request_twice_raises_one_matter(stage):
    with request_keyed("k1"):
        one = raised(stage)
    with request_keyed("k1"):
        assert raised(stage) == one
    with acting(stage["ks"]):
        assert len(matters(stage["ks"])) == 1
