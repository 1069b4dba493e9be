"""Small plots as SVG text, without a library: curves over 0 to 1, and bars of seconds."""

from collections.abc import Mapping, Sequence
from html import escape

from eval.result import Plot, Point

WIDTH, HEIGHT, MARGIN = 420, 320, 46  # pixels
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
COLOURS = ("#1b6ca8", "#d1495b", "#2e8b57", "#8d6a9f", "#b8860b")
BAR, GAP, LABEL, FIGURES = 16, 8, 190, 110  # pixels: a bar, between two, beside them


def curves(plot: Plot) -> str:
    """The curves with axes, a legend and the marked points."""
    parts = [_axes(plot)]
    if plot.diagonal:
        parts.append(_line([(0, 0), (1, 1)], "#999", dashed=True))
    for number, curve in enumerate(plot.curves):
        colour = COLOURS[number % len(COLOURS)]
        parts.append(_line(curve.points, colour))
        if plot.diagonal or len(curve.points) < 2:
            parts += [_dot(x, y, colour, 3) for x, y in curve.points]
        if curve.mark:
            parts.append(_dot(*curve.mark, colour, 6))
        y = HEIGHT + 8 + 18 * number
        parts.append(f'<rect x="{MARGIN}" y="{y}" width="12" height="12" fill="{colour}"/>')
        parts.append(_text(MARGIN + 18, y + 10, curve.label, "start"))
    return _svg(WIDTH, HEIGHT + 12 + 18 * len(plot.curves), plot.title, "".join(parts))


def bars(title: str, seconds: Mapping[str, tuple[float, float]]) -> str:
    """A pair of bars for each label: the median over the 95th percentile, which is lighter."""
    longest = max((high for _, high in seconds.values()), default=0) or 1.0
    room = WIDTH - LABEL - FIGURES
    parts = []
    for number, (label, (median, high)) in enumerate(seconds.items()):
        y = GAP + number * (BAR + GAP)
        parts.append(_text(LABEL - 8, y + 12, label, "end"))
        for value, colour in ((high, "#b9d3e6"), (median, COLOURS[0])):
            width = room * value / longest
            parts.append(
                f'<rect x="{LABEL}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{colour}"/>'
            )
        at = LABEL + room * high / longest + 6
        parts.append(_text(at, y + 12, f"{median:.3f} · {high:.3f} s", "start"))
    return _svg(WIDTH, GAP + len(seconds) * (BAR + GAP), title, "".join(parts))


def _axes(plot: Plot) -> str:
    parts = []
    for tick in TICKS:
        (x, bottom), (left, y) = _at(tick, 0), _at(0, tick)
        parts.append(
            _line([(tick, 0), (tick, 1)], "#e4e4e4") + _line([(0, tick), (1, tick)], "#e4e4e4")
        )
        parts.append(_text(x, bottom + 16, f"{tick:g}", "middle"))
        parts.append(_text(left - 6, y + 4, f"{tick:g}", "end"))
    parts.append(_text(WIDTH / 2, HEIGHT - 6, plot.x, "middle"))
    turned = f'transform="rotate(-90 12 {HEIGHT / 2:.0f})"'
    parts.append(_text(12, HEIGHT / 2, plot.y, "middle", turned))
    return "".join(parts)


def _at(x: float, y: float) -> tuple[float, float]:
    return MARGIN + x * (WIDTH - MARGIN - 14), HEIGHT - MARGIN - y * (HEIGHT - MARGIN - 14)


def _line(points: Sequence[Point], colour: str, *, dashed: bool = False) -> str:
    places = [_at(x, y) for x, y in points]
    dash = ' stroke-dasharray="4 4"' if dashed else ""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"{dash}/>'


def _dot(x: float, y: float, colour: str, radius: int) -> str:
    (cx, cy) = _at(x, y)
    return f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="{radius}" fill="{colour}"/>'


def _text(x: float, y: float, text: str, anchor: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {more}>{escape(text)}</text>'


def _svg(width: int, height: int, title: str, body: str) -> str:
    return (
        f'<svg role="img" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f"<title>{escape(title)}</title>{body}</svg>"
    )
