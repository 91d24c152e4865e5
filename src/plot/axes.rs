//! Axes, mesh and labels, drawn by plotters, and where a value lies between them.

use std::ops::Range;

use ex03_vector::rounded::{exp10, log10};
use plotters::backend::SVGBackend;
use plotters::chart::ChartBuilder;
use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint, Ranged};
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::IntoDrawingArea;
use plotters::style::{Color, IntoFont, RGBColor};

use super::error::PlotError;
use super::figure::Drawing;
use super::style::{TEXT_SIZE, number, px};

/// plotters places everything on whole pixels: it draws on a canvas this much larger.
const OVERSAMPLING: u32 = 4;

/// Width and height in pixels of a panel that is not told its size.
const PANEL: (u32, u32) = (476, 450);
/// The room for labels at a panel's left and bottom, and the air around it.
const LEFT: u32 = 62;
const BOTTOM: u32 = 44;
const MARGIN: u32 = 6;

/// One axis: its name, what it spans, where its labels stand, and how they are written.
pub(super) struct Axis<'a> {
    pub name: &'a str,
    pub span: Range<f64>,
    pub ticks: Vec<f64>,
    pub label: &'a dyn Fn(&f64) -> String,
}

impl<'a> Axis<'a> {
    /// A linear axis with round labels.
    pub fn linear(name: &'a str, span: Range<f64>) -> Self {
        let ticks = round_ticks(&span);
        Axis {
            name,
            span,
            ticks,
            label: &|value| number(*value),
        }
    }
}

pub(super) struct Axes {
    /// SVG elements of frame, mesh and labels.
    elements: String,
    size: (u32, u32),
    pub x: Range<f64>,
    pub y: Range<f64>,
}

impl Axes {
    pub fn draw(x: Axis, y: Axis) -> Result<Axes, PlotError> {
        Self::sized(PANEL, x, y)
    }

    /// Axes whose panel is so wide and high, in pixels.
    pub fn sized(size: (u32, u32), x: Axis, y: Axis) -> Result<Axes, PlotError> {
        let elements = draw_mesh(size, &x, &y)?;
        Ok(Axes {
            elements,
            size,
            x: x.span,
            y: y.span,
        })
    }

    /// Left, top, width and height in pixels of what the axes enclose.
    pub fn frame(&self) -> [f64; 4] {
        [
            LEFT + MARGIN,
            MARGIN,
            self.size.0 - LEFT - 2 * MARGIN,
            self.size.1 - BOTTOM - 2 * MARGIN,
        ]
        .map(f64::from)
    }

    pub fn pixel(&self, x: f64, y: f64) -> (f64, f64) {
        let [left, top, width, height] = self.frame();
        (
            left + width * (x - self.x.start) / (self.x.end - self.x.start),
            top + height * (self.y.end - y) / (self.y.end - self.y.start),
        )
    }

    /// The values at fractions of the frame's width and height, from its upper left.
    pub fn value(&self, right: f64, down: f64) -> (f64, f64) {
        (
            self.x.start + right * (self.x.end - self.x.start),
            self.y.end - down * (self.y.end - self.y.start),
        )
    }

    /// Axes with elements behind and in front of their mesh.
    pub fn panel(&self, behind: &str, before: &str) -> Drawing {
        Drawing {
            width: f64::from(self.size.0),
            height: f64::from(self.size.1),
            title_from: f64::from(LEFT + MARGIN),
            elements: format!("{behind}{}{before}", self.elements),
        }
    }

    /// `elements` in the panel's coordinates, cut at the frame.
    pub fn cut(&self, elements: &str) -> String {
        let [left, top, width, height] = self.frame().map(px);
        format!(
            "<svg x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" viewBox=\"{left} {top} {width} {height}\">{elements}</svg>"
        )
    }

    /// `elements` in coordinates of their own, cut at the frame, which in them is a square from
    /// `start` on both axes.
    pub fn inset(&self, [start, length]: [f64; 2], elements: &str) -> String {
        let [left, top, width, height] = self.frame().map(px);
        format!(
            "<svg x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" viewBox=\"{start} {start} {length} {length}\" \
             preserveAspectRatio=\"none\">{elements}</svg>"
        )
    }
}

