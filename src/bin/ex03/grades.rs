//! What grading found, as a table and as `grades.json`.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::program::Diagnostic;

/// One notebook's grades.
pub struct Submission {
    pub name: String,
    pub path: PathBuf,
    pub grades: Vec<Grade>,
    pub compile_errors: Vec<Diagnostic>,
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
}

impl Submission {
    pub fn points(&self) -> f64 {
        self.grades.iter().map(|grade| grade.points).sum()
    }

    pub fn max_points(&self) -> f64 {
        self.grades.iter().map(|grade| grade.max_points).sum()
    }

    pub fn is_short(&self) -> bool {
        self.grades
            .iter()
            .any(|grade| grade.points < grade.max_points)
    }
}

pub fn to_json(submissions: &[Submission]) -> Value {
    let submissions: Vec<Value> = submissions
        .iter()
        .map(|submission| {
            let exercises: Vec<Value> = submission
                .grades
                .iter()
                .map(|grade| {
                    json!({
                        "exercise": grade.exercise,
                        "points": grade.points,
                        "max_points": grade.max_points,
                        "outcome": grade.outcome,
                        "misconception": grade.misconception,
                        "message": grade.message,
                    })
                })
                .collect();
            json!({
                "name": submission.name,
                "path": submission.path.display().to_string(),
                "points": submission.points(),
                "max_points": submission.max_points(),
                "exercises": exercises,
            })
        })
        .collect();
    json!({ "submissions": submissions })
}

pub fn table(submission: &Submission) -> String {
    let mut table = format!("{}\n\n", submission.path.display());
    for grade in &submission.grades {
        let mark = if grade.points >= grade.max_points {
            '✔'
        } else {
            '✘'
        };
        let lines = grade
            .message
            .lines()
            .chain(grade.hints.iter().map(String::as_str));
        let message = lines
            .collect::<Vec<_>>()
            .join("\n                               ");
        table += &format!(
            "  {mark} {:<18} {:>3} / {:<3} {message}\n",
            grade.exercise, grade.points, grade.max_points
        );
    }
    table += &format!(
        "    {:<18} {:>3} / {:<3}\n",
        "total",
        submission.points(),
        submission.max_points()
    );
    if !submission.compile_errors.is_empty() {
        table += "\nNo compila, y por eso cuenta 0. Lo que dice rustc:\n";
    }
    for error in &submission.compile_errors {
        let place = match &error.place {
            Some((cell, line)) if cell != "main.rs" => format!("{cell}, línea {line}"),
            _ => "el cuaderno".to_owned(),
        };
        table += &format!("\n{place}: {}\n{}", error.message, error.rendered);
    }
    table
}
