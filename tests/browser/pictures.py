"""Pictures of what a page shows, and what they have in them."""

import base64

_PIXELS = """const pixels = async (png) => {
    const bitmap = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, canvas.width, canvas.height);
};"""

_DIFFERENCE = f"""async ([one, other]) => {{
    {_PIXELS}
    const [a, b] = await Promise.all([one, other].map(pixels));
    if (a.width !== b.width || a.height !== b.height) return Infinity;
    let sum = 0;
    for (let i = 0; i < a.data.length; i += 4) {{
        sum += Math.max(...[0, 1, 2].map((c) => Math.abs(a.data[i + c] - b.data[i + c])));
    }}
    return sum / (a.data.length / 4);
}}"""

# Colours count from a ten-thousandth of the picture on: the rest is the edges of letters.
_COLOURS = f"""async (png) => {{
    {_PIXELS}
    const {{ data }} = await pixels(png);
    const counts = new Map();
    for (let i = 0; i < data.length; i += 4) {{
        const colour = "#" + [0, 1, 2].map((c) => data[i + c].toString(16).padStart(2, "0")).join("");
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }}
    return [...counts].filter(([, count]) => count > data.length / 40_000).map(([colour]) => colour);
}}"""

# The colours of class 0 and class 1, src/plot/style.rs.
CLASSES = {"#d55e00", "#0072b2"}


def picture(place):
    """A PNG of a part of the page, in base64."""
    return base64.b64encode(place.screenshot()).decode()


def difference(page, one, other):
    """The mean over all pixels of the greatest difference of a colour, from 0 to 255."""
    return page.evaluate(_DIFFERENCE, [one, other])


def colours(page, png):
    return set(page.evaluate(_COLOURS, png))
