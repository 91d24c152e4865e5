//! One line that tells what goes on, how far it is and how long it takes.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::system;

/// How often a line is written where there is no terminal to rewrite it on.
const LINE_EVERY: Duration = Duration::from_secs(15);

pub struct Progress {
    what: &'static str,
    started: Instant,
    first: Option<(usize, Instant)>,
    written: Option<Instant>,
    terminal: bool,
    finished: bool,
}

impl Progress {
    pub fn start(what: &'static str) -> Progress {
        let mut progress = Progress {
            what,
            started: Instant::now(),
            first: None,
            written: None,
            terminal: std::io::stderr().is_terminal() && system::understands_escapes(),
            finished: false,
        };
        progress.show(None);
        progress
    }

    /// Shows that `done` of `total` parts are there.
    pub fn show(&mut self, parts: Option<(usize, usize)>) {
        if let Some((done, _)) = parts {
            // What an earlier attempt had done came at once: it says nothing about the pace.
            self.first.get_or_insert((done, Instant::now()));
        }
        if !self.terminal && self.written.is_some_and(|at| at.elapsed() < LINE_EVERY) {
            return;
        }
        self.written = Some(Instant::now());
        let rest = match (parts, self.first) {
            (Some(parts), Some((done, at))) => rest(parts, done, at.elapsed()),
            _ => None,
        };
        let line = line(self.what, parts, self.started.elapsed(), rest);
        let _ = match self.terminal {
            true => write!(std::io::stderr(), "\r\x1b[K{line}"),
            false => writeln!(std::io::stderr(), "{line}"),
        };
        let _ = std::io::stderr().flush();
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

fn line(
    what: &str,
    parts: Option<(usize, usize)>,
    elapsed: Duration,
    rest: Option<Duration>,
) -> String {
    let mut line = match parts {
        Some((done, total)) => format!("{what}: {done} de {total}, {}", minutes(elapsed)),
        None => format!("{what}… {}", minutes(elapsed)),
    };
    if let Some(rest) = rest.filter(|rest| *rest >= Duration::from_secs(5)) {
        line += &format!(", quedan unos {}", about(rest));
    }
    line
}

/// How long the rest will take at the pace since `first` parts were there. Before a twentieth is
/// done, it would only jump about.
fn rest((done, total): (usize, usize), first: usize, since: Duration) -> Option<Duration> {
    let new = done.saturating_sub(first);
    (new > 0 && new * 20 >= total)
        .then(|| since.mul_f64(total.saturating_sub(done) as f64 / new as f64))
}

/// An estimate does not know its seconds.
fn about(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..90 => format!("{} s", seconds.next_multiple_of(5)),
        seconds => format!("{} min", (seconds + 30) / 60),
    }
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
        let seconds = Duration::from_secs;
        assert_eq!(line("Creo", None, seconds(9), None), "Creo… 9 s");
        assert_eq!(
            line("Compilo", Some((50, 200)), seconds(65), Some(seconds(195))),
            "Compilo: 50 de 200, 1 min 05 s, quedan unos 3 min"
        );
        assert_eq!(
            line("Compilo", Some((200, 200)), seconds(65), Some(seconds(0))),
            "Compilo: 200 de 200, 1 min 05 s"
        );
    }

    #[test]
    fn the_rest_is_estimated_from_the_pace_of_this_attempt() {
        let seconds = Duration::from_secs;
        assert_eq!(rest((9, 200), 0, seconds(9)), None);
        assert_eq!(rest((50, 200), 0, seconds(50)), Some(seconds(150)));
        assert_eq!(rest((150, 200), 100, seconds(50)), Some(seconds(50)));
        assert_eq!(rest((100, 200), 100, seconds(1)), None);
    }
}
