//! What grading found.

use ex03_base::visible;
pub use ex03_utils::check::exercises::NAMES as EXERCISES;
use ex03_utils::check::{Hint, Outcome};

/// One notebook's grades.
pub struct Submission {
    /// Whose it is, as far as the path tells; unique in a class.
    pub name: String,
    /// As the user gave it; of a file in an archive, the archive's path and the name within.
    pub path: String,
    /// Why nothing could be graded, in one line.
    pub problem: Option<String>,
    /// The exercises in their order; none where there is a problem.
    pub grades: Vec<Grade>,
}

/// One exercise's grade, as in `grades.json`.
pub struct Grade {
    pub exercise: &'static str,
    pub points: f64,
    pub max_points: f64,
    pub outcome: Outcome,
    /// All that is known, in a line: the mistake where it is recognised, else what differs.
    pub message: String,
    /// What a student is told first, where there are hints to unfold after it.
    pub difference: Option<String>,
    /// The mistakes that were recognised: none, one or two.
    pub hints: Vec<Hint>,
    /// How it was graded where that needs saying: an earlier exercise was wrong, and the reference
    /// stood in for it.
    pub note: Option<String>,
    /// The student's own code, where it was found.
    pub code: Option<Code>,
    /// Why it does not compile.
    pub compile_error: Option<CompileError>,
}

/// What a student wrote for one exercise.
pub struct Code {
    /// The number of the code cell, from 1.
    pub cell: usize,
    pub source: String,
}

/// A compiler's message, placed in a student's cell.
pub struct CompileError {
    /// Such as `celda 7, línea 3`.
    pub place: String,
    /// The message in Spanish, where it is a common one, else rustc's.
    pub message: String,
    /// As rustc shows it, with the code.
    pub rendered: String,
}

impl Grade {
    /// The id of the first mistake that was recognised.
    pub fn misconception(&self) -> Option<&'static str> {
        self.hints.first().map(|hint| hint.id)
    }

    /// What a student is told before unfolding anything.
    pub fn first_stage(&self) -> &str {
        self.difference.as_deref().unwrap_or(&self.message)
    }
}

impl Submission {
    /// One that nothing could be graded of.
    pub fn unreadable(name: String, path: String, problem: String) -> Submission {
        Submission {
            name,
            path,
            problem: Some(visible::line(&problem)),
            grades: Vec::new(),
        }
    }

    pub fn points(&self) -> f64 {
        total(self.grades.iter().map(|grade| grade.points))
    }

    pub fn max_points(&self) -> f64 {
        total(self.grades.iter().map(|grade| grade.max_points))
    }

    pub fn is_short(&self) -> bool {
        self.problem.is_some()
            || self
                .grades
                .iter()
                .any(|grade| grade.points < grade.max_points)
    }
}

/// A sum of points without the dust of binary fractions: eight times 0.1 is 0.8. Adding zero turns
/// the −0 of an empty sum into 0.
fn total(points: impl Iterator<Item = f64>) -> f64 {
    (points.sum::<f64>() * 1e6).round() / 1e6 + 0.0
}

#[cfg(test)]
mod tests {
    #[test]
    fn tenths_add_up() {
        assert_eq!(super::total([0.1; 8].into_iter()), 0.8);
        assert_eq!(super::total([].into_iter()).to_string(), "0");
    }
}
