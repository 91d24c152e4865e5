//! The layers of the jail, as Linux gives them to an ordinary user.

use std::collections::BTreeMap;
use std::path::PathBuf;

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, PathBeneath, PathFd,
    Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetStatus, Scope,
};
use rustix::process::{Resource, Rlimit, Signal, setrlimit};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule,
};

use anyhow::{Context, Result, bail};

use super::limits::{Kind, Limits};

/// What must be there: files confined. Newer kernels confine more, and it is used where it is there.
const NEEDED: ABI = ABI::V1;
const WANTED: ABI = ABI::V6;

/// It enters what it tries: only for a process of its own.
pub fn missing() -> Vec<String> {
    let mut missing = Vec::new();
    if landlock(&[], &[]).is_err() {
        missing.push(
            "landlock: el núcleo de Linux debe ser 5.13 o posterior, y tenerlo activado".to_owned(),
        );
    }
    if seccomp(Kind::Compiler).is_err() {
        missing.push("seccomp: este núcleo de Linux no filtra llamadas al sistema".to_owned());
    }
    missing
}

pub fn enter(limits: &Limits) -> Result<()> {
    // First of all, so that nothing outlives the tool.
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))
        .context("PR_SET_PDEATHSIG")?;
    rlimits(limits).context("rlimit")?;
    let files = landlock(&limits.readable, &limits.writable);
    let calls = seccomp(limits.kind);
    // Where the teacher does without a layer, the other is still worth having.
    if limits.confined {
        files.context("landlock")?;
        calls.context("seccomp")?;
    }
    Ok(())
}

fn rlimits(limits: &Limits) -> rustix::io::Result<()> {
    let set = |resource, soft: u64, hard: u64| {
        let limit = Rlimit {
            current: Some(soft),
            maximum: Some(hard),
        };
        setrlimit(resource, limit)
    };
    set(Resource::As, limits.memory, limits.memory)?;
    // Between the two a program gets SIGXCPU, which tells that time was up.
    set(Resource::Cpu, limits.cpu_seconds, limits.cpu_seconds + 1)?;
    set(Resource::Fsize, limits.file_size, limits.file_size)?;
    set(Resource::Core, 0, 0)
}

fn landlock(readable: &[PathBuf], writable: &[PathBuf]) -> Result<()> {
    let all = AccessFs::from_all(WANTED);
    let read: BitFlags<AccessFs> = AccessFs::from_read(WANTED);
    let mut ruleset = Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::from_all(NEEDED))?
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
    match ruleset.restrict_self()?.ruleset {
        RulesetStatus::NotEnforced => bail!("no se aplica"),
        _ => Ok(()),
    }
}

fn seccomp(kind: Kind) -> Result<()> {
    let arch = std::env::consts::ARCH.try_into()?;
    let filter = match kind {
        // A call that computing does not need ends the program, and the signal tells why.
        Kind::Program => SeccompFilter::new(
            allowed()?,
            SeccompAction::KillProcess,
            SeccompAction::Allow,
            arch,
        )?,
        Kind::Compiler => SeccompFilter::new(
            denied(),
            SeccompAction::Allow,
            SeccompAction::Errno(libc::EPERM as u32),
            arch,
        )?,
    };
    let program: BpfProgram = filter.try_into()?;
    Ok(seccompiler::apply_filter(&program)?)
}

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// What a program of Rust's needs to compute, to print, to fail, and to begin (`execve`: landlock lets it become nothing but itself).
fn allowed() -> Result<Rules> {
    let mut calls: Rules = ALLOWED.iter().map(|&call| (call, Vec::new())).collect();
    #[cfg(target_arch = "x86_64")]
    calls.extend(ALLOWED_X86_64.iter().map(|&call| (call, Vec::new())));
    // An abort is a signal to itself.
    let itself = u64::from(std::process::id());
    let only = |argument: u8, value: u64| -> Result<SeccompCondition, seccompiler::BackendError> {
        SeccompCondition::new(argument, SeccompCmpArgLen::Qword, SeccompCmpOp::Eq, value)
    };
    calls.insert(
        libc::SYS_tgkill,
        vec![SeccompRule::new(vec![only(0, itself)?])?],
    );
    // Limits may be read, its own, and not set.
    calls.insert(
        libc::SYS_prlimit64,
        vec![SeccompRule::new(vec![only(0, 0)?, only(2, 0)?])?],
    );
    Ok(calls)
}

const ALLOWED: &[i64] = &[
    libc::SYS_brk,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_close,
    libc::SYS_dup,
    libc::SYS_execve,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_fcntl,
    libc::SYS_fstat,
    libc::SYS_futex,
    libc::SYS_getcwd,
    libc::SYS_getpid,
    libc::SYS_getrandom,
    libc::SYS_gettid,
    libc::SYS_ioctl,
    libc::SYS_lseek,
    libc::SYS_madvise,
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_nanosleep,
    libc::SYS_newfstatat,
    libc::SYS_openat,
    libc::SYS_ppoll,
    libc::SYS_read,
    libc::SYS_readlinkat,
    libc::SYS_readv,
    libc::SYS_restart_syscall,
    libc::SYS_rseq,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sched_getaffinity,
    libc::SYS_sched_yield,
    libc::SYS_set_robust_list,
    libc::SYS_set_tid_address,
    libc::SYS_sigaltstack,
    libc::SYS_statx,
    libc::SYS_uname,
    libc::SYS_write,
    libc::SYS_writev,
];

#[cfg(target_arch = "x86_64")]
const ALLOWED_X86_64: &[i64] = &[
    libc::SYS_access,
    libc::SYS_arch_prctl,
    libc::SYS_open,
    libc::SYS_poll,
    libc::SYS_readlink,
    libc::SYS_stat,
];

/// What compiling and linking never need, and a way out of a folder might.
fn denied() -> Rules {
    [
        libc::SYS_socket,
        libc::SYS_connect,
        libc::SYS_bind,
        libc::SYS_listen,
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_bpf,
        libc::SYS_perf_event_open,
        libc::SYS_userfaultfd,
        libc::SYS_io_uring_setup,
        libc::SYS_io_uring_enter,
        libc::SYS_keyctl,
        libc::SYS_add_key,
        libc::SYS_mount,
        libc::SYS_umount2,
        libc::SYS_unshare,
        libc::SYS_setns,
        libc::SYS_pivot_root,
        libc::SYS_chroot,
        libc::SYS_kexec_load,
        libc::SYS_init_module,
        libc::SYS_finit_module,
        libc::SYS_reboot,
        libc::SYS_open_by_handle_at,
    ]
    .into_iter()
    .map(|call| (call, Vec::new()))
    .collect()
}
