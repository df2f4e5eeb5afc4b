"""One order for Norwegian, Sámi and Kven names that plain bytes can keep.

The order is the Norwegian alphabet with each Sámi letter right after the letter it is built on,
which is also where the North Sámi alphabet has it: a á b c č d đ ... n ŋ ... s š ... t ŧ ...
z ž æ ø å.  South Sámi ö and ä stand with ø and æ, ï with i.  "aa" is two letters: in Sámi names
(Aarborte) it is not å, and no Norwegian municipality writes å so.
Blank and hyphen come before digits, digits before letters.  Case and other accents decide only
between names that are otherwise equal.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

ORDER = " 0123456789aábcčdđefghijklmnŋopqrsštŧuvwxyzžæøå"
SAME = {"ä": "æ", "ö": "ø", "-": " ", "–": " ", "'": "", "’": "", "(": "", ")": "", ".": ""}
FIRST = ord("!")
UNKNOWN = "~"


@lru_cache(maxsize=4096)
def sort_key(name: str) -> str:
    """A key in ASCII: comparing keys byte by byte puts the names in order.

    Promise: two names have the same key only if they are the same text.
    """
    lowered = unicodedata.normalize("NFC", name).lower()
    weighed = "".join(_weight(letter) for letter in lowered)
    return f"{weighed} {unicodedata.normalize('NFC', name).encode('unicode_escape').decode('ascii')}"


def _weight(letter: str) -> str:
    known = SAME.get(letter, letter)
    if known == "":
        return ""
    if known not in ORDER:
        known = unicodedata.normalize("NFD", known)[0]
    place = ORDER.find(known)
    return UNKNOWN if place < 0 else chr(FIRST + place)
