//! Submissions to grade: the solved or the student's notebook with some cells changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use ex03_base::project;
use serde_json::{Value, json};

use ex03_base::library::Library;
pub use ex03_grading::grades::EXERCISES;

#[derive(Clone)]
pub struct Notebook(Value);

impl Notebook {
    pub fn solved() -> Notebook {
        Notebook::read("soluciones")
    }

    pub fn blank() -> Notebook {
        Notebook::read("ejercicios")
    }

    fn read(folder: &str) -> Notebook {
        let path = root()
            .join("notebooks")
            .join(folder)
            .join("3_red_neuronal.ipynb");
        Notebook(serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap())
    }

    fn cells(&mut self) -> &mut Vec<Value> {
        self.0["cells"].as_array_mut().unwrap()
    }

    fn position(&self, exercise: &str) -> usize {
        let mut cells = self.0["cells"].as_array().unwrap().iter();
        let is_it = |cell: &Value| cell["metadata"]["nbgrader"]["grade_id"] == exercise;
        cells
            .position(is_it)
            .unwrap_or_else(|| panic!("no cell {exercise}"))
    }

    /// The number of an exercise's cell among the code cells.
    pub fn number(&self, exercise: &str) -> usize {
        let before = &self.0["cells"].as_array().unwrap()[..=self.position(exercise)];
        before
            .iter()
            .filter(|cell| cell["cell_type"] == "code")
            .count()
    }

    pub fn source(&self, exercise: &str) -> String {
        let lines = self.0["cells"][self.position(exercise)]["source"]
            .as_array()
            .unwrap();
        lines.iter().map(|line| line.as_str().unwrap()).collect()
    }

    /// Another source in an exercise's cell.
    pub fn with(mut self, exercise: &str, source: impl AsRef<str>) -> Notebook {
        let at = self.position(exercise);
        self.cells()[at]["source"] = lines(source.as_ref());
        self
    }

    /// An exercise's source with a piece replaced.
    pub fn changed(self, exercise: &str, old: &str, new: &str) -> Notebook {
        let source = self.source(exercise);
        assert!(source.contains(old), "{exercise} has no {old}");
        self.with(exercise, source.replace(old, new))
    }

    pub fn without(mut self, exercise: &str) -> Notebook {
        let at = self.position(exercise);
        self.cells().remove(at);
        self
    }

    /// A further code cell: before all others, or after them.
    pub fn before(mut self, source: &str) -> Notebook {
        self.cells().insert(0, code(source));
        self
    }

    pub fn after(mut self, source: &str) -> Notebook {
        self.cells().push(code(source));
        self
    }

    pub fn edited(mut self, edit: impl Fn(&mut Vec<Value>)) -> Notebook {
        edit(self.cells());
        self
    }

    pub fn write(&self, folder: &Path, name: &str) {
        fs::write(folder.join(format!("{name}.ipynb")), self.0.to_string()).unwrap();
    }
}

fn code(source: &str) -> Value {
    json!({"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null, "source": lines(source)})
}

fn lines(source: &str) -> Value {
    source.split_inclusive('\n').map(Value::from).collect()
}

pub fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(project::root)
}

/// An empty folder for a test.
pub fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("grade")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

pub fn ex03(folder: &Path, options: &[&str]) -> Output {
    tool(folder, options).output().unwrap()
}

/// The tool, with the library already built that programs are linked to.
pub fn tool(folder: &Path, options: &[&str]) -> Command {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| Library::build().unwrap());
    let mut tool = Command::new(env!("CARGO_BIN_EXE_ex03-grading"));
    tool.arg("grade").args(options).arg(folder);
    tool
}

/// What a run of the tool says of each submission in a folder.
pub struct Graded(Value);

pub fn grade(folder: &Path, options: &[&str]) -> Graded {
    let output = ex03(folder, &[&["--json"], options].concat());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    Graded(serde_json::from_slice(&output.stdout).unwrap())
}

impl Graded {
    pub fn of(&self, name: &str) -> &Value {
        let submissions = self.0["submissions"].as_array().unwrap();
        let found = submissions.iter().find(|it| it["name"] == name);
        found.unwrap_or_else(|| panic!("{name} is not graded"))
    }

    pub fn exercise(&self, name: &str, exercise: &str) -> &Value {
        let submission = self.of(name);
        let mut exercises = submission["exercises"].as_array().unwrap().iter();
        exercises
            .find(|it| it["exercise"] == exercise)
            .unwrap_or_else(|| panic!("{name} has no {exercise}: {submission}"))
    }

    /// All but these are right, and these are not.
    pub fn is_right_but(&self, name: &str, wrong: &[&str]) -> Result<(), String> {
        for exercise in EXERCISES {
            let grade = self.exercise(name, exercise);
            let right = (grade["points"] == 1.0, grade["outcome"] == "correct");
            let expected = !wrong.contains(&exercise);
            if right != (expected, expected) {
                return Err(format!("{name}: {grade}"));
            }
        }
        Ok(())
    }
}

/// A cost function of this body.
pub fn cost_function(body: &str) -> String {
    format!("fn cost_function(a2: &Array2<f64>, y: &Array2<f64>) -> f64 {{\n    {body}\n}}")
}

/// The processes whose command line names a path.
pub fn running(path: &Path) -> Vec<String> {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    processes
        .filter_map(|it| fs::read(it.path().join("cmdline")).ok())
        .map(|line| String::from_utf8_lossy(&line).replace('\0', " "))
        .filter(|line| line.contains(&*path.to_string_lossy()))
        .collect()
}
