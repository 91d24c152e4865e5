//! Windows: job objects, events of the console, and links that need no rights.

use std::ffi::OsStr;
use std::fs::{File, Metadata};
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use std::os::windows::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use std::{fs, io, mem, ptr, thread};

use windows_sys::Win32::Foundation::{FALSE, TRUE};
use windows_sys::Win32::System::Console::{
    CTRL_BREAK_EVENT, CTRL_C_EVENT, ENABLE_VIRTUAL_TERMINAL_PROCESSING, GenerateConsoleCtrlEvent,
    GetConsoleMode, SetConsoleCtrlHandler, SetConsoleMode,
};
use windows_sys::Win32::System::JobObjects::{
    AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE,
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION, JobObjectExtendedLimitInformation,
    SetInformationJobObject, TerminateJobObject,
};
use windows_sys::Win32::System::Threading::CREATE_NEW_PROCESS_GROUP;
use windows_sys::core::BOOL;

/// The variable that says where the system's loader looks for libraries; none where evcxr sees to
/// it.
pub const LIBRARY_PATH: Option<&str> = None;

/// What stands between the folders of a `PATH`.
pub const BETWEEN_PATHS: char = ';';

/// The names that a Python goes by. `python3` may be a stub that opens the store.
pub const PYTHONS: &[&str] = &["python", "py", "python3"];

/// Has a command run where a Ctrl-C in our terminal does not reach it.
pub fn in_own_group(command: &mut Command) -> &mut Command {
    command.creation_flags(CREATE_NEW_PROCESS_GROUP)
}

/// A child that runs in its own group, with all that it starts. All of them end when this value is
/// dropped, and when our process ends in whatever way.
pub struct Family {
    job: OwnedHandle,
    group: u32,
}

impl Family {
    /// The child has been started by [`in_own_group`]. What it starts before this call is not
    /// counted, so the call comes right after its start.
    pub fn of(child: &Child) -> io::Result<Family> {
        let job = job_that_ends_with_its_handle()?;
        // SAFETY: both handles are open, and stay so during the call.
        succeeded(unsafe { AssignProcessToJobObject(job.as_raw_handle(), child.as_raw_handle()) })?;
        Ok(Family {
            job,
            group: child.id(),
        })
    }

    /// Asks all of them to end.
    pub fn ask_to_end(&self) {
        // SAFETY: the function takes numbers only. It fails where we have no console.
        unsafe { GenerateConsoleCtrlEvent(CTRL_BREAK_EVENT, self.group) };
    }

    /// Ends all of them at once. The child may have ended before and left others.
    pub fn kill(&self) {
        // SAFETY: the handle is open.
        unsafe { TerminateJobObject(self.job.as_raw_handle(), 1) };
    }
}

fn job_that_ends_with_its_handle() -> io::Result<OwnedHandle> {
    // SAFETY: null pointers stand for no attributes and no name.
    let job = unsafe { CreateJobObjectW(ptr::null(), ptr::null()) };
    if job.is_null() {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the handle is ours, and nobody else closes it.
    let job = unsafe { OwnedHandle::from_raw_handle(job) };
    let mut limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    // SAFETY: the pointer and the size are those of the structure that this class of information
    // takes.
    succeeded(unsafe {
        SetInformationJobObject(
            job.as_raw_handle(),
            JobObjectExtendedLimitInformation,
            (&raw const limits).cast(),
            size_of_val(&limits) as u32,
        )
    })?;
    Ok(job)
}

fn succeeded(returned: BOOL) -> io::Result<()> {
    match returned {
        FALSE => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

/// Ends a child, with all that it starts, when our process ends in whatever way.
pub struct EndWithUs;

/// Jupyter ends a kernel without a word here, so the flag is never raised.
pub fn end_with_us(_told: &'static AtomicBool) -> io::Result<EndWithUs> {
    Ok(EndWithUs)
}

impl EndWithUs {
    /// Takes a child that has just been started.
    pub fn take(&self, child: &Child) -> io::Result<()> {
        // The system closes the handle when our process ends.
        mem::forget(Family::of(child)?);
        Ok(())
    }

    /// Says that the child has ended.
    pub fn ended(&self) {}
}

static INTERRUPTED: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// From here on Ctrl-C, Ctrl-Break and a closed console only raise the flag.
pub fn raise_at_interrupt(flag: &Arc<AtomicBool>) {
    if INTERRUPTED.set(flag.clone()).is_ok() {
        // SAFETY: the handler is a function that is always there.
        unsafe { SetConsoleCtrlHandler(Some(raise), TRUE) };
    }
}

unsafe extern "system" fn raise(event: u32) -> BOOL {
    if let Some(flag) = INTERRUPTED.get() {
        flag.store(true, Ordering::Relaxed);
    }
    if event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT {
        // The console closes, and the system ends our process when this function returns. It ends
        // it in any case after five seconds, which the work has to come to an end.
        thread::sleep(Duration::from_secs(5));
    }
    TRUE
}

/// A program that runs when nothing else has to. Here it runs as any other: a group of processes takes
/// the only flags that a program can be started with.
pub fn giving_way(program: &OsStr) -> Command {
    Command::new(program)
}

/// Runs another program to its end, and ends as it does. Returns only once it has ended, or where
/// it does not start.
pub fn become_program(command: &mut Command) -> io::Result<ExitCode> {
    let mut child = command.spawn()?;
    mem::forget(Family::of(&child)?);
    // A Ctrl-C reaches both. The program decides what to do at it.
    raise_at_interrupt(&Arc::default());
    let code = child.wait()?.code().unwrap_or(1);
    // Only the lowest byte gets through. What does not fit in it is a failure all the same.
    Ok(u8::try_from(code).unwrap_or(u8::MAX).into())
}

/// Lets the path `link` lead to a file or folder. For a folder the user needs the right to make
/// symbolic links, which Windows gives to developers.
pub fn link(to: &Path, link: &Path) -> io::Result<()> {
    if to.is_dir() {
        return std::os::windows::fs::symlink_dir(to, link);
    }
    fs::hard_link(to, link).or_else(|_| fs::copy(to, link).map(drop))
}

/// Opens a file to be read. No file of a folder makes us wait.
pub fn open_without_waiting(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// A file's kind, in one number, as Unix has it.
pub fn mode(metadata: &Metadata) -> u32 {
    match (metadata.is_file(), metadata.is_dir()) {
        (true, _) => 0o100_000,
        (_, true) => 0o040_000,
        _ => 0o170_000,
    }
}

/// Whether the terminal lets us rewrite a line. Older ones have to be told first.
pub fn understands_escapes() -> bool {
    let terminal = io::stderr();
    let handle = terminal.as_raw_handle();
    let mut mode = 0;
    // SAFETY: the handle is open, and `mode` is where the function writes to.
    if unsafe { GetConsoleMode(handle, &raw mut mode) } == FALSE {
        return false;
    }
    // SAFETY: the handle is open.
    unsafe { SetConsoleMode(handle, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING) != FALSE }
}

/// A program of a virtual environment of Python.
pub fn in_venv(folder: &Path, program: &str) -> PathBuf {
    folder.join("Scripts").join(format!("{program}.exe"))
}

/// Where a virtual environment of Python keeps its packages.
pub fn packages_in_venv(folder: &Path) -> Vec<PathBuf> {
    vec![folder.join("Lib").join("site-packages")]
}
