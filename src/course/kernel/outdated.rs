//! Functions whose newest version did not compile. evcxr keeps the version before it, and a check that
//! looks at that one says so.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use syn::Item;
use syn::spanned::Spanned;

use super::variables;

/// By name, what the last program that compiled has of each function, and whether a newer version failed
/// since.
type Versions = BTreeMap<String, (u64, bool)>;

/// What a cell is to say before it checks a function of which a newer version did not compile.
pub fn warning(folder: &Path, program: &str) -> Option<String> {
    let statements = variables::statements(program)?;
    let versions = read(folder);
    let is_checked = |name: &&String| statements.contains(&format!("check::{name}("));
    let failed = versions.iter().filter(|(_, (_, has_failed))| *has_failed);
    let names: Vec<&String> = failed.map(|(name, _)| name).filter(is_checked).collect();
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    (!names.is_empty()).then(|| {
        format!(
            "Aviso: lo último que escribiste de {} no compiló, y aquí se mira la versión anterior. \
             Corrige su celda y ejecútala antes que esta.",
            names.join(", ")
        )
    })
}

/// Notes which functions a program has that compiled.
pub fn note_compiled(folder: &Path, program: &str) {
    let Some(functions) = functions(program) else {
        return;
    };
    let before = read(folder);
    let versions = functions.into_iter().map(|(name, version)| {
        let has_failed = before.get(&name) == Some(&(version, true));
        (name, (version, has_failed))
    });
    write(folder, &versions.collect());
}

/// Notes which functions are newer in a program that did not compile. Where rustc does not understand
/// the text, they are those in which the errors lie, in these lines of the program, from 1.
pub fn note_failed(folder: &Path, program: &str, lines: &[usize]) {
    let mut versions = read(folder);
    let newer: Vec<String> = match functions(program) {
        Some(functions) => {
            let is_newer = |(name, version): &(String, u64)| {
                versions
                    .get(name)
                    .is_some_and(|(known, _)| known != version)
            };
            let newer = functions.into_iter().filter(is_newer);
            newer.map(|(name, _)| name).collect()
        }
        None => {
            let named = lines.iter().filter_map(|line| function_at(program, *line));
            named.map(str::to_owned).collect()
        }
    };
    for name in newer {
        if let Some((_, has_failed)) = versions.get_mut(&name) {
            *has_failed = true;
        }
    }
    write(folder, &versions);
}

/// The functions of a program, each with a number that changes with its text.
fn functions(program: &str) -> Option<Vec<(String, u64)>> {
    let file = syn::parse_file(program).ok()?;
    let functions = file.items.iter().filter_map(|item| match item {
        Item::Fn(function) => {
            let mut hasher = DefaultHasher::new();
            program[function.span().byte_range()].hash(&mut hasher);
            Some((function.sig.ident.to_string(), hasher.finish()))
        }
        _ => None,
    });
    Some(functions.collect())
}

/// The function in which a line lies, of those that cells define; a cell's statements come after them
/// all. The program need not be whole.
fn function_at(program: &str, line: usize) -> Option<&str> {
    let statements = variables::statements(program)?;
    let defined = &program[..program.len() - statements.len()];
    if line > defined.lines().count() {
        return None;
    }
    let above: Vec<&str> = defined.lines().take(line).collect();
    let begins = |line: &&&str| line.starts_with("fn ") || line.starts_with("pub ");
    let head = above.iter().rev().find(begins)?.strip_prefix("fn ")?;
    head.split(['(', '<']).next()
}

fn read(folder: &Path) -> Versions {
    let text = fs::read_to_string(path(folder)).unwrap_or_default();
    let Ok(Value::Object(versions)) = serde_json::from_str(&text) else {
        return Versions::new();
    };
    let version = |it: &Value| Some((it[0].as_u64()?, it[1].as_bool()?));
    versions
        .iter()
        .filter_map(|(name, it)| Some((name.clone(), version(it)?)))
        .collect()
}

fn write(folder: &Path, versions: &Versions) {
    // Without this file a check says less, and everything else goes on.
    let _ = fs::write(path(folder), json!(versions).to_string());
}

fn path(folder: &Path) -> PathBuf {
    folder.join("functions.json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::variables::tests::program;

    #[test]
    fn an_error_in_a_cell_s_statements_is_in_no_function() {
        let cell = program(
            "fn f() {\n    1;\n}\npub struct S {\n    a: f64,\n}",
            &[],
            "oh()",
        );
        let of_line = |text: &str| {
            let place = cell.lines().position(|line| line.contains(text)).unwrap();
            function_at(&cell, place + 1)
        };
        assert_eq!(of_line("fn f()"), Some("f"));
        assert_eq!(of_line("1;"), Some("f"));
        assert_eq!(of_line("a: f64"), None);
        assert_eq!(of_line("oh()"), None);
    }

    #[test]
    fn a_check_warns_until_another_version_compiles() {
        let folder = std::env::temp_dir().join(format!("ex03-outdated-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let check = "check::predict(predict)";
        let old = program("fn predict() {\n    1;\n}", &[], check);
        let broken = program("fn predict() {\n    nothing();\n}", &[], "");
        let new = program("fn predict() {\n    2;\n}", &[], check);

        note_compiled(&folder, &old);
        assert_eq!(warning(&folder, &old), None);
        // What others did wrong is not this function's.
        note_failed(&folder, &old, &[2]);
        assert_eq!(warning(&folder, &old), None);
        note_failed(&folder, &broken, &[2]);
        let told = warning(&folder, &old).unwrap();
        assert!(told.contains("`predict` no compiló"), "{told}");
        // Another cell compiles, and the function is the old one still.
        note_compiled(&folder, &old);
        assert!(warning(&folder, &old).is_some());
        assert_eq!(warning(&folder, &program("", &[], "predict()")), None);
        note_compiled(&folder, &new);
        assert_eq!(warning(&folder, &new), None);
        note_failed(&folder, &broken.replace("nothing()", "(3"), &[2]);
        assert!(warning(&folder, &new).is_some());
        fs::remove_dir_all(folder).unwrap();
    }
}
