//! What the tool says to bad use, and what it does on machines that lack something: pretended ones,
//! whose programs are shell scripts. So it is of Unix alone.
#![cfg(unix)]

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

#[test]
fn bad_use_is_refused_in_one_line() {
    let machine = Machine::new("bad_use");
    for (arguments, expected) in [
        (vec!["califica"], "no conozco la orden «califica»"),
        (vec!["--navegador"], "no conozco la opción «--navegador»"),
        (vec!["lab", "-x"], "no conozco la opción «-x»"),
        (vec!["--port"], "a la opción «--port» le falta su valor"),
        (vec!["--port", "muchos"], "«muchos» no es un número válido"),
        (vec!["--port", "70000"], "«70000» no es un número válido"),
        (
            vec!["--no-browser=si"],
            "la opción «--no-browser» no lleva valor",
        ),
        (
            vec!["lab", "a.ipynb", "b.ipynb"],
            "sobra el argumento «b.ipynb»",
        ),
        (
            vec!["lab", "no_esta.ipynb"],
            "no encuentro el cuaderno «no_esta.ipynb»",
        ),
        (
            vec!["lab", "Cargo.toml"],
            "no encuentro el cuaderno «Cargo.toml»",
        ),
        (vec!["setup", "todo"], "sobra el argumento «todo»"),
    ] {
        machine.refuses(&arguments, expected);
    }
    machine.fails(&["python", "-V"], "cargo run -- setup");
}

#[test]
fn help_names_every_command() {
    let machine = Machine::new("help");
    for arguments in [&["--help"][..], &["-h"], &["help"]] {
        let output = machine.run(arguments);
        assert!(output.status.success());
        for word in [
            "lab",
            "setup",
            "release",
            "grade",
            "nbgrader",
            "python",
            "--no-browser",
            "--port",
        ] {
            assert!(
                stdout(&output).contains(word),
                "{arguments:?} does not name {word}"
            );
        }
    }
}

#[test]
fn each_command_has_its_own_help() {
    let machine = Machine::new("own_help");
    for (command, words) in [
        ("lab", &["CUADERNO", "--no-browser", "--port <N>"][..]),
        ("setup", &["si se interrumpe"]),
        (
            "release",
            &["CARPETA", "--html <CARPETA>", "--live <ARCHIVO>"],
        ),
    ] {
        let output = machine.run(&[command, "--help"]);
        assert!(output.status.success());
        let help = stdout(&output);
        for word in words
            .iter()
            .chain(&["Uso: ", "Opciones:", "Muestra esta ayuda"])
        {
            assert!(help.contains(word), "{command} does not say {word}: {help}");
        }
        for english in ["Usage", "Options", "Print", "Arguments"] {
            assert!(!help.contains(english), "{command} says {english}: {help}");
        }
    }
}

#[test]
fn an_occupied_port_is_named() {
    let machine = Machine::new("port");
    machine.write("cuaderno.ipynb", "{}");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let notebook = machine.folder.join("cuaderno.ipynb").display().to_string();
    let expected = format!("el puerto {port} está ocupado: elige otro con --port");
    machine.fails(
        &["--no-browser", "--port", &port, &notebook].map(String::from),
        &expected,
    );
}

