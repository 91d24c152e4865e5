//! What a check found, as plain text, HTML and JSON.

use std::fmt::{self, Write};

use ndarray::Array2;

use super::difference::capitalised;
use super::html;
use super::table::{Exercise, Hint};
use crate::display::show;

/// Of a report's JSON in a notebook. A type of our own, because JupyterLab would show plain `application/json` in place of the HTML.
pub const JSON_MIME_TYPE: &str = "application/vnd.ex03.check+json";

/// How a student's function did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Correct,
    Incorrect,
    /// `todo!()` is still there.
    Unsolved,
    Panicked,
}

/// What a check found.
#[derive(Clone, Debug)]
pub struct Report {
    pub(super) exercise: Exercise,
    pub(super) outcome: Outcome,
    /// What is to be said first, in one line.
    pub(super) message: String,
    /// The misconceptions that explain the answer: none, one or two.
    pub(super) hints: Vec<Hint>,
    /// What else is known, a sentence each.
    pub(super) remarks: Vec<String>,
    pub(super) comparison: Option<Comparison>,
}

/// Two matrices side by side.
#[derive(Clone, Debug)]
pub(super) struct Comparison {
    pub matrix: &'static str,
    /// The sizes of the case that they are of.
    pub case: String,
    pub expected: Array2<f64>,
    pub got: Array2<f64>,
    /// Row and column of the first value that differs; none where the shapes differ.
    pub differs_at: Option<(usize, usize)>,
}

impl Outcome {
    /// Its word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Correct => "correct",
            Outcome::Incorrect => "incorrect",
            Outcome::Unsolved => "unsolved",
            Outcome::Panicked => "panicked",
        }
    }

    pub(super) fn in_spanish(self) -> &'static str {
        match self {
            Outcome::Correct => "correcto",
            Outcome::Incorrect => "incorrecto",
            Outcome::Unsolved => "sin resolver",
            Outcome::Panicked => "se detuvo con un error",
        }
    }

    /// Whether the report's message says more than the outcome's word.
    pub(super) fn explains(self) -> bool {
        matches!(self, Outcome::Incorrect | Outcome::Panicked)
    }

    pub(super) fn mark(self) -> &'static str {
        match self {
            Outcome::Correct => "✔",
            Outcome::Incorrect | Outcome::Panicked => "✘",
            Outcome::Unsolved => "○",
        }
    }
}

impl Report {
    pub(super) fn new(exercise: Exercise, outcome: Outcome) -> Report {
        let message = match outcome {
            Outcome::Correct => "Tu función da el resultado esperado en todos los casos.",
            Outcome::Unsolved => {
                "Todavía sin resolver: escribe tu código en lugar de todo!(), ejecuta la celda, y repite esta comprobación."
            }
            Outcome::Incorrect | Outcome::Panicked => "",
        };
        Report {
            exercise,
            outcome,
            message: message.into(),
            hints: Vec::new(),
            remarks: Vec::new(),
            comparison: None,
        }
    }

    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The exercise's name: that of its function.
    pub fn exercise(&self) -> &'static str {
        self.exercise.name
    }

    /// 1 or 0.
    pub fn points(&self) -> f64 {
        f64::from(self.outcome == Outcome::Correct)
    }

    pub fn max_points(&self) -> f64 {
        1.0
    }

    /// The ids of the misconceptions that explain the answer: none, one or two.
    pub fn misconceptions(&self) -> Vec<&'static str> {
        self.hints.iter().map(|hint| hint.id).collect()
    }

    /// The first thing to say, in one line.
    pub fn message(&self) -> &str {
        &self.message
    }

    pub(super) fn title(&self) -> String {
        format!(
            "Ejercicio {} · {}",
            self.exercise.number, self.exercise.name
        )
    }

    /// For a notebook: works in light and dark themes and without trust.
    pub fn html(&self) -> String {
        html::report(self)
    }

    /// One line. `misconception` is the first of `misconceptions`, or null.
    pub fn json(&self) -> String {
        let ids: Vec<String> = self.hints.iter().map(|hint| json_string(hint.id)).collect();
        format!(
            "{{\"exercise\": {}, \"outcome\": {}, \"points\": {:.1}, \"max_points\": {:.1}, \"misconception\": {}, \"misconceptions\": [{}], \"message\": {}}}",
            json_string(self.exercise.name),
            json_string(self.outcome.name()),
            self.points(),
            self.max_points(),
            ids.first().map_or("null", String::as_str),
            ids.join(", "),
            json_string(&self.message),
        )
    }

    #[doc(hidden)]
    pub fn evcxr_display(&self) {
        show(&[
            ("text/html", &self.html()),
            ("text/plain", &self.to_string()),
            (JSON_MIME_TYPE, &self.json()),
        ]);
    }
}

