//! How a cell is compiled, as cargo did it the first time: noted, and followed for the next cells
//! without cargo.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use super::{cells, messages, outdated};

/// Where evcxr looks for the path of what was compiled.
const RESULT: &str = "EVCXR_EXECUTION_SO_PATH";
/// The crate that evcxr makes of a cell.
pub const CELL: &str = "ctx";

/// Of a cell that compiles, but sets a variable that evcxr cannot keep.
const UNKNOWN_TYPE: &str = "no sé de qué tipo es una variable de esta celda, y sin eso no pasa a otras celdas: \
     escribe su tipo, como `let v: Vec<f64> = …`, o encierra el código entre llaves { … }";

/// Stands for the kernel's folder in a plan, because each kernel has another one.
const PLACEHOLDER: &str = "{kernel}";

/// The file of a plan, which holds as long as the Cargo.toml does not change.
pub fn file(folder: &Path) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    fs::read(folder.join("Cargo.toml"))
        .unwrap_or_default()
        .hash(&mut hasher);
    folder
        .join("plans")
        .join(format!("{:016x}", hasher.finish()))
}

/// Notes how cargo calls rustc.
pub fn note(file: &Path, call: &str, folder: &str) {
    // If the plan cannot be written, the next cell is compiled by cargo too.
    let _ = fs::create_dir_all(file.parent().unwrap_or(Path::new(".")))
        .and_then(|()| fs::write(file, call.replace(folder, PLACEHOLDER)));
}

/// How a cell is compiled: rustc, and its arguments.
pub struct Plan {
    rustc: String,
    arguments: Vec<String>,
}

impl Plan {
    pub fn read(file: &Path, folder: &Path) -> Option<Plan> {
        let text = fs::read_to_string(file).ok()?;
        let text = text.replace(PLACEHOLDER, folder.to_str()?);
        let mut lines = text.lines().map(str::to_owned);
        Some(Plan {
            rustc: lines.next()?,
            arguments: lines.collect(),
        })
    }

    /// Compiles the cell, and tells whether it does compile; rustc's messages go to evcxr, as
    /// cargo's would.
    pub fn follow(&self, folder: &Path, order: &str) -> Option<bool> {
        if order == "check" {
            return self.check(folder);
        }
        let program = fs::read_to_string(cells::source(folder)).ok()?;
        let warning = outdated::warning(folder, &program);
        let result = PathBuf::from(env::var_os(RESULT)?);
        let library = self.out_dir()?.join(library_name());
        // What warns is another program each time.
        let cell = match warning {
            None => cells::Cell::read(folder, &self.arguments.join("\n")),
            Some(_) => None,
        };
        if cell.as_ref().is_some_and(|cell| cell.restore(&library)) {
            outdated::note_compiled(folder, &program);
            return fs::write(result, library.to_str()?).ok().map(|()| true);
        }
        cells::prepare(folder, &self.first(warning.as_deref()));
        let compiled = self.rustc(&self.arguments)?;
        if !compiled.is_whole {
            outdated::note_failed(folder, &program, &compiled.error_lines);
            return Some(false);
        }
        outdated::note_compiled(folder, &program);
        fs::write(result, library.to_str()?).ok()?;
        if let Some(cell) = cell {
            cell.keep(&library);
        }
        Some(true)
    }

    /// What a cell does before all else. Where the library is there, it sets up what the first cell
    /// did, which is gone when the program has crashed.
    fn first(&self, warning: Option<&str>) -> String {
        let has_library = self
            .arguments
            .iter()
            .any(|it| it.starts_with("ex03_utils="));
        let start = match has_library {
            true => "::ex03_utils::start_notebook();",
            false => "",
        };
        let say = warning.map(|text| format!("::std::println!(\"{{}}\", {text:?});"));
        start.to_owned() + &say.unwrap_or_default()
    }

    /// The same without code generation. Cargo would first check all dependencies, which takes it
    /// half a minute.
    fn check(&self, folder: &Path) -> Option<bool> {
        let scratch = folder.join("check");
        fs::create_dir_all(&scratch).ok()?;
        let scratch = scratch.to_str()?.to_owned();
        let mut arguments = Vec::new();
        let mut is_out_dir = false;
        for argument in &self.arguments {
            arguments.push(match argument {
                _ if is_out_dir => scratch.clone(),
                it if it.starts_with("--emit=") => "--emit=metadata".to_owned(),
                it => it.clone(),
            });
            is_out_dir = argument == "--out-dir";
        }
        let compiles = self.rustc(&arguments)?.is_whole;
        if compiles {
            // evcxr asks this where it does not know the type of a variable, and shows what comes.
            eprint!("{}", messages::own(UNKNOWN_TYPE));
        }
        Some(compiles)
    }

    fn rustc(&self, arguments: &[String]) -> Option<Compiled> {
        let mut rustc = Command::new(&self.rustc);
        rustc
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        compile(&mut rustc)
    }

    fn out_dir(&self) -> Option<PathBuf> {
        let mut arguments = self.arguments.iter();
        arguments.find(|it| *it == "--out-dir")?;
        arguments.next().map(PathBuf::from)
    }
}

/// What came of compiling a cell.
pub struct Compiled {
    pub is_whole: bool,
    error_lines: Vec<usize>,
}

/// Runs rustc on a cell, and hands its messages on in Spanish. No lint, of this version of rustc or a
/// later one, fails a cell.
pub fn compile(rustc: &mut Command) -> Option<Compiled> {
    let output = rustc
        .arg("--cap-lints=allow")
        .stderr(Stdio::piped())
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&output.stderr);
    io::stderr()
        .write_all(messages::in_spanish(&said).as_bytes())
        .ok()?;
    Some(Compiled {
        is_whole: output.status.success(),
        error_lines: messages::error_lines(&said),
    })
}

fn library_name() -> String {
    format!(
        "{}{CELL}{}",
        env::consts::DLL_PREFIX,
        env::consts::DLL_SUFFIX
    )
}