#[test]
fn what_a_machine_lacks_is_said_with_its_remedy() {
    let machine = Machine::new("lacks");
    machine.fails(
        &["setup"],
        "no encuentro rustc en el PATH: instala Rust con https://rustup.rs",
    );

    machine.program("rustc", "echo 'rustc 1.70.0 (90c541806 2023-05-31)'");
    machine.fails(&["setup"], "rustup update stable");

    machine.program("rustc", RUSTC);
    machine.fails(&["setup"], "instala el paquete rust-src");

    machine.program(
        "rustup",
        "[ $1 = --version ] || { echo 'error: could not download file' >&2; exit 1; }",
    );
    machine.fails(&["setup"], "no hay conexión");

    machine.program(
        "rustup",
        "[ $1 = --version ] || /bin/mkdir -p $FAKE/sysroot/lib/rustlib/src/rust/library",
    );
    machine.fails(
        &["setup"],
        "no encuentro python3: instala Python 3.10 o posterior",
    );

    machine.program("python3", "echo old");
    machine.fails(&["setup"], "tu python3 es demasiado antiguo");

    machine.program("python3", "echo no venv");
    machine.fails(&["setup"], "sudo apt install python3-venv");

    // An older Python first on the PATH does not hide a newer one.
    machine.program("python3", "echo old");
    machine.program("python3.12", PYTHON);
    machine.program(
        "pip",
        "echo 'NewConnectionError: Failed to establish a new connection'; exit 1",
    );
    machine.fails(&["setup"], "pip ha fallado; no hay conexión");

    machine.program("pip", "exit 0");
    machine.program(
        "cargo",
        "echo 'Caused by: Could not resolve host: index.crates.io'; exit 101",
    );
    machine.fails(&["setup"], "evcxr_jupyter ha fallado; no hay conexión");

    machine.program(
        "cargo",
        &format!("if [ $1 = fetch ]; then echo 'Could not resolve host'; exit 101; fi\n{CARGO}"),
    );
    let output = machine.run(&["setup"]);
    assert!(stderr(&output).contains("Compilo el núcleo de Rust"));
    assert!(stderr(&output).contains("fetch ha fallado; no hay conexión"));

    machine.program("cargo", CARGO);
    let output = machine.run(&["setup"]);
    assert!(output.status.success(), "{}", stderr(&output));

    // From here on all is there, and nothing is asked of the network any more.
    machine.program("cargo", FETCHED);
    machine.program("pip", "exit 1");
    let output = machine.run(&["setup"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
}

#[test]
fn pages_with_solutions_need_the_environment_and_never_go_to_students() {
    let machine = Machine::new("pages");
    let place = |name: &str| machine.folder.join(name).display().to_string();
    let (bundle, pages) = (place("entrega"), place("paginas"));
    machine.fails(&["release", "--html", &pages], "cargo run -- setup");
    machine.refuses(
        &["release", &bundle, "--html", &place("entrega/html")],
        "elige otra carpeta para --html",
    );
    assert!(!Path::new(&bundle).exists() && !Path::new(&pages).exists());

    // The bundle needs no Python.
    let output = machine.run(&["release", &bundle, "--html", &pages]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("cargo run -- setup"));
    assert!(stdout(&output).contains("entrega lista"));
    assert_eq!(find(Path::new(&bundle), "3_red_neuronal.ipynb").len(), 1);

    machine.refuses(
        &["release", "--html", &place("entrega/notebooks/html")],
        "elige otra carpeta para --html",
    );
}

#[test]
fn an_unwritable_cache_is_named() {
    let machine = Machine::new("unwritable");
    machine.write("cache", "a file where a folder should be");
    machine.fails(&["setup"], "no puedo escribir en");
}

#[test]
fn an_interrupted_set_up_leaves_nothing_running_and_goes_on_later() {
    let machine = Machine::new("interrupted");
    machine.whole();
    machine.program("pip", "echo $$ > $FAKE/pip-runs; exec /bin/sleep 60");
    let mut tool = machine
        .command(&["setup"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let pip = machine.folder.join("pip-runs");
    let asked = Instant::now();
    while fs::read_to_string(&pip).map_or(true, |text| !text.ends_with('\n')) {
        assert!(
            asked.elapsed() < Duration::from_secs(30),
            "pip has not started"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    signal("-INT", &tool.id().to_string());
    assert_eq!(tool.wait().unwrap().code(), Some(130));
    let pip = fs::read_to_string(pip).unwrap();
    assert!(!signal("-0", pip.trim()), "pip outlives the tool");

    // The mark of a whole environment comes last, and what was there is not made again.
    machine.fails(&["python", "-V"], "cargo run -- setup");
    machine.program("pip", "exit 0");
    machine.program("python3", "exit 1");
    let output = machine.run(&["setup"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(machine.run(&["python", "-V"]).status.success());
}

#[test]
fn a_kernel_of_the_right_version_on_the_path_is_used_as_it_is() {
    let machine = Machine::new("on_path");
    machine.whole();
    machine.program("cargo", FETCHED);
    let kernel = machine.program("evcxr_jupyter", KERNEL);
    machine.write(
        ".crates.toml",
        "\"evcxr_jupyter 0.21.0 (registry)\" = [\"evcxr_jupyter\"]",
    );
    machine.fails(&["setup"], "evcxr_jupyter ha fallado");

    machine.write(
        ".crates.toml",
        "\"evcxr_jupyter 0.22.0 (registry)\" = [\"evcxr_jupyter\"]",
    );
    let output = machine.run(&["setup"]);
    assert!(output.status.success(), "{}", stderr(&output));
    // What the library is built of, and std: the kernel reads both, without a network.
    let fetched = fs::read_to_string(machine.folder.join("fetched")).unwrap();
    assert!(
        fetched.ends_with("/sysroot/lib/rustlib/src/rust/library/Cargo.toml\n"),
        "{fetched}"
    );
    let registered = find(&machine.folder.join("cache"), "kernel.json");
    let [spec] = &registered[..] else {
        panic!("{registered:?}")
    };
    let kernel = kernel.canonicalize().unwrap();
    assert!(
        fs::read_to_string(spec)
            .unwrap()
            .contains(&*kernel.to_string_lossy())
    );
}

#[test]
#[cfg(all(target_os = "linux", target_arch = "x86_64", target_env = "gnu"))]
fn a_kernel_that_its_authors_have_compiled_is_not_compiled_again() {
    let machine = Machine::new("released");
    machine.whole();
    // One that does not start here is no use.
    machine.script("released", "exit 1");
    let output = machine.run(&["setup"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stderr(&output).contains("Compilo el núcleo de Rust: listo"));

    fs::remove_dir_all(machine.folder.join("cache")).unwrap();
    fs::copy(
        machine.folder.join("kernel"),
        machine.folder.join("released"),
    )
    .unwrap();
    machine.program("cargo", FETCHED);
    let output = machine.run(&["setup"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stderr(&output).contains("Descargo el núcleo de Rust: listo"));
    assert!(!stderr(&output).contains("Compilo"));
    let name = "evcxr_jupyter-v0.22.0-x86_64-unknown-linux-gnu";
    assert_eq!(
        fs::read_to_string(machine.folder.join("asked")).unwrap(),
        format!(
            "https://github.com/evcxr/evcxr/releases/download/v0.22.0/{name}.tar.gz {name}/evcxr_jupyter\n"
        )
    );
}

const RUSTC: &str = "case $1 in --version) echo 'rustc 1.95.0 (x)';; *) echo $FAKE/sysroot;; esac";
const FETCHED: &str = "\
case \"$*\" in 'fetch --locked --offline --manifest-path '*) echo $5 >> $FAKE/fetched;; *) exit 1;; esac";
const CARGO: &str = "\
[ $1 = install ] || exit 0
while [ $# -gt 0 ]; do if [ $1 = --root ]; then root=$2; fi; shift; done
echo '    Building [====>   ] 120/345: syn' >&2
/bin/mkdir -p $root/bin; /bin/cp $FAKE/kernel $root/bin/evcxr_jupyter";
const KERNEL: &str = "\
if [ $1 = --control_file ]; then : > $EX03_KERNEL_FOLDER/started; exec /bin/sleep 60; fi
[ $1 = --install ] || exit 1
/bin/mkdir -p $JUPYTER_PATH/kernels/rust; cd $JUPYTER_PATH/kernels/rust
echo \"{\\\"argv\\\": [\\\"$0\\\"]}\" > kernel.json; printf 1 > version.txt";
/// A Python that answers the probe, and makes an environment whose pip is the machine's.
const PYTHON: &str = "\
case $1 in -c) echo fine;; -m) /bin/mkdir -p $4/bin; /bin/cp $FAKE/venv-python $4/bin/python;; esac";
const VENV_PYTHON: &str = "\
case \"$1 $3\" in
'-m install') . $FAKE/bin/pip;;
'-c '*) if [ -e $FAKE/released ]; then echo $3 $4 > $FAKE/asked; /bin/cp $FAKE/released $5; else exit 1; fi;;
esac";

/// A folder that holds a pretended machine: its PATH, its home and its cache.
struct Machine {
    folder: PathBuf,
}

impl Machine {
    fn new(name: &str) -> Machine {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("tool")
            .join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("bin")).unwrap();
        let machine = Machine { folder };
        machine.script("kernel", KERNEL);
        machine.script("venv-python", VENV_PYTHON);
        machine
    }

    /// Puts there all that a set-up needs.
    fn whole(&self) {
        fs::create_dir_all(self.folder.join("sysroot/lib/rustlib/src/rust/library")).unwrap();
        for (name, script) in [
            ("rustc", RUSTC),
            ("python3", PYTHON),
            ("pip", "exit 0"),
            ("cargo", CARGO),
        ] {
            self.program(name, script);
        }
    }

    fn program(&self, name: &str, script: &str) -> PathBuf {
        self.script(&format!("bin/{name}"), script)
    }

    fn script(&self, path: &str, script: &str) -> PathBuf {
        let path = self.write(path, &format!("#!/bin/sh\n{script}\n"));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    fn write(&self, path: &str, text: &str) -> PathBuf {
        let path = self.folder.join(path);
        fs::write(&path, text).unwrap();
        path
    }

    fn command(&self, arguments: &[impl AsRef<std::ffi::OsStr>]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ex03"));
        command
            .args(arguments)
            .env("PATH", self.folder.join("bin"))
            .env("HOME", self.folder.join("cache"))
            .env("XDG_CACHE_HOME", self.folder.join("cache"))
            .env("FAKE", &self.folder)
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[impl AsRef<std::ffi::OsStr>]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Bad use: status 2, nothing on stdout, and one last line on stderr that says what to do.
    #[track_caller]
    fn refuses(&self, arguments: &[impl AsRef<std::ffi::OsStr>], expected: &str) {
        self.ends_with(2, arguments, expected);
    }

    /// Any other failure: the same, with status 1.
    #[track_caller]
    fn fails(&self, arguments: &[impl AsRef<std::ffi::OsStr>], expected: &str) {
        self.ends_with(1, arguments, expected);
    }

    #[track_caller]
    fn ends_with(&self, status: i32, arguments: &[impl AsRef<std::ffi::OsStr>], expected: &str) {
        let output = self.run(arguments);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(status), "{said}");
        assert_eq!(stdout(&output), "");
        let refusals: Vec<&str> = said
            .lines()
            .filter(|line| line.starts_with("ex03: "))
            .collect();
        assert_eq!(refusals.len(), 1, "{said}");
        assert_eq!(said.lines().last(), Some(refusals[0]), "{said}");
        assert!(
            refusals[0].contains(expected),
            "expected «{expected}» in: {said}"
        );
    }
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Sends a signal; whether there was a process to take it.
fn signal(which: &str, pid: &str) -> bool {
    let mut kill = Command::new("kill");
    kill.args([which, pid]).stderr(Stdio::null());
    kill.status().unwrap().success()
}

/// All files of that name below a folder.
fn find(folder: &Path, name: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(find(&path, name));
        } else if path.ends_with(name) {
            found.push(path);
        }
    }
    found
}
