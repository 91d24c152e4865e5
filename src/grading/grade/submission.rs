//! One submission from its cells to its grades.

use anyhow::{Result, anyhow};
use ex03_base::notebook::CodeCell;
use ex03_utils::check::Outcome;

use super::asking::Grader;
use super::credit;
use super::reading::{self, Found, Reading};
use crate::grades::{Code, EXERCISES, Grade, Submission};

pub fn submission(name: String, path: String, cells: &[CodeCell], grader: &Grader) -> Submission {
    let (grades, problem) = match grades(cells, grader) {
        Ok(grades) => (grades, None),
        Err(problem) => (Vec::new(), Some(format!("{problem:#}"))),
    };
    // syn keeps every text that it has parsed.
    proc_macro2::extra::invalidate_current_thread_spans();
    Submission {
        name,
        path,
        problem,
        grades,
    }
}

/// Sees that grading works here: the reference itself must come through, else what fails is the grader.
///
/// # Errors
///
/// Which exercise does not, and why.
pub fn test(grader: &Grader) -> Result<()> {
    let expected = match grader.reference.is_solved {
        true => Outcome::Correct,
        false => Outcome::Unsolved,
    };
    let grades = grades(&grader.reference.cells, grader)?;
    let Some(wrong) = grades.iter().find(|it| it.outcome != expected) else {
        return Ok(());
    };
    let error = wrong.compile_error.as_ref();
    Err(anyhow!(
        "la calificación no funciona en este sistema: la solución de {} da «{}»: {} {}",
        wrong.exercise,
        wrong.outcome.name(),
        wrong.message,
        error.map_or("", |it| it.rendered.as_str())
    ))
}

fn grades(cells: &[CodeCell], grader: &Grader) -> Result<Vec<Grade>> {
    let reading = read(cells)?;
    let (compiler, reference) = (&grader.compiler, &grader.reference);
    let compiled = credit::compile(&reading, compiler, reference)?;
    let (mut grades, have_started) = grader.ask_all(&reading, compiled)?;
    // What one exercise brings along may keep them all from starting, which is no fault of the others.
    if !have_started {
        let apart = credit::compile_each(&reading, compiler, reference)?;
        (grades, _) = grader.ask_all(&reading, apart)?;
    }
    let grades = EXERCISES.into_iter().filter_map(|exercise| {
        let mut grade = grades.remove(exercise)?;
        grade.max_points = reference.max_points(exercise);
        grade.points *= grade.max_points;
        grade.code = code(&reading, exercise);
        Some(grade)
    });
    Ok(grades.collect())
}

/// A notebook of the course has about 10 KB of code; nobody waits for one that is written to be waited for.
const MOST_CODE: usize = 500_000;
const MOST_DEFINITIONS: usize = 1_000;

fn read(cells: &[CodeCell]) -> Result<Reading> {
    let too_much = || anyhow!("tiene demasiado código: más de lo que nadie escribe en un cuaderno");
    if cells.iter().map(|cell| cell.source.len()).sum::<usize>() > MOST_CODE {
        return Err(too_much());
    }
    let reading = reading::read(cells);
    match reading.ids().count() > MOST_DEFINITIONS {
        true => Err(too_much()),
        false => Ok(reading),
    }
}

fn code(reading: &Reading, exercise: &str) -> Option<Code> {
    let (cell, source) = match &reading.found[exercise] {
        Found::Function(id) => (id.0, reading.code(*id)),
        Found::Broken(cell, range) => (*cell, &reading.cells[*cell].source[range.clone()]),
        Found::Missing(_) => return None,
    };
    Some(Code {
        cell: reading.cells[cell].number,
        source: source.trim_end().to_owned(),
    })
}
