//! Cells that were compiled before, in this kernel or an earlier one, are not compiled again.
//! Whoever restarts a kernel and runs all cells only waits for what they compute.

use std::collections::hash_map::DefaultHasher;
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use syn::Item;
use syn::spanned::Spanned;

use super::variables;

/// A cell takes about 100 kB.
const KEPT: usize = 1000;

pub struct Cell {
    /// All that decides what rustc makes of the cell. It is kept beside the result and compared
    /// before the result is used.
    text: String,
    folder: PathBuf,
    name: String,
}

impl Cell {
    /// The cell that evcxr wants compiled in a kernel's folder, by a plan.
    pub fn read(kernel: &Path, plan: &str) -> Option<Cell> {
        let source = fs::read_to_string(source(kernel)).ok()?;
        // Other arguments do not change what is compiled.
        let source = variables::only_those_named(&source, "").unwrap_or(source);
        let plan = plan.replace(kernel.to_str()?, "");
        let text = format!("{plan}\n{}", in_order(&source)?);
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        Some(Cell {
            text,
            folder: kernel.parent()?.join("cells"),
            name: format!("{:016x}", hasher.finish()),
        })
    }

    /// Puts what was compiled before where rustc would; false when it never was.
    pub fn restore(&self, library: &Path) -> bool {
        let kept = self.folder.join(&self.name);
        if fs::read_to_string(kept.with_extension("rs")).is_ok_and(|text| text == self.text) {
            let _ = fs::remove_file(library);
            // The file's time tells `tidy` that the cell is in use.
            let _ = File::options()
                .append(true)
                .open(kept.with_extension("rs"))
                .and_then(|file| file.set_modified(SystemTime::now()));
            return fs::copy(kept, library).is_ok();
        }
        false
    }

    /// Keeps what was compiled, unless it depends on more than the cell's text.
    pub fn keep(&self, library: &Path) {
        if !stands_alone(library) {
            return;
        }
        let _ = fs::create_dir_all(&self.folder);
        let kept = self.folder.join(&self.name);
        let part = kept.with_extension(format!("part-{}", std::process::id()));
        // The text is written last, so that where it exists the rest is complete.
        let done = fs::copy(library, &part)
            .and_then(|_| fs::rename(&part, &kept))
            .and_then(|()| fs::write(&part, &self.text))
            .and_then(|()| fs::rename(&part, kept.with_extension("rs")));
        if done.is_err() {
            let _ = fs::remove_file(&part);
        }
    }
}

/// The program that evcxr has written.
pub fn source(kernel: &Path) -> PathBuf {
    kernel.join("src").join("lib.rs")
}

/// Has the cell fetch and put back the variables that it names, and no others, and do `first` before all
/// else.
pub fn prepare(kernel: &Path, first: &str) {
    let source = source(kernel);
    let Ok(text) = fs::read_to_string(&source) else {
        return;
    };
    let less = variables::only_those_named(&text, "\n").unwrap_or(text);
    let whole = variables::doing_first(first, &less).unwrap_or(less);
    // Where the program cannot be written, the one that evcxr wrote does nearly the same.
    let _ = fs::write(source, whole);
}

/// Whether rustc read no other file (`include_str!`) and no variable (`env!`).
fn stands_alone(library: &Path) -> bool {
    fs::read_to_string(library.with_file_name("ctx.d")).is_ok_and(|told| {
        let read = told
            .lines()
            .filter(|line| line.ends_with(':') && !line.contains(' '));
        !told.contains("# env-dep:") && read.count() == 1
    })
}

/// The same program, whatever order evcxr's hash maps gave to functions and variables in this
/// kernel. `None` where the order could matter.
fn in_order(source: &str) -> Option<String> {
    let file = syn::parse_file(source).ok()?;
    if file.items.iter().any(|item| matches!(item, Item::Macro(_))) {
        return None;
    }
    let mut items: Vec<String> = file
        .items
        .iter()
        .map(|item| variables_in_order(&source[item.span().byte_range()]))
        .collect();
    items.sort_unstable();
    Some(items.join("\n"))
}

/// Sorts the lines of a notebook's variables.
fn variables_in_order(item: &str) -> String {
    let kind = |line: &str| variables::read(line).map(|(kind, _)| kind);
    let mut lines: Vec<&str> = item.lines().collect();
    for run in lines.chunk_by_mut(|a, b| kind(a).is_some() && kind(a) == kind(b)) {
        run.sort_unstable();
    }
    lines.join("\n")
}

/// Drops the cells that were not used for longest.
pub fn tidy(cells: &Path) {
    let entries = fs::read_dir(cells).into_iter().flatten().flatten();
    let mut kept: Vec<(SystemTime, PathBuf)> = entries
        .filter(|it| it.path().extension().is_some_and(|ending| ending == "rs"))
        .filter_map(|it| Some((it.metadata().ok()?.modified().ok()?, it.path())))
        .collect();
    kept.sort();
    let too_many = kept.len().saturating_sub(KEPT);
    for (_, text) in kept.drain(..too_many) {
        let _ = fs::remove_file(&text);
        let _ = fs::remove_file(text.with_extension(""));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::variables::tests::program;

    #[test]
    fn the_order_of_hash_maps_makes_no_other_cell() {
        let (f, g) = ("fn f() {}", "fn g() { f() }");
        let one = program(&[f, g].join("\n"), &["a", "b"], "h();");
        let other = program(&[g, f].join("\n"), &["b", "a"], "h();");
        assert_ne!(one, other);
        assert!(in_order(&one).is_some());
        assert_eq!(in_order(&one), in_order(&other));
    }

    #[test]
    fn the_order_of_statements_does() {
        let of = |statements| in_order(&program("fn f() {}", &["a", "b"], statements));
        assert_ne!(of("f();\ng();"), of("g();\nf();"));
        assert_ne!(of("let a = 1;\nlet a = 2;"), of("let a = 2;\nlet a = 1;"));
    }

    #[test]
    fn where_order_may_matter_nothing_is_kept() {
        assert_eq!(in_order("macro_rules! m { () => {} }\nfn f() {}"), None);
        assert_eq!(in_order("fn f( {}"), None);
    }
}
