//! A batch ends soon after a signal, wherever it stands, and what it has started ends with it.

use std::fs;
use std::io::{Cursor, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{Folder, graded};

fn grading(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ex03-grading"));
    command.arg("grade").arg(folder);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(30), "{what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Ends the tool as a system does that shuts down, and sees that it obeys.
fn ends_at_sigterm(mut tool: Child) {
    let pid = tool.id().to_string();
    let started = Instant::now();
    let kill = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
    assert!(kill.success());
    let limit = Duration::from_secs(2);
    while started.elapsed() < limit {
        if let Some(status) = tool.try_wait().unwrap() {
            assert_eq!(status.code(), Some(130), "{status}");
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    tool.kill().unwrap();
    tool.wait().unwrap();
    panic!("it goes on for more than {limit:?}");
}

/// An archive of archives that are none: some tens of seconds of unpacking.
#[cfg(target_os = "linux")]
#[test]
fn while_it_reads() {
    let options = SimpleFileOptions::default();
    let mut one = ZipWriter::new(Cursor::new(Vec::new()));
    one.start_file("x", options).unwrap();
    for _ in 0..200 {
        one.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let mut one = ZipArchive::new(one.finish().unwrap()).unwrap();
    let mut many = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..200 {
        let member = one.by_index_raw(0).unwrap();
        many.raw_copy_file_rename(member, format!("{i}.zip"))
            .unwrap();
    }
    let folder = Folder::new("interrupted_reading");
    folder.file("many.zip", many.finish().unwrap().into_inner());
    let tool = grading(&folder.0).spawn().unwrap();
    let open = format!("/proc/{}/fd", tool.id());
    wait_until("nothing is read", || {
        let files = fs::read_dir(&open).into_iter().flatten().flatten();
        let mut paths = files.filter_map(|it| fs::read_link(it.path()).ok());
        paths.any(|path| path.ends_with("many.zip"))
    });
    ends_at_sigterm(tool);
}

/// A stand-in for cargo that takes its time, as a compiler does.
#[test]
fn while_it_compiles_and_the_compiler_with_it() {
    let folder = Folder::new("interrupted_compiling");
    folder.file("x.ipynb", graded());
    let cargo = folder.0.join("bin/cargo");
    let started = folder.0.join("started");
    let script = format!(
        "#!/bin/sh\necho $$ > '{}'\nexec sleep 60\n",
        started.display()
    );
    folder.file("bin/cargo", script);
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    let bin = folder.0.join("bin");
    let path = std::env::var("PATH").unwrap();
    let tool = grading(&folder.0.join("x.ipynb"))
        .env("PATH", format!("{}:{path}", bin.display()))
        .env("CARGO", &cargo)
        .spawn()
        .unwrap();
    let child = || fs::read_to_string(&started).unwrap_or_default();
    wait_until("nothing is compiled", || child().ends_with('\n'));
    ends_at_sigterm(tool);
    let child = child();
    let is_there = || {
        let mut ask = Command::new("kill");
        ask.args(["-0", child.trim()]).stderr(Stdio::null());
        ask.status().unwrap().success()
    };
    wait_until("the compiler outlives the tool", || !is_there());
}
