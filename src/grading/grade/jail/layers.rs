//! The layers of the jail, as a system gives them to an ordinary user.

use anyhow::{Context, Result};
use rustix::process::{Resource, Rlimit, setrlimit};

use super::limits::Limits;

/// From here on this process has no more than these limits.
pub fn enter(limits: &Limits) -> Result<()> {
    rlimits(limits).context("rlimit")?;
    #[cfg(target_os = "linux")]
    linux::enter(limits)?;
    Ok(())
}

#[cfg(target_os = "linux")]
pub use self::linux::has_landlock;

fn rlimits(limits: &Limits) -> rustix::io::Result<()> {
    let set = |resource, soft: u64, hard: u64| {
        let limit = Rlimit {
            current: Some(soft),
            maximum: Some(hard),
        };
        setrlimit(resource, limit)
    };
    // macOS reserves more address space for any program than this.
    if cfg!(target_os = "linux") {
        set(Resource::As, limits.memory, limits.memory)?;
    }
    // Between the two a program gets SIGXCPU, which tells that time was up.
    set(Resource::Cpu, limits.cpu_seconds, limits.cpu_seconds + 1)?;
    set(Resource::Fsize, limits.file_size, limits.file_size)?;
    set(Resource::Core, 0, 0)
}

#[cfg(target_os = "linux")]
mod linux {
    use std::path::PathBuf;

    use anyhow::{Context, Result};
    use landlock::{
        ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, PathBeneath, PathFd,
        Ruleset, RulesetAttr, RulesetCreatedAttr, Scope,
    };
    use rustix::process::{Signal, set_parent_process_death_signal};

    use super::super::limits::Limits;

    /// Newer kernels confine more, and what this one has of it is used.
    const WANTED: ABI = ABI::V6;

    pub fn has_landlock() -> bool {
        let files = AccessFs::from_all(ABI::V1);
        let ruleset = Ruleset::default()
            .set_compatibility(CompatLevel::HardRequirement)
            .handle_access(files);
        ruleset.and_then(Ruleset::create).is_ok()
    }

    pub fn enter(limits: &Limits) -> Result<()> {
        // First of all, so that nothing outlives the tool.
        set_parent_process_death_signal(Some(Signal::KILL)).context("PR_SET_PDEATHSIG")?;
        landlock(&limits.readable, &limits.writable).context("landlock")
    }

    fn landlock(readable: &[PathBuf], writable: &[PathBuf]) -> Result<()> {
        let all = AccessFs::from_all(WANTED);
        let read: BitFlags<AccessFs> = AccessFs::from_read(WANTED);
        let mut ruleset = Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(all)?
            .handle_access(AccessNet::from_all(WANTED))?
            .scope(Scope::from_all(WANTED))?
            .create()?;
        for (paths, access) in [(readable, read), (writable, all)] {
            for path in paths {
                let access = match path.is_dir() {
                    true => access,
                    false => access & AccessFs::from_file(WANTED),
                };
                ruleset = ruleset.add_rule(PathBeneath::new(PathFd::new(path)?, access))?;
            }
        }
        ruleset.restrict_self()?;
        Ok(())
    }
}
