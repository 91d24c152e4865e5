//! What a cell shows of a value that has nothing of its own to show.

use std::fmt::Debug;

use crate::display::show;

/// A cell's last expression is shown by its method `evcxr_display`. For a value without one evcxr tries to
/// compile the cell, fails, and compiles it once more with the value's `Debug` form. The course's kernel
/// brings this trait into each cell, so that the first attempt succeeds and shows the same.
#[doc(hidden)]
pub trait Shown {
    fn evcxr_display(&self);
}

impl<T: Debug + ?Sized> Shown for T {
    fn evcxr_display(&self) {
        show(&[("text/plain", &format!("{self:?}"))]);
    }
}
