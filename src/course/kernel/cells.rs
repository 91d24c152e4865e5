//! Cells that were compiled before, in this kernel or an earlier one, are not compiled again.
//! Whoever restarts a kernel and runs all cells only waits for what they compute.

use std::collections::hash_map::DefaultHasher;
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use ex03_base::system;
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
    /// The cell with that program, compiled in a kernel's folder by a plan.
    pub fn of(program: &str, kernel: &Path, plan: &str) -> Option<Cell> {
        // Other arguments do not change what is compiled.
        let program = variables::only_those_named(program, "").unwrap_or(program.to_owned());
        let plan = plan.replace(kernel.to_str()?, "");
        let text = format!("{plan}\n{}", in_order(&program)?);
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        Some(Cell {
            text,
            folder: kernel.parent()?.join("cells"),
            name: format!("{:016x}", hasher.finish()),
        })
    }

    /// What was compiled before, put into the folder where rustc would put it.
    pub fn restore(&self, out_dir: &Path) -> Option<PathBuf> {
        let kept = self.folder.join(&self.name);
        let text = fs::read_to_string(kept.with_extension("rs")).ok()?;
        if text != self.text {
            return None;
        }
        // The file's time tells `tidy` that the cell is in use.
        let _ = File::options()
            .append(true)
            .open(kept.with_extension("rs"))
            .and_then(|file| file.set_modified(SystemTime::now()));
        let library = out_dir.join(system::library(&self.name));
        // Where it is there already, this kernel has loaded it.
        (library.exists() || fs::copy(kept, &library).is_ok()).then_some(library)
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

/// A cell's program that fetches and puts back the variables that it names, and no others, and does
/// `first` before all else.
pub fn prepared(program: &str, first: &str) -> String {
    let less = variables::only_those_named(program, "\n").unwrap_or(program.to_owned());
    variables::doing_first(first, &less).unwrap_or(less)
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
    // A cell that is run again imports again.
    items.dedup();
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
    fn neither_the_order_of_hash_maps_nor_a_second_import_makes_another_cell() {
        let (f, g, import) = ("fn f() {}", "fn g() { f() }", "use ours::*;");
        let one = program(&[f, g, import].join("\n"), &["a", "b"], "h();");
        let other = program(&[import, g, f, import].join("\n"), &["b", "a"], "h();");
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
