//! Compiles a notebook's functions to WebAssembly, for a cell that shows or shares them alive in a
//! page. The library finds them in the kernel's folder when the cell runs, or the reason why not.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, anyhow, bail};
use ex03_base::compiler::{Diagnostic, spanish};
use ex03_base::library::Library;
use flate2::Compression;
use flate2::write::GzEncoder;
use syn::Item;
use syn::spanned::Spanned;

use super::variables;

/// What stands after the functions: what the page calls.
const EXPORTS: &str = include_str!("exports.rs");

/// The file that is made of them.
const MODULE: &str = "module.wasm.gz";

/// What the page cannot do without.
const NEEDED: [&str; 6] = [
    "init_parameters",
    "fpropagation",
    "cost_function",
    "bpropagation",
    "update_parameters",
    "predict",
];
/// What a shared page shows beside these.
const SHOWN: [&str; 8] = [
    "layer_size",
    NEEDED[0],
    NEEDED[1],
    NEEDED[2],
    NEEDED[3],
    NEEDED[4],
    "nn_model",
    NEEDED[5],
];

/// Where a cell's program asks for a page, compiles what the page needs.
///
/// # Errors
///
/// Where the kernel's folder cannot be written.
pub fn prepare(kernel: &Path, program: &str, cargo: impl FnOnce() -> Command) -> io::Result<()> {
    let asks = |statements: &str| {
        let mut lines = statements
            .lines()
            .filter(|it| !it.trim_start().starts_with("//"));
        lines.any(|line| line.contains("playground(") || line.contains("compartir("))
    };
    if !variables::statements(program).is_some_and(asks) {
        return Ok(());
    }
    let folder = kernel.join("playground");
    fs::create_dir_all(&folder)?;
    match compile(&folder, program, cargo) {
        Ok(source) => fs::write(folder.join("functions.rs"), source),
        Err(why) => {
            let _ = fs::remove_file(folder.join(MODULE));
            fs::write(folder.join("why"), format!("{why:#}"))
        }
    }
}

/// Compiles the functions of a program, and returns the text of those that are shown.
fn compile(folder: &Path, program: &str, cargo: impl FnOnce() -> Command) -> Result<String> {
    let Functions { all, shown } = functions(program)?;
    let library = Library::build_by(cargo(), None)?;
    let (main, text) = (
        folder.join("main.rs"),
        format!("#![allow(warnings)]\n{all}{EXPORTS}"),
    );
    let is_newer = |file: &Path, than: &Path| {
        let time = |path: &Path| fs::metadata(path).and_then(|it| it.modified());
        matches!((time(file), time(than)), (Ok(ours), Ok(theirs)) if ours > theirs)
    };
    if is_newer(&folder.join(MODULE), &library.rlib)
        && fs::read_to_string(&main).is_ok_and(|it| it == text)
    {
        return Ok(shown);
    }
    let _ = fs::remove_file(folder.join(MODULE));
    fs::write(&main, text)?;
    let mut rustc = Command::new("rustc");
    rustc
        .args([
            "--edition=2024",
            "--crate-name=playground",
            "--crate-type=cdylib",
            "--error-format=json",
            "--cap-lints=allow",
            "-Copt-level=2",
            "-Cdebuginfo=0",
            "-Ccodegen-units=1",
            "-Cstrip=symbols",
            "-omodule.wasm",
            "main.rs",
        ])
        .stdin(Stdio::null())
        .current_dir(folder);
    library.link(&mut rustc);
    let output = rustc.output()?;
    if !output.status.success() {
        bail!(
            "tus funciones no se compilan para ella{}",
            first_error(&String::from_utf8_lossy(&output.stderr))
        );
    }
    fs::write(
        folder.join("module.wasm.gz"),
        packed(&folder.join("module.wasm"))?,
    )?;
    Ok(shown)
}

/// As gzip, which a browser unpacks: a third of the size.
fn packed(module: &Path) -> io::Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(&fs::read(module)?)?;
    packer.finish()
}

struct Functions {
    /// What the cells define, as they wrote it.
    all: String,
    shown: String,
}

fn functions(program: &str) -> Result<Functions> {
    let file = syn::parse_file(program).map_err(|_| anyhow!("no entiendo sus celdas"))?;
    let (mut all, mut names) = (String::new(), Vec::new());
    for item in &file.items {
        let text = &program[item.span().byte_range()];
        if let Item::Fn(function) = item {
            let name = function.sig.ident.to_string();
            if name.starts_with("run_user_code") {
                continue;
            }
            names.push((name, text));
        }
        all += text;
        all.push('\n');
    }
    let of = |name: &str| {
        names
            .iter()
            .find(|(it, _)| it == name)
            .map(|(_, text)| *text)
    };
    let missing: Vec<&str> = NEEDED.into_iter().filter(|it| of(it).is_none()).collect();
    if !missing.is_empty() {
        bail!("falta definir {}", missing.join(", "));
    }
    let shown: Vec<&str> = SHOWN.into_iter().filter_map(of).collect();
    Ok(Functions {
        all,
        shown: shown.join("\n\n"),
    })
}

/// The first thing that rustc says.
fn first_error(stderr: &str) -> String {
    let errors = stderr
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .filter_map(|message| Diagnostic::read(&message, &|_| true));
    let first = errors.into_iter().find(|it| it.is_error);
    first.map_or(String::new(), |it| format!(": {}", spanish::message(&it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_those_of_the_cells_and_the_missing_are_named() {
        let cells = NEEDED.map(|name| format!("fn {name}() {{ /* mía */ }}"));
        let program = |cells: &[String]| {
            format!(
                "use ex03_utils::*;\nstruct Mine;\n{}\npub extern \"C\" fn run_user_code_7() {{}}\n",
                cells.join("\n")
            )
        };
        let found = functions(&program(&cells)).unwrap();
        assert!(found.all.starts_with("use ex03_utils::*;\nstruct Mine;\n"));
        assert!(!found.all.contains("run_user_code"));
        assert!(
            found
                .shown
                .starts_with("fn init_parameters() { /* mía */ }\n\nfn fpropagation()")
        );
        let why = functions(&program(&cells[..4])).err().unwrap();
        assert_eq!(why.to_string(), "falta definir update_parameters, predict");
    }

    #[test]
    fn a_cell_that_asks_for_no_page_compiles_nothing() {
        let folder = Path::new("nowhere");
        let program = "pub extern \"C\" fn run_user_code_7() {\n1 + 1\n}\n";
        prepare(folder, program, || unreachable!("no cargo")).unwrap();
        assert!(!folder.exists());
    }
}
