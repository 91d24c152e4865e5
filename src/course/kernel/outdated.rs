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
    let Ok(file) = syn::parse_file(program) else {
        return;
    };
    let before = read(folder);
    let versions = file.items.iter().filter_map(|item| match item {
        Item::Fn(function) => {
            let mut hasher = DefaultHasher::new();
            program[function.span().byte_range()].hash(&mut hasher);
            let (name, version) = (function.sig.ident.to_string(), hasher.finish());
            let has_failed = before.get(&name) == Some(&(version, true));
            Some((name, (version, has_failed)))
        }
        _ => None,
    });
    write(folder, &versions.collect());
}

/// Notes which functions rustc found errors in: `lines` of the program, from 1.
pub fn note_failed(folder: &Path, program: &str, lines: &[usize]) {
    let mut versions = read(folder);
    for line in lines {
        if let Some((_, has_failed)) =
            function_at(program, *line).and_then(|name| versions.get_mut(name))
        {
            *has_failed = true;
        }
    }
    write(folder, &versions);
}

/// The function in which a line lies. The program need not be whole.
fn function_at(program: &str, line: usize) -> Option<&str> {
    let above: Vec<&str> = program.lines().take(line).collect();
    let head = above.iter().rev().find(|line| line.starts_with("fn "))?;
    head["fn ".len()..].split(['(', '<']).next()
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
    fn a_check_warns_until_another_version_compiles() {
        let folder = std::env::temp_dir().join(format!("ex03-outdated-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let check = "check::predict(predict)";
        let old = program("fn predict() {\n    1;\n}", &[], check);
        let broken = program("fn predict() {\n    nothing();\n}", &[], "");
        let new = program("fn predict() {\n    2;\n}", &[], check);

        note_compiled(&folder, &old);
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
        fs::remove_dir_all(folder).unwrap();
    }
}
