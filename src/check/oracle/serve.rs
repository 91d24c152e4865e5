//! The side that runs a student's function. The grader compiles it to WebAssembly and calls it there: it lays a question into the
//! memory of the instance, calls the exercise, and reads the reply from the same memory.

use std::panic;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::wire::Wire;
use crate::check::judging::panics::text_of;

static QUESTION: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static REPLY: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// What the grader calls of an instance, besides the exercises.
#[cfg(target_family = "wasm")]
mod exports {
    use super::{QUESTION, REPLY, lock};

    /// Makes room for a question of that many bytes.
    #[unsafe(no_mangle)]
    extern "C" fn ex03_question(length: usize) -> *mut u8 {
        let mut question = lock(&QUESTION);
        question.resize(length, 0);
        question.as_mut_ptr()
    }

    #[unsafe(no_mangle)]
    extern "C" fn ex03_reply() -> *const u8 {
        lock(&REPLY).as_ptr()
    }

    #[unsafe(no_mangle)]
    extern "C" fn ex03_reply_length() -> usize {
        lock(&REPLY).len()
    }
}

pub(in crate::check) fn take<T: Wire>(input: &mut &[u8]) -> T {
    T::take(input).expect("the tool sends what its own library understands")
}

/// Answers the question that lies there. The reply is a zero and the answer; or what the hook leaves before the instance ends, since
/// in WebAssembly a panic does not come back: a one, what was thrown and where, or a two for more memory than there can be.
pub(in crate::check) fn serve<R: Wire>(answer: impl Fn(&mut &[u8]) -> R) {
    panic::set_hook(Box::new(|info| {
        let message = text_of(info.payload()).unwrap_or_default();
        let place = info.location().map(ToString::to_string);
        let mut reply = vec![1];
        if BEYOND_MEMORY.iter().any(|it| message.contains(it)) {
            reply = vec![2];
        } else {
            shortened(message).put(&mut reply);
            shortened(place.unwrap_or_default()).put(&mut reply);
        }
        *lock(&REPLY) = reply;
    }));
    let question = std::mem::take(&mut *lock(&QUESTION));
    let answer = answer(&mut &question[..]);
    let mut reply = vec![0];
    answer.put(&mut reply);
    *lock(&REPLY) = reply;
}

/// What is thrown, with 32-bit addresses, by what asks for more than 2 GB at once.
const BEYOND_MEMORY: [&str; 2] = ["capacity overflow", "ndarray: Shape too large"];

fn lock(bytes: &Mutex<Vec<u8>>) -> MutexGuard<'_, Vec<u8>> {
    bytes.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A message may be of any length.
fn shortened(text: String) -> String {
    text.chars().take(2_000).collect()
}
