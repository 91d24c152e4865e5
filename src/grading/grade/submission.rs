//! One submission from its cells to its grades.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use anyhow::{Result, anyhow, bail};
use ex03_utils::check::Outcome;

use super::compile::{Built, CPU_SECONDS, Compiler};
use super::credit::{self, Compiled};
use super::harness;
use super::oracle::{self, Answered, Run, Stopped};
use super::reading::{self, Found, Reading};
use super::reference::Reference;
use super::refusal::Refusal;
use crate::grades::{Code, EXERCISES, Grade, Submission};
use ex03_base::notebook::CodeCell;

/// What all submissions of a run share.
pub struct Grader {
    pub compiler: Compiler,
    pub reference: Reference,
    pub confined: bool,
    /// Of the cases, the same for the whole class.
    pub seed: u32,
    /// For an exercise: CPU time; and three times as much on the clock.
    pub seconds: u64,
}

/// Of a program that does not begin: where the reference's does, it is the student's code that keeps it from that.
const NOT_STARTED: &str = "not_started";

/// The exercises that call others, which may be wrong through no fault of their own.
const CALLERS: [&str; 2] = ["nn_model", "predict"];

pub fn submission(name: String, path: String, cells: &[CodeCell], grader: &Grader) -> Submission {
    let (grades, problem) = match grader.grades(cells) {
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

impl Grader {
    /// The reference itself must come through: else what fails is the grader.
    pub fn test(&self) -> Result<()> {
        let expected = match self.reference.is_solved {
            true => Outcome::Correct,
            false => Outcome::Unsolved,
        };
        let grades = self.grades(&self.reference.cells)?;
        let Some(wrong) = grades.iter().find(|it| it.outcome != expected.name()) else {
            return Ok(());
        };
        let rustc = wrong
            .compile_error
            .as_ref()
            .map_or("", |it| it.rendered.as_str());
        Err(match rustc.contains("-lc") && rustc.contains("find") {
            true => anyhow!(
                "falta la biblioteca de C para enlazar programas estáticos: instala libc6-dev (Debian, Ubuntu) o glibc-static (Fedora)"
            ),
            false => anyhow!(
                "la calificación no funciona en este sistema: la solución de {} da «{}»: {} {rustc}",
                wrong.exercise,
                wrong.outcome,
                wrong.message
            ),
        })
    }

    fn grades(&self, cells: &[CodeCell]) -> Result<Vec<Grade>> {
        let reading = read(cells)?;
        let seconds = self.compile_seconds();
        let compiled = credit::compile(&reading, &self.compiler, &self.reference, seconds)?;
        let mut grades = self.ask_all(&reading, compiled)?;
        // What one exercise brings along may keep them all from starting, which is no fault of the others.
        if grades.values().any(|it| it.outcome == NOT_STARTED) {
            let apart = credit::compile_each(&reading, &self.compiler, &self.reference, seconds)?;
            grades = self.ask_all(&reading, apart)?;
        }
        let grades = EXERCISES.into_iter().filter_map(|exercise| {
            let mut grade = grades.remove(exercise)?;
            grade.max_points = self.reference.max_points(exercise);
            grade.points *= grade.max_points;
            grade.code = code(&reading, exercise);
            Some(grade)
        });
        Ok(grades.collect())
    }

    fn ask_all(&self, reading: &Reading, mut compiled: Compiled) -> Result<Grades> {
        let mut grades = Grades::new();
        for exercise in EXERCISES {
            let program = compiled.programs.get(exercise);
            let grade = match (program, compiled.refusals.remove(exercise)) {
                (Some(program), _) if CALLERS.contains(&exercise) => {
                    self.ask_caller(exercise, program, reading, &compiled, &grades)?
                }
                (Some(program), _) => self.ask(program, exercise)?,
                (None, Some(refusal)) => refused(exercise, refusal),
                (None, None) => bail!("{exercise} no se ha calificado"),
            };
            grades.insert(exercise, grade);
        }
        Ok(grades)
    }

    /// An exercise that calls others: with the student's own, and where those are wrong, once more with the reference in their place, so
    /// that an earlier mistake is not counted twice.
    fn ask_caller(
        &self,
        caller: &'static str,
        program: &Path,
        reading: &Reading,
        compiled: &Compiled,
        grades: &Grades,
    ) -> Result<Grade> {
        let called = reading.exercises_used_by(caller).into_iter();
        let (unusable, wrong): (Vec<&'static str>, Vec<&'static str>) = called
            .filter(|it| grades.get(it).is_some_and(|grade| !is_correct(grade)))
            .partition(|it| compiled.parts.stand_ins.contains(it));
        let in_place_of = |names: &[&str]| {
            format!(
                "con la función de referencia en lugar de tu {}",
                names.join(", ")
            )
        };
        let is_stub = reading
            .function(caller)
            .is_some_and(|id| reading.definition(id).is_stub());
        // With one that gives no answer there is none, and no need to wait for it again.
        let is_vain = |it: &&str| grades[*it].outcome != Outcome::Incorrect.name();
        if is_stub || !self.reference.is_solved || !wrong.iter().any(is_vain) {
            let mut first = self.ask(program, caller)?;
            if is_stub || wrong.is_empty() || is_correct(&first) || !self.reference.is_solved {
                first.note = (self.reference.is_solved && !unusable.is_empty()).then(|| {
                    format!("Calificada {}, que no se pudo usar: ese error solo cuenta en su ejercicio.", in_place_of(&unusable))
                });
                return Ok(first);
            }
        }
        // One program for all callers, and so with all that is wrong replaced.
        let mut parts = compiled.parts.clone();
        parts.served.retain(|it| CALLERS.contains(it));
        let earlier = grades.iter().filter(|(it, _)| !CALLERS.contains(it));
        let replaced = earlier
            .filter(|(_, grade)| !is_correct(grade))
            .map(|(it, _)| *it);
        parts.stand_ins.extend(replaced);
        let stand_ins = parts.stand_ins.iter().map(|it| reading.function(it));
        let replaced: Vec<_> = stand_ins.flatten().collect();
        parts.kept.retain(|id| !replaced.contains(id));
        let program_again = harness::program(reading, &parts, self.reference.code());
        let built = self
            .compiler
            .build(&program_again, self.compile_seconds())?;
        let Built::Well(program_again) = built else {
            return self.ask(program, caller);
        };
        let mut again = self.ask(&program_again, caller)?;
        let in_place = in_place_of(&[wrong, unusable].concat());
        again.note = Some(match is_correct(&again) {
            true => format!("Correcta {in_place}: ese error solo cuenta en su ejercicio."),
            false => {
                format!("Tampoco es correcta {in_place}: lo que se dice aquí es solo de {caller}.")
            }
        });
        Ok(again)
    }

    fn compile_seconds(&self) -> u64 {
        CPU_SECONDS.min(4 * self.seconds)
    }

    fn ask(&self, program: &Path, exercise: &'static str) -> Result<Grade> {
        let mut hasher = DefaultHasher::new();
        (self.seed, exercise).hash(&mut hasher);
        let run = Run {
            program,
            exercise,
            cpu_seconds: self.seconds,
            confined: self.confined,
            seed: hasher.finish() as u32,
        };
        Ok(match oracle::run(&run)? {
            Answered::Stopped(stopped) => self.stopped(exercise, &stopped),
            Answered::Judged(judgement) => {
                let report = &judgement.report;
                let place = judgement.thrown_at.as_deref().and_then(place);
                let message = match place.filter(|_| report.outcome() == Outcome::Panicked) {
                    Some(place) => format!("{} Ocurrió en la {place}.", report.message()),
                    None => report.message().to_owned(),
                };
                Grade {
                    points: report.points() / report.max_points(),
                    misconception: report.misconceptions().first().map(|it| (*it).to_owned()),
                    hints: hints(&report.to_string()),
                    ..blank(exercise, report.outcome().name(), message)
                }
            }
        })
    }

    fn stopped(&self, exercise: &'static str, stopped: &Stopped) -> Grade {
        let seconds = self.seconds;
        let (outcome, message) = match stopped {
            Stopped::TimedOut => (
                "timed_out",
                format!("no termina en {seconds} s: ¿un bucle sin fin?"),
            ),
            Stopped::OutOfMemory => (
                "out_of_memory",
                "pide más memoria de la que hay (512 MB): ¿una matriz con dimensiones equivocadas, o un bucle que no deja de guardar?".to_owned(),
            ),
            Stopped::StackOverflow => (
                "panicked",
                "agota la pila: ¿una función que se llama a sí misma sin fin?".to_owned(),
            ),
            Stopped::Forbidden => (
                "refused",
                "se detuvo porque pidió al sistema algo que un ejercicio no necesita: red, procesos, hilos o archivos".to_owned(),
            ),
            Stopped::NotStarted(why) => (
                NOT_STARTED,
                format!("su programa no llega a arrancar: ¿una `static` enorme? {why}").trim().to_owned(),
            ),
            Stopped::NoAnswer(why) => ("refused", why.clone()),
            Stopped::Ended(why) => ("panicked", format!("terminó sin dar una respuesta: {why}")),
        };
        blank(exercise, outcome, message)
    }
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

type Grades = BTreeMap<&'static str, Grade>;

fn is_correct(grade: &Grade) -> bool {
    grade.outcome == Outcome::Correct.name()
}

fn blank(exercise: &'static str, outcome: &str, message: String) -> Grade {
    Grade {
        exercise,
        points: 0.0,
        max_points: 1.0,
        outcome: outcome.to_owned(),
        misconception: None,
        message,
        hints: Vec::new(),
        note: None,
        code: None,
        compile_error: None,
    }
}

fn refused(exercise: &'static str, refusal: Refusal) -> Grade {
    Grade {
        compile_error: refusal.error,
        ..blank(exercise, refusal.outcome, refusal.message)
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

/// `celda 7:3:9` as a reader is told it; none of a place in a library.
fn place(thrown_at: &str) -> Option<String> {
    let mut parts = thrown_at.strip_prefix("celda ")?.split(':');
    let (cell, line) = (parts.next()?, parts.next()?);
    Some(format!("celda {cell}, línea {line}"))
}

/// The lines of a report's text that lead on without telling the answer: the questions, and the formulas of the slides.
fn hints(text: &str) -> Vec<String> {
    let leads_on =
        |line: &&str| line.starts_with("Para pensar: ") || line.starts_with("La fórmula: ");
    text.lines().filter(leads_on).map(str::to_owned).collect()
}
