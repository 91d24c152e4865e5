//! `ex03`, the course tool: what `cargo run` starts.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use ex03::{grading, jupyter, kernel, lab, release, setup};
use ex03_base::{command_line, failure};

/// La herramienta del curso
#[derive(Parser)]
#[command(
    version,
    after_help = "Cada orden tiene su ayuda: cargo run -- grade --help"
)]
struct Arguments {
    #[command(subcommand)]
    order: Order,
}

#[derive(Subcommand)]
enum Order {
    /// Prepara lo que falte y abre JupyterLab: es la orden por omisión [--no-browser] [--port N]
    Lab(lab::Options),
    /// Solo prepara: si se interrumpe, sigue donde se quedó
    Setup,
    /// Escribe los cuadernos de ejercicios; con CARPETA, el paquete para estudiantes
    Release(release::Options),
    /// Califica cuadernos, carpetas de cuadernos, o los zip de Moodle y Canvas
    #[command(disable_help_flag = true)]
    Grade(Rest),
    /// Escribe un curso de nbgrader que califica con esta herramienta
    #[command(disable_help_flag = true)]
    Nbgrader(Rest),
    /// Ejecuta el Python del curso, con su Jupyter
    #[command(disable_help_flag = true)]
    Python(Rest),
    /// Lo inicia Jupyter, con su archivo de conexión
    #[command(hide = true)]
    Kernel(kernel::Options),
}

/// What is handed over to another program as it is.
#[derive(clap::Args)]
struct Rest {
    #[arg(
        value_name = "ARGUMENTOS",
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    arguments: Vec<OsString>,
}

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    // In a kernel's folder this program is found under the name of cargo, and does its work.
    if let Some(status) = kernel::cargo::stand_in(&arguments) {
        return status;
    }
    failure::status(run(with_order(arguments)))
}

/// The arguments with `lab` before them, where they name no order.
fn with_order(mut arguments: Vec<OsString>) -> Vec<OsString> {
    const OF_THE_TOOL: [&str; 4] = ["-h", "--help", "--version", "help"];
    let first = arguments.first().map(|it| it.to_string_lossy());
    let names_order =
        first.is_some_and(|it| !it.starts_with('-') || OF_THE_TOOL.contains(&it.as_ref()));
    if !names_order {
        arguments.insert(0, "lab".into());
    }
    arguments
}

fn run(arguments: Vec<OsString>) -> Result<ExitCode> {
    let arguments = command_line::parse::<Arguments>(&arguments, "cargo run --")?;
    match arguments.map(|it| it.order) {
        None => Ok(ExitCode::SUCCESS),
        Some(Order::Lab(options)) => lab::run(&options),
        Some(Order::Setup) => setup::run(),
        Some(Order::Release(options)) => release::run(&options),
        Some(Order::Grade(rest)) => grading::hand_over("grade", &rest.arguments),
        Some(Order::Nbgrader(rest)) => grading::hand_over("nbgrader", &rest.arguments),
        Some(Order::Python(rest)) => jupyter::run_python(&rest.arguments),
        Some(Order::Kernel(options)) => kernel::run(&options),
    }
}
