//! The course folder for nbgrader. Whether nbgrader takes it, and what students hand in, the scripts in
//! `tests/hub` try.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("nbgrader")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    folder
}

fn nbgrader(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ex03-grading"))
        .arg("nbgrader")
        .args(arguments)
        .output()
        .unwrap()
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_course_has_the_students_notebooks_and_our_grader() {
    let course = folder("course");
    let shown = course.to_str().unwrap();
    let output = nbgrader(&[shown, "--library", "/opt/ex03"]);
    assert!(output.status.success(), "{}", lossy(&output.stderr));
    let own = ex03_base::project::exercises();
    let mut count = 0;
    let entries = fs::read_dir(own).unwrap().flatten();
    // An editor of notebooks leaves folders of its own there.
    for entry in entries.filter(|it| it.path().extension().is_some_and(|end| end == "ipynb")) {
        let given = fs::read_to_string(course.join("source/ex03").join(entry.file_name())).unwrap();
        let own = fs::read_to_string(entry.path()).unwrap();
        assert!(
            own.contains(r#"path = \"../..\""#),
            "the notebook names no library"
        );
        assert_eq!(
            given,
            own.replace(r#"path = \"../..\""#, r#"path = \"/opt/ex03\""#)
        );
        count += 1;
    }
    assert_eq!(count, 3);
    let steps = fs::read_to_string(course.join("ex03_nbgrader.py")).unwrap();
    assert!(steps.contains(&format!(
        "TOOL = \"{}\"",
        env!("CARGO_BIN_EXE_ex03-grading")
    )));

    let reading = fs::read_to_string(course.join("ex03_reading.py")).unwrap();
    assert!(steps.contains("\"ex03_reading.py\"") && reading.contains("class Ex03Cells"));

    // What a teacher has changed stays as it is.
    let config = course.join("nbgrader_config.py");
    fs::write(&config, "c = get_config()\n").unwrap();
    let output = nbgrader(&[shown, "--library", "/opt/ex03"]);
    assert!(output.status.success());
    assert!(lossy(&output.stdout).contains("load_subconfig(\"ex03_nbgrader.py\")"));
    assert_eq!(fs::read_to_string(&config).unwrap(), "c = get_config()\n");
    let notebook = course.join("source/ex03/3_red_neuronal.ipynb");
    fs::write(&notebook, "mine").unwrap();
    let output = nbgrader(&[shown, "--library", "/opt/ex03"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(lossy(&output.stderr).contains("ya está, y es otro"));
    assert_eq!(fs::read_to_string(&notebook).unwrap(), "mine");
}

#[test]
fn bad_use_is_refused_in_one_line() {
    for (arguments, expected) in [
        (&[][..], "falta CARPETA"),
        (
            &["x", "--library", "aquí"],
            "tiene que ser una ruta absoluta",
        ),
        (&["x", "--library"], "le falta su valor"),
        (&["x", "y"], "sobra el argumento «y»"),
    ] {
        let output = nbgrader(arguments);
        assert_eq!(output.status.code(), Some(2));
        let said = lossy(&output.stderr);
        assert!(
            said.lines().count() == 1 && said.contains(expected),
            "{said}"
        );
    }
}
