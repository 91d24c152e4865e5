//! `ex03 grade`: runs the checks on submitted notebooks, natively, confined, and without a kernel.
//!
//! | module | does |
//! |---|---|
//! | [`reading`] | finds the exercises among what a notebook's cells define |
//! | [`refused`] | knows the words that safe code does without |
//! | [`harness`] | makes a program of them |
//! | [`compile`] | compiles it, once |
//! | [`kept`] | keeps what it has compiled for the next run |
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
mod kept;
mod oracle;
mod pool;
mod reading;
mod reference;
mod refusal;
mod refused;
mod spanish;
mod submission;

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use ex03_base::{console, interrupt, project};

use self::compile::Compiler;
use self::reference::Reference;
use self::submission::{Grader, submission};
use crate::grades::Submission;
use crate::{program, report, similar, submissions};

/// CPU time for one exercise, which takes milliseconds.
const SECONDS: u64 = 10;

/// Califica cuadernos: archivos .ipynb, carpetas (también de nbgrader), o los zip de Moodle y de Canvas
#[derive(clap::Args)]
#[command(
    after_help = "El código se compila y se ejecuta aislado: sin archivos, sin red, sin procesos, y con memoria y tiempo limitados."
)]
pub struct Options {
    /// Un cuaderno, una carpeta o un zip
    #[arg(value_name = "RUTA", required = true)]
    paths: Vec<PathBuf>,
    /// Escribe las calificaciones como JSON, en lugar de la tabla
    #[arg(long)]
    json: bool,
    /// Guarda además el informe de la clase (index.html), una página por entrega, grades.csv y grades.json
    #[arg(long, value_name = "CARPETA")]
    out: Option<PathBuf>,
    /// Termina con estado 1 si a algún cuaderno le falta un punto
    #[arg(long)]
    strict: bool,
    /// Repite los casos de otra vez: sin ella, cada vez son otros
    #[arg(long, value_name = "N")]
    seed: Option<u32>,
    /// Tiempo de cálculo para cada ejercicio (10 si no se dice)
    #[arg(long, value_name = "SEGUNDOS")]
    limit: Option<u16>,
    /// Califica aunque este sistema no pueda aislar el código: solo si confías en los cuadernos
    #[arg(long)]
    allow_unsandboxed: bool,
}

pub fn run(options: &Options) -> Result<ExitCode> {
    interrupt::end_soon();
    let submissions = grade_all(options)?;
    show(&submissions, options)?;
    let is_short = options.strict && submissions.iter().any(Submission::is_short);
    Ok(ExitCode::from(u8::from(is_short)))
}

fn grade_all(options: &Options) -> Result<Vec<Submission>> {
    let class = submissions::find(&options.paths)?;
    let grader = grader(options)?;
    let total = class.count();
    pool::run(class.read(), total, |handed| match handed.cells {
        Ok(cells) => {
            let graded = submission(handed.name, handed.path, &cells, &grader);
            submissions::noted(graded, &cells)
        }
        Err(problem) => Submission::unreadable(handed.name, handed.path, problem),
    })
}

/// Builds what all submissions share, and sees that grading works here.
fn grader(options: &Options) -> Result<Grader> {
    let missing = jail::missing_layers()?;
    if !missing.is_empty() {
        let missing = missing.join("; ");
        if !options.allow_unsandboxed {
            bail!(
                "este sistema no puede aislar el código de los cuadernos ({missing}): si confías en todos ellos, repite con --allow-unsandboxed"
            );
        }
        console::tell(&format!("ex03: califico sin aislar el código ({missing})"));
    }
    let confined = missing.is_empty();
    let project = project::root();
    let seed = options
        .seed
        .unwrap_or_else(|| RandomState::new().build_hasher().finish() as u32);
    let grader = Grader {
        compiler: Compiler::new(program::library(&project)?, confined)?,
        reference: Reference::read(&project)?,
        confined,
        seed,
        // More than an hour for an exercise is a slip.
        seconds: options
            .limit
            .map_or(SECONDS, |it| u64::from(it.clamp(1, 3600))),
    };
    grader.test()?;
    if !options.json {
        console::tell(&format!(
            "Casos de la semilla {seed}: los repite --seed {seed}"
        ));
    }
    Ok(grader)
}

fn show(submissions: &[Submission], options: &Options) -> Result<()> {
    let similar = similar::similar(submissions, &similar::known(&project::root()));
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
