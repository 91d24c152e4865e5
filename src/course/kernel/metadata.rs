//! Which crates there are, as evcxr and its rust-analyzer ask cargo.
//!
//! A kernel works without network, so that nothing waits for it. A crate that only a student's `:dep`
//! names is downloaded then.

use std::ffi::OsString;
use std::io::Write;
use std::process::{Command, ExitCode, Output};
use std::{env, io};

use super::analyzer;

/// evcxr's way to say that cargo is to do without network.
const OFFLINE: &str = "--offline";
/// A student waits for it, so cargo is to give up sooner than by itself.
const NETWORK: [(&str, &str); 3] = [
    ("CARGO_NET_OFFLINE", "false"),
    ("CARGO_NET_RETRY", "1"),
    ("CARGO_HTTP_TIMEOUT", "10"),
];

pub fn answer(arguments: &[OsString], cargo: impl Fn(&[OsString]) -> Command) -> ExitCode {
    let Some(output) = asked(arguments, cargo) else {
        return ExitCode::from(101);
    };
    let is_told = match output.status.success() {
        true => io::stdout().write_all(&analyzer::crates::shown(&output.stdout)),
        false => io::stderr().write_all(why(&String::from_utf8_lossy(&output.stderr)).as_bytes()),
    };
    match output.status.success() && is_told.is_ok() {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(101),
    }
}

/// Asks without network, and where that is not enough, with it.
fn asked(arguments: &[OsString], cargo: impl Fn(&[OsString]) -> Command) -> Option<Output> {
    let output = cargo(arguments).output().ok()?;
    if output.status.success() || env::var_os("EX03_OFFLINE").is_some() {
        return Some(output);
    }
    let online: Vec<OsString> = arguments
        .iter()
        .filter(|it| *it != OFFLINE)
        .cloned()
        .collect();
    cargo(&online).envs(NETWORK).output().ok()
}

/// One line, of which evcxr makes the cell's error.
fn why(cargo: &str) -> String {
    let quoted = |after: &str| {
        let (_, rest) = cargo.split_once(after)?;
        rest.split('`').nth(1).map(str::to_owned)
    };
    let told = if let Some(name) = quoted("no matching package named ") {
        format!("no existe el paquete `{name}`: ¿está bien escrito?")
    } else if let Some(wanted) = quoted("failed to select a version for the requirement ") {
        format!("no existe la versión `{wanted}` de ese paquete")
    } else if cargo.contains("download") || cargo.contains("fetch") || cargo.contains("network") {
        "no he podido descargar ese paquete: sin conexión a internet solo está lo que el curso ya trae"
            .to_owned()
    } else {
        return cargo.to_owned();
    };
    told + "\n"
}
