//! What the first cell of a notebook sets up in the process that runs its cells.

use std::sync::Once;

use crate::check::explain_panics;

/// From here on a panic is told in one line of Spanish ([`explain_panics`]), and memory that an
/// array gives back is kept for the next one.
///
/// By default glibc hands each large array back to the system, and the next one, of the same size,
/// comes as pages that fault one by one when they are first written. An epoch of training makes a
/// dozen arrays and drops them. With 20 hidden units and 400 examples it takes half the time when
/// memory is kept; with 4 units, whose arrays are small, it makes no difference.
///
/// It does so once in each process. The course's kernel calls it in each cell, since the process is
/// another after a crash.
pub fn start_notebook() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        explain_panics();
        ex03_vector::keep_freed_memory();
    });
}
