//! The command line as clap reads it, told in Spanish: clap has neither its help nor its errors in
//! any other language than English.

use std::ffi::OsString;

use anyhow::Result;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, Parser};

use crate::console;
use crate::failure::usage;

const TEMPLATE: &str = "\
{about}

Uso: {usage}

{all-args}{after-help}";

/// What the arguments ask for; none where they asked for help, which has then been shown.
///
/// # Errors
///
/// [`Usage`](crate::failure::Usage), with one line that names the argument that is wrong. `program`
/// is what a user types to get help.
pub fn parse<T: Parser>(arguments: &[OsString], program: &str) -> Result<Option<T>> {
    let mut command = in_spanish(T::command())
        .bin_name(program)
        .no_binary_name(true);
    command.build();
    // The word asks for what the option does.
    let asks_for_help = arguments.first().is_some_and(|it| it == "help");
    let arguments: &[OsString] = match asks_for_help {
        true => &["--help".into()],
        false => arguments,
    };
    let order = arguments.first().and_then(|it| it.to_str());
    let order = order.filter(|it| command.find_subcommand(it).is_some());
    let help = match order {
        Some(order) => format!("{program} {order} --help"),
        None => format!("{program} --help"),
    };
    let parsed = command
        .try_get_matches_from(arguments)
        .and_then(|matches| T::from_arg_matches(&matches));
    match parsed {
        Ok(parsed) => Ok(Some(parsed)),
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                // The one word that clap does not let us choose.
                let text = error.to_string().replace("[OPTIONS]", "[OPCIONES]");
                console::say(text.trim_end());
                Ok(None)
            }
            _ => Err(usage(format!("{}: mira `{help}`", explained(&error)))),
        },
    }
}

/// Gives a command, and those below it, headings and a help option in Spanish. A command without a
/// help option hands all its arguments over to another program.
fn in_spanish(command: Command) -> Command {
    if command.is_disable_help_flag_set() {
        return command;
    }
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help("Muestra esta ayuda");
    let mut command = command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .help_template(TEMPLATE)
        .subcommand_help_heading("Órdenes")
        .subcommand_value_name("ORDEN");
    if command.get_version().is_some() {
        let version = Arg::new("version")
            .long("version")
            .action(ArgAction::Version)
            .help("Muestra la versión");
        command = command.arg(version);
    }
    command
        .arg(help)
        .mut_args(|arg| {
            let heading = match arg.is_positional() {
                true => "Argumentos",
                false => "Opciones",
            };
            arg.help_heading(heading)
        })
        .mut_subcommands(in_spanish)
}

/// What is wrong with the arguments.
fn explained(error: &clap::Error) -> String {
    let told = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    };
    // clap names an option with its value's name, such as `--port <N>`.
    let argument = told(ContextKind::InvalidArg);
    let option = argument.split(' ').next().unwrap_or_default();
    let value = told(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!(
                "no conozco la orden «{}»",
                told(ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            format!("no conozco la opción «{option}»")
        }
        ErrorKind::UnknownArgument => format!("sobra el argumento «{argument}»"),
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("a la opción «{option}» le falta su valor")
        }
        ErrorKind::ValueValidation => format!("«{value}» no es un número válido"),
        ErrorKind::TooManyValues => format!("la opción «{option}» no lleva valor"),
        ErrorKind::ArgumentConflict => format!("la opción «{option}» está de más"),
        ErrorKind::MissingRequiredArgument => {
            format!("falta {}", argument.trim_matches(|c| "<>. ".contains(c)))
        }
        _ => error
            .to_string()
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned(),
    }
}
