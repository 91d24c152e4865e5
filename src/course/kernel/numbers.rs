//! The numbers by which evcxr calls the programs of a kernel's cells: `run_user_code_0` is the first. A
//! program is compiled without its number, and so serves whenever its cell is run. What evcxr loads in
//! its place is one library that knows all numbers, and runs the program that is named in the kernel's
//! folder.

use std::fmt::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{fs, io};

use ex03_base::system;

use super::variables;

/// From this number on, cells are compiled under their own. Nobody runs as many.
const MOST: usize = 1000;

/// The crate of the library that knows all numbers.
pub const CRATE: &str = "numbers";

/// A program without its number, and the number.
pub fn unnumbered(program: &str) -> Option<(String, usize)> {
    let (place, number) = number(program)?;
    let mut unnumbered = program.to_owned();
    unnumbered.replace_range(place, "");
    (number < MOST).then_some((unnumbered, number))
}

/// Where a program's number stands, with the line before it, and the number.
fn number(program: &str) -> Option<(Range<usize>, usize)> {
    let main = variables::statements(program)?;
    let start = program.len() - main.len();
    let end = start + main.find('(')?;
    let line = start + main[..end - start].rfind('_')?;
    let number = program[line + 1..end].parse().ok()?;
    Some((line..end, number))
}

/// The program that knows all numbers.
pub fn program() -> String {
    let mut program = String::new();
    for number in 0..MOST {
        // Nothing stops a string from growing.
        let _ = writeln!(
            program,
            "#[unsafe(no_mangle)] pub extern \"C\" fn run_user_code_{number}(store: *mut ::std::ffi::c_void) -> \
             *mut ::std::ffi::c_void {{ ::ex03_utils::cells::run(store) }}"
        );
    }
    program
}

/// Has evcxr run compiled programs, one after the other: `library` is what it loads.
pub fn run(folder: &Path, programs: &[PathBuf], library: &Path) -> io::Result<()> {
    let paths: Option<Vec<&str>> = programs.iter().map(|it| it.to_str()).collect();
    let paths = paths.ok_or(io::ErrorKind::InvalidInput)?;
    fs::write(folder.join("cell"), paths.join("\n"))?;
    let _ = fs::remove_file(library);
    let numbers = library.with_file_name(file_name());
    fs::hard_link(&numbers, library).or_else(|_| fs::copy(&numbers, library).map(drop))
}

/// What rustc makes of [`program`].
pub fn file_name() -> String {
    system::library(CRATE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::variables::tests::program as cell;

    #[test]
    fn a_program_is_the_same_under_each_number() {
        let first = cell("fn f() {}", &["a"], "run_user_code_9(a)");
        let later = first.replace("run_user_code_1()", "run_user_code_12()");
        assert_ne!(first, later);
        let (text, number) = unnumbered(&first).unwrap();
        assert_eq!(number, 1);
        assert_eq!(unnumbered(&later), Some((text.clone(), 12)));
        // What the cell itself says stays.
        assert!(text.contains("run_user_code_9(a)"), "{text}");
        let last = first.replace("run_user_code_1()", "run_user_code_1000()");
        assert_eq!(unnumbered(&last), None);
        assert_eq!(unnumbered("fn f() {}"), None);
    }

    #[test]
    fn all_numbers_are_known() {
        let program = program();
        assert_eq!(program.lines().count(), MOST);
        for number in [0, MOST - 1] {
            assert!(program.contains(&format!(" fn run_user_code_{number}(")));
        }
    }
}
