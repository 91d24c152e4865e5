//! What evcxr's rust-analyzer reads to find the types of variables: as little as it needs.
//!
//! It is most of what a kernel waits for and of the memory that a kernel takes. Left to itself it reads
//! all of std and of the library's fifty dependencies, with every body, of which no type in a cell
//! depends.
//!
//! | module | does |
//! |---|---|
//! | [`signatures`] | leaves out of a source file what no type depends on |
//! | [`std`] | puts such a std in the toolchain's place |
//! | [`crates`] | tells rust-analyzer of those crates alone that a cell can name |

pub mod crates;
mod signatures;
pub mod std;
