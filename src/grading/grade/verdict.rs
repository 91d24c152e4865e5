//! What came of an exercise, as a student is told it.

use ex03_utils::check::Outcome;
use ex03_utils::check::oracle::Judgement;

use super::machine::{MEMORY, Stopped};
use super::refusal::Refusal;
use crate::grades::Grade;

/// Of an exercise whose answers were judged; with the place, where the function panicked.
pub fn judged(exercise: &'static str, judgement: &Judgement) -> Grade {
    let report = &judgement.report;
    let place = judgement.thrown_at.as_deref().and_then(place);
    let with_place = |text: &str| match place.as_ref() {
        Some(place) if report.outcome() == Outcome::Panicked => {
            format!("{text} Ocurrió en la {place}.")
        }
        _ => text.to_owned(),
    };
    let has_hints = !report.hints().is_empty();
    Grade {
        points: report.points() / report.max_points(),
        difference: has_hints.then(|| with_place(report.difference())),
        hints: report.hints().to_vec(),
        ..blank(exercise, report.outcome(), with_place(&report.message()))
    }
}

/// Of an exercise that gave no answer to judge. It could compute for `instructions` millions.
pub fn stopped(exercise: &'static str, stopped: &Stopped, instructions: u32) -> Grade {
    let (outcome, message) = match stopped {
        Stopped::TimedOut => (
            Outcome::TimedOut,
            format!("no termina en {instructions} millones de instrucciones: ¿un bucle sin fin?"),
        ),
        Stopped::OutOfMemory => (
            Outcome::OutOfMemory,
            format!(
                "pide más memoria de la que hay ({MEMORY} MB): ¿una matriz con dimensiones equivocadas, o un bucle que no deja de guardar?"
            ),
        ),
        Stopped::StackOverflow => (
            Outcome::Panicked,
            "agota la pila: ¿una función que se llama a sí misma sin fin?".to_owned(),
        ),
        Stopped::Forbidden(name) => (
            Outcome::Refused,
            format!(
                "se detuvo porque pidió al sistema algo que un ejercicio no necesita ({name}): archivos, red, procesos, hilos o esperas"
            ),
        ),
        Stopped::NotStarted(why) => (
            Outcome::Panicked,
            format!("su programa no llega a arrancar: ¿una `static` enorme? {why}"),
        ),
        Stopped::NoAnswer(why) => (Outcome::Refused, why.clone()),
        Stopped::Ended(why) => (
            Outcome::Panicked,
            format!("terminó sin dar una respuesta: {why}"),
        ),
    };
    blank(exercise, outcome, message)
}

/// Of an exercise that could not be asked.
pub fn refused(exercise: &'static str, refusal: Refusal) -> Grade {
    Grade {
        compile_error: refusal.error,
        ..blank(exercise, refusal.outcome, refusal.message)
    }
}

fn blank(exercise: &'static str, outcome: Outcome, message: String) -> Grade {
    Grade {
        exercise,
        points: 0.0,
        max_points: 1.0,
        outcome,
        message,
        difference: None,
        hints: Vec::new(),
        note: None,
        code: None,
        compile_error: None,
    }
}

/// `celda 7:3:9` as a reader is told it; none of a place in a library.
fn place(thrown_at: &str) -> Option<String> {
    let mut parts = thrown_at.strip_prefix("celda ")?.split(':');
    let (cell, line) = (parts.next()?, parts.next()?);
    Some(format!("celda {cell}, línea {line}"))
}
