"""Plots as SVG: lines, points and bars in a frame with ticks, readable in grey. Used by model_pictures.py."""
import html
import math

BLUE, RED, ROSE, GREEN, INK, PALE = "#2b5c8a", "#d9596a", "#e8a0a8", "#228833", "#222222", "#bbbbbb"
DASHES = ["", "8 4", "2 4"]


def number(value):
    return f"{value:,.6g}".replace("-", "−")


class Picture:
    def __init__(self, width, height, title):
        self.parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
                      f'height="{height}" font-family="sans-serif" font-size="14">',
                      f"<title>{html.escape(title)}</title>", '<rect width="100%" height="100%" fill="#ffffff"/>']

    def text(self, x, y, words, anchor="start", colour=INK, turn=0, bold=False):
        turned = f' transform="rotate({turn} {x:.1f} {y:.1f})"' if turn else ""
        weight = ' font-weight="bold"' if bold else ""
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"{turned}{weight}>'
                          f"{html.escape(words)}</text>")

    def path(self, points, colour=INK, dash="", width=2.0):
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        kept = [points[0]]
        for point in points[1:-1]:
            if math.dist(point, kept[-1]) >= 1.5:  # nearer ones would only make the file large
                kept.append(point)
        points = [*kept, points[-1]]
        self.parts.append(f'<path d="M{"L".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="none" stroke="{colour}" '
                          f'stroke-width="{width}"{dashed}/>')

    def dot(self, x, y, colour=INK, filled=True, radius=4.5):
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" stroke="{colour}" stroke-width="1.5" '
                          f'fill="{colour if filled else "#ffffff"}"/>')

    def bar(self, x, y, width, height, colour):
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}" '
                          f'stroke="{INK}"/>')

    def key(self, x, y, entries):
        """Lines with words, below each other: (words, colour, dash)."""
        for i, (words, colour, dash) in enumerate(entries):
            self.path([(x, y + 20 * i), (x + 34, y + 20 * i)], colour, dash)
            self.text(x + 42, y + 20 * i + 5, words)

    def svg(self):
        return "\n".join([*self.parts, "</svg>"]) + "\n"


class Axes:
    """A frame with ticks; maps values to the picture. An axis without ticks has none and no line across."""

    def __init__(self, picture, box, x_range, y_range, x_ticks, y_ticks, x_label, y_label, title=""):
        self.picture, self.box, self.x_range, self.y_range = picture, box, x_range, y_range
        left, top, width, height = box
        for tick in x_ticks:
            x = self.at(tick, y_range[0])[0]
            picture.path([(x, top), (x, top + height)], "#e4e4e4", width=1)
            picture.text(x, top + height + 18, number(tick), "middle")
        for tick in y_ticks:
            y = self.at(x_range[0], tick)[1]
            picture.path([(left, y), (left + width, y)], "#e4e4e4", width=1)
            picture.text(left - 7, y + 5, number(tick), "end")
        picture.path([(left, top), (left, top + height), (left + width, top + height)], width=1)
        picture.text(left + width / 2, top + height + 38, x_label, "middle")
        if y_label:
            widest = max((len(number(tick)) for tick in y_ticks), default=0)
            picture.text(left - 20 - 8 * widest, top + height / 2, y_label, "middle", turn=-90)
        if title:
            picture.text(left + width / 2, top - 12, title, "middle", bold=True)

    def at(self, x, y):
        left, top, width, height = self.box
        return (left + width * (x - self.x_range[0]) / (self.x_range[1] - self.x_range[0]),
                top + height * (1 - (y - self.y_range[0]) / (self.y_range[1] - self.y_range[0])))

    def line(self, xs, ys, colour=INK, dash="", width=2.0):
        self.picture.path([self.at(x, y) for x, y in zip(xs, ys)], colour, dash, width)

    def dot(self, x, y, colour=INK, filled=True):
        self.picture.dot(*self.at(x, y), colour, filled)


def grouped_bars(axes, groups, names, colours, expected):
    """One group of bars for each list of shares; a white point where an expected share is."""
    left, top, width, height = axes.box
    slot = width / len(groups)
    step = slot * 0.8 / len(groups[0])
    for g, shares in enumerate(groups):
        for i, share in enumerate(shares):
            x = left + g * slot + slot * 0.1 + i * step
            y = axes.at(0, share)[1]
            axes.picture.bar(x, y, step * 0.86, top + height - y, colours[i])
            if expected[g][i] is not None:
                axes.picture.dot(x + step * 0.43, axes.at(0, expected[g][i])[1], filled=False, radius=3.5)
        axes.picture.text(left + (g + 0.5) * slot, top + height + 18, names[g], "middle")


def bar_key(picture, x, y, entries, points):
    for i, (words, colour) in enumerate(entries):
        picture.bar(x, y + 24 * i - 11, 16, 14, colour)
        picture.text(x + 24, y + 24 * i + 1, words)
    picture.dot(x + 8, y + 24 * len(entries) - 4, filled=False, radius=3.5)
    picture.text(x + 24, y + 24 * len(entries) + 1, points)
