//! What grading found.

/// The graded functions, in the order of the notebook.
pub const EXERCISES: [&str; 8] = [
    "layer_size",
    "init_parameters",
    "fpropagation",
    "cost_function",
    "bpropagation",
    "update_parameters",
    "nn_model",
    "predict",
];

/// One notebook's grades.
pub struct Submission {
    /// Whose it is, as far as the path tells; unique in a class.
    pub name: String,
    /// As the user gave it; of a file in an archive, the archive's path and the name within.
    pub path: String,
    /// Why nothing could be graded, in one line.
    pub problem: Option<String>,
    /// The eight exercises in their order; none where there is a problem.
    pub grades: Vec<Grade>,
}

/// One exercise's grade, as in `grades.json`.
pub struct Grade {
    pub exercise: &'static str,
    pub points: f64,
    pub max_points: f64,
    pub outcome: String,
    pub misconception: Option<String>,
    pub message: String,
    /// Each a line, as the notebook folds them away below the message.
    pub hints: Vec<String>,
    /// How it was graded where that needs saying: an earlier exercise was wrong, and the reference stood in for it.
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

impl Submission {
    /// One that nothing could be graded of.
    pub fn unreadable(name: String, path: String, problem: String) -> Submission {
        Submission {
            name,
            path,
            problem: Some(problem),
            grades: Vec::new(),
        }
    }

    pub fn points(&self) -> f64 {
        self.grades.iter().map(|grade| grade.points).sum()
    }

    pub fn max_points(&self) -> f64 {
        self.grades.iter().map(|grade| grade.max_points).sum()
    }

    pub fn is_short(&self) -> bool {
        self.problem.is_some()
            || self
                .grades
                .iter()
                .any(|grade| grade.points < grade.max_points)
    }
}
