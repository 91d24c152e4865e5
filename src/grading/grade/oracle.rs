//! Asks a program about one exercise, and has its answers judged on this side.

use std::cell::{Cell, RefCell};

use anyhow::{Context, Result, bail};
use ex03_base::interrupt;
use ex03_utils::RandomState;
use ex03_utils::check::exercises;
use ex03_utils::check::oracle::{Judgement, NoAnswer};

use super::machine::{Machine, Stopped};

/// How an exercise did.
pub enum Answered {
    Judged(Box<Judgement>),
    Stopped(Stopped),
}

/// Asks for answers to cases drawn from `seed`, until they are judged or `instructions` are used up.
///
/// # Errors
///
/// One line, where the grader itself fails, or the user interrupts.
pub fn ask(
    machine: &Machine,
    exercise: &'static str,
    seed: u32,
    instructions: u64,
) -> Result<Answered> {
    let asked =
        exercises::find(exercise).with_context(|| format!("no hay ningún ejercicio {exercise}"))?;
    let rest = Cell::new(instructions);
    let questions = Cell::new(0);
    let silence = RefCell::new(None);
    let send = |question: &[u8]| {
        let mut instructions = rest.get();
        questions.set(questions.get() + 1);
        // What the program draws of itself is another in each question, and the same when the run is repeated.
        let drawn = u64::from(seed) << 32 | questions.get();
        let reply = machine.ask(exercise, question, drawn, &mut instructions);
        rest.set(instructions);
        reply.map_err(|why| silence.replace(Some(why))).ok()
    };
    let mut rng = RandomState::new(seed);
    let judged = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        exercises::judge_over(asked, &send, &mut rng)
    }));
    interrupt::check()?;
    let malformed =
        || Stopped::NoAnswer("su respuesta no es del tipo que el ejercicio pide".to_owned());
    match judged {
        Ok(Ok(judgement)) => Ok(Answered::Judged(Box::new(judgement))),
        Ok(Err(NoAnswer::Malformed)) => Ok(Answered::Stopped(malformed())),
        Ok(Err(NoAnswer::OutOfMemory)) => Ok(Answered::Stopped(Stopped::OutOfMemory)),
        Ok(Err(NoAnswer::Silent)) => {
            Ok(Answered::Stopped(silence.take().unwrap_or_else(malformed)))
        }
        Err(_) => bail!("la comprobación de {exercise} ha fallado al juzgar las respuestas"),
    }
}
