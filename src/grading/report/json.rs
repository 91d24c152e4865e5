//! `grades.json`, for machines: also what the nbgrader step reads.
//!
//! Of an exercise, `message` is all that is known in a line. Where a mistake was recognised,
//! `difference` is what a student is told before that, `hints` holds the lines that lead on, and
//! `hint_details` all stages of each hint: `id`, `question`, `wrong`, `formula`. What is to be read is
//! written as it can be shown, in nbgrader's feedback too; `path` and a code's `source` are as they are.

use ex03_base::{notebook, visible};
use ex03_utils::check::Hint;
use serde_json::{Value, json};

use crate::grades::Submission;
use crate::similar::Similar;

pub fn json(submissions: &[Submission], similar: &[Similar]) -> String {
    notebook::to_text(&to_json(submissions, similar))
}

fn to_json(submissions: &[Submission], similar: &[Similar]) -> Value {
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
                        "outcome": grade.outcome.name(),
                        "misconception": grade.misconception(),
                        "message": visible::text(&grade.message),
                        "difference": grade.difference.as_deref().map(visible::text),
                        "hints": lines(&grade.hints),
                        "hint_details": grade.hints.iter().map(stages).collect::<Vec<_>>(),
                        "note": grade.note.as_deref().map(visible::text),
                        "code": grade.code.as_ref().map(|code| json!({
                            "cell": code.cell,
                            "source": code.source,
                        })),
                        "compile_error": grade.compile_error.as_ref().map(|error| json!({
                            "place": error.place,
                            "message": visible::text(&error.message),
                            "rendered": visible::text(&error.rendered),
                        })),
                    })
                })
                .collect();
            json!({
                "name": submission.name,
                "path": submission.path,
                "problem": submission.problem,
                "points": submission.points(),
                "max_points": submission.max_points(),
                "exercises": exercises,
            })
        })
        .collect();
    let similar: Vec<Value> = similar
        .iter()
        .map(|group| json!({"names": group.names, "exercises": group.exercises}))
        .collect();
    json!({ "submissions": submissions, "similar": similar })
}

/// What a hint leads on by, without the diagnosis, as lines.
fn lines(hints: &[Hint]) -> Vec<String> {
    let lines = |hint: &Hint| {
        [
            format!("Para pensar: {}", hint.question),
            format!("La fórmula: {}", hint.formula),
        ]
    };
    hints.iter().flat_map(lines).collect()
}

fn stages(hint: &Hint) -> Value {
    json!({"id": hint.id, "question": hint.question, "wrong": hint.wrong, "formula": hint.formula})
}
