//! What both systems' modules promise, tried on the one at hand.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, process};

use super::*;

/// Set for this test program where a test starts it once more, as a child: how many children it
/// has to start in its turn.
const GENERATIONS: &str = "EX03_TEST_GENERATIONS";

/// An empty folder, whose name is like that of a user in Spain.
fn folder(name: &str) -> PathBuf {
    let folder = env::temp_dir().join(format!("José Núñez {} {name}", process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn child(test: &str, generations: u32) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args([&format!("system::tests::{test}"), "--exact", "--nocapture"])
        .env(GENERATIONS, generations.to_string())
        .stdout(Stdio::null());
    command
}

#[test]
fn a_family_ends_with_its_grandchildren() {
    let folder = match env::var("EX03_TEST_FOLDER") {
        Ok(folder) => PathBuf::from(folder),
        Err(_) => folder("family"),
    };
    let alive = |generation: u32| folder.join(generation.to_string());
    if let Ok(generations) = env::var(GENERATIONS).map(|it| it.parse::<u32>().unwrap()) {
        let started = Instant::now();
        let _child = (generations > 1).then(|| {
            let mut child = child("a_family_ends_with_its_grandchildren", generations - 1);
            child.env("EX03_TEST_FOLDER", &folder).spawn().unwrap()
        });
        // A test that fails leaves no process behind for long.
        while started.elapsed() < Duration::from_secs(60) {
            fs::write(
                alive(generations),
                started.elapsed().as_millis().to_string(),
            )
            .unwrap();
            std::thread::sleep(Duration::from_millis(20));
        }
        return;
    }
    let mut command = child("a_family_ends_with_its_grandchildren", 2);
    command.env("EX03_TEST_FOLDER", &folder);
    let mut child = in_own_group(&mut command).spawn().unwrap();
    let family = Family::of(&child).unwrap();
    let asked = Instant::now();
    while !(alive(1).exists() && alive(2).exists()) {
        assert!(asked.elapsed() < Duration::from_secs(30), "no grandchild");
        std::thread::sleep(Duration::from_millis(20));
    }
    family.kill();
    assert!(!child.wait().unwrap().success());
    std::thread::sleep(Duration::from_millis(200));
    let last = |generation| fs::read_to_string(alive(generation)).unwrap();
    let seen = (last(1), last(2));
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!((last(1), last(2)), seen, "one of them still writes");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_program_that_goes_on_as_another_ends_as_it_does() {
    match env::var(GENERATIONS).as_deref() {
        Ok("2") => {
            let mut other = child("a_program_that_goes_on_as_another_ends_as_it_does", 1);
            let status = become_program(&mut other).unwrap();
            assert_eq!(
                format!("{status:?}"),
                format!("{:?}", process::ExitCode::from(7))
            );
            process::exit(7);
        }
        Ok(_) => process::exit(7),
        Err(_) => {
            let mut command = child("a_program_that_goes_on_as_another_ends_as_it_does", 2);
            assert_eq!(command.status().unwrap().code(), Some(7));
        }
    }
}

#[test]
fn a_link_leads_to_a_file() {
    let folder = folder("link");
    let (file, path) = (folder.join("año.txt"), folder.join("enlace.txt"));
    fs::write(&file, "está").unwrap();
    link(&file, &path).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "está");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_parts_of_a_virtual_environment_are_found() {
    let folder = folder("venv");
    let python = in_venv(&folder, "python");
    assert!(python.starts_with(&folder));
    assert_eq!(python.file_name().unwrap(), &*program("python"));
    let packages = folder.join(if cfg!(windows) {
        r"Lib\site-packages"
    } else {
        "lib/python3.12/site-packages"
    });
    fs::create_dir_all(&packages).unwrap();
    assert_eq!(packages_in_venv(&folder), [packages]);
    fs::remove_dir_all(folder).unwrap();
}
