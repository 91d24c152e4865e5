//! The layers of the jail on a system that has none.

use anyhow::{Result, bail};

use super::limits::Limits;

pub fn missing() -> Vec<String> {
    vec!["landlock y seccomp: solo los tiene Linux".to_owned()]
}

pub fn enter(limits: &Limits) -> Result<()> {
    match limits.confined {
        true => bail!("no hay aislamiento en este sistema"),
        false => Ok(()),
    }
}
