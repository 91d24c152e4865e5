//! A child with all that it starts, which ends when it is no longer needed.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};
use std::{io, thread};

use rustix::process::{Pid, Signal, kill_process_group};

use crate::command::interrupted;

/// A child in a process group of its own. Dropped, the whole group is killed.
pub struct Group {
    child: Child,
    status: Option<ExitStatus>,
}

impl Group {
    pub fn spawn(command: &mut Command) -> io::Result<Group> {
        Ok(Group {
            child: command.process_group(0).spawn()?,
            status: None,
        })
    }

    /// How it ended; none where it has not by then, or the user interrupts: then it is killed.
    pub fn wait(&mut self, limit: Duration) -> io::Result<Option<ExitStatus>> {
        let started = Instant::now();
        let mut pause = Duration::from_millis(1);
        loop {
            if let Some(status) = self.child.try_wait()? {
                self.status = Some(status);
                return Ok(self.status);
            }
            if started.elapsed() > limit || interrupted() {
                return Ok(None);
            }
            thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(10));
        }
    }

    pub fn stderr(&mut self) -> Option<std::process::ChildStderr> {
        self.child.stderr.take()
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // The leader may have ended and left others. A number is not given again so soon.
        let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
        if self.status.is_none() {
            let _ = self.child.wait();
        }
    }
}
