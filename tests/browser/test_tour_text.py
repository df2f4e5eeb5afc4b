"""The written tour names what the pages have, and nothing else."""

from __future__ import annotations

import re

from tests.browser.site import CLONE
from tests.browser.test_languages import PLACEHOLDER, messages
from tests.browser.test_tour import tour_names
from tests.browser.walker import spaced

OWN_PAGE = CLONE / "bosett_server" / "web" / "own_page" / "texts" / "nb.yaml"


def test_each_name_quoted_in_the_tour_stands_in_the_bokmål_catalogues():
    told = [spaced(norwegian) for _, norwegian in messages("nb") if norwegian]
    # A message that is nearly nothing but a placeholder would fit any name.
    telling = [one for one in told if one == PLACEHOLDER.sub("", one) or len(PLACEHOLDER.sub("", one)) > 8]
    patterns = [re.compile(".+".join(map(re.escape, PLACEHOLDER.split(one)))) for one in telling]
    own = OWN_PAGE.read_text("utf-8")
    quoted = tour_names(CLONE / "README.md")
    assert len(quoted) >= 20
    unknown = {
        name for name in quoted if f'"{name}"' not in own and not any(p.fullmatch(name) for p in patterns)
    }
    assert unknown == set()
