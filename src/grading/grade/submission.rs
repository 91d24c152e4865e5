//! One submission from its cells to its grades.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use anyhow::{Result, anyhow, bail};
use ex03_utils::check::{Outcome, exercises};

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

/// What came of asking a program about one exercise.
struct Asked {
    grade: Grade,
    /// Whether the program started at all. The reference did, so where it did not, the student's code is at fault.
    has_started: bool,
}

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
        let Some(wrong) = grades.iter().find(|it| it.outcome != expected) else {
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
                wrong.outcome.name(),
                wrong.message
            ),
        })
    }

    fn grades(&self, cells: &[CodeCell]) -> Result<Vec<Grade>> {
        let reading = read(cells)?;
        let seconds = self.compile_seconds();
        let compiled = credit::compile(&reading, &self.compiler, &self.reference, seconds)?;
        let (mut grades, have_started) = self.ask_all(&reading, compiled)?;
        // What one exercise brings along may keep them all from starting, which is no fault of the others.
        if !have_started {
            let apart = credit::compile_each(&reading, &self.compiler, &self.reference, seconds)?;
            (grades, _) = self.ask_all(&reading, apart)?;
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

    /// The grades, and whether all programs started.
    fn ask_all(&self, reading: &Reading, mut compiled: Compiled) -> Result<(Grades, bool)> {
        let mut grades = Grades::new();
        let mut have_started = true;
        for exercise in EXERCISES {
            let program = compiled.programs.get(exercise);
            let asked = match (program, compiled.refusals.remove(exercise)) {
                (Some(program), _) if calls_others(exercise) => {
                    self.ask_caller(exercise, program, reading, &compiled, &grades)?
                }
                (Some(program), _) => self.ask(program, exercise)?,
                (None, Some(refusal)) => Asked::without_program(refused(exercise, refusal)),
                (None, None) => bail!("{exercise} no se ha calificado"),
            };
            have_started &= asked.has_started;
            grades.insert(exercise, asked.grade);
        }
        Ok((grades, have_started))
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
    ) -> Result<Asked> {
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
        let is_vain = |it: &&str| grades[*it].outcome != Outcome::Incorrect;
        if is_stub || !self.reference.is_solved || !wrong.iter().any(is_vain) {
            let mut first = self.ask(program, caller)?;
            if is_stub || wrong.is_empty() || is_correct(&first.grade) || !self.reference.is_solved
            {
                first.grade.note = (self.reference.is_solved && !unusable.is_empty()).then(|| {
                    format!("Calificada {}, que no se pudo usar: ese error solo cuenta en su ejercicio.", in_place_of(&unusable))
                });
                return Ok(first);
            }
        }
        // One program for all callers, and so with all that is wrong replaced.
        let mut parts = compiled.parts.clone();
        parts.served.retain(|it| calls_others(it));
        let earlier = grades.iter().filter(|(it, _)| !calls_others(it));
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
        again.grade.note = Some(match is_correct(&again.grade) {
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

    fn ask(&self, program: &Path, exercise: &'static str) -> Result<Asked> {
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
            Answered::Stopped(stopped) => Asked {
                grade: self.stopped(exercise, &stopped),
                has_started: !matches!(stopped, Stopped::NotStarted(_)),
            },
            Answered::Judged(judgement) => {
                let report = &judgement.report;
                let place = judgement.thrown_at.as_deref().and_then(place);
                let with_place = |text: &str| match place.as_ref() {
                    Some(place) if report.outcome() == Outcome::Panicked => {
                        format!("{text} Ocurrió en la {place}.")
                    }
                    _ => text.to_owned(),
                };
                let has_hints = !report.hints().is_empty();
                Asked {
                    grade: Grade {
                        points: report.points() / report.max_points(),
                        difference: has_hints.then(|| with_place(report.difference())),
                        hints: report.hints().to_vec(),
                        ..blank(exercise, report.outcome(), with_place(&report.message()))
                    },
                    has_started: true,
                }
            }
        })
    }

    fn stopped(&self, exercise: &'static str, stopped: &Stopped) -> Grade {
        let seconds = self.seconds;
        let (outcome, message) = match stopped {
            Stopped::TimedOut => (
                Outcome::TimedOut,
                format!("no termina en {seconds} s: ¿un bucle sin fin?"),
            ),
            Stopped::OutOfMemory => (
                Outcome::OutOfMemory,
                "pide más memoria de la que hay (512 MB): ¿una matriz con dimensiones equivocadas, o un bucle que no deja de guardar?".to_owned(),
            ),
            Stopped::StackOverflow => (
                Outcome::Panicked,
                "agota la pila: ¿una función que se llama a sí misma sin fin?".to_owned(),
            ),
            Stopped::Forbidden => (
                Outcome::Refused,
                "se detuvo porque pidió al sistema algo que un ejercicio no necesita: red, procesos, hilos o archivos".to_owned(),
            ),
            Stopped::NotStarted(why) => (
                Outcome::Panicked,
                format!("su programa no llega a arrancar: ¿una `static` enorme? {why}").trim().to_owned(),
            ),
            Stopped::NoAnswer(why) => (Outcome::Refused, why.clone()),
            Stopped::Ended(why) => (Outcome::Panicked, format!("terminó sin dar una respuesta: {why}")),
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

impl Asked {
    fn without_program(grade: Grade) -> Asked {
        Asked {
            grade,
            has_started: true,
        }
    }
}

fn calls_others(exercise: &str) -> bool {
    exercises::find(exercise).is_some_and(|it| it.calls_others())
}

fn is_correct(grade: &Grade) -> bool {
    grade.outcome == Outcome::Correct
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
