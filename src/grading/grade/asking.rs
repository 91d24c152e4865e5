//! Asks the programs of a submission about each exercise.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use anyhow::{Result, bail};
use ex03_utils::check::{Outcome, exercises};

use super::compile::{Built, CPU_SECONDS, Compiler};
use super::credit::Compiled;
use super::machine::{Loaded, Machine, Stopped};
use super::oracle::{self, Answered};
use super::reading::Reading;
use super::reference::Reference;
use super::{harness, verdict};
use crate::grades::{EXERCISES, Grade};

/// What all submissions of a run share.
pub struct Grader {
    pub compiler: Compiler,
    pub reference: Reference,
    /// Of the cases, the same for the whole class.
    pub seed: u32,
    /// How much a program may compute for an exercise, in millions.
    pub instructions: u32,
}

pub type Grades = BTreeMap<&'static str, Grade>;

/// What came of asking a program about one exercise.
struct Asked {
    grade: Grade,
    /// Whether the program started at all. The reference did, so where it did not, the student's code is at fault.
    has_started: bool,
}

impl Grader {
    /// The grades, and whether all programs started.
    pub fn ask_all(&self, reading: &Reading, mut compiled: Compiled) -> Result<(Grades, bool)> {
        let mut grades = Grades::new();
        let mut have_started = true;
        for exercise in EXERCISES {
            let program = compiled.programs.get(exercise);
            let asked = match (program, compiled.refusals.remove(exercise)) {
                (Some(program), _) if calls_others(exercise) => {
                    self.ask_caller(exercise, program, reading, &compiled, &grades)?
                }
                (Some(program), _) => self.ask(program, exercise)?,
                (None, Some(refusal)) => {
                    Asked::without_program(verdict::refused(exercise, refusal))
                }
                (None, None) => bail!("{exercise} no se ha calificado"),
            };
            have_started &= asked.has_started;
            grades.insert(exercise, asked.grade);
        }
        Ok((grades, have_started))
    }

    /// An exercise that calls others. Where those are wrong, it is asked with the reference in their place, so that an earlier mistake
    /// is not counted twice; and with the student's own, where that is not right: two mistakes may make up for each other.
    fn ask_caller(
        &self,
        caller: &'static str,
        program: &Loaded,
        reading: &Reading,
        compiled: &Compiled,
        grades: &Grades,
    ) -> Result<Asked> {
        let called = reading.exercises_used_by(caller).into_iter();
        let (unusable, wrong): (Vec<&'static str>, Vec<&'static str>) = called
            .filter(|it| grades.get(it).is_some_and(|grade| !is_correct(grade)))
            .partition(|it| compiled.parts.stand_ins.contains(it));
        let is_stub = reading
            .function(caller)
            .is_some_and(|id| reading.definition(id).is_stub());
        let with_their_own = || {
            let mut own = self.ask(program, caller)?;
            own.grade.note = (self.reference.is_solved && !unusable.is_empty()).then(|| {
                format!(
                    "Calificada {}, que no se pudo usar: ese error solo cuenta en su ejercicio.",
                    in_place_of(&unusable)
                )
            });
            anyhow::Ok(own)
        };
        if is_stub || wrong.is_empty() || !self.reference.is_solved {
            return with_their_own();
        }
        let Some(with_reference) = self.without_what_is_wrong(reading, compiled, grades)? else {
            return self.ask(program, caller);
        };
        let mut again = self.ask(&with_reference, caller)?;
        // With one that gives no answer there is none, and no need to wait for it again.
        let is_vain = |it: &&str| grades[*it].outcome != Outcome::Incorrect;
        if !is_correct(&again.grade) && !wrong.iter().any(is_vain) {
            let own = with_their_own()?;
            if is_correct(&own.grade) {
                return Ok(own);
            }
        }
        let in_place = in_place_of(&[&wrong[..], &unusable[..]].concat());
        again.grade.note = Some(match is_correct(&again.grade) {
            true => format!("Correcta {in_place}: ese error solo cuenta en su ejercicio."),
            false => {
                format!("Tampoco es correcta {in_place}: lo que se dice aquí es solo de {caller}.")
            }
        });
        Ok(again)
    }

    /// One program for all callers, and so with the reference in place of all that is wrong; none where it does not compile.
    fn without_what_is_wrong(
        &self,
        reading: &Reading,
        compiled: &Compiled,
        grades: &Grades,
    ) -> Result<Option<Loaded>> {
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
        let program = harness::program(reading, &parts, self.reference.code());
        match self.compiler.build(&program, CPU_SECONDS)? {
            Built::Well(program) => Ok(Some(Machine::load(&program)?)),
            _ => Ok(None),
        }
    }

    fn ask(&self, program: &Loaded, exercise: &'static str) -> Result<Asked> {
        let mut hasher = DefaultHasher::new();
        (self.seed, exercise).hash(&mut hasher);
        let seed = hasher.finish() as u32;
        let limit = 1_000_000 * u64::from(self.instructions);
        let answered = match program {
            Ok(machine) => oracle::ask(machine, exercise, seed, limit)?,
            Err(stopped) => Answered::Stopped(stopped.clone()),
        };
        Ok(match answered {
            Answered::Stopped(stopped) => Asked {
                grade: verdict::stopped(exercise, &stopped, self.instructions),
                has_started: !matches!(stopped, Stopped::NotStarted(_)),
            },
            Answered::Judged(judgement) => Asked {
                grade: verdict::judged(exercise, &judgement),
                has_started: true,
            },
        })
    }
}

impl Asked {
    fn without_program(grade: Grade) -> Asked {
        Asked {
            grade,
            has_started: true,
        }
    }
}

fn in_place_of(names: &[&str]) -> String {
    format!(
        "con la función de referencia en lugar de tu {}",
        names.join(", ")
    )
}

fn calls_others(exercise: &str) -> bool {
    exercises::find(exercise).is_some_and(|it| it.calls_others())
}

fn is_correct(grade: &Grade) -> bool {
    grade.outcome == Outcome::Correct
}
