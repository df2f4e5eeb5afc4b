"""Addresses that nobody would write are not found; they are no fault of ours."""

from __future__ import annotations

import pytest

from tests.security.doors import browser
from tests.security.stage import set_stage

FAR = "99999999999"


@pytest.mark.parametrize(
    "path",
    [
        f"/municipalities/3301/?year={FAR}", f"/municipalities/?year={FAR}", f"/requests/{FAR}/", "/requests/99999/",
        f"/grants/3301/{FAR}/", "/grants/3301/99999/", f"/grants/3301/{FAR}/file.csv", f"/grants/?year={FAR}",
        f"/grants/lines/{FAR}{FAR}/", f"/agreement/?year={FAR}", f"/need/?year={FAR}", f"/statistics/?year={FAR}",
        f"/proposals/{FAR}{FAR}/", f"/municipalities/3301/vedtak/?year={FAR}", "/municipalities/3301/?known=0001-01-01",
        "/need/?known=9999-12-31", "/municipalities/%00/", "/search/?q=%00", "/households/?stage=%00",
        "/households/?need=%F0%9F%98%80&sort=x&page=%25", f"/inbox/?before={FAR}{FAR}", "/municipalities/%C3%A6/",
    ],
)  # fmt: skip
def test_an_odd_address_is_answered(db, settings, tmp_path, path):
    settings.STATIC_ROOT = tmp_path
    assert browser(set_stage(settings), "imdi_lead").get(path).status_code in {200, 302, 404, 409, 422}
