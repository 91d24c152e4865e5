//! Why an exercise cannot be asked, as a student is told it.

use ex03_utils::check::Outcome;

use crate::grades::CompileError;
use crate::program::{Diagnostic, Span};
use ex03_base::compiler::spanish;
use ex03_base::pasted;

pub struct Refusal {
    pub outcome: Outcome,
    pub message: String,
    pub error: Option<CompileError>,
}

impl Refusal {
    fn new(outcome: Outcome, message: String) -> Refusal {
        Refusal {
            outcome,
            message,
            error: None,
        }
    }

    pub fn missing(message: &str) -> Refusal {
        Refusal::new(Outcome::Missing, message.to_owned())
    }

    /// Of a word that is refused.
    pub fn word(cell: usize, line: usize, word: &str) -> Refusal {
        Refusal::new(
            Outcome::Refused,
            format!(
                "no se ejecuta: en la celda {cell}, línea {line}, usa {word}, que ningún ejercicio necesita y la calificación no admite"
            ),
        )
    }

    pub fn does_not_compile(error: CompileError) -> Refusal {
        Refusal {
            error: Some(CompileError {
                place: error.place.clone(),
                message: error.message.clone(),
                rendered: error.rendered,
            }),
            ..Refusal::new(
                Outcome::DoesNotCompile,
                format!("no compila: {}: {}", error.place, error.message),
            )
        }
    }

    pub fn too_much() -> Refusal {
        Refusal::new(
            Outcome::DoesNotCompile,
            "el compilador agota su tiempo o su memoria con esta función: ¿una macro, un tipo o una constante que no termina?".to_owned(),
        )
    }

    /// `own` is the code of the student's function.
    pub fn wrong_signature(exercise: &str, expected: &str, own: &str) -> Refusal {
        let own = signature(own);
        Refusal::new(
            Outcome::WrongSignature,
            format!(
                "la firma de {exercise} ha cambiado: se esperaba `{expected}`, y la tuya es `{own}`"
            ),
        )
    }
}

/// What is told of an error, and what rustc says of the first ones in its cell.
pub fn error(errors: &[Diagnostic], error: &Diagnostic, at: Option<&Span>) -> CompileError {
    const SHOWN: usize = 3;
    let file = |it: &Diagnostic| it.primary().map(|span| span.file.clone());
    let beside = errors.iter().filter(|it| file(it) == file(error));
    CompileError {
        place: match at {
            Some(span) if span.file.starts_with("celda ") => {
                format!("{}, línea {}", span.file, span.line)
            }
            _ => "el cuaderno".to_owned(),
        },
        message: told(error, at),
        rendered: beside.take(SHOWN).map(|it| it.rendered.as_str()).collect(),
    }
}

/// Of a character that is hard to see, in which column it stands too.
fn told(error: &Diagnostic, at: Option<&Span>) -> String {
    let message = spanish::message(error);
    match at {
        Some(span) if pasted::unknown_to_rustc(&error.message).is_some() => {
            format!("en la columna {} {message}", span.column)
        }
        _ => message,
    }
}

/// What a function's definition begins with, on one line.
pub fn signature(code: &str) -> String {
    let start = code.find("fn ").unwrap_or(0);
    let end = code.find('{').unwrap_or(code.len()).max(start);
    let words: Vec<&str> = code[start..end].split_whitespace().collect();
    words
        .join(" ")
        .replace("( ", "(")
        .replace(", )", ")")
        .replace(",)", ")")
}
