//! Which part of a submission a compiler's error is about.

use super::compile::Program;
use super::harness;
use super::reading::{Id, Reading};
use crate::grades::EXERCISES;
use crate::program::{Diagnostic, Span, file_name};

pub enum Culprit<'a> {
    /// A definition, and the place in it.
    Definition(Id, &'a Span),
    /// An exercise's function has another signature than it should.
    Signature(&'static str),
}

/// None where the error lies in nothing that the student wrote.
pub fn find<'a>(
    reading: &Reading,
    program: &Program,
    error: &'a Diagnostic,
) -> Option<Culprit<'a>> {
    let primary = error.spans.iter().filter(|span| span.is_primary);
    let secondary = error.spans.iter().filter(|span| !span.is_primary);
    let mut spans = primary.chain(secondary);
    let definition = spans
        .clone()
        .find_map(|span| Some(Culprit::Definition(definition_at(reading, span)?, span)));
    definition.or_else(|| spans.find_map(|span| signature_at(program, span)))
}

fn definition_at(reading: &Reading, span: &Span) -> Option<Id> {
    let mut ids = reading.ids();
    ids.find(|&(i, j)| {
        let cell = &reading.cells[i];
        file_name(cell.number) == span.file && cell.definitions[j].range.contains(&span.start)
    })
}

/// The root serves each exercise on a line of its own.
fn signature_at<'a>(program: &Program, span: &Span) -> Option<Culprit<'a>> {
    if span.file != "main.rs" {
        return None;
    }
    let served = harness::served_at(program, span.line)?;
    let exercise = EXERCISES.into_iter().find(|it| *it == served)?;
    Some(Culprit::Signature(exercise))
}
