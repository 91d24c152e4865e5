//! The pages of the solved notebooks, as `cargo run -- release --html` writes them: nothing is
//! missing, and nothing is loaded. tests/browser/pages.py looks at them.

use std::fs;
use std::path::Path;
use std::process::Command;

use ex03_base::{notebook, project};

/// A page goes by mail.
const MOST_BYTES: usize = 2_000_000;

#[test]
#[ignore = "needs Python: cargo run -- setup"]
fn pages_hold_all_that_the_notebooks_show_and_load_nothing() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    let _ = fs::remove_dir_all(&folder);
    let mut release = Command::new(env!("CARGO_BIN_EXE_ex03"));
    release.args(["release", "--html"]).arg(&folder);
    let output = release.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );

    let solved = project::solutions();
    for path in notebook::in_folder(&solved).unwrap() {
        let page = folder
            .join(path.file_stem().unwrap())
            .with_extension("html");
        let page = fs::read_to_string(page).unwrap();
        let notebook = notebook::read(&path).unwrap();
        let cells = notebook["cells"].as_array().unwrap();
        let shown = path.display();

        let first = notebook::text(&cells[0]["source"]);
        let title = first.lines().next().unwrap().trim_start_matches("# ");
        assert!(
            page.starts_with("<!DOCTYPE html>\n\n<html lang=\"es\">"),
            "{shown}: {}",
            &page[..60]
        );
        assert!(page.contains(&format!("<title>{title}</title>")), "{shown}");
        assert!(page.len() < MOST_BYTES, "{shown}: {} bytes", page.len());
        assert_eq!(loaded(&page), [""; 0], "{shown}");

        let prose: String = cells
            .iter()
            .filter(|cell| !notebook::is_code(cell))
            .map(|cell| notebook::text(&cell["source"]))
            .collect();
        let formulas = prose.replace("$$", "$").matches('$').count() / 2;
        assert_eq!(
            page.matches("<svg aria-label").count(),
            formulas,
            "{shown}: formulas"
        );

        let outputs: String = cells
            .iter()
            .flat_map(|cell| cell["outputs"].as_array().into_iter().flatten())
            .map(|output| notebook::text(&output["data"]["text/html"]))
            .collect();
        for what in ["<figure", "<img", "<script>", "<table"] {
            let tables = if what == "<table" {
                prose.matches("\n|---|").count()
            } else {
                0
            };
            let expected = outputs.matches(what).count() + tables;
            assert_eq!(page.matches(what).count(), expected, "{shown}: {what}");
        }
        assert!(!page.contains("SOLUTION"), "{shown}: marks of solutions");
    }
}

/// What a page would ask others for: addresses in attributes, in styles and in scripts.
fn loaded(page: &str) -> Vec<&str> {
    let after = |start: &'static str| {
        page.split(start)
            .skip(1)
            .map(|rest| rest.lines().next().unwrap_or(rest))
    };
    let addresses = [
        " src=\"",
        " href=\"",
        " srcset=\"",
        " poster=\"",
        " data=\"",
        " action=\"",
        "url(",
    ];
    let attributes = addresses
        .into_iter()
        .flat_map(after)
        .filter(|address| !address.starts_with("data:") && !address.starts_with('#'));
    let others = [
        "@import",
        "import ",
        "import(",
        "fetch(",
        "XMLHttpRequest",
        "WebSocket",
        "//cdn",
    ]
    .into_iter()
    .filter(|call| page.contains(call));
    // Names of XML's languages are no addresses.
    let anywhere = ["http://", "https://"]
        .into_iter()
        .flat_map(after)
        .filter(|address| !address.starts_with("www.w3.org/"));
    attributes.chain(others).chain(anywhere).collect()
}

#[test]
fn what_a_page_would_load_is_found() {
    for page in [
        "<img src=\"figura.png\">",
        "<script src=\"https://a.org/x.js\"></script>",
        "<link href=\"//a.org/x.css\">",
        "<style>body { background: url(fondo.png) }</style>",
        "<style>@import 'x.css';</style>",
        "<script>import mermaid from 'x.mjs';</script>",
        "<script>fetch('datos.json')</script>",
        "<p>https://a.org</p>",
    ] {
        assert!(!loaded(page).is_empty(), "{page}");
    }
    let own = "<img src=\"data:image/png;base64,A\"><a href=\"#b\">c</a><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    assert_eq!(loaded(own), [""; 0]);
}
