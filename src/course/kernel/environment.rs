//! The variables of the environment by which a kernel's programs know what they work for.

/// The kernel's working folder: set for all that a kernel of ours starts.
pub const FOLDER: &str = "EX03_KERNEL_FOLDER";
