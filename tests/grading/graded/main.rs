//! Submissions through the real grader: what an honest one gets, and what a hostile one does not.

#[cfg(target_os = "linux")]
mod attacks;
mod outcomes;
mod slips;
mod submissions;
