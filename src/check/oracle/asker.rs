//! The side that asks.

use std::cell::RefCell;

use super::wire::Wire;
use crate::check::report::Report;

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
    /// The function asked for more memory than there can be.
    OutOfMemory,
}

/// Asks for answers in place of calling a student's function.
pub struct Asker<'a> {
    send: Send<'a>,
    missing: RefCell<Option<NoAnswer>>,
    thrown_at: RefCell<Option<String>>,
}

impl<'a> Asker<'a> {
    pub(in crate::check) fn new(send: Send<'a>) -> Asker<'a> {
        Asker {
            send,
            missing: RefCell::default(),
            thrown_at: RefCell::default(),
        }
    }

    /// What came of asking: the report of a check that asked, unless an answer was missing.
    pub(in crate::check) fn judgement(self, report: Report) -> Result<Judgement, NoAnswer> {
        match self.missing.into_inner() {
            Some(missing) => Err(missing),
            None => Ok(Judgement {
                report,
                thrown_at: self.thrown_at.into_inner(),
            }),
        }
    }

    /// Stands in for the student's function: it returns what that returns, and throws what that
    /// throws.
    pub(in crate::check) fn ask<R: Wire>(&self, arguments: &[&dyn Wire]) -> R {
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
            2 => return Err(NoAnswer::OutOfMemory),
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
