"""Our own small icons, 24 by 24, drawn with strokes in the text's colour."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PATHS = {
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M15.5 15.5L21 21",
    "inbox": "M3 13h5l1.5 3h5L16 13h5M5.5 5h13L21 13v6H3v-6z",
    "person": "M12 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8M4 21c0-4.5 3.5-6.5 8-6.5s8 2 8 6.5",
    "display": "M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4",
    "check": "M4 12.5l5 5L20 6.5",
    "cross": "M6 6l12 12M18 6L6 18",
    "warning": "M12 4L2.5 20h19zM12 10v5M12 17.5v.5",
    "clock": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17M12 7.5V12l3 2.5",
    "info": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17M12 11v5.5M12 7.5V8",
    "circle": "M12 4.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15",
    "up": "M6 14l6-6l6 6",
    "down": "M6 10l6 6l6-6",
    "unsorted": "M8 10l4-4l4 4M8 14l4 4l4-4",
    "forward": "M9 5l7 7l-7 7",
    "download": "M12 4v11M7 10.5l5 5l5-5M4 20h16",
    "home": "M4 11.5L12 4l8 7.5M6 10v10h12V10M10 20v-5.5h4V20",
    "people": (
        "M8.5 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6M2.5 19.5c0-4 2.5-6 6-6s6 2 6 6"
        "M16 5.5a3 3 0 0 1 0 5.5M17.5 14c2.5.6 4 2.5 4 5.5"
    ),
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "phone": "M7 3h10v18H7zM11 18h2",
    "question": (
        "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17"
        "M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.4-1 .9-1 1.7M12 16.5v.5"
    ),
}


def icon(name: str) -> SafeString:
    """The icon as inline SVG, hidden from screen readers: an icon never stands alone without words.

    Raises
    ------
    KeyError
        If there is no such icon.
    """
    return format_html(
        '<svg class="icon icon--{}" viewBox="0 0 24 24" width="24" height="24" fill="none" '
        'stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" '
        'aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        name,
        PATHS[name],
    )


def wordmark() -> SafeString:
    """The mark: one hexagon among its neighbours, with a door that stands open."""
    return mark_safe(
        '<svg class="wordmark__mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" '
        'focusable="false"><path class="wordmark__tile" d="M16 1.5L28.6 8.75v14.5L16 30.5L3.4 23.25V8.75z"/>'
        '<path class="wordmark__roof" d="M8 16L16 9.25L24 16" fill="none" stroke-width="2.4" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
        '<path class="wordmark__door" d="M13 24.5v-7h6v7z"/></svg>'
    )
