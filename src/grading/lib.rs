//! The grader: from a class's notebooks to grades, without a kernel and without trust.
//!
//! | module | does |
//! |---|---|
//! | [`submissions`] | finds and reads what a class handed in |
//! | [`definitions`] | finds the functions and types that a notebook's cells define |
//! | [`program`] | makes a Rust program of cells, so that rustc speaks of them |
//! | [`grade`] | compiles, asks and judges |
//! | [`grades`] | what came of it |
//! | [`similar`] | finds code that is the same |
//! | [`report`] | tells it to the terminal, the teacher, each student, and machines |
//! | [`nbgrader`] | writes an nbgrader course that grades so |

// Its documentation is for those who change it, and shows private items too.
#![allow(rustdoc::private_intra_doc_links)]

pub mod definitions;
pub mod grade;
pub mod grades;
pub mod nbgrader;
pub mod program;
pub mod report;
pub mod similar;
pub mod submissions;
