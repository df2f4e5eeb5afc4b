"""Promises of the sort key: one order for Norwegian and Sámi names, kept by plain bytes."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bosett.registry import sort_key


def ordered(*names: str) -> list[str]:
    return sorted(names, key=sort_key)


def test_the_three_norwegian_letters_come_last_in_their_order() -> None:
    assert ordered("Ås", "Østre", "Ærfugl", "Zeta", "Asker") == ["Asker", "Zeta", "Ærfugl", "Østre", "Ås"]


def test_sami_letters_follow_the_letter_they_are_built_on() -> None:
    assert ordered("č", "d", "c", "á", "a", "b", "đ", "e") == ["a", "á", "b", "c", "č", "d", "đ", "e"]
    assert ordered("o", "ŋ", "n", "š", "t", "s", "ŧ", "u", "ž", "z", "æ") == list("nŋosštŧuzžæ")


def test_case_does_not_decide_the_order() -> None:
    assert ordered("ål", "Alta", "alta", "Ål")[0].lower() == "alta"
    assert ordered("b", "A", "C") == ["A", "b", "C"]


def test_a_shorter_name_comes_before_a_longer_that_begins_with_it() -> None:
    assert ordered("Nesbyen", "Nes", "Nesodden", "Nes i") == ["Nes", "Nes i", "Nesbyen", "Nesodden"]


def test_doubled_a_is_two_letters_in_sami_names() -> None:
    assert ordered("Ål", "Aarborte", "Alta") == ["Aarborte", "Alta", "Ål"]


def test_south_sami_vowels_stand_with_the_norwegian_ones() -> None:
    assert ordered("Åa", "Trööndelage", "Trøndelag", "Trz") == ["Trz", "Trøndelag", "Trööndelage", "Åa"]


def test_both_ways_of_writing_an_accent_give_the_same_key() -> None:
    assert sort_key("Ka\u0301ra\u0301s\u030cjohka") == sort_key("Kárášjohka")


@given(st.text(max_size=12), st.text(max_size=12))
def test_bytes_keep_the_order_and_different_names_have_different_keys(one: str, other: str) -> None:
    first, second = sort_key(one), sort_key(other)
    assert first.isascii()
    assert (first < second) == (first.encode() < second.encode())
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (first == second) is same
