//! One line that tells what goes on, how far it is and how long it takes.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// How often a line is written where there is no terminal to rewrite it on.
const LINE_EVERY: Duration = Duration::from_secs(15);

pub struct Progress {
    what: &'static str,
    started: Instant,
    written: Option<Instant>,
    terminal: bool,
    finished: bool,
}

impl Progress {
    pub fn start(what: &'static str) -> Progress {
        let mut progress = Progress {
            what,
            started: Instant::now(),
            written: None,
            terminal: std::io::stderr().is_terminal(),
            finished: false,
        };
        progress.show(None);
        progress
    }

    /// Shows that `done` of `total` parts are there.
    pub fn show(&mut self, parts: Option<(usize, usize)>) {
        let elapsed = self.started.elapsed();
        if self.terminal {
            let _ = write!(
                std::io::stderr(),
                "\r\x1b[K{}",
                line(self.what, parts, elapsed)
            );
            let _ = std::io::stderr().flush();
        } else if self
            .written
            .is_none_or(|written| written.elapsed() >= LINE_EVERY)
        {
            self.written = Some(Instant::now());
            let _ = writeln!(std::io::stderr(), "{}", line(self.what, parts, elapsed));
        }
    }

    pub fn finish(mut self) {
        self.finished = true;
        let start = if self.terminal { "\r\x1b[K" } else { "" };
        let took = minutes(self.started.elapsed());
        let _ = writeln!(std::io::stderr(), "{start}{}: listo en {took}", self.what);
    }
}

/// A message after a step that failed starts on a line of its own.
impl Drop for Progress {
    fn drop(&mut self) {
        if self.terminal && !self.finished {
            let _ = writeln!(std::io::stderr());
        }
    }
}

fn line(what: &str, parts: Option<(usize, usize)>, elapsed: Duration) -> String {
    let Some((done, total)) = parts else {
        return format!("{what}… {}", minutes(elapsed));
    };
    let mut line = format!("{what}: {done} de {total}, {}", minutes(elapsed));
    // Before a twentieth is done, an estimate would only jump about.
    if done > 0 && done * 20 >= total {
        let rest = elapsed.mul_f64((total - done) as f64 / done as f64);
        if rest >= Duration::from_secs(5) {
            line += &format!(", quedan unos {}", minutes(rest));
        }
    }
    line
}

fn minutes(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_how_far_and_how_long() {
        let at = |done, seconds| line("Compilo", Some((done, 200)), Duration::from_secs(seconds));
        assert_eq!(at(9, 9), "Compilo: 9 de 200, 9 s");
        assert_eq!(
            at(50, 65),
            "Compilo: 50 de 200, 1 min 05 s, quedan unos 3 min 15 s"
        );
        assert_eq!(at(200, 65), "Compilo: 200 de 200, 1 min 05 s");
    }
}
