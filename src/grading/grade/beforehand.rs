//! What cannot be asked, as far as reading alone tells.

use std::collections::BTreeMap;

use anyhow::Result;

use super::compile::{Built, CPU_SECONDS, Compiler, Program};
use super::reading::{Found, Reading};
use super::refusal::{self, Refusal};
use super::refused;
use crate::grades::{CompileError, EXERCISES};
use crate::program::includes;

/// The exercises that are missing, do not parse, or use a word that is refused, and why.
///
/// # Errors
///
/// One line, where the grader itself fails, or the user interrupts.
pub fn refusals(reading: &Reading, compiler: &Compiler) -> Result<BTreeMap<&'static str, Refusal>> {
    let mut refusals = BTreeMap::new();
    for exercise in EXERCISES {
        let refusal = match &reading.found[exercise] {
            Found::Missing(message) => Some(Refusal::missing(message)),
            Found::Broken(cell, range) => {
                let cell = &reading.cells[*cell];
                let alone = cell.only([range].into_iter());
                let error = error_of(cell.number, alone, compiler)?;
                Some(Refusal::does_not_compile(error))
            }
            Found::Function(_) => refused_word(reading, exercise),
        };
        refusals.extend(refusal.map(|it| (exercise, it)));
    }
    Ok(refusals)
}

/// A refused word in an exercise's function, or else in what that uses.
fn refused_word(reading: &Reading, exercise: &str) -> Option<Refusal> {
    let own = reading.function(exercise);
    let used = reading.used_by(exercise);
    let (id, refused) = reading
        .refused
        .iter()
        .filter(|(id, _)| reading.is_called(**id) && used.contains(id))
        .min_by_key(|(id, _)| Some(**id) != own)?;
    let cell = &reading.cells[id.0];
    let before = &cell.source[..cell.definitions[id.1].range.start];
    let line = before.matches('\n').count() + refused.line;
    Some(Refusal::word(cell.number, line, refused.word))
}

/// What rustc says first of a piece that does not parse.
fn error_of(number: usize, text: String, compiler: &Compiler) -> Result<CompileError> {
    let not_understood = CompileError {
        place: format!("celda {number}"),
        message: "no se entiende como Rust".to_owned(),
        rendered: String::new(),
    };
    // rustc may read what it names, and tell of it.
    if refused::is_in(&text) {
        return Ok(not_understood);
    }
    let program = Program {
        main: includes([number].into_iter()),
        cells: vec![(number, text)],
    };
    Ok(match compiler.build(&program, CPU_SECONDS)? {
        Built::Badly(errors) => refusal::error(&errors, &errors[0], errors[0].primary()),
        _ => not_understood,
    })
}