/// The same as the HTML, for a terminal or a screen reader.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(
            f,
            "{} {}: {} ({} de {})\n{}",
            self.outcome.mark(),
            self.title(),
            self.outcome.in_spanish(),
            self.points(),
            self.max_points(),
            self.message
        )?;
        for hint in &self.hints {
            write!(
                f,
                "\nPara pensar: {}\nLa fórmula: {}",
                hint.question, hint.formula
            )?;
        }
        for remark in &self.remarks {
            write!(f, "\n{remark}")?;
        }
        if let Some(comparison) = &self.comparison {
            write!(f, "\n{comparison}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} en el caso {}", capitalised(self.matrix), self.case)?;
        for (title, values) in [("esperado", &self.expected), ("obtenido", &self.got)] {
            let (rows, columns) = values.dim();
            write!(f, "\n  {title} ({rows}×{columns}):")?;
            let window = self.window(values);
            for row in window.rows.clone() {
                write!(f, "\n   ")?;
                for column in window.columns.clone() {
                    let marked = self.differs_at == Some((row, column));
                    let cell = format_value(values[(row, column)]);
                    let cell = if marked { format!("[{cell}]") } else { cell };
                    write!(f, " {cell:>13}")?;
                }
                if window.columns.len() < columns {
                    write!(f, " …")?;
                }
            }
            if window.rows.len() < rows {
                write!(f, "\n    …")?;
            }
        }
        Ok(())
    }
}

/// The part of a matrix that is shown.
pub(super) struct Window {
    pub rows: std::ops::Range<usize>,
    pub columns: std::ops::Range<usize>,
}

impl Comparison {
    /// At most 6 rows and columns, with the value that differs among them.
    pub fn window(&self, values: &Array2<f64>) -> Window {
        const SHOWN: usize = 6;
        let (row, column) = self.differs_at.unwrap_or((0, 0));
        let part = |length: usize, at: usize| {
            let start = at
                .saturating_sub(SHOWN - 1)
                .min(length.saturating_sub(SHOWN));
            start..length.min(start + SHOWN)
        };
        Window {
            rows: part(values.nrows(), row),
            columns: part(values.ncols(), column),
        }
    }
}

/// Whole numbers plainly, others with six significant digits.
pub(super) fn format_value(value: f64) -> String {
    if value.is_nan() {
        "NaN".into()
    } else if value.is_infinite() {
        if value > 0.0 { "∞" } else { "−∞" }.into()
    } else if value == value.trunc() && value.abs() < 1e9 {
        // No "-0".
        format!("{}", value + 0.0)
    } else if (1e-4..1e6).contains(&value.abs()) {
        let digits = (5 - value.abs().log10().floor() as i32).clamp(0, 9) as usize;
        format!("{value:.digits$}")
    } else {
        format!("{value:.3e}")
    }
}

/// A JSON string literal.
pub(super) fn json_string(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            c if c.is_control() => {
                let _ = write!(literal, "\\u{:04x}", u32::from(c));
            }
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}
