//! A report as plain text, for a terminal or a screen reader: the same stages as the HTML, one
//! below the other.

use std::fmt;

use super::content::{Comparison, Report};
use super::words::{capitalised, format_value};

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
            self.difference
        )?;
        if self.hints.len() > 1 {
            write!(f, "\nHay dos errores a la vez.")?;
        }
        for hint in &self.hints {
            for (title, text) in hint.stages() {
                write!(f, "\n{title}: {text}")?;
            }
        }
        for remark in &self.remarks {
            write!(f, "\n{remark}")?;
        }
        match &self.comparison {
            Some(comparison) => write!(f, "\n{comparison}"),
            None => Ok(()),
        }
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
