//! A report as data.

use ndarray::Array2;

use super::hint::Hint;
use super::outcome::Outcome;

/// Which exercise a report is about: its number and its name, as the slides have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) struct Heading {
    pub number: u8,
    pub name: &'static str,
}

/// What a check found.
#[derive(Clone, Debug)]
pub struct Report {
    pub(super) heading: Heading,
    pub(super) outcome: Outcome,
    /// The first stage: what differs, or what there is to say where nothing does.
    pub(super) difference: String,
    /// The mistakes that explain the answer: none, one or two.
    pub(super) hints: Vec<Hint>,
    /// What else is known, a sentence each.
    pub(super) remarks: Vec<String>,
    pub(super) comparison: Option<Comparison>,
}

/// Two matrices side by side.
#[derive(Clone, Debug)]
pub(in crate::check) struct Comparison {
    pub matrix: &'static str,
    /// The sizes of the case that they are of.
    pub case: String,
    pub expected: Array2<f64>,
    pub got: Array2<f64>,
    /// Row and column of the first value that differs; none where the shapes differ.
    pub differs_at: Option<(usize, usize)>,
}

impl Report {
    pub(in crate::check) fn correct(heading: Heading) -> Report {
        let said = "Tu función da el resultado esperado en todos los casos.";
        Report::new(heading, Outcome::Correct, said.into())
    }

    /// `several_outputs` is what an answer for several outputs would have besides.
    pub(in crate::check) fn correct_for_one_output(
        heading: Heading,
        several_outputs: &str,
    ) -> Report {
        let said = "Tu función da el resultado esperado con una sola salida (n_y = 1), que es lo que pide el ejercicio.";
        let remark = format!("Para saber más: con varias salidas, {several_outputs}");
        Report::new(heading, Outcome::Correct, said.into()).with_remarks([remark])
    }

    pub(in crate::check) fn unsolved(heading: Heading) -> Report {
        let said = "Todavía sin resolver: escribe tu código en lugar de todo!(), ejecuta la celda, y repite esta comprobación.";
        Report::new(heading, Outcome::Unsolved, said.into())
    }

    pub(in crate::check) fn new(heading: Heading, outcome: Outcome, difference: String) -> Report {
        Report {
            heading,
            outcome,
            difference,
            hints: Vec::new(),
            remarks: Vec::new(),
            comparison: None,
        }
    }

    pub(in crate::check) fn with_hints(self, hints: Vec<Hint>) -> Report {
        Report { hints, ..self }
    }

    pub(in crate::check) fn with_remarks(
        mut self,
        remarks: impl IntoIterator<Item = String>,
    ) -> Report {
        self.remarks.extend(remarks);
        self
    }

    pub(in crate::check) fn with_comparison(self, comparison: Option<Comparison>) -> Report {
        Report { comparison, ..self }
    }

    /// Whether nothing more can be found out: the answer is right, unsolved, or wrong by a known
    /// mistake.
    pub(in crate::check) fn is_settled(&self) -> bool {
        !self.outcome.explains() || !self.hints.is_empty()
    }

    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The exercise's name, which is that of its function.
    pub fn exercise(&self) -> &'static str {
        self.heading.name
    }

    /// 1 or 0.
    pub fn points(&self) -> f64 {
        f64::from(self.outcome == Outcome::Correct)
    }

    pub fn max_points(&self) -> f64 {
        1.0
    }

    /// The mistakes that explain the answer: none, one or two.
    pub fn hints(&self) -> &[Hint] {
        &self.hints
    }

    /// The ids of [`hints`](Self::hints).
    pub fn misconceptions(&self) -> Vec<&'static str> {
        self.hints.iter().map(|hint| hint.id).collect()
    }

    /// What else is known, a sentence each.
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// What differs from what is expected, which is told first.
    pub fn difference(&self) -> &str {
        &self.difference
    }

    /// All that is known, in one line: the mistake where one is recognised, else what differs.
    pub fn message(&self) -> String {
        match &self.hints[..] {
            [] => self.difference.clone(),
            [hint] => hint.wrong.into(),
            [one, other, ..] => format!(
                "Hay dos errores a la vez. Uno: {} Otro: {}",
                one.wrong, other.wrong
            ),
        }
    }

    pub(super) fn title(&self) -> String {
        format!("Ejercicio {} · {}", self.heading.number, self.heading.name)
    }
}

/// The part of a matrix that is shown.
pub(super) struct Window {
    pub rows: std::ops::Range<usize>,
    pub columns: std::ops::Range<usize>,
}

impl Comparison {
    /// At most 6 rows and columns, with the value that differs among them.
    pub(super) fn window(&self, values: &Array2<f64>) -> Window {
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
