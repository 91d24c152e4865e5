//! All checks of a notebook together.

use std::fmt;

use super::content::Report;
use super::words::format_points;

/// The reports of several exercises.
#[derive(Clone, Debug)]
pub struct Summary {
    reports: Vec<Report>,
}

/// Adds up reports, such as those of all exercises.
pub fn resumen(reports: &[Report]) -> Summary {
    Summary {
        reports: reports.to_vec(),
    }
}

impl Summary {
    /// The reports that it adds up, in their order.
    pub fn reports(&self) -> &[Report] {
        &self.reports
    }

    pub fn points(&self) -> f64 {
        self.reports
            .iter()
            .map(Report::points)
            .fold(0.0, |a, b| a + b)
    }

    pub fn max_points(&self) -> f64 {
        self.reports
            .iter()
            .map(Report::max_points)
            .fold(0.0, |a, b| a + b)
    }

    /// Such as "7 de 8 puntos".
    pub(super) fn score(&self) -> String {
        format!(
            "{} de {} puntos",
            format_points(self.points()),
            format_points(self.max_points())
        )
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
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "Resumen: {}", self.score())?;
        for report in &self.reports {
            write!(
                f,
                "\n{} {}: {}",
                report.outcome.mark(),
                report.title(),
                report.outcome.in_spanish()
            )?;
            if report.outcome.explains() {
                write!(f, ". {}", report.difference)?;
            }
        }
        write!(f, "\n{}", self.next_step())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_report_at_all_is_zero_points() {
        let text = resumen(&[]).to_string();
        assert_eq!(
            text,
            "Resumen: 0 de 0 puntos\nNo hay ninguna comprobación que sumar."
        );
        assert!(resumen(&[]).json().contains("\"points\": 0.0"));
    }
}
