"""The live figures in a browser: the slider, the keys and the pointer move them, and without scripts their still picture is seen.

`cargo test --test live` writes the page.
"""

import base64
import json
import re
import subprocess

from lab import PROJECT
from pictures import difference, picture

PAGE = PROJECT / "target" / "tmp" / "live.html"

# The page's figures, in order.
REPLAY, SAME_UNTITLED, TANH, RELU, MANY_UNITS, LINE = range(6)
STORY = PROJECT / "tests" / "golden" / "story.json"

# The ends of the lines of hidden units, in a picture's text.
UNIT_LINE = re.compile(r'stroke-dasharray="8 4" d="M([\d.]+)[ ,]([\d.]+)L([\d.]+)[ ,]([\d.]+)"')


class Figure:
    """A live figure, as a reader finds it: by role and name."""

    def __init__(self, page, place):
        self.page = page
        self.place = place
        self.slider = place.get_by_role("slider")
        self.text = place.locator("output")
        self.picture = place.locator("svg").first

    def value(self):
        return int(self.slider.input_value())

    def pixels(self):
        return picture(self.picture)

    def boundary(self):
        return picture(self.place.locator("canvas"))

    def button(self, name):
        return self.place.get_by_role("button", name=name)


def figure_of(page, number):
    return Figure(page, page.locator("figure").nth(number))


def replay_moves(page, check):
    figure, other = figure_of(page, REPLAY), figure_of(page, SAME_UNTITLED)
    before, untouched = figure.boundary(), other.pixels()
    # What Rust wrote for those who do not see the picture, the script says beside the slider.
    told = re.search(r"la iteración (\d+): costo ([\d.]+), exactitud ([\d.]+ %)", PAGE.read_text())
    said = "iteración {} · costo {} · exactitud {}".format(*told.groups())
    check.that(figure.text.inner_text() == said, f"{figure.text.inner_text()}, not {said}")

    figure.slider.fill("0")
    first = figure.boundary()
    check.that(figure.text.inner_text().startswith("iteración 0 · costo 0.693"), figure.text.inner_text())
    check.that(difference(page, before, first) > 10, "the boundary of the first moment looks as that of the last")
    described = figure.picture.get_attribute("aria-label")
    check.that("iteración 0 " in described, f"the picture of the first moment is described as {described}")
    check.that(figure.text.get_attribute("aria-live") == "off", "a screen reader hears each moment that is played")
    figure.slider.fill("25")
    check.that(difference(page, figure.boundary(), first) > 10, "a moment in the middle looks as the first")
    figure.slider.fill("40")
    check.that(difference(page, figure.boundary(), before) == 0, "the last moment looks otherwise the second time")
    described = figure.picture.get_attribute("aria-label")
    check.that("Entrenamiento en" in described, f"the last moment is described as {described}")

    figure.slider.focus()
    for key, value in [("ArrowLeft", 39), ("ArrowDown", 38), ("ArrowRight", 39), ("Home", 0), ("ArrowUp", 1), ("End", 40)]:
        page.keyboard.press(key)
        check.that(figure.value() == value, f"after {key}, the slider is at {figure.value()}, not {value}")
        spoken = figure.slider.get_attribute("aria-valuetext")
        check.that(spoken == figure.text.inner_text(), f"a screen reader hears {spoken}")
    check.that(difference(page, other.pixels(), untouched) == 0, "a figure changes with another's slider")


def unit_lines(svg):
    return [[float(end) for end in ends] for ends in UNIT_LINE.findall(svg)]


