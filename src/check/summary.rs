//! All checks of a notebook together.

use std::fmt;

use super::html;
use super::report::{JSON_MIME_TYPE, Report};
use crate::display::show;

/// The reports of several exercises.
#[derive(Clone, Debug)]
pub struct Summary {
    pub(super) reports: Vec<Report>,
}

/// Adds up reports, such as those of all eight exercises.
pub fn resumen(reports: &[Report]) -> Summary {
    Summary {
        reports: reports.to_vec(),
    }
}

impl Summary {
    pub fn points(&self) -> f64 {
        self.reports.iter().map(Report::points).sum()
    }

    pub fn max_points(&self) -> f64 {
        self.reports.iter().map(Report::max_points).sum()
    }

    /// What to do next: the first exercise that is not yet correct.
    pub(super) fn next_step(&self) -> String {
        match self
            .reports
            .iter()
            .find(|report| report.points() < report.max_points())
        {
            None if self.reports.is_empty() => "No hay ninguna comprobación que sumar.".into(),
            None => "Todo correcto.".into(),
            Some(report) => format!("Lo siguiente: {}.", report.title()),
        }
    }

    /// A table, a row an exercise.
    pub fn html(&self) -> String {
        html::summary(self)
    }

    /// One line.
    pub fn json(&self) -> String {
        let reports: Vec<String> = self.reports.iter().map(Report::json).collect();
        format!(
            "{{\"points\": {:.1}, \"max_points\": {:.1}, \"exercises\": [{}]}}",
            self.points(),
            self.max_points(),
            reports.join(", ")
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

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(
            f,
            "Resumen: {} de {} puntos",
            self.points(),
            self.max_points()
        )?;
        for report in &self.reports {
            write!(
                f,
                "\n{} {}: {}",
                report.outcome.mark(),
                report.title(),
                report.outcome.in_spanish()
            )?;
            if report.outcome.explains() {
                write!(f, ". {}", report.message)?;
            }
        }
        write!(f, "\n{}", self.next_step())
    }
}
