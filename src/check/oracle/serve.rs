//! The side that runs a student's function: it answers what it is asked on its standard input,
//! which is a socket, until that closes.

use std::cell::RefCell;
use std::fs::File;
use std::io;
use std::os::fd::AsFd;
use std::panic::{self, AssertUnwindSafe};

use super::frame::{HELLO, read_frame, write_frame};
use super::wire::Wire;
use crate::check::judging::panics::text_of;

/// Serves the exercise that the first argument names, of those that there are.
pub fn run(exercises: &[(&str, fn())]) {
    let name = std::env::args().nth(1).unwrap_or_default();
    if let Some((_, serve)) = exercises.iter().find(|(exercise, _)| *exercise == name) {
        serve();
    }
}

pub(in crate::check) fn take<T: Wire>(input: &mut &[u8]) -> T {
    T::take(input).expect("the tool sends what its own library understands")
}

/// It ends where nobody asks any more. Whatever else fails, the asker sees a channel that closes.
pub(in crate::check) fn serve<R: Wire>(answer: impl Fn(&mut &[u8]) -> R) {
    let Ok(channel) = io::stdin().as_fd().try_clone_to_owned() else {
        return;
    };
    let mut channel = File::from(channel);
    if write_frame(&mut channel, HELLO).is_err() {
        return;
    }
    while let Ok(Ok(request)) = read_frame(&mut channel) {
        let reply = reply(|| answer(&mut &request[..]));
        if write_frame(&mut channel, &reply).is_err() {
            return;
        }
    }
}

thread_local! {
    static THROWN: RefCell<Option<(String, String)>> = const { RefCell::new(None) };
}

/// A zero and the answer, or a one and what was thrown, and where.
fn reply<R: Wire>(answer: impl FnOnce() -> R) -> Vec<u8> {
    // Each time, since the student's code may have put a hook of its own there.
    panic::set_hook(Box::new(|info| {
        let message = text_of(info.payload()).unwrap_or_default();
        let place = info.location().map(ToString::to_string);
        THROWN.set(Some((message, place.unwrap_or_default())));
    }));
    let outcome = panic::catch_unwind(AssertUnwindSafe(answer));
    match outcome {
        Ok(answer) => {
            let mut reply = vec![0];
            answer.put(&mut reply);
            reply
        }
        Err(payload) => {
            let (message, place) = THROWN
                .take()
                .unwrap_or_else(|| (text_of(&*payload).unwrap_or_default(), String::new()));
            // A payload of the student's own may do anything when it is dropped.
            std::mem::forget(payload);
            let mut reply = vec![1];
            shortened(message).put(&mut reply);
            shortened(place).put(&mut reply);
            reply
        }
    }
}

/// A message may be of any length.
fn shortened(text: String) -> String {
    text.chars().take(2_000).collect()
}
