//! `ex03 grade`: runs the checks on submitted notebooks, natively and without a kernel.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use std::{fs, io, process, thread};

use lexopt::Arg;
use serde_json::{Value, json};

use crate::grades::{CompileError, EXERCISES, Grade, Submission};
use crate::notebook::CodeCell;
use crate::program::{self, Diagnostic, Library};
use crate::{bad_argument, definitions, places, report, similar, submissions};

/// For one check, which takes a second or two.
const TIME_LIMIT: Duration = Duration::from_secs(60);

const HELP: &str = "\
Califica cuadernos: archivos .ipynb, carpetas (también de nbgrader), o los zip de Moodle y de Canvas.

uso: ex03 grade RUTA… [--json] [--out CARPETA] [--strict]

  --json         escribe las calificaciones como JSON, en lugar de la tabla
  --out CARPETA  guarda además el informe de la clase (index.html), una página por entrega, grades.csv y grades.json
  --strict       termina con estado 1 si a algún cuaderno le falta un punto

Ejecuta el código de los cuadernos sin aislarlo, con tus permisos: úsalo solo con cuadernos en los que confías.";

#[derive(Default)]
struct Options {
    help: bool,
    paths: Vec<PathBuf>,
    json: bool,
    out: Option<PathBuf>,
    strict: bool,
}

pub fn run(arguments: &[OsString]) -> Result<ExitCode, String> {
    let options = options(arguments).map_err(bad_argument)?;
    if options.help {
        println!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    if options.paths.is_empty() {
        return Err("falta el cuaderno que calificar: mira `cargo run -- grade --help`".to_owned());
    }
    let submissions = grade_all(&options.paths)?;
    show(&submissions, &options)?;
    let is_short = options.strict && submissions.iter().any(Submission::is_short);
    Ok(ExitCode::from(u8::from(is_short)))
}

fn options(arguments: &[OsString]) -> Result<Options, lexopt::Error> {
    let mut options = Options::default();
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => options.help = true,
            Arg::Long("json") => options.json = true,
            Arg::Long("strict") => options.strict = true,
            Arg::Long("out") => options.out = Some(parser.value()?.into()),
            Arg::Value(path) => options.paths.push(path.into()),
            other => return Err(other.unexpected()),
        }
    }
    Ok(options)
}

fn grade_all(paths: &[PathBuf]) -> Result<Vec<Submission>, String> {
    let class = submissions::find(paths)?;
    let library = program::library(&places::project())?;
    let scratch = library.scratch.join(format!("grade-{}", process::id()));
    let graded = class
        .read()
        .map(|handed| match handed.cells {
            Ok(cells) => grade(handed.name, handed.path, &cells, &library, &scratch),
            Err(problem) => Ok(Submission::unreadable(handed.name, handed.path, problem)),
        })
        .collect();
    // What is left there is of no use, and in nobody's way.
    let _ = fs::remove_dir_all(&scratch);
    graded
}

fn check_id(exercise: &str) -> String {
    format!("check_{exercise}")
}

fn grade(
    name: String,
    path: String,
    cells: &[CodeCell],
    library: &Library,
    folder: &Path,
) -> Result<Submission, String> {
    let parts = definitions::split(cells);
    let is_there = |exercise: &&str| {
        parts
            .iter()
            .any(|part| part.functions.iter().any(|name| name == exercise))
    };
    let there: Vec<&str> = EXERCISES.into_iter().filter(is_there).collect();
    program::write(folder, &parts, &program::grading(&parts, &there))?;
    let executable = folder.join("program");
    let (compiled, diagnostics) =
        program::compile("rustc", library, folder, &["-Copt-level=1", "-oprogram"])?;
    let grades = EXERCISES
        .into_iter()
        .map(|exercise| {
            let max_points = max_points(cells, exercise);
            let report = if !compiled {
                refusal("does_not_compile", "el cuaderno no compila")
            } else if there.contains(&exercise) {
                run_check(&executable, exercise)
            } else {
                refusal("missing", &format!("falta la función {exercise}"))
            };
            let mut grade = grade_of(exercise, max_points, &report);
            if !compiled && exercise == EXERCISES[0] {
                grade.compile_error = compile_error(&diagnostics);
            }
            grade
        })
        .collect();
    Ok(Submission {
        name,
        path,
        problem: None,
        grades,
    })
}

