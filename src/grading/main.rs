//! `ex03-grading`: what `cargo run -- grade` and `cargo run -- nbgrader` hand over to.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use ex03_base::{command_line, failure};
use ex03_grading::{grade, nbgrader};

/// El calificador del curso
#[derive(Parser)]
#[command(version, subcommand_required = true)]
struct Arguments {
    #[command(subcommand)]
    order: Order,
}

#[derive(Subcommand)]
enum Order {
    Grade(grade::Options),
    Nbgrader(nbgrader::Options),
}

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    // The grader starts itself once more, confined, to become the compiler.
    if arguments
        .first()
        .is_some_and(|it| it == grade::jail::COMMAND)
    {
        return grade::jail::run(&arguments[1..]);
    }
    failure::status(run(&arguments))
}

fn run(arguments: &[OsString]) -> Result<ExitCode> {
    let arguments = command_line::parse::<Arguments>(arguments, "cargo run --")?;
    match arguments.map(|it| it.order) {
        None => Ok(ExitCode::SUCCESS),
        Some(Order::Grade(options)) => grade::run(&options),
        Some(Order::Nbgrader(options)) => nbgrader::run(&options),
    }
}
