//! Ctrl-C, a closed terminal and SIGTERM as a flag: long work looks at it and ends in its own time,
//! with its children.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use crate::failure::{INTERRUPTED, Interrupted};
use crate::{console, system};

static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// From here on, what would end the process only raises the flag.
pub fn listen() {
    FLAG.get_or_init(|| {
        let flag = Arc::new(AtomicBool::new(false));
        system::raise_at_interrupt(&flag);
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

/// Whether one of them has come.
pub fn is_raised() -> bool {
    FLAG.get().is_some_and(|flag| flag.load(Ordering::Relaxed))
}

/// # Errors
///
/// [`Interrupted`], where one of them has come.
pub fn check() -> Result<(), Interrupted> {
    match is_raised() {
        true => Err(Interrupted),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};
    use std::time::Instant;

    use super::*;
    use crate::system::Family;

    /// Set in the process that is interrupted.
    const STUCK: &str = "EX03_TEST_STUCK";

    #[test]
    fn what_does_not_look_at_the_flag_ends_too() {
        if std::env::var_os(STUCK).is_some() {
            end_soon();
            println!("listening");
            thread::sleep(Duration::from_secs(60));
            panic!("it was not ended");
        }
        let name = "interrupt::tests::what_does_not_look_at_the_flag_ends_too";
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", name, "--nocapture"])
            .env(STUCK, "1")
            .stdout(Stdio::piped());
        let mut stuck = system::in_own_group(&mut command).spawn().unwrap();
        let family = Family::of(&stuck).unwrap();
        let mut said = std::io::BufReader::new(stuck.stdout.take().unwrap());
        let mut line = String::new();
        while !line.contains("listening") {
            line.clear();
            let length = std::io::BufRead::read_line(&mut said, &mut line).unwrap();
            assert!(length > 0, "it ended before it listened");
        }
        let started = Instant::now();
        family.ask_to_end();
        assert_eq!(stuck.wait().unwrap().code(), Some(INTERRUPTED.into()));
        assert!(started.elapsed() < Duration::from_secs(2));
    }
}
