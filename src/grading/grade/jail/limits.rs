//! What the compiler is allowed, and how it is written on the command line of the tool that confines itself.

use std::ffi::OsString;
use std::path::PathBuf;

/// What the compiler is allowed.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Of address space, in bytes.
    pub memory: u64,
    pub cpu_seconds: u64,
    /// Of a file that it writes, in bytes.
    pub file_size: u64,
    pub readable: Vec<PathBuf>,
    pub writable: Vec<PathBuf>,
}

impl Limits {
    /// What [`parse`](Limits::parse) reads.
    pub fn arguments(&self) -> Vec<OsString> {
        let numbers = [self.memory, self.cpu_seconds, self.file_size];
        let mut arguments: Vec<OsString> = numbers.iter().map(|it| it.to_string().into()).collect();
        for (flag, paths) in [("r", &self.readable), ("w", &self.writable)] {
            for path in paths {
                arguments.extend([flag.into(), path.into()]);
            }
        }
        arguments
    }

    /// The limits, and what stands after `--`.
    pub fn parse(arguments: &[OsString]) -> Option<(Limits, &[OsString])> {
        let mut at = arguments.iter();
        let mut number = || at.next()?.to_str()?.parse::<u64>().ok();
        let mut limits = Limits {
            memory: number()?,
            cpu_seconds: number()?,
            file_size: number()?,
            readable: Vec::new(),
            writable: Vec::new(),
        };
        loop {
            match at.next()?.to_str()? {
                "r" => limits.readable.push(at.next()?.into()),
                "w" => limits.writable.push(at.next()?.into()),
                "--" => return Some((limits, at.as_slice())),
                _ => return None,
            }
        }
    }
}