/// What rustc says, all of it, at the place of the first error.
fn compile_error(diagnostics: &[Diagnostic]) -> Option<CompileError> {
    let errors = || diagnostics.iter().filter(|diagnostic| diagnostic.is_error);
    let first = errors().next()?;
    Some(CompileError {
        place: match &first.place {
            Some((cell, line)) if cell != "main.rs" => format!("{cell}, línea {line}"),
            _ => "el cuaderno".to_owned(),
        },
        message: first.message.clone(),
        rendered: errors().map(|error| error.rendered.as_str()).collect(),
    })
}

/// The teacher sets the points in the check's cell. A check without is worth one.
fn max_points(cells: &[CodeCell], exercise: &str) -> f64 {
    let id = check_id(exercise);
    let check = cells
        .iter()
        .find(|cell| cell.grade_id.as_deref() == Some(&id));
    check.and_then(|cell| cell.points).unwrap_or(1.0)
}

/// The report that the program's last line holds; what the student's own code prints comes before it.
fn run_check(executable: &Path, exercise: &str) -> Value {
    let printed = executable.with_file_name("printed");
    let status = match run_limited(executable, exercise, &printed) {
        Ok(Some(status)) => status,
        Ok(None) => {
            let seconds = TIME_LIMIT.as_secs();
            return refusal(
                "timed_out",
                &format!("no termina en {seconds} s: ¿un bucle sin fin?"),
            );
        }
        Err(error) => return refusal("panicked", &format!("el programa no arranca: {error}")),
    };
    let printed = fs::read(printed).unwrap_or_default();
    let printed = String::from_utf8_lossy(&printed);
    printed
        .lines()
        .last()
        .and_then(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|report| report["exercise"] == exercise)
        .map(|mut report| {
            let text = printed.rsplit_once(program::REPORT).map(|(_, text)| text);
            report["hints"] = hints(text.unwrap_or_default());
            report
        })
        .unwrap_or_else(|| {
            refusal(
                "panicked",
                &format!("el programa terminó sin respuesta ({status})"),
            )
        })
}

/// The lines of a report's text that lead on without telling the answer: the questions, and the formulas of the slides.
fn hints(text: &str) -> Value {
    let leads_on =
        |line: &&str| line.starts_with("Para pensar: ") || line.starts_with("La fórmula: ");
    text.lines().filter(leads_on).collect()
}

/// Runs the program with its output in a file, and ends it where it takes too long.
fn run_limited(
    executable: &Path,
    exercise: &str,
    printed: &Path,
) -> io::Result<Option<ExitStatus>> {
    let mut child = Command::new(executable)
        .arg(exercise)
        .stdin(Stdio::null())
        .stdout(fs::File::create(printed)?)
        .stderr(Stdio::null())
        .spawn()?;
    let start = Instant::now();
    while start.elapsed() < TIME_LIMIT {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        thread::sleep(Duration::from_millis(5));
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

/// What stands for the report of a check that cannot be run.
fn refusal(outcome: &str, message: &str) -> Value {
    json!({"outcome": outcome, "points": 0.0, "max_points": 1.0, "misconception": null, "message": message})
}

fn grade_of(exercise: &'static str, max_points: f64, report: &Value) -> Grade {
    let share =
        report["points"].as_f64().unwrap_or(0.0) / report["max_points"].as_f64().unwrap_or(1.0);
    Grade {
        exercise,
        points: share * max_points,
        max_points,
        outcome: report["outcome"].as_str().unwrap_or_default().to_owned(),
        misconception: report["misconception"].as_str().map(str::to_owned),
        message: report["message"].as_str().unwrap_or_default().to_owned(),
        hints: report["hints"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        note: None,
        code: None,
        compile_error: None,
    }
}

fn show(submissions: &[Submission], options: &Options) -> Result<(), String> {
    let similar = similar::similar(submissions, &similar::known(&places::project()));
    if let Some(folder) = &options.out {
        report::write(folder, submissions, &similar)?;
    }
    if options.json {
        print!("{}", report::json(submissions, &similar));
    } else {
        print!("{}", report::shown(submissions, &similar));
    }
    if let Some(folder) = options.out.as_ref().filter(|_| !options.json) {
        println!("\nEl informe: {}", folder.join("index.html").display());
    }
    Ok(())
}
