"""The solved notebooks as pages, in a browser without a network: all is seen, and lives."""

import subprocess
import tempfile
from pathlib import Path

from lab import PROJECT
from live import Figure
from pictures import CLASSES, colours, difference, picture


def test(browser, check, screenshots):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["cargo", "run", "--quiet", "--", "release", "--html", folder], cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
        pages = sorted(Path(folder).glob("*.html"))
        check.that(len(pages) == 3, f"the pages are {pages}")
        for scheme in ("light", "dark"):
            for path in pages:
                one_page(browser, check, scheme, path, screenshots)


def one_page(browser, check, scheme, path, screenshots):
    name = f"{path.stem}_{scheme}"
    context = browser.new_context(viewport={"width": 1000, "height": 900}, color_scheme=scheme, offline=True)
    page = context.new_page()
    page.on("console", lambda message: check.that(message.type not in ("error", "warning"), f"{name}: console: {message.text}"))
    page.on("pageerror", lambda error: check.that(False, f"{name}: {error}"))
    page.on("request", lambda request: check.that(request.url.startswith(("file:", "data:")), f"{name} asks for {request.url}"))
    page.goto(path.as_uri())

    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    check.that((paper == "rgb(255, 255, 255)") == (scheme == "light"), f"{name}: the paper is {paper}")
    raw = page.evaluate("document.querySelector('main').innerText.match(/\\$[^$]*\\\\[a-z]+|\\\\begin/g)")
    check.that(not raw, f"{name}: formulas as text: {raw}")
    formula = page.locator(".formula svg").first
    ink = colours(page, picture(formula))
    check.that(formula.bounding_box()["width"] > 100 and len(ink) > 1, f"{name}: the first formula is {formula.bounding_box()}, of {ink}")
    fills = page.evaluate("getComputedStyle(document.querySelector('.formula path')).fill")
    check.that(fills == page.evaluate("getComputedStyle(document.body).color"), f"{name}: formulas are written in {fills}")

    for figure in page.locator("figure").all():
        found = colours(page, picture(figure))
        check.that(len(found) >= 4 and "#ffffff" in found, f"{name}: a figure of the colours {found}")
    for figure in page.locator("figure:has(canvas):not(.ex03-playground)").all():
        live = Figure(page, figure)
        last = live.boundary()
        check.that(CLASSES <= colours(page, picture(figure)), f"{name}: the replay shows no examples")
        live.slider.fill("0")
        check.that(difference(page, live.boundary(), last) > 10, f"{name}: the replay does not move")
    for figure in page.locator("figure:has(input):not(:has(canvas))").all():
        # A tangent has one, and a straight line two.
        slider = figure.get_by_role("slider").first
        before = slider.get_attribute("aria-valuetext")
        slider.focus()
        page.keyboard.press("ArrowRight")
        check.that(slider.get_attribute("aria-valuetext") != before, f"{name}: the figure does not move")

    if screenshots:
        page.screenshot(path=screenshots / f"page_{name}.png", full_page=True)
    page.set_viewport_size({"width": 420, "height": 800})
    width = page.evaluate("document.documentElement.scrollWidth")
    check.that(width <= 420, f"{name}: on a narrow screen the page is {width} pixels wide")
    context.close()
