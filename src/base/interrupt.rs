//! Ctrl-C, a closed terminal and SIGTERM as a flag: long work looks at it and ends in its own time,
//! with its children.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use crate::console;
use crate::failure::{INTERRUPTED, Interrupted};

static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// From here on, signals that would end the process only raise the flag.
pub fn listen() {
    FLAG.get_or_init(|| {
        let flag = Arc::new(AtomicBool::new(false));
        for signal in SIGNALS {
            // Registering fails only for signals that cannot be caught.
            let _ = signal_hook::flag::register(*signal, flag.clone());
        }
        flag
    });
}

/// From here on, the process ends within two seconds of such a signal, wherever it stands. All that
/// looks at the flag has ended by then, with its children: what is left waits for a file that does
/// not answer.
pub fn end_soon() {
    listen();
    let watch = || {
        while !is_raised() {
            thread::sleep(Duration::from_millis(50));
        }
        thread::sleep(Duration::from_millis(1500));
        console::tell(&format!("ex03: {Interrupted}"));
        std::process::exit(INTERRUPTED.into());
    };
    // Without it, the signal only takes longer to be heard.
    let _ = thread::Builder::new().spawn(watch);
}

#[cfg(unix)]
const SIGNALS: &[i32] = &[
    signal_hook::consts::SIGINT,
    signal_hook::consts::SIGTERM,
    signal_hook::consts::SIGHUP,
];
#[cfg(not(unix))]
const SIGNALS: &[i32] = &[signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM];

/// Whether such a signal has come.
pub fn is_raised() -> bool {
    FLAG.get().is_some_and(|flag| flag.load(Ordering::Relaxed))
}

/// # Errors
///
/// [`Interrupted`], where such a signal has come.
pub fn check() -> Result<(), Interrupted> {
    match is_raised() {
        true => Err(Interrupted),
        false => Ok(()),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::process::{Command, Stdio};
    use std::time::Instant;

    use rustix::process::{Pid, Signal, kill_process};

    use super::*;

    /// Set in the process that is interrupted.
    const STUCK: &str = "EX03_TEST_STUCK";

    #[test]
    fn what_does_not_look_at_the_flag_ends_too() {
        if std::env::var_os(STUCK).is_some() {
            end_soon();
            println!("listening");
            thread::sleep(Duration::from_secs(60));
        }
        let name = "interrupt::tests::what_does_not_look_at_the_flag_ends_too";
        let mut stuck = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name, "--nocapture"])
            .env(STUCK, "1")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = std::io::BufReader::new(stuck.stdout.take().unwrap());
        let mut line = String::new();
        while !line.contains("listening") {
            line.clear();
            let length = std::io::BufRead::read_line(&mut said, &mut line).unwrap();
            assert!(length > 0, "it ended before it listened");
        }
        let started = Instant::now();
        kill_process(Pid::from_child(&stuck), Signal::TERM).unwrap();
        assert_eq!(stuck.wait().unwrap().code(), Some(INTERRUPTED.into()));
        assert!(started.elapsed() < Duration::from_secs(2));
    }
}
