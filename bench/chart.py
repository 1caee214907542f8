"""A bar chart as SVG, readable on a light page and on a dark one."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

WIDTH, LABELS, BAR, GAP, TOP = 760, 300, 22, 10, 44


def bars(title: str, values: Mapping[str, float], unit: str) -> str:
    """One horizontal bar for each value, the shortest first as given; the numbers stand beside them."""
    longest = max(values.values())
    height = TOP + len(values) * (BAR + GAP)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{escape(title)}</title>",
        "<style>text{font:14px sans-serif;fill:#666}.title{font-weight:bold}rect{fill:#4a7fb5}"
        ".first{fill:#2f9e6e}</style>",
        f'<text class="title" x="0" y="20">{escape(title)}</text>',
    ]
    for place, (name, value) in enumerate(values.items()):
        top = TOP + place * (BAR + GAP)
        length = max(2.0, value / longest * (WIDTH - LABELS - 90))
        first = ' class="first"' if place == 0 else ""
        lines += [
            f'<text x="{LABELS - 8}" y="{top + 16}" text-anchor="end">{escape(name)}</text>',
            f'<rect{first} x="{LABELS}" y="{top}" width="{length:.1f}" height="{BAR}" rx="3"/>',
            f'<text x="{LABELS + length + 6:.1f}" y="{top + 16}">{value:.2f} {escape(unit)}</text>',
        ]
    return "\n".join([*lines, "</svg>", ""])
