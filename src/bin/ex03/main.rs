//! `ex03`, the course tool: from a fresh clone into JupyterLab, and from a class's notebooks to grades.

#[cfg(not(unix))]
compile_error!("ex03 runs on Linux and macOS; on Windows, use it inside WSL");

mod command;
mod definitions;
mod export;
mod grade;
mod grades;
mod jupyter;
mod kernel;
mod lab;
mod nbgrader;
mod notebook;
mod places;
mod program;
mod progress;
mod release;
mod report;
mod server;
mod setup;
mod similar;
mod submissions;

use std::ffi::OsString;
use std::process::ExitCode;

const HELP: &str = "\
ex03: la herramienta del curso

Uso: cargo run [-- ORDEN [OPCIONES]]

  lab [CUADERNO]      prepara lo que falte y abre JupyterLab (es la orden por omisión)
      --no-browser    no abre el navegador: solo escribe la dirección
      --port N        puerto en el que escucha (si no, el primero libre desde 8888)
  setup               solo prepara: si se interrumpe, sigue donde se quedó
  release [CARPETA]   escribe los cuadernos de ejercicios; con CARPETA, el paquete para estudiantes
      --html CARPETA  escribe los cuadernos resueltos como páginas que se leen sin red ni Jupyter
  grade RUTA…         califica cuadernos, carpetas de cuadernos, o los zip de Moodle y Canvas
  nbgrader CARPETA    escribe un curso de nbgrader que califica con esta herramienta
      --library RUTA  dónde está este proyecto en la máquina de los estudiantes
  python ARGUMENTOS…  ejecuta el Python del curso, con su Jupyter

  -h, --help          muestra esta ayuda
  --version           muestra la versión
";

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    if let Some(status) = kernel::cargo::stand_in(&arguments) {
        return status;
    }
    match dispatch(&arguments) {
        Ok(status) => status,
        Err(_) if command::interrupted() => {
            command::tell("ex03: interrumpido. Repite la orden y seguirá donde se quedó.");
            ExitCode::from(130)
        }
        Err(message) => {
            command::tell(&format!("ex03: {message}"));
            ExitCode::from(2)
        }
    }
}

/// Runs the command that the first argument names; without one, `lab`.
fn dispatch(arguments: &[OsString]) -> Result<ExitCode, String> {
    let (name, rest) = match arguments.split_first() {
        Some((first, rest)) if !first.to_string_lossy().starts_with('-') => {
            (first.to_string_lossy().into_owned(), rest)
        }
        _ => ("lab".to_owned(), arguments),
    };
    if !["grade", "python", "__jail"].contains(&name.as_str())
        && rest.iter().any(|it| it == "--help" || it == "-h")
    {
        command::say(HELP.trim_end());
        return Ok(ExitCode::SUCCESS);
    }
    if rest.first().is_some_and(|it| it == "--version") && name == "lab" {
        command::say(concat!("ex03 ", env!("CARGO_PKG_VERSION")));
        return Ok(ExitCode::SUCCESS);
    }
    match name.as_str() {
        "lab" => lab::run(rest),
        "setup" => setup::run(rest),
        "release" => release::run(rest),
        "grade" => grade::run(rest),
        "__jail" => Ok(grade::jail::run(rest)),
        "nbgrader" => nbgrader::run(rest),
        "python" => jupyter::run_python(rest),
        "kernel" => kernel::run(rest),
        "help" => {
            command::say(HELP.trim_end());
            Ok(ExitCode::SUCCESS)
        }
        _ => Err(format!(
            "no conozco la orden «{name}»: mira `cargo run -- --help`"
        )),
    }
}

/// One line on an argument that a command does not take.
pub fn bad_argument(error: lexopt::Error) -> String {
    let what = match error {
        lexopt::Error::UnexpectedOption(option) => format!("no conozco la opción «{option}»"),
        lexopt::Error::UnexpectedArgument(value) => {
            format!("sobra el argumento «{}»", value.to_string_lossy())
        }
        lexopt::Error::MissingValue {
            option: Some(option),
        } => {
            format!("a la opción «{option}» le falta su valor")
        }
        lexopt::Error::UnexpectedValue { option, .. } => {
            format!("la opción «{option}» no lleva valor")
        }
        lexopt::Error::ParsingFailed { value, .. } => format!("«{value}» no es un número válido"),
        other => other.to_string(),
    };
    format!("{what}: mira `cargo run -- --help`")
}
