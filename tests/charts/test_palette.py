"""Colours that everyone can tell apart and read, the same in pictures and in the theme."""

import itertools
import tomllib
from pathlib import Path

import pytest

from spm.charts.palette import BANDS, COLOURS

CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"
THEME = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"]
PAGES = {"light": THEME["light"]["backgroundColor"], "dark": THEME["dark"]["backgroundColor"]}

# How linear red, green and blue arrive without one kind of cone: Machado et al. (2009), severity 1.
BLINDNESS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deutan": ((0.3673, 0.8606, -0.2280), (0.2801, 0.6725, 0.0474), (-0.0118, 0.0429, 0.9689)),
    "protan": ((0.1523, 1.0526, -0.2049), (0.1145, 0.7863, 0.0992), (-0.0039, -0.0481, 1.0520)),
    "tritan": ((1.2555, -0.0767, -0.1788), (-0.0784, 0.9308, 0.1476), (0.0047, 0.6914, 0.3039)),
}

Three = tuple[float, float, float]


def _linear(colour: str) -> Three:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue))  # type: ignore[return-value]


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    """Contrast by WCAG 2: 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _seen(colour: str, blindness: str) -> Three:
    """The colour in CIE L*a*b*, as it arrives."""
    linear = _linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(part * share for part, share in zip(row, linear, strict=True))))
        for row in BLINDNESS[blindness]
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    f, g, h = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in (x, y, z))
    return 116 * g - 16, 500 * (f - g), 200 * (g - h)


def _apart(one: str, other: str, blindness: str) -> float:
    """Distance by CIE76: some 2 can just be told, 10 at a glance."""
    pairs = zip(_seen(one, blindness), _seen(other, blindness), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def test_contrast_and_distance_are_measured_right() -> None:
    assert _contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert _apart("#000000", "#FFFFFF", "none") == pytest.approx(100, abs=0.1)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("blindness", BLINDNESS)
def test_bands_are_told_apart(page: str, blindness: str) -> None:
    colours = {word: getattr(COLOURS[band.colour], page) for word, band in BANDS.items()}
    near = {
        (one, other): distance
        for one, other in itertools.combinations(colours, 2)
        if (distance := _apart(colours[one], colours[other], blindness)) < 15
    }
    assert near == {}


@pytest.mark.parametrize("page", PAGES)
def test_text_is_readable(page: str) -> None:
    on_bands = {
        word: _contrast(getattr(COLOURS[band.colour], page), getattr(COLOURS[band.ink], page))
        for word, band in BANDS.items()
    }
    on_page = {name: _contrast(getattr(COLOURS[name], page), PAGES[page]) for name in ("ink", "faint_ink", "accent")}
    assert {name: contrast for name, contrast in (on_bands | on_page).items() if contrast < 4.5} == {}


@pytest.mark.parametrize("page", PAGES)
def test_buttons_and_links_are_readable(page: str) -> None:
    assert _contrast(THEME[page]["primaryColor"], "#FFFFFF") >= 4.5
    assert _contrast(THEME[page]["linkColor"], PAGES[page]) >= 4.5
    assert _contrast(THEME[page]["textColor"], THEME[page]["sidebar"]["backgroundColor"]) >= 7


@pytest.mark.parametrize("page", PAGES)
def test_theme_and_pictures_share_their_colours(page: str) -> None:
    shared = {
        "textColor": "ink",
        "redColor": "needs_help",
        "orangeColor": "near_target",
        "greenColor": "on_target",
        "blueColor": "accent",
        "grayColor": "faint_ink",
    }
    assert {key: THEME[page][key] for key in shared} == {
        key: getattr(COLOURS[name], page) for key, name in shared.items()
    }
    assert THEME[page]["chartCategoricalColors"][0] == getattr(COLOURS["accent"], page)


def test_each_band_has_a_mark_and_a_word_of_its_own() -> None:
    assert list(BANDS) == ["outstanding", "on target", "near target", "needs help", "no score"]
    assert [band.label for band in BANDS.values()][:2] == ["▲ outstanding", "● on target"]
    assert len({band.mark for band in BANDS.values()}) == len(BANDS)


def test_the_theme_asks_no_other_host() -> None:
    assert "://" not in repr(THEME)


@pytest.mark.parametrize("page", ["light", "dark"])
def test_captions_and_pinned_names_can_be_read(page: str) -> None:
    ground, ink = PAGES[page], THEME[page]["textColor"]
    faded = "#" + "".join(
        f"{round(0.6 * int(ink[at : at + 2], 16) + 0.4 * int(ground[at : at + 2], 16)):02X}" for at in (1, 3, 5)
    )
    assert _contrast(faded, ground) >= 4.5
