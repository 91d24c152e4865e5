//! A cross-validated logistic regression as a notebook shows it.

use std::fmt;

use super::LogisticRegressionCv;
use crate::display::show;

/// ```text
/// Regresión logística: w = [0.026265, -0.191869], b = 0.014637, con C = 4.6e-2
///
/// Exactitud por pliegue, en %
///       C       1       2       3   media
///  1.0e-4   76.12   22.56   49.62   49.43
/// ```
impl fmt::Display for LogisticRegressionCv {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (w, b, c) = (&self.coefficients, self.intercept, self.c);
        writeln!(
            f,
            "Regresión logística: w = {w:.6}, b = {b:.6}, con C = {c:.1e}"
        )?;
        write!(f, "\nExactitud por pliegue, en %\n{:>8}", "C")?;
        for fold in 1..=self.scores.nrows() {
            write!(f, "{fold:>8}")?;
        }
        write!(f, "{:>8}", "media")?;
        for ((c, scores), mean) in self
            .cs
            .iter()
            .zip(self.scores.columns())
            .zip(self.mean_scores())
        {
            write!(f, "\n{c:>8.1e}")?;
            for score in scores {
                write!(f, "{:>8.2}", 100.0 * score)?;
            }
            write!(f, "{:>8.2}", 100.0 * mean)?;
        }
        Ok(())
    }
}

impl LogisticRegressionCv {
    #[doc(hidden)]
    pub fn evcxr_display(&self) {
        show(&[("text/plain", &self.to_string())]);
    }
}

#[cfg(test)]
mod tests {
    use crate::dataset::load_planar_dataset;
    use crate::logistic::logistic_regression_cv;

    #[test]
    fn shows_the_line_and_a_row_for_each_c() {
        let (x, y) = load_planar_dataset(1);
        let text = logistic_regression_cv(&x, &y, 3).unwrap().to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0],
            "Regresión logística: w = [0.026265, -0.191869], b = 0.014637, con C = 4.6e-2"
        );
        assert_eq!(lines[3], "       C       1       2       3   media");
        assert_eq!(lines[4], "  1.0e-4   76.12   22.56   49.62   49.43");
        assert_eq!(lines.len(), 14);
    }
}
