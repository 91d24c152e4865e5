//! Several figures side by side.

use super::error::PlotError;
use super::figure::{Drawing, Figure, moved, title_line};
use super::plotted::Plotted;
use super::style::px;

const WIDTH: f64 = 960.0;
const GAP: f64 = 12.0;
/// How far down a shared legend stands in its place, where the figures beside it have their titles.
const LEGEND_FROM: f64 = 30.0;
const MOST_COLUMNS: usize = 8;

/// What other plot functions returned, side by side and row by row, each under its title. Three
/// columns are legible in a notebook. A legend that they all share stands once, in the place after
/// the last.
///
/// # Errors
///
/// The first error among `figures`, or [`PlotError`] where there is no figure, or not 1 to 8
/// columns.
pub fn plot_grid(figures: &[Plotted], columns: usize) -> Plotted {
    Plotted::of(|| {
        let mut drawn: Vec<&Figure> = Vec::new();
        for figure in figures {
            drawn.push(figure.as_result().map_err(Clone::clone)?);
        }
        draw(&drawn, columns)
    })
}

fn draw(figures: &[&Figure], columns: usize) -> Result<Figure, PlotError> {
    let Some(first) = figures.first() else {
        return Err(PlotError::Value(
            "no hay ninguna figura que poner en la cuadrícula".into(),
        ));
    };
    if !(1..=MOST_COLUMNS).contains(&columns) {
        return Err(PlotError::Value(format!(
            "la cuadrícula debería tener entre 1 y {MOST_COLUMNS} columnas, y pides {columns}"
        )));
    }
    let shares_legend = figures.iter().all(|figure| figure.legend == first.legend);
    let width = (WIDTH - GAP * (columns as f64 - 1.0)) / columns as f64;
    let mut cells: Vec<Drawing> = figures
        .iter()
        .map(|figure| cell(figure, width, shares_legend))
        .collect();
    if shares_legend && first.legend.width > 0.0 {
        cells.push(Drawing {
            elements: moved(first.panel.title_from, LEGEND_FROM, &first.legend.elements),
            height: first.legend.height + LEGEND_FROM,
            ..first.legend.clone()
        });
    }

    let mut panel = Drawing {
        width: WIDTH,
        ..Drawing::default()
    };
    for row in cells.chunks(columns) {
        for (column, cell) in row.iter().enumerate() {
            let x = (width + GAP) * column as f64;
            panel
                .elements
                .push_str(&moved(x, panel.height, &cell.elements));
        }
        let height = row.iter().map(|cell| cell.height).fold(0.0, f64::max);
        panel.height += height + GAP;
    }
    let description = describe(figures);
    Ok(Figure::new("", description, panel, Drawing::default()))
}

/// What all figures have in common once, and then of each its title and what is its own.
fn describe(figures: &[&Figure]) -> String {
    let sentences = |figure: &Figure| -> Vec<String> {
        let parts = figure.description.split_inclusive(". ");
        parts.map(|part| part.trim().to_owned()).collect()
    };
    let all: Vec<Vec<String>> = figures.iter().map(|figure| sentences(figure)).collect();
    let is_common = |sentence: &String| all.len() > 1 && all.iter().all(|it| it.contains(sentence));
    let mut parts = vec![format!("Figuras: {}.", figures.len())];
    let common: Vec<&String> = all[0].iter().filter(|it| is_common(it)).collect();
    if !common.is_empty() {
        parts.push("En todas:".into());
        parts.extend(common.into_iter().cloned());
    }
    for (figure, own) in figures.iter().zip(&all) {
        if !figure.title.is_empty() {
            parts.push(format!("{}.", figure.title));
        }
        parts.extend(own.iter().filter(|it| !is_common(it)).cloned());
        if !figure.caption.is_empty() {
            parts.push(figure.caption.clone());
        }
    }
    parts.join(" ")
}

/// A figure in a given width, its title in full size.
fn cell(figure: &Figure, width: f64, without_legend: bool) -> Drawing {
    let untitled = figure.clone().titled("");
    let inner = if without_legend {
        untitled.panel
    } else {
        untitled.whole()
    };
    let scale = (width / inner.width).min(1.0);
    let title = title_line(&figure.title, scale * inner.title_from, scale * inner.width);
    let (w, h) = (scale * inner.width, scale * inner.height);
    let drawing = format!(
        "<svg y=\"{}\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\">{}</svg>",
        px(title.height),
        px(w),
        px(h),
        px(inner.width),
        px(inner.height),
        inner.elements
    );
    Drawing {
        width,
        height: title.height + h,
        title_from: 0.0,
        elements: title.elements + &drawing,
    }
}