/// plotters' linear axis with labels at our places.
struct Scale {
    linear: RangedCoordf64,
    ticks: Vec<f64>,
}

impl Scale {
    fn of(axis: &Axis) -> Self {
        Scale {
            linear: axis.span.clone().into(),
            ticks: axis.ticks.clone(),
        }
    }
}

impl Ranged for Scale {
    type FormatOption = DefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        self.linear.map(value, limit)
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        if hint.weight().allow_light_points() {
            Vec::new()
        } else {
            self.ticks.clone()
        }
    }

    fn range(&self) -> Range<f64> {
        self.linear.range()
    }
}

fn draw_mesh(size: (u32, u32), x: &Axis, y: &Axis) -> Result<String, PlotError> {
    let failed = |error: &dyn std::fmt::Display| PlotError::Drawing(error.to_string());
    let scaled = |length: u32| length * OVERSAMPLING;
    let grey = |level: u8| RGBColor(level, level, level);
    let ink = grey(0x22);
    let mut svg = String::new();
    {
        let size = (scaled(size.0), scaled(size.1));
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        let mut chart = ChartBuilder::on(&area)
            .margin(scaled(MARGIN))
            .x_label_area_size(scaled(BOTTOM))
            .y_label_area_size(scaled(LEFT))
            .build_cartesian_2d(Scale::of(x), Scale::of(y))
            .map_err(|e| failed(&e))?;
        // plotters writes a font's size divided by 1.24.
        let font_size = 1.24 * f64::from(scaled(TEXT_SIZE));
        let font = || ("sans-serif", font_size).into_font();
        chart
            .configure_mesh()
            .x_desc(x.name)
            .y_desc(y.name)
            .x_label_formatter(x.label)
            .y_label_formatter(y.label)
            .label_style(font().color(&ink))
            .axis_desc_style(font().color(&ink))
            .axis_style(grey(0x88).stroke_width(OVERSAMPLING))
            .bold_line_style(grey(0xe4).stroke_width(OVERSAMPLING))
            .max_light_lines(0)
            .set_all_tick_mark_size(scaled(4))
            .draw()
            .map_err(|e| failed(&e))?;
        area.present().map_err(|e| failed(&e))?;
    }
    Ok(bare(&svg))
}

/// plotters' elements without the file around them and without attributes that say what holds
/// anyway.
fn bare(svg: &str) -> String {
    let inner = svg.find('>').map_or("", |end| &svg[end + 1..]);
    let inner = inner
        .replace("</svg>", "")
        .replace(" font-family=\"sans-serif\"", "")
        .replace(" opacity=\"1\"", "")
        .replace('\n', "");
    format!(
        "<g transform=\"scale({})\">{inner}</g>",
        1.0 / f64::from(OVERSAMPLING)
    )
}

/// Up to nine multiples of 1, 2 or 5 times a power of ten.
pub(super) fn round_ticks(span: &Range<f64>) -> Vec<f64> {
    let length = span.end - span.start;
    let power = exp10(log10(length).floor() - 1.0);
    let step = [1.0, 2.0, 5.0, 10.0, 20.0]
        .map(|factor| factor * power)
        .into_iter()
        .find(|step| length / step <= 9.0)
        .unwrap_or(length);
    let first = (span.start / step).ceil() as i64;
    let last = (span.end / step).floor() as i64;
    (first..=last).map(|i| i as f64 * step).collect()
}

/// What an axis spans that shows all values with some air around them. `None` where no axis can:
/// values that are not finite, or gigantic.
pub(super) fn span_of(values: impl Iterator<Item = f64> + Clone) -> Option<Range<f64>> {
    let low = values.clone().fold(f64::INFINITY, f64::min);
    let high = values.clone().fold(f64::NEG_INFINITY, f64::max);
    let magnitude = low.abs().max(high.abs());
    if magnitude > 1e100 || !values.clone().all(f64::is_finite) {
        return None;
    }
    let air = if magnitude < 1e-100 {
        1.0
    } else if high - low < 1e-6 * magnitude {
        0.5 * magnitude
    } else {
        0.06 * (high - low)
    };
    Some(low - air..high + air)
}
