//! Partial credit for what compiles: what does not is left out, the reference takes its place, and the rest is compiled again.

use std::collections::BTreeMap;
use std::rc::Rc;

use anyhow::Result;
use ex03_utils::check::Outcome;

use super::beforehand;
use super::compile::{Built, CPU_SECONDS, Compiler, Program};
use super::culprit::{self, Culprit};
use super::harness::{self, Parts};
use super::machine::{Loaded, Machine};
use super::reading::{Id, Reading};
use super::reference::Reference;
use super::refusal::{self, Refusal};
use crate::grades::{CompileError, EXERCISES};
use crate::program::Diagnostic;

/// What came of compiling a submission.
pub struct Compiled {
    /// For each exercise that can be asked, the program that answers.
    pub programs: BTreeMap<&'static str, Rc<Loaded>>,
    pub refusals: BTreeMap<&'static str, Refusal>,
    /// Of the program that holds them all.
    pub parts: Parts,
}

/// Each round leaves out at least one definition, and rustc tells of many at once.
const ROUNDS: usize = 12;

/// For an exercise in a program of its own.
const CPU_SECONDS_ALONE: u64 = CPU_SECONDS.div_ceil(4);

struct Work<'a> {
    reading: &'a Reading,
    compiler: &'a Compiler,
    reference: &'a Reference,
    refusals: BTreeMap<&'static str, Refusal>,
    /// What is left out, and why.
    left_out: BTreeMap<Id, CompileError>,
}

/// # Errors
///
/// One line, where the grader itself fails, or the user interrupts.
pub fn compile(reading: &Reading, compiler: &Compiler, reference: &Reference) -> Result<Compiled> {
    let mut work = Work::start(reading, compiler, reference)?;
    for _ in 0..ROUNDS {
        let parts = work.parts(&EXERCISES);
        if parts.served.is_empty() {
            return Ok(work.compiled(BTreeMap::new()));
        }
        let program = work.program(&parts);
        match compiler.build(&program, CPU_SECONDS)? {
            Built::Well(path) => {
                let program = Rc::new(Machine::load(&path)?);
                let programs = parts.served.iter().map(|it| (*it, Rc::clone(&program)));
                return Ok(work.compiled(programs.collect()));
            }
            Built::Badly(errors) if work.leave_out_culprits(&program, &errors) => {}
            _ => break,
        }
    }
    work.each_alone()
}

/// Each exercise in a program of its own.
///
/// # Errors
///
/// As [`compile`].
pub fn compile_each(
    reading: &Reading,
    compiler: &Compiler,
    reference: &Reference,
) -> Result<Compiled> {
    Work::start(reading, compiler, reference)?.each_alone()
}

