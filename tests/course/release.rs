//! What `ex03 release` writes: the students' notebooks, kept fresh, and bundles for students.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use ex03_base::{notebook, project};

const SOLVED: &str = "notebooks/soluciones";
const STUDENT: &str = "notebooks/ejercicios";
const GRADED: &str = "3_red_neuronal.ipynb";

#[test]
fn student_notebooks_are_fresh() {
    let fresh = scratch("fresh");
    let output = release(&fresh);
    assert!(output.status.success(), "{}", lossy(&output.stderr));
    let texts = |folder: &Path| -> Vec<(String, String)> {
        let paths = notebook::in_folder(folder).unwrap();
        paths
            .iter()
            .map(|path| (name(path), fs::read_to_string(path).unwrap()))
            .collect()
    };
    let stale = texts(&root().join(STUDENT)) != texts(&fresh.join(STUDENT));
    assert!(
        !stale,
        "{STUDENT} is stale: renew it with `cargo run -- release`"
    );
    for derived in [".github/frontera.svg", "src/course/given.json"] {
        let text = |folder: &Path| fs::read(folder.join(derived)).unwrap();
        assert!(
            text(root()) == text(&fresh),
            "{derived} is stale: renew it with `cargo run -- release`"
        );
    }
}

#[test]
fn a_bundle_has_what_students_need_and_no_more() {
    let folder = scratch("bundle");
    assert!(release(&folder).status.success());
    for there in [
        "README.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "Cargo.lock",
        "src/lib.rs",
        "notebooks/ejercicios",
    ] {
        assert!(folder.join(there).exists(), "{there} is missing");
    }
    assert!(!folder.join(SOLVED).exists() && !folder.join("tests").exists());
    // cargo takes its manifest, with the versions of its lock file; what other systems need has not
    // been downloaded.
    let version = lossy(&run(Command::new("rustc").arg("-vV")).stdout);
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let metadata = run(Command::new("cargo")
        .args(["metadata", "--locked", "--offline", "--format-version=1"])
        .args(["--filter-platform", host.expect("rustc names its host")])
        .current_dir(&folder));
    assert!(metadata.status.success(), "{}", lossy(&metadata.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).unwrap();
    for package in metadata["packages"].as_array().unwrap() {
        let is_ours = package["source"].is_null();
        for target in package["targets"].as_array().unwrap() {
            let path = Path::new(target["src_path"].as_str().unwrap());
            assert!(!is_ours || path.exists(), "{target} is not in the bundle");
        }
    }
}

#[test]
fn a_bundle_never_replaces_a_student_s_work() {
    let folder = scratch("worked_bundle");
    assert!(release(&folder).status.success());
    let notebook = folder.join(STUDENT).join(GRADED);
    fs::write(&notebook, "worked on").unwrap();
    fs::write(folder.join("notas.txt"), "mine").unwrap();
    let again = release(&folder);
    assert!(again.status.success());
    assert!(
        lossy(&again.stdout).contains(GRADED),
        "{}",
        lossy(&again.stdout)
    );
    assert_eq!(fs::read_to_string(notebook).unwrap(), "worked on");
    assert!(folder.join("notas.txt").exists());

    let strange = scratch("strange");
    fs::write(strange.join("notas.txt"), "mine").unwrap();
    for refused in [release(&strange), release(root())] {
        assert_eq!(refused.status.code(), Some(2));
        assert_eq!(
            lossy(&refused.stderr).lines().count(),
            1,
            "{}",
            lossy(&refused.stderr)
        );
    }
    assert_eq!(fs::read_dir(strange).unwrap().count(), 1);
}

/// tests/browser/playground.py opens it.
#[test]
fn the_live_network_is_a_page_without_its_code() {
    let page = scratch("live").join("reference.html");
    let output = run(Command::new(env!("CARGO_BIN_EXE_ex03"))
        .args(["release", "--live"])
        .arg(&page));
    assert!(output.status.success(), "{}", lossy(&output.stderr));
    let text = fs::read_to_string(&page).unwrap();
    assert!(
        text.contains("<script>") && text.len() < 500_000,
        "{}",
        text.len()
    );
    assert!(!text.contains("fn bpropagation"), "it has the solutions");
    assert!(
        !text.contains("http:") && !text.contains("https:"),
        "it needs a network"
    );
}

fn release(folder: &Path) -> Output {
    run(Command::new(env!("CARGO_BIN_EXE_ex03"))
        .arg("release")
        .arg(folder))
}

fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(project::root)
}

/// An empty folder for a test.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn run(command: &mut Command) -> Output {
    command.output().unwrap()
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
