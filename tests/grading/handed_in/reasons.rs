//! What is no submission is a row with its reason.

use ex03_base::notebook;
use ex03_grading::submissions::code_cells;
use serde_json::{Value, json};

use super::*;

#[test]
fn each_file_is_a_row_with_its_reason() {
    let text = String::from_utf8(graded()).unwrap();
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let latin: Vec<u8> = text
        .chars()
        .map(|c| u32::from(c).try_into().unwrap_or(b'?'))
        .collect();
    let python = json!({"metadata": {"kernelspec": {"name": "python3", "language": "python"}}, "cells": [
        {"cell_type": "markdown", "source": ["# Otra cosa\n"]}, {"cell_type": "code", "source": "x = 1"}]});
    let old = json!({"nbformat": 3, "worksheets": [{"cells": [
        {"cell_type": "code", "language": "rust", "input": ["fn predict(\n", ") {}"]}]}]});
    let plain = json!({"cells": [{"cell_type": "code", "source": "let predict = |x| x;"}]});
    let odd = json!({"nbformat_minor": 6, "metadata": null, "cells": [3, null, {"cell_type": "code"},
        {"cell_type": "code", "source": {"a": 1}, "metadata": []},
        {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": "check_predict", "points": "2"}, "tags": 7}, "execution_count": "*"}]});
    let twice = br#"{"cells": 3, "cells": [{"cell_type": "code", "source": "x", "source": "fn predict() {}"}]}"#;
    // What Python's json writes of an output that is no number.
    let python_numbers = text.replacen(
        "\"outputs\": []",
        "\"outputs\": [{\"data\": {\"x\": [NaN, Infinity, -Infinity]}}]",
        1,
    );
    assert_ne!(python_numbers, text);
    let deep = format!("{{\"cells\": {}", "[".repeat(100_000));
    let deep_closed = format!(
        "{{\"metadata\": {}{}, \"cells\": [{{\"cell_type\": \"code\", \"source\": \"fn predict() {{}}\", \"metadata\": {}{}}}]}}",
        "[".repeat(100_000),
        "]".repeat(100_000),
        "{\"nbgrader\":".repeat(100_000),
        "1".to_owned() + &"}".repeat(100_000),
    );
    let surrogate = br#"{"cells": [{"cell_type": "code", "source": "fn predict() \ud800"}]}"#;
    let folder = Folder::new("reasons");
    folder
        .file("01 good.ipynb", graded())
        .file("02 byte order mark.ipynb", ["\u{feff}", &text].concat())
        .file("03 utf-16.ipynb", utf16)
        .file("04 latin-1.ipynb", latin)
        .file("05 nbformat 3.ipynb", old.to_string())
        .file("06 no metadata.ipynb", plain.to_string())
        .file("07 odd types.ipynb", odd.to_string())
        .file("08 duplicated keys.ipynb", twice)
        .file("09 deep.ipynb", deep_closed)
        .file("10 windows lines.ipynb", text.replace('\n', "\r\n"))
        .file("20 empty.ipynb", "")
        .file("21 blank.ipynb", " \n\n")
        .file("22 picture.ipynb", b"\x89PNG\r\n\x1a\n....")
        .file("23 pdf.ipynb", "%PDF-1.7")
        .file("24 page.ipynb", "<!DOCTYPE html><html>")
        .file("25 cut.ipynb", &text[..text.len() / 2])
        .file("26 not json.ipynb", "hola")
        .file("27 number.ipynb", "3")
        .file("28 object.ipynb", "{}")
        .file("29 unclosed.ipynb", deep)
        .file("30 python.ipynb", python.to_string())
        .file("31 surrogate.ipynb", surrogate)
        .file("32 folder.ipynb/x.txt", "")
        .file("37 python's numbers.ipynb", python_numbers);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/etc/passwd", folder.0.join("33 link.ipynb")).unwrap();
        std::os::unix::fs::symlink("01 good.ipynb", folder.0.join("34 inner link.ipynb")).unwrap();
        std::os::unix::fs::symlink("/", folder.0.join("35 root")).unwrap();
        std::os::unix::fs::symlink(".", folder.0.join("36 loop")).unwrap();
    }
    assert_rows(
        &folder.read(),
        &[
            ("01 good", ""),
            ("02 byte order mark", ""),
            ("03 utf-16", ""),
            ("04 latin-1", ""),
            ("05 nbformat 3", ""),
            ("06 no metadata", ""),
            ("07 odd types", ""),
            ("08 duplicated keys", ""),
            ("09 deep", ""),
            ("10 windows lines", ""),
            ("20 empty", "está vacío"),
            ("21 blank", "está vacío"),
            ("22 picture", "es una imagen"),
            ("23 pdf", "es un PDF"),
            ("24 page", "es una página web"),
            ("25 cut", "se corta antes del final"),
            ("26 not json", "no es válido en la línea 1"),
            ("27 number", "le falta la lista «cells»"),
            ("28 object", "le falta la lista «cells»"),
            ("29 unclosed", "se corta antes del final"),
            (
                "30 python",
                "se titula «Otra cosa»; es un cuaderno de Python",
            ),
            ("31 surrogate", "el código de la celda 1 no se puede leer"),
            ("32 folder", "es una carpeta"),
            ("33 link", "es un enlace que sale de la carpeta"),
            ("34 inner link", ""),
            ("37 python's numbers", ""),
        ],
    );
    // Nothing but unreadable files is no error either.
    assert_rows(
        &read(&[
            &folder.0.join("20 empty.ipynb"),
            &folder.0.join("28 object.ipynb"),
        ]),
        &[("20 empty", "vacío"), ("28 object", "cells")],
    );
    assert!(submissions::find(&[folder.0.join("no está")]).is_err());
    assert!(submissions::find(&[folder.0.join("32 folder.ipynb")]).is_err());
}

/// M and R turn a code cell of JupyterLab into text.
#[test]
fn a_function_in_a_cell_that_became_text_is_read() {
    let turned = |kind: &str, names: &[&str]| {
        let mut notebook: Value = serde_json::from_slice(&graded()).unwrap();
        for cell in notebook["cells"].as_array_mut().unwrap() {
            if names
                .iter()
                .any(|name| cell["metadata"]["nbgrader"]["grade_id"] == *name)
            {
                cell["cell_type"] = kind.into();
                cell.as_object_mut().unwrap().remove("outputs");
                cell.as_object_mut().unwrap().remove("execution_count");
            }
        }
        notebook
    };
    let cells = |notebook: &Value| code_cells(notebook.to_string().as_bytes()).unwrap();
    let texts = |cells: Vec<notebook::CodeCell>| -> Vec<(usize, String)> {
        let cells = cells.into_iter();
        cells.map(|cell| (cell.number, cell.source)).collect()
    };
    let expected = texts(code_cells(&graded()).unwrap());
    for (kind, shown) in [("markdown", "Markdown"), ("raw", "Raw")] {
        let notebook = turned(kind, &["predict", "layer_size"]);
        let read = cells(&notebook);
        let became: Vec<_> = read.iter().filter_map(|cell| cell.turned_into).collect();
        assert_eq!(became, [shown, shown]);
        // In their places, with the numbers that they have when they are code again.
        assert_eq!(texts(read), expected);
    }
    // Prose that speaks of a function stays prose, and so does an older answer below the one that counts.
    let mut notebook = turned("markdown", &[]);
    let all = notebook["cells"].as_array_mut().unwrap();
    for prose in [
        "`fn predict(parameters: &Parameters) -> Array2<f64>` se llama así",
        "fn predict(x) -> y\n",
        "Antes tenía:\n\nfn predict(x: f64) -> f64 {\n    x\n}",
    ] {
        all.push(json!({"cell_type": "markdown", "metadata": {}, "source": prose}));
    }
    assert_eq!(texts(cells(&notebook)), expected);
    let all = notebook["cells"].as_array_mut().unwrap();
    all.retain(|cell| cell["metadata"]["nbgrader"]["grade_id"] != "predict");
    let read = cells(&notebook);
    assert_eq!(read.len(), expected.len());
    assert!(read.last().unwrap().source.starts_with("Antes tenía"));
}

#[test]
fn names_show_what_a_terminal_would_obey() {
    let folder = Folder::new("names");
    folder
        .file("ana\nmaría.ipynb", graded())
        .file("factura\u{202e}gpj.ipynb", graded())
        .file("rojo\u{1b}[31m.ipynb", graded());
    let handed = folder.read();
    assert_eq!(
        names(&handed),
        ["ana␊maría", "factura\\u{202e}gpj", "rojo␛[31m"]
    );
    // The path stays what it is: nbgrader looks for it.
    assert!(handed[0].path.ends_with("ana\nmaría.ipynb"));
}
