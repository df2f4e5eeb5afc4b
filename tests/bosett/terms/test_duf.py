"""DUF numbers: the form is checked, the number is never repeated."""

from __future__ import annotations

from datetime import date

import pytest

from bosett.terms.duf import read_duf_number
from bosett.terms.errors import BadInput

DAY = date(2026, 3, 16)


@pytest.mark.parametrize(("text", "synthetic"), [("202600000001", False), ("900000000001", True)])
def test_a_number_of_the_right_form_is_read(text, synthetic):
    found = read_duf_number(text, DAY)
    assert (found.digits, found.synthetic) == (text, synthetic)
    assert text not in repr(found)


@pytest.mark.parametrize("text", ["", "20260000001", "2026000000012", "20260000000a", "202700000001", "197900000001",
                                  "٢٠٢٦٠٠٠٠٠٠٠١"])  # fmt: skip
def test_another_text_is_refused_without_being_repeated(text):
    with pytest.raises(BadInput) as refused:
        read_duf_number(text, DAY)
    assert not text or text not in str(refused.value)
