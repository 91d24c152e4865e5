//! What is no regular file: opening one may wait for ever, and so none is opened.

use std::fs;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::{Folder, assert_rows, graded, positions, read, zip};
use ex03_grading::submissions::Handed;

/// Reads a folder, and fails where that does not end.
fn read_without_waiting(folder: &Path) -> Vec<Handed> {
    let (sender, receiver) = mpsc::channel();
    let folder = folder.to_owned();
    thread::spawn(move || sender.send(read(&[&folder])));
    let read = receiver.recv_timeout(Duration::from_secs(20));
    read.expect("reading waits for a file that never answers")
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn a_pipe_a_socket_and_a_device_are_rows_with_their_reason() {
    let folder = Folder::new("special");
    // The name of a socket is short, wherever the project lies.
    let short = tempfile_for_a_socket();
    let socket = UnixListener::bind(&short).unwrap();
    fs::rename(&short, folder.0.join("3 socket.ipynb")).unwrap();
    folder.file("0 good.ipynb", graded());
    pipe(&folder.0.join("1 pipe.ipynb"));
    pipe(&folder.0.join("2 pipe.zip"));
    std::os::unix::fs::symlink("1 pipe.ipynb", folder.0.join("4 link.ipynb")).unwrap();
    let handed = read_without_waiting(&folder.0);
    drop(socket);
    assert_rows(
        &handed,
        &[
            ("0 good", ""),
            ("1 pipe", "es una tubería entre programas"),
            ("2 pipe", "es una tubería entre programas"),
            ("3 socket", "es una conexión entre programas"),
            ("4 link", "es una tubería entre programas"),
        ],
    );
    // What the user names is read whatever it is called.
    let device = read_without_waiting(Path::new("/dev/zero"));
    assert_rows(&device, &[("zero", "es un dispositivo")]);
    let pipe = read_without_waiting(&folder.0.join("1 pipe.ipynb"));
    assert_rows(&pipe, &[("1 pipe", "es una tubería entre programas")]);
}

fn tempfile_for_a_socket() -> std::path::PathBuf {
    let path = std::env::temp_dir().join(format!("ex03-socket-{}", std::process::id()));
    let _ = fs::remove_file(&path);
    path
}

#[test]
fn in_an_archive_too() {
    const KINDS: [(&str, u32, &str); 4] = [
        ("a.ipynb", 0o010_644, "es una tubería entre programas"),
        ("b.ipynb", 0o020_644, "es un dispositivo"),
        ("c.ipynb", 0o140_644, "es una conexión entre programas"),
        ("d.ipynb", 0o100_644, ""),
    ];
    let good = graded();
    let mut archive = zip(&KINDS.map(|(name, ..)| (name, &*good)));
    // The mode is in the upper half of a member's external attributes.
    let headers = positions(&archive, b"PK\x01\x02");
    for (at, (_, mode, _)) in headers.into_iter().zip(KINDS) {
        archive[at + 38..at + 42].copy_from_slice(&(mode << 16).to_le_bytes());
    }
    let folder = Folder::new("special_members");
    folder.file("x.zip", archive);
    let handed = read_without_waiting(&folder.0);
    assert_rows(
        &handed,
        &KINDS.map(|(name, _, reason)| (name.strip_suffix(".ipynb").unwrap(), reason)),
    );
}
