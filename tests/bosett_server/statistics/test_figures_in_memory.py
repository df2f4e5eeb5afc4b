"""Figures kept in memory: read ahead of the requests, and never an older version than stands."""

from __future__ import annotations

import threading

import pytest
from django.test import Client

from bosett_server.access.actor import PUBLIC, SYSTEM
from bosett_server.access.context import acting
from bosett_server.queries import figures_warm, statistics_public
from bosett_server.queries.figures import NO_FIGURES
from bosett_server.queries.figures_warm import keep_warm, warm
from bosett_server.queries.statistics_public import public_figures
from tests.bosett_server.statistics.test_open_pages import CACHES, figure, figures, stored

__all__ = ["figures"]


def asked_of_drammen() -> str:
    return (
        Client()
        .get("/api/v1/figures/", {"measure": "asked", "place": "3301", "year_from": 2025})
        .json()["items"]
    )


def test_what_is_warm_is_read_by_no_request(figures, monkeypatch):
    warm()
    monkeypatch.setattr(statistics_public, "_read", lambda *_: pytest.fail("read again"))
    assert Client().get("/statistics/country/").status_code == 200


def test_a_request_right_after_an_import_has_the_new_figures_whether_warm_or_not(figures):
    warm()
    assert asked_of_drammen() == []
    with acting(SYSTEM):
        stored([figure("asked", "3301", 77, 2025)], 2)
    assert [one["value"] for one in asked_of_drammen()] == [77]


def test_every_version_is_read_once_however_many_ask_for_it_at_the_same_moment(monkeypatch):
    reads, begun, go_on, got = [], threading.Event(), threading.Event(), []
    version = (7, 7, "a version of its own")

    def slow(_actor, asked, _known):
        reads.append(asked)
        begun.set()
        assert go_on.wait(20)
        return statistics_public.PublicFigures(asked, (), frozenset(), {})

    monkeypatch.setattr(statistics_public, "_read", slow)
    monkeypatch.setattr(statistics_public, "data_version", lambda *_: version)
    asking = [threading.Thread(target=lambda: got.append(public_figures(PUBLIC))) for _ in range(3)]
    for one in asking:
        one.start()
    assert begun.wait(20)
    go_on.set()
    for one in asking:
        one.join()
    assert reads == [version]
    assert got[0] is got[1] is got[2]


def test_looking_ahead_goes_on_after_a_fault_of_the_database_and_tells_it(figures, monkeypatch, caplog):
    stop, tries = threading.Event(), []

    def fails_once():
        tries.append(1)
        if len(tries) == 1:
            raise figures_warm.DatabaseError("gone")
        stop.set()

    monkeypatch.setattr(figures_warm, "warm", fails_once)
    monkeypatch.setattr(figures_warm.connection, "close", lambda: None)
    keep_warm(stop, every_seconds=0.001)
    assert len(tries) == 2
    assert "trying again" in caplog.text


def test_figures_are_coming_only_while_they_are_read_ahead_and_are_not_there_yet(figures, monkeypatch):
    assert not figures_warm.coming(PUBLIC)  # nobody reads ahead: whoever asks reads
    stop, seen = threading.Event(), []

    def look():
        seen.append(figures_warm.coming(PUBLIC))
        if len(seen) == 2:
            stop.set()
        return warm()

    monkeypatch.setattr(figures_warm, "warm", look)
    monkeypatch.setattr(figures_warm, "_ready", [])
    monkeypatch.setattr(figures_warm.connection, "close", lambda: None)
    keep_warm(stop, every_seconds=0.001)
    assert seen == [True, False]
    assert not figures_warm.coming(PUBLIC)


def test_before_any_import_there_is_nothing_to_read(db, settings):
    for held in CACHES:
        held.clear()
    assert warm() == NO_FIGURES