def every_part_is_of_the_moment(page, check):
    """Rust computed the accuracy and the last lines; the script computes what it marks and draws."""
    figure = figure_of(page, REPLAY)
    for moment in (0, 17, 30, 40):
        figure.slider.fill(str(moment))
        accuracy = float(re.search(r"exactitud ([\d.]+) %", figure.text.inner_text()).group(1))
        marked = figure.place.locator("[data-layer=points] > [stroke='#000']").count()
        check.that(marked == round(400 - 4 * accuracy), f"at {accuracy} %, {marked} of 400 examples are marked")
        past = figure.place.locator("[data-layer=cost]").get_attribute("d")
        check.that(past.count(",") == moment + 1, f"at moment {moment}, the cost so far is {past}")
    base64_of_still = re.search(r"base64,([^\"]+)", PAGE.read_text()).group(1)
    still = unit_lines(base64.b64decode(base64_of_still).decode())
    live = unit_lines(figure.picture.inner_html())
    check.that(len(still) == len(live) == 4, f"the units' lines are {live}, were {still}")
    for ours, drawn in zip(live, still):
        check.that(max(abs(a - b) for a, b in zip(ours, drawn)) < 0.11, f"the script's line {ours} is not {drawn}")
    figure.slider.fill("0")
    check.that(unit_lines(figure.picture.inner_html()) != live, "the units' lines do not move")
    figure.slider.fill("40")


def replay_plays(page, check):
    figure, other = figure_of(page, REPLAY), figure_of(page, SAME_UNTITLED)
    figure.button("Reproducir").click()
    check.that(figure.value() < 3, f"play from the end begins at {figure.value()}")
    page.wait_for_timeout(1_500)
    figure.button("Pausa").click()
    paused = figure.value()
    check.that(2 <= paused <= 12, f"after 1.5 s, play is at {paused}")
    page.wait_for_timeout(600)
    check.that(figure.value() == paused, "it plays on after pause")
    check.that(other.value() == 40, "both figures play")

    figure.slider.focus()
    page.keyboard.press(" ")
    page.wait_for_timeout(900)
    page.keyboard.press(" ")
    check.that(figure.value() > paused, "space does not play")
    figure.button("Reproducir").click()
    figure.slider.fill("38")
    check.that(figure.button("Reproducir").is_visible(), "the slider does not pause")
    figure.button("Reproducir").click()
    page.wait_for_timeout(1_200)
    check.that(figure.value() == 40 and figure.button("Reproducir").is_visible(), "play does not stop at the end")


def tangent_follows(page, check):
    figure, other = figure_of(page, TANH), figure_of(page, RELU)
    check.that(figure.text.inner_text() == "z = 1.00 · g(z) = 0.762 · g′(z) = 0.420", figure.text.inner_text())
    untouched, before = other.pixels(), figure.pixels()
    figure.place.scroll_into_view_if_needed()
    box = figure.picture.bounding_box()
    # The frame is 402 pixels wide, from 68 on.
    page.mouse.move(box["x"] + 68 + 201, box["y"] + 200)
    check.that(figure.text.inner_text() == "z = 0.00 · g(z) = 0.000 · g′(z) = 1.000", figure.text.inner_text())
    check.that(difference(page, figure.pixels(), before) > 0.1, "the tangent does not follow the pointer")
    page.mouse.move(box["x"] + 5, box["y"] + 200)
    check.that(figure.text.inner_text() == "z = −5.00 · g(z) = −1.000 · g′(z) = 0.000", figure.text.inner_text())
    figure.slider.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    check.that(figure.text.inner_text().startswith("z = 4.98 · g(z) = 1.000"), figure.text.inner_text())
    check.that(difference(page, other.pixels(), untouched) == 0, "a tangent follows another's pointer")


def line_turns(page, check):
    """What the script says of a line is what numpy found."""
    place = figure_of(page, LINE).place
    degrees, offset = (place.get_by_role("slider", name=name) for name in ("Grados", "Distancia"))
    before = picture(place.locator("svg").first)
    lines = json.loads(STORY.read_text())["lines"]
    for line in lines:
        degrees.fill(str(line["degrees"]))
        offset.fill(str(round(10 * line["offset"])))
        said = [place.locator(f"[data-layer={layer}]").inner_html() for layer in ("hits", "accuracy", "cost")]
        expected = [f"acierta {line['hits']} de 400", f"exactitud {line['hits'] / 4:.2f} %", f"costo {line['cost']:.3f}"]
        check.that(said == expected, f"of {line}, the figure says {said}")
        marked = place.locator("[data-layer=points] > [stroke='#000']").count()
        check.that(marked == 400 - line["hits"], f"of {line}, {marked} examples are marked")
        spoken = degrees.get_attribute("aria-valuetext")
        check.that(all(it in spoken for it in expected), f"a screen reader hears {spoken}")
    check.that(difference(page, picture(place.locator("svg").first), before) > 1, "the line does not move")
    found = place.locator("output").inner_text()
    most, least = max(lines, key=lambda line: line["hits"]), min(lines, key=lambda line: line["cost"])
    for told in (f"más aciertos, {most['hits']} ({most['degrees']}°", f"menor costo, {least['cost']:.3f} ({least['degrees']}°"):
        check.that(told in found, f"«{told}» is not in: {found}")
    degrees.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    check.that(place.locator("[data-layer=place]").inner_html().startswith("1°, a 3 "), "the keys do not turn the line")


