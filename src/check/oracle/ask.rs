//! The side that asks and judges.

use std::cell::RefCell;

use super::super::{
    Report, bpropagation, cost_function, fpropagation, init_parameters, layer_size, nn_model,
    predict, update_parameters,
};
use super::wire::Wire;
use crate::random::RandomState;

/// Sends a request and waits for the reply to it; none where none comes.
type Send<'a> = &'a dyn Fn(&[u8]) -> Option<Vec<u8>>;

pub struct Judgement {
    pub report: Report,
    /// Where the student's function panicked first, as Rust names places.
    pub thrown_at: Option<String>,
}

/// Why there is nothing to judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// `send` has had no reply.
    Silent,
    /// A reply was no value of the exercise's type.
    Malformed,
}

/// Judges the function that answers behind `send`, on cases drawn from `rng`.
///
/// # Errors
///
/// [`NoAnswer`], from the first reply that is missing or malformed; no more is asked after it.
///
/// # Panics
///
/// Where there is no such exercise.
pub fn judge(exercise: &str, send: Send, rng: &mut RandomState) -> Result<Judgement, NoAnswer> {
    let asker = Asker {
        send,
        missing: RefCell::default(),
        thrown_at: RefCell::default(),
    };
    let report = match exercise {
        "layer_size" => layer_size::judge(&|x, y| asker.ask(&[x, y]), rng),
        "init_parameters" => init_parameters::judge(&|size, rng| asker.ask(&[size, rng]), rng),
        "fpropagation" => fpropagation::judge(&|x, p| asker.ask(&[x, p]), rng),
        "cost_function" => cost_function::judge(&|a2, y| asker.ask(&[a2, y]), rng),
        "bpropagation" => bpropagation::judge(&|p, c, x, y| asker.ask(&[p, c, x, y]), rng),
        "update_parameters" => {
            update_parameters::judge(&|p, g, rate| asker.ask(&[p, g, &rate]), rng)
        }
        "nn_model" => nn_model::judge(
            &|x, y, size, n, rate, rng| asker.ask(&[x, y, size, &n, &rate, rng]),
            rng,
        ),
        "predict" => predict::judge(&|p, x| asker.ask(&[p, x]), rng),
        other => panic!("there is no exercise {other}"),
    };
    match asker.missing.take() {
        Some(missing) => Err(missing),
        None => Ok(Judgement {
            report,
            thrown_at: asker.thrown_at.take(),
        }),
    }
}

struct Asker<'a> {
    send: Send<'a>,
    missing: RefCell<Option<NoAnswer>>,
    thrown_at: RefCell<Option<String>>,
}

impl Asker<'_> {
    /// In place of the student's function: it returns what that does, and throws what that throws.
    fn ask<R: Wire>(&self, arguments: &[&dyn Wire]) -> R {
        let answer = match *self.missing.borrow() {
            Some(missing) => Err(missing),
            None => self.answer(arguments),
        };
        match answer {
            Ok(Ok(value)) => value,
            Ok(Err(message)) => panic!("{message}"),
            Err(missing) => {
                self.missing.replace(Some(missing));
                panic!("no answer")
            }
        }
    }

    fn answer<R: Wire>(&self, arguments: &[&dyn Wire]) -> Result<Result<R, String>, NoAnswer> {
        let mut request = Vec::new();
        for argument in arguments {
            argument.put(&mut request);
        }
        let reply = (self.send)(&request).ok_or(NoAnswer::Silent)?;
        let (kind, mut rest) = reply.split_first().ok_or(NoAnswer::Malformed)?;
        let answer = match kind {
            0 => R::take(&mut rest).map(Ok),
            1 => self.thrown(&mut rest).map(Err),
            _ => None,
        };
        answer
            .filter(|_| rest.is_empty())
            .ok_or(NoAnswer::Malformed)
    }

    fn thrown(&self, rest: &mut &[u8]) -> Option<String> {
        let (message, place) = (String::take(rest)?, String::take(rest)?);
        self.thrown_at.borrow_mut().get_or_insert(place);
        Some(message)
    }
}
