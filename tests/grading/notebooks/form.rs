//! The files are as Jupyter writes them, and read like a chapter.

use std::collections::HashSet;
use std::fs;

use ex03_base::notebook;

use super::*;

#[test]
fn all_notebooks_are_as_jupyter_writes_them() {
    for path in all_notebooks() {
        let shown = name_with_folder(&path);
        let text = fs::read_to_string(&path).unwrap();
        let notebook = notebook::read(&path).unwrap();
        assert!(
            text == notebook::to_text(&notebook),
            "{shown}: indent is not 1, or the newline at the end is missing"
        );
        assert_eq!(
            (&notebook["nbformat"], &notebook["nbformat_minor"]),
            (&4.into(), &5.into()),
            "{shown}"
        );
        // As the kernel tells it, spelling and all: JupyterLab would write that into a notebook as
        // soon as it is opened.
        let metadata = serde_json::json!({
            "kernelspec": {"display_name": "Rust", "language": "rust", "name": "rust"},
            "language_info": {
                "codemirror_mode": "rust",
                "file_extension": ".rs",
                "mimetype": "text/rust",
                "name": "Rust",
                "pygment_lexer": "rust",
                "version": "",
            },
        });
        assert_eq!(notebook["metadata"], metadata, "{shown}");
        for place in ["/home", "/root", "/tmp", "/work", "/Users", "\\\\Users"] {
            assert!(
                !text.contains(place),
                "{shown} holds a path of some machine: {place}"
            );
        }
    }
}

#[test]
fn all_cells_have_readable_ids_and_no_counts() {
    for path in all_notebooks() {
        let shown = name_with_folder(&path);
        let mut ids = HashSet::new();
        for cell in notebook::read(&path).unwrap()["cells"].as_array().unwrap() {
            let id = cell["id"].as_str().unwrap_or_default();
            assert!(is_readable(id), "{shown}: {id:?} is no readable id");
            assert!(
                ids.insert(id.to_owned()),
                "{shown}: two cells are called {id}"
            );
            assert!(
                cell["source"].is_array(),
                "{shown}, {id}: the source is not a list of lines"
            );
            assert!(
                cell["execution_count"].is_null(),
                "{shown}, {id} has an execution count"
            );
            let is_student = path.parent().unwrap().ends_with("ejercicios");
            let outputs = cell["outputs"].as_array().into_iter().flatten();
            for output in outputs {
                assert!(!is_student, "{shown}, {id} has outputs");
                assert!(
                    output["execution_count"].is_null(),
                    "{shown}, {id}: an output has an execution count"
                );
            }
        }
    }
}

/// Words of small letters and digits, joined by hyphens, and not what a program draws at random.
fn is_readable(id: &str) -> bool {
    let words = || id.split('-');
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    let is_random = |word: &str| word.len() >= 6 && word.chars().any(|c| c.is_ascii_digit());
    id.len() >= 3 && words().all(is_word) && !words().any(is_random)
}

#[test]
fn all_notebooks_read_like_a_chapter() {
    for path in all_notebooks() {
        let shown = name_with_folder(&path);
        let notebook = notebook::read(&path).unwrap();
        let code: Vec<String> = notebook::code_cells(&notebook)
            .into_iter()
            .map(|cell| cell.source)
            .collect();
        let mut lengths: Vec<usize> = code.iter().map(|source| source.lines().count()).collect();
        lengths.sort_unstable();
        let (median, longest) = (lengths[lengths.len() / 2], lengths[lengths.len() - 1]);
        assert!(
            median <= 10,
            "{shown}: half of the code cells have {median} lines or more"
        );
        assert!(longest <= 30, "{shown}: a code cell has {longest} lines");

        let cells = notebook["cells"].as_array().unwrap();
        let prose: Vec<String> = cells
            .iter()
            .filter(|cell| cell["cell_type"] == "markdown")
            .map(|cell| notebook::text(&cell["source"]))
            .collect();
        let titles = prose
            .iter()
            .flat_map(|text| text.lines())
            .filter(|line| line.starts_with("# "));
        assert_eq!(titles.count(), 1, "{shown}: not one title");
        let size = |texts: &[String]| texts.iter().map(|text| text.chars().count()).sum::<usize>();
        assert!(size(&prose) > size(&code), "{shown}: less prose than code");
    }
}