def live_page(browser, check, scheme, screenshots):
    context = browser.new_context(viewport={"width": 1000, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.on("console", lambda message: check.that(message.type not in ("error", "warning"), f"console: {message.text}"))
    page.on("pageerror", lambda error: check.that(False, f"page: {error}"))
    page.on("request", lambda request: check.that(request.url.startswith(("file:", "data:")), f"it asks for {request.url}"))
    page.goto(PAGE.as_uri())
    check.that(page.locator("figure img").count() == 0, "a still picture remains")
    corner = page.locator("figure > div").first.evaluate("(card) => getComputedStyle(card).backgroundColor")
    check.that(corner == "rgb(255, 255, 255)", f"the card is {corner}")
    pictures = [figure_of(page, place).pixels() for place in range(6)]
    replay_moves(page, check)
    every_part_is_of_the_moment(page, check)
    replay_plays(page, check)
    tangent_follows(page, check)
    line_turns(page, check)
    many = figure_of(page, MANY_UNITS)
    many.slider.fill("20")
    check.that(many.text.inner_text().startswith("iteración "), "a replay of nine units does not move")
    if screenshots:
        figure_of(page, REPLAY).slider.fill("28")
        page.screenshot(path=screenshots / f"live_{scheme}.png", full_page=True)
    context.close()
    return pictures


def narrow_and_calm(browser, check):
    """On a narrow page that prefers less motion."""
    context = browser.new_context(viewport={"width": 420, "height": 800}, reduced_motion="reduce", device_scale_factor=2)
    page = context.new_page()
    page.goto(PAGE.as_uri())
    width = page.evaluate("document.documentElement.scrollWidth")
    check.that(width <= 420, f"the page is {width} pixels wide")
    figure = figure_of(page, REPLAY)
    figure.button("Reproducir").click()
    page.wait_for_timeout(1_000)
    check.that(figure.value() == 0, "it plays fast where less motion is preferred")
    page.wait_for_timeout(1_500)
    check.that(figure.value() > 0, "it does not play where less motion is preferred")
    context.close()


def still_page(browser, check, live):
    """Without scripts, every picture is seen, and is the one that the script begins with."""
    context = browser.new_context(viewport={"width": 1000, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    page.goto(PAGE.as_uri())
    images = page.locator("figure img")
    check.that(images.count() == 6, f"{images.count()} of 6 still pictures")
    check.that(page.get_by_role("slider").count() == 0, "a slider without a script")
    alternative = images.first.get_attribute("alt")
    check.that(alternative.startswith("La red aprende. Entrenamiento en 41 momentos."), alternative)
    stills = [picture(images.nth(place)) for place in range(6)]
    context.close()
    page = browser.new_page()
    page.goto(PAGE.as_uri())
    for place, (still, moving) in enumerate(zip(stills, live)):
        off = difference(page, still, moving)
        check.that(off < 1, f"figure {place}: the still picture is {off:.1f} off the live one")


def test(browser, check, screenshots):
    command = ["cargo", "test", "--quiet", "--test", "live", "a_page_for_the_browser"]
    subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
    live = live_page(browser, check, "light", screenshots)
    live_page(browser, check, "dark", screenshots)
    narrow_and_calm(browser, check)
    still_page(browser, check, live)
