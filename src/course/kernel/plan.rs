//! How a cell is compiled, as cargo did it the first time: noted, and followed for the next cells
//! without cargo.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use ex03_base::system;

use super::compiled::{Compiled, compile};
use super::{cells, functions, messages, numbers, outdated};

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
        let compiled = match self.in_parts(folder, &program, warning.as_deref()) {
            Some(compiled) => compiled,
            // What is wrong is told of the program as evcxr knows it.
            None => self.whole(folder, &program, warning.as_deref())?,
        };
        compiled.tell(&program).ok()?;
        if compiled.is_whole {
            outdated::note_compiled(folder, &program);
        } else {
            outdated::note_failed(folder, &program, &compiled.error_lines());
        }
        Some(compiled.is_whole)
    }

    /// Compiles what cells have defined, and what this one does, and has evcxr run it. None where that
    /// cannot be, or where something is wrong that is told of the whole program.
    fn in_parts(&self, folder: &Path, program: &str, warning: Option<&str>) -> Option<Compiled> {
        let (text, number) = self.unnumbered(program).filter(|_| self.has_library())?;
        let parts = functions::parts(&text)?;
        let mut programs = Vec::new();
        if let Some(definitions) = parts.definitions {
            let name = format!("definitions_{number}");
            let (library, _) = self.library(folder, &definitions, &name, None)?.ok()?;
            programs.push(library);
        }
        let name = format!("cell_{number}");
        let (library, compiled) = match self.library(folder, &parts.brief, &name, warning)? {
            Ok(compiled) => compiled,
            Err(wrong) => return wrong.is_of_the_cell_alone().then_some(wrong),
        };
        programs.push(library);
        numbers::run(folder, &programs, &self.hand_over()?).ok()?;
        Some(compiled)
    }

    /// The same with the program as it is.
    fn whole(&self, folder: &Path, program: &str, warning: Option<&str>) -> Option<Compiled> {
        let Some((text, number)) = self.unnumbered(program) else {
            fs::write(
                cells::source(folder),
                cells::prepared(program, &self.first(warning)),
            )
            .ok()?;
            self.hand_over()?;
            return self.rustc(&self.arguments);
        };
        let name = format!("cell_{number}");
        match self.library(folder, &text, &name, warning)? {
            Err(wrong) => Some(wrong),
            Ok((cell, compiled)) => {
                numbers::run(folder, &[cell], &self.hand_over()?).ok()?;
                Some(compiled)
            }
        }
    }

    /// The library of a program, which may have been compiled before; or what is wrong. It gets `name` where
    /// it is compiled now, since a process loads no second library from the same place.
    fn library(
        &self,
        folder: &Path,
        program: &str,
        name: &str,
        warning: Option<&str>,
    ) -> Option<Result<(PathBuf, Compiled), Compiled>> {
        // What warns is another program each time.
        let cell = match warning {
            None => cells::Cell::of(program, folder, &self.arguments.join("\n")),
            Some(_) => None,
        };
        let out_dir = self.out_dir()?;
        if let Some(known) = cell.as_ref().and_then(|cell| cell.restore(&out_dir)) {
            return Some(Ok((known, Compiled::before())));
        }
        let prepared = cells::prepared(program, &self.first(warning));
        fs::write(cells::source(folder), prepared).ok()?;
        let compiled = self.rustc(&self.arguments)?;
        if !compiled.is_whole {
            return Some(Err(compiled));
        }
        let place = out_dir.join(system::library(name));
        fs::rename(self.compiled()?, &place).ok()?;
        if let Some(cell) = cell {
            cell.keep(&place);
        }
        Some(Ok((place, compiled)))
    }

    /// The program without its number, where there is the library that knows all numbers.
    fn unnumbered(&self, program: &str) -> Option<(String, usize)> {
        let numbers = self.out_dir()?.join(numbers::file_name());
        numbers::unnumbered(program).filter(|_| numbers.is_file())
    }

    /// Where rustc puts a cell's library.
    fn compiled(&self) -> Option<PathBuf> {
        Some(self.out_dir()?.join(system::library(CELL)))
    }

    /// Tells evcxr to load what lies there.
    fn hand_over(&self) -> Option<PathBuf> {
        let library = self.compiled()?;
        fs::write(env::var_os(RESULT)?, library.to_str()?).ok()?;
        Some(library)
    }

    /// Compiles the library that knows all numbers, by which cells compiled before are run.
    pub fn build_numbers(&self, folder: &Path) -> Option<bool> {
        let source = cells::source(folder).with_file_name("numbers.rs");
        fs::write(source, numbers::program()).ok()?;
        let arguments = self.arguments.iter().map(|it| match &**it {
            "src/lib.rs" => "src/numbers.rs".to_owned(),
            CELL => numbers::CRATE.to_owned(),
            _ => it.clone(),
        });
        let mut rustc = Command::new(&self.rustc);
        let compiled = compile(rustc.args(arguments).current_dir(folder))?;
        compiled.tell("").ok()?;
        Some(compiled.is_whole)
    }

    /// What a cell does before all else. Where the library is there, it shows any value, and sets up what
    /// the first cell did, which is gone when the program has crashed.
    fn first(&self, warning: Option<&str>) -> String {
        let start = match self.has_library() {
            true => "use ::ex03_utils::cells::Shown as _; ::ex03_utils::start_notebook();",
            false => "",
        };
        let say = warning.map(|text| format!("::std::println!(\"{{}}\", {text:?});"));
        start.to_owned() + &say.unwrap_or_default()
    }

    fn has_library(&self) -> bool {
        self.arguments
            .iter()
            .any(|it| it.starts_with("ex03_utils="))
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
        let compiled = self.rustc(&arguments)?;
        let program = fs::read_to_string(cells::source(folder)).ok()?;
        compiled.tell(&program).ok()?;
        if compiled.is_whole {
            // evcxr asks this where it does not know the type of a variable, and shows what comes.
            eprint!("{}", messages::own(UNKNOWN_TYPE));
        }
        Some(compiled.is_whole)
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
