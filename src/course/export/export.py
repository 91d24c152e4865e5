"""Writes each notebook as an HTML page that needs nothing but itself: formulas are pictures, styles and scripts are inside.

Arguments: the page's template, its style, the folder to write into, the notebooks.
"""

import html
import re
import sys
from pathlib import Path

import nbformat
import ziamath
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments.formatters import HtmlFormatter

PIXELS_PER_EM = 16
FONT_SIZE = 18  # of the formulas: beside a sans serif they look smaller than they are

ziamath.config.svg2 = False  # SVG 2 shares glyphs by ids, which have to be unique in a page
ziamath.config.precision = 2


def formula(latex, inline):
    """A formula as SVG in the colour, in the size and on the baseline of the text around it."""
    svg = ziamath.Latex(latex, size=FONT_SIZE, inline=inline).svg()
    left, top, width, height = map(float, re.search(r'viewBox="([^"]+)"', svg).group(1).split())
    em = [f"{length / PIXELS_PER_EM:.3f}em" for length in (width, height, top + height)]
    style = f"width:{em[0]};height:{em[1]};vertical-align:-{em[2]}" if inline else f"width:{em[0]}"
    opening = f'<svg role="img" aria-label="{html.escape(latex.strip())}" viewBox="{left} {top} {width} {height}" style="{style}">'
    shapes = svg[svg.index(">") + 1 :].replace(' fill="black"', "").replace('stroke="black"', 'stroke="currentColor"')
    return opening + shapes


class Renderer(IPythonRenderer):
    def inline_math(self, body):
        return formula(body, inline=True)

    def block_math(self, body):
        return f'<div class="formula">{formula(body, inline=False)}</div>'


def markdown(source):
    return MarkdownWithMath(renderer=Renderer(escape=False, exclude_anchor_links=True)).render(source)


def title(notebook):
    """The notebook's first line."""
    return notebook.cells[0].source.splitlines()[0].lstrip("# ")


def without_marks(notebook):
    """Takes out what marks a solution: it is for `ex03 release`, not for readers."""
    for cell in notebook.cells:
        cell.source = re.sub(r"^ *// (BEGIN|END) SOLUTION.*\n", "", cell.source, flags=re.MULTILINE)
    return notebook


def main():
    template, style, folder, *notebooks = sys.argv[1:]
    light, dark = (HtmlFormatter(style=name).get_style_defs(".highlight") for name in ("default", "github-dark"))
    style = f"{light}\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}\n{style}"
    exporter = HTMLExporter(raw_template=template, filters={"markdown2html": markdown})
    for path in map(Path, notebooks):
        notebook = without_marks(nbformat.read(path, as_version=4))
        page, _ = exporter.from_notebook_node(notebook, {"page": {"title": title(notebook), "style": style}})
        Path(folder, path.stem + ".html").write_text(page, encoding="utf-8")


main()
