//! `ex03 grade`: runs the checks on submitted notebooks, in WebAssembly, and without a kernel.
//!
//! | module | does |
//! |---|---|
//! | [`refused`] | knows the words that safe code does without |
//! | [`reading`] | finds the exercises among what a notebook's cells define |
//! | [`refusal`] | says why an exercise cannot be asked |
//! | [`mod@reference`] | has the teacher's notebook |
//! | [`machine`] | runs a program |
//! | [`jail`] | confines the compiler, |
//! | [`kept`] | keeps what it compiled, |
//! | [`compile`] | and has it compile a program |
//! | [`harness`] | makes a program of a submission |
//! | [`beforehand`] | tells what there is no use compiling, |
//! | [`culprit`] | and what a compiler's error is about |
//! | [`credit`] | leaves out what does not compile, and puts the reference in its place |
//! | [`oracle`] | asks a program for answers, and has them judged |
//! | [`verdict`] | says what came of it |
//! | [`asking`] | does so for each exercise, |
//! | [`mod@submission`] | for one submission, |
//! | [`pool`] | and for many on all cores |
//!
//! Each imports only what stands above it.

mod asking;
mod beforehand;
mod compile;
mod credit;
mod culprit;
mod harness;
pub mod jail;
mod kept;
mod machine;
mod oracle;
mod pool;
mod reading;
mod reference;
mod refusal;
mod refused;
mod submission;
mod verdict;

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use ex03_base::{console, interrupt, project};

use self::asking::Grader;
use self::compile::Compiler;
use self::reference::Reference;
use self::submission::submission;
use crate::grades::Submission;
use crate::{report, similar, submissions};
use ex03_base::library::Library;

/// How much an exercise may compute, in millions of the interpreter's instructions.
const INSTRUCTIONS: u32 = 2_000;

/// Califica cuadernos: archivos .ipynb, carpetas (también de nbgrader), o los zip de Moodle y de Canvas
#[derive(clap::Args)]
#[command(
    after_help = "El código se compila y se ejecuta aislado, en WebAssembly: sin archivos, sin red, sin procesos, y con memoria e instrucciones contadas, de modo que la nota no depende de la máquina ni de lo ocupada que esté."
)]
pub struct Options {
    /// Un cuaderno, una carpeta o un zip
    #[arg(value_name = "RUTA", required = true)]
    paths: Vec<PathBuf>,
    /// Escribe las calificaciones como JSON, en lugar de la tabla
    #[arg(long)]
    json: bool,
    /// Guarda además el informe de la clase (index.html), una página por entrega, grades.json y grades.csv (con coma decimal; con punto, grades-punto.csv)
    #[arg(long, value_name = "CARPETA")]
    out: Option<PathBuf>,
    /// Termina con estado 1 si a algún cuaderno le falta un punto
    #[arg(long)]
    strict: bool,
    /// Repite los casos de otra vez: sin ella, cada vez son otros
    #[arg(long, value_name = "N")]
    seed: Option<u32>,
    /// Cuánto puede calcular cada ejercicio, en millones de instrucciones (2000 si no se dice)
    #[arg(long, value_name = "MILLONES")]
    limit: Option<u32>,
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
    if !jail::has_files_confined() {
        console::tell(
            "ex03: este sistema no limita qué archivos lee el compilador (en Linux 5.13 o posterior lo hace landlock): \
             solo se rechazan las palabras con que un cuaderno podría leerlos",
        );
    }
    let seed = options
        .seed
        .unwrap_or_else(|| RandomState::new().build_hasher().finish() as u32);
    let grader = Grader {
        compiler: Compiler::new(Library::build()?)?,
        reference: Reference::read(&project::root())?,
        seed,
        instructions: options.limit.unwrap_or(INSTRUCTIONS).max(1),
    };
    submission::test(&grader)?;
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
