use std::process::ExitCode;

mod grade;
mod notebook;
mod program;
mod release;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((command, rest)) if command == "release" => release::main(rest),
        Some((command, rest)) if command == "grade" => grade::main(rest),
        _ => {
            eprintln!("uso: ex03 release [CARPETA] | ex03 grade RUTA…");
            ExitCode::from(2)
        }
    }
}
