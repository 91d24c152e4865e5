//! The lab: from a fresh clone into JupyterLab, with a kernel of the course's own.
//!
//! | module | does |
//! |---|---|
//! | [`lab`] | `cargo run`: opens JupyterLab, once it is set up |
//! | [`setup`] | brings what is missing: Python packages, the kernel, std's sources, the compiled library |
//! | [`server`] | starts, finds and ends JupyterLab's server |
//! | [`jupyter`] | keeps the course's Jupyter apart from the user's own |
//! | [`kernel`] | what JupyterLab starts for a notebook |
//! | [`release`] | derives the student notebooks, and bundles for students |
//! | [`ahead`] | compiles ahead, while JupyterLab is open, what the course gives |
//! | [`export`] | writes the solved notebooks as pages |
//! | [`grading`] | hands over to the grader, a program of its own |
//! | [`offline`] | what a bundle brings along for a lab without a network |
//! | [`places`] | where all that lies |
//! | [`pins`] | which versions of it are used |

// Its documentation is for those who change it, and shows private items too.
#![allow(rustdoc::private_intra_doc_links)]

pub mod ahead;
pub mod export;
pub mod grading;
pub mod jupyter;
pub mod kernel;
pub mod lab;
pub mod offline;
pub mod pins;
pub mod places;
pub mod release;
pub mod server;
pub mod setup;