impl<'a> Work<'a> {
    fn start(
        reading: &'a Reading,
        compiler: &'a Compiler,
        reference: &'a Reference,
    ) -> Result<Work<'a>> {
        Ok(Work {
            reading,
            compiler,
            reference,
            refusals: beforehand::refusals(reading, compiler)?,
            left_out: BTreeMap::new(),
        })
    }

    /// A program of those of `exercises` that are not refused, and all that they use.
    fn parts(&self, exercises: &[&'static str]) -> Parts {
        let mut parts = Parts::default();
        for exercise in EXERCISES {
            let refusal = self.refusals.get(exercise).map(|it| it.outcome);
            // One of another signature cannot be asked, but others may call it.
            if !exercises.contains(&exercise)
                || refusal.is_some_and(|it| it != Outcome::WrongSignature)
            {
                parts.stand_ins.insert(exercise);
                continue;
            }
            parts.kept.extend(self.reading.used_by(exercise));
            if refusal.is_none() {
                parts.served.insert(exercise);
            }
        }
        let stand_ins = parts.stand_ins.iter();
        let replaced: Vec<Id> = stand_ins
            .filter_map(|it| self.reading.function(it))
            .collect();
        parts.kept.retain(|id| {
            !replaced.contains(id)
                && !self.left_out.contains_key(id)
                && !self.reading.refused.contains_key(id)
        });
        parts
    }

    fn program(&self, parts: &Parts) -> Program {
        harness::program(self.reading, parts, self.reference.code())
    }

    /// Leaves out each definition that an error lies in; false where none lies in any.
    fn leave_out_culprits(&mut self, program: &Program, errors: &[Diagnostic]) -> bool {
        let mut any = false;
        for error in errors {
            any |= match culprit::find(self.reading, program, error) {
                Some(Culprit::Definition(id, span)) => {
                    self.leave_out(id, refusal::error(errors, error, Some(span)))
                }
                Some(Culprit::Signature(exercise)) => self.refuse_signature(exercise),
                None => false,
            };
        }
        any
    }

    /// False where it has been left out already: the first error of each is told.
    fn leave_out(&mut self, id: Id, told: CompileError) -> bool {
        let exercise = EXERCISES
            .into_iter()
            .find(|it| self.reading.function(it) == Some(id));
        let before = exercise.and_then(|it| self.refusals.get(it));
        if self.left_out.contains_key(&id)
            || before.is_some_and(|it| it.outcome != Outcome::WrongSignature)
        {
            return false;
        }
        if let Some(exercise) = exercise {
            let told = self.at_its_root(exercise, told);
            self.refusals
                .insert(exercise, Refusal::does_not_compile(told));
        } else {
            self.left_out.insert(id, told);
        }
        true
    }

    /// False where it has been refused already.
    fn refuse_signature(&mut self, exercise: &'static str) -> bool {
        if self.refusals.contains_key(exercise) {
            return false;
        }
        let own = self.reading.function(exercise);
        let own = own.map_or("", |id| self.reading.code(id));
        let expected = self.reference.signature(exercise);
        let refusal = Refusal::wrong_signature(exercise, expected, own);
        self.refusals.insert(exercise, refusal);
        true
    }

    /// Where an exercise fails because a function that it uses has been left out, that one's error says more.
    fn at_its_root(&self, exercise: &'static str, told: CompileError) -> CompileError {
        let used = self.reading.used_by(exercise);
        let root = self.left_out.iter().find(|(id, _)| {
            let name = self
                .reading
                .definition(**id)
                .name
                .as_deref()
                .unwrap_or_default();
            let name = name.rsplit(' ').next().unwrap_or_default();
            used.contains(id) && told.rendered.contains(&format!("`{name}`"))
        });
        match root {
            Some((_, root)) => CompileError {
                place: root.place.clone(),
                message: root.message.clone(),
                rendered: root.rendered.clone() + &told.rendered,
            },
            None => told,
        }
    }

    /// Where no error can be placed, or compiling does not end: each exercise in a program of its own.
    fn each_alone(mut self) -> Result<Compiled> {
        let mut programs = BTreeMap::new();
        for exercise in self.parts(&EXERCISES).served {
            for _ in 0..ROUNDS {
                let parts = self.parts(&[exercise]);
                if !parts.served.contains(exercise) {
                    break;
                }
                let program = self.program(&parts);
                let refusal = match self.compiler.build(&program, CPU_SECONDS_ALONE)? {
                    Built::Well(path) => {
                        programs.insert(exercise, Rc::new(Machine::load(&path)?));
                        break;
                    }
                    Built::Badly(errors) if self.leave_out_culprits(&program, &errors) => continue,
                    Built::Badly(errors) => Refusal::does_not_compile(refusal::error(
                        &errors,
                        &errors[0],
                        errors[0].primary(),
                    )),
                    Built::TooMuch => Refusal::too_much(),
                };
                self.refusals.insert(exercise, refusal);
            }
        }
        Ok(self.compiled(programs))
    }

    fn compiled(self, programs: BTreeMap<&'static str, Rc<Loaded>>) -> Compiled {
        let parts = self.parts(&EXERCISES);
        Compiled {
            programs,
            refusals: self.refusals,
            parts,
        }
    }
}
