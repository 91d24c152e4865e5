//! `ex03 grade`: runs the checks on submitted notebooks, natively, confined, and without a kernel.
//!
//! | module | does |
//! |---|---|
//! | [`reading`] | finds the exercises among what a notebook's cells define |
//! | [`refused`] | knows the words that safe code does without |
//! | [`harness`] | makes a program of them |
//! | [`compile`] | compiles it, once |
//! | [`credit`] | leaves out what does not compile, and puts the reference in its place |
//! | [`refusal`] | says why an exercise cannot be asked, |
//! | [`spanish`] | and what the compiler says |
//! | [`jail`] | confines the compiler and the program |
//! | [`oracle`] | asks the program for answers, and judges them |
//! | [`mod@submission`] | does all that with one submission, |
//! | [`pool`] | and with many on all cores |

mod compile;
mod credit;
mod harness;
pub mod jail;
mod oracle;
mod pool;
mod process;
mod reading;
mod reference;
mod refusal;
mod refused;
mod spanish;
mod submission;

use std::collections::hash_map::RandomState;
use std::ffi::OsString;
use std::hash::{BuildHasher, Hasher};
use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::{Arg, ValueExt};

use self::compile::Compiler;
use self::reference::Reference;
use self::submission::{Grader, submission};
use crate::grades::Submission;
use crate::{bad_argument, command, places, program, report, similar, submissions};

/// CPU time for one exercise, which takes milliseconds.
const SECONDS: u64 = 10;

const HELP: &str = "\
Califica cuadernos: archivos .ipynb, carpetas (también de nbgrader), o los zip de Moodle y de Canvas.

uso: ex03 grade RUTA… [--json] [--out CARPETA] [--strict] [--seed N] [--limit SEGUNDOS] [--allow-unsandboxed]

  --json               escribe las calificaciones como JSON, en lugar de la tabla
  --out CARPETA        guarda además el informe de la clase (index.html), una página por entrega, grades.csv y grades.json
  --strict             termina con estado 1 si a algún cuaderno le falta un punto
  --seed N             repite los casos de otra vez: sin ella, cada vez son otros
  --limit SEGUNDOS     tiempo de cálculo para cada ejercicio (10 si no se dice)
  --allow-unsandboxed  califica aunque este sistema no pueda aislar el código: solo si confías en los cuadernos

El código se compila y se ejecuta aislado: sin archivos, sin red, sin procesos, y con memoria y tiempo limitados.";

#[derive(Default)]
struct Options {
    help: bool,
    paths: Vec<PathBuf>,
    json: bool,
    out: Option<PathBuf>,
    strict: bool,
    seed: Option<u32>,
    seconds: Option<u64>,
    allow_unsandboxed: bool,
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
    command::listen();
    let submissions = grade_all(&options)?;
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
            Arg::Long("seed") => options.seed = Some(parser.value()?.parse()?),
            Arg::Long("limit") => {
                // More than an hour for an exercise is a slip.
                let seconds: u16 = parser.value()?.parse()?;
                options.seconds = Some(u64::from(seconds.clamp(1, 3600)));
            }
            Arg::Long("allow-unsandboxed") => options.allow_unsandboxed = true,
            Arg::Value(path) => options.paths.push(path.into()),
            other => return Err(other.unexpected()),
        }
    }
    Ok(options)
}

fn grade_all(options: &Options) -> Result<Vec<Submission>, String> {
    let class = submissions::find(&options.paths)?;
    let grader = grader(options)?;
    let total = class.len();
    pool::run(class.read(), total, |handed| match handed.cells {
        Ok(cells) => submission(handed.name, handed.path, &cells, &grader),
        Err(problem) => Submission::unreadable(handed.name, handed.path, problem),
    })
}

fn check_id(exercise: &str) -> String {
    format!("check_{exercise}")
}

/// Builds what all submissions share, and sees that grading works here.
fn grader(options: &Options) -> Result<Grader, String> {
    let missing = jail::missing_layers()?;
    if !missing.is_empty() {
        let missing = missing.join("; ");
        if !options.allow_unsandboxed {
            return Err(format!(
                "este sistema no puede aislar el código de los cuadernos ({missing}): si confías en todos ellos, repite con --allow-unsandboxed"
            ));
        }
        command::tell(&format!("ex03: califico sin aislar el código ({missing})"));
    }
    let confined = missing.is_empty();
    let project = places::project();
    let seed = options
        .seed
        .unwrap_or_else(|| RandomState::new().build_hasher().finish() as u32);
    let grader = Grader {
        compiler: Compiler::new(program::library(&project)?, confined)?,
        reference: Reference::read(&project)?,
        confined,
        seed,
        seconds: options.seconds.unwrap_or(SECONDS),
    };
    grader.compiler.prune();
    grader.test()?;
    if !options.json {
        command::tell(&format!(
            "Casos de la semilla {seed}: los repite --seed {seed}"
        ));
    }
    Ok(grader)
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
