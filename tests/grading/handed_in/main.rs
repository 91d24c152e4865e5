//! What students hand in, read: real-life folders and archives, hostile ones, and 1,000 damaged
//! notebooks.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use ex03_base::{notebook, project};
use ex03_grading::submissions::{self, Handed, Reason, code_cells};
use proptest::prelude::*;
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

mod damage;
#[cfg(unix)]
mod interrupted;
#[cfg(unix)]
mod special;

const GRADED: &str = "3_red_neuronal.ipynb";

fn course(name: &str) -> Vec<u8> {
    let folder = project::exercises();
    fs::read(folder.join(name)).unwrap()
}

fn graded() -> Vec<u8> {
    course(GRADED)
}

/// A folder to fill.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("handed_in")
            .join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    fn file(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Folder {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    fn read(&self) -> Vec<Handed> {
        read(&[&self.0])
    }
}

fn read(paths: &[&Path]) -> Vec<Handed> {
    let paths: Vec<PathBuf> = paths.iter().map(|path| path.to_path_buf()).collect();
    submissions::find(&paths).unwrap().read().collect()
}

/// Names, each with the reason where there is one.
fn rows(handed: &[Handed]) -> Vec<(String, String)> {
    let rows = handed.iter().map(|handed| {
        let problem = handed.cells.as_ref().err();
        (handed.name.clone(), problem.cloned().unwrap_or_default())
    });
    rows.collect()
}

fn names(handed: &[Handed]) -> Vec<&str> {
    handed.iter().map(|handed| &*handed.name).collect()
}

#[track_caller]
fn assert_rows(handed: &[Handed], expected: &[(&str, &str)]) {
    let rows = rows(handed);
    let fits = rows.len() == expected.len()
        && rows
            .iter()
            .zip(expected)
            .all(|((name, problem), (expected, reason))| {
                name == expected
                    && problem.is_empty() == reason.is_empty()
                    && problem.contains(reason)
            });
    assert!(fits, "{rows:#?}\nin place of {expected:#?}");
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_flat_folder_names_students_by_their_files() {
    let folder = Folder::new("flat");
    folder
        .file("ana.ipynb", graded())
        .file("Beto Núñez.ipynb", graded())
        .file("carla.ipynb.txt", graded())
        .file("DANI.IPYNB", graded())
        .file("notas.txt", "not handed in")
        .file(".ipynb_checkpoints/ana-checkpoint.ipynb", graded())
        .file("__MACOSX/._ana.ipynb", "x");
    let handed = folder.read();
    assert_rows(
        &handed,
        &[("Beto Núñez", ""), ("DANI", ""), ("ana", ""), ("carla", "")],
    );
    for handed in &handed {
        let cells = handed.cells.as_ref().unwrap();
        let expected = notebook::code_cells(&serde_json::from_slice(&graded()).unwrap());
        let shape = |cells: &[notebook::CodeCell]| format!("{cells:?}");
        assert_eq!(shape(cells), shape(&expected));
    }
}

#[test]
fn a_folder_a_student_is_named_by_the_folder() {
    let folder = Folder::new("folders");
    for student in ["ana", "beto"] {
        folder
            .file(&format!("{student}/tarea.ipynb"), graded())
            .file(&format!("{student}/datos.csv"), "1,2");
    }
    folder.file("carla/entrega final.ipynb", graded());
    assert_eq!(names(&folder.read()), ["ana", "beto", "entrega final"]);
}

#[test]
fn notebooks_1_and_2_are_no_failed_submissions() {
    let folder = Folder::new("all_three");
    for student in ["ana", "beto", "carla"] {
        for name in [
            "1_notacion_y_activaciones.ipynb",
            "2_regresion_logistica.ipynb",
            GRADED,
        ] {
            if !(student == "carla" && name == GRADED) {
                let path = format!("{student}/ex03/notebooks/ejercicios/{name}");
                folder.file(&path, course(name));
            }
        }
    }
    assert_rows(
        &folder.read(),
        &[
            ("ana", ""),
            ("beto", ""),
            ("carla · 1_notacion_y_activaciones", "se titula «"),
            (
                "carla · 2_regresion_logistica",
                "no tiene ninguno de los ejercicios del curso",
            ),
        ],
    );
    // As they are in the project itself.
    let project = project::solutions();
    assert_rows(&read(&[&project]), &[("soluciones", "")]);
    assert_rows(&read(&[&project.join(GRADED)]), &[("3_red_neuronal", "")]);
}

#[test]
fn moodle_s_tree_and_zip_give_the_students_names() {
    let members = |name: &str| format!("{name}_assignsubmission_file_/{GRADED}");
    let folder = Folder::new("moodle");
    let inner = zip(&[(GRADED, &graded())]);
    let mut archive = Vec::new();
    for (name, bytes) in [
        (members("Ana Pérez_101"), graded()),
        (members("Ana Pérez_102"), graded()),
        (members("Beto Núñez_103"), graded()),
        (
            "Carla Ruiz_104_assignsubmission_file_/tarea.pdf".to_owned(),
            b"%PDF-1.7".to_vec(),
        ),
        (
            "Dani Gil_105_assignsubmission_file_/entrega.zip".to_owned(),
            inner,
        ),
        (
            "Eva Sanz_106_assignsubmission_file_/entrega.zip".to_owned(),
            b"PK broken".to_vec(),
        ),
    ] {
        folder.file(&format!("tree/{name}"), &bytes);
        archive.push((name, bytes));
    }
    let archive: Vec<(&str, &[u8])> = archive
        .iter()
        .map(|(name, bytes)| (&**name, &**bytes))
        .collect();
    folder.file("zip/entregas.zip", zip(&archive));
    for place in ["tree", "zip", "zip/entregas.zip"] {
        assert_rows(
            &read(&[&folder.0.join(place)]),
            &[
                ("Ana Pérez (101)", ""),
                ("Ana Pérez (102)", ""),
                ("Beto Núñez", ""),
                (
                    "Carla Ruiz",
                    "no entregó ningún cuaderno (.ipynb), sino «tarea.pdf»",
                ),
                ("Dani Gil", ""),
                ("Eva Sanz", "no es un zip válido"),
            ],
        );
    }
    let handed = read(&[&folder.0.join("zip/entregas.zip")]);
    assert!(handed[2].path.ends_with(&format!(
        "entregas.zip/Beto Núñez_103_assignsubmission_file_/{GRADED}"
    )));
}

#[test]
fn canvas_s_zip_and_nbgrader_s_tree_give_the_students_names() {
    let folder = Folder::new("canvas");
    let archive = zip(&[
        ("perezana_1234_5678_3_red_neuronal.ipynb", &graded()),
        ("nunezbeto_LATE_1235_5679_mi-tarea-1.ipynb", &graded()),
        ("gildani_1236_5680_foto.png", b"\x89PNG"),
    ]);
    folder.file("submissions.zip", archive);
    assert_rows(
        &folder.read(),
        &[
            ("gildani", "sino «gildani_1236_5680_foto.png»"),
            ("nunezbeto", ""),
            ("perezana", ""),
        ],
    );

    let folder = Folder::new("nbgrader");
    for student in ["ana", "beto"] {
        folder
            .file(&format!("submitted/{student}/ex03/{GRADED}"), graded())
            .file(
                &format!("submitted/{student}/ex03/timestamp.txt"),
                "2026-11-24",
            );
    }
    folder.file(
        "submitted/ana/ex03/2_regresion_logistica.ipynb",
        course("2_regresion_logistica.ipynb"),
    );
    assert_rows(&folder.read(), &[("ana", ""), ("beto", "")]);
    assert_rows(
        &read(&[&folder.0.join("submitted/ana/ex03")]),
        &[("ana", "")],
    );
}

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

#[test]
fn hostile_archives_are_refused_and_write_nothing() {
    let folder = Folder::new("hostile");
    let good = graded();
    let mut bomb = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    bomb.start_file("bomba.ipynb", options).unwrap();
    for _ in 0..300 {
        bomb.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    bomb.start_file("buena.ipynb", options).unwrap();
    bomb.write_all(&good).unwrap();
    let bomb = bomb.finish().unwrap().into_inner();
    assert!(bomb.len() < 1 << 20);
    // The same bomb, whose header says that it is small.
    let mut liar = bomb.clone();
    for at in positions(&bomb, &(300_u32 << 20).to_le_bytes()) {
        liar[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    // Bit 0 of the flags, in both headers.
    let mut encrypted = zip(&[("cifrado.ipynb", &good)]);
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = positions(&encrypted, signature)[0];
        encrypted[at + flags] |= 1;
    }
    let mut link = ZipWriter::new(Cursor::new(Vec::new()));
    link.add_symlink("enlace.ipynb", "/etc/passwd", options)
        .unwrap();
    let link = link.finish().unwrap().into_inner();
    // Two members of the same bytes.
    let mut overlapping = zip(&[("a.ipynb", &good), ("b.ipynb", &good)]);
    let second = positions(&overlapping, b"PK\x01\x02")[1];
    overlapping[second + 42..second + 46].copy_from_slice(&[0; 4]);
    let mut damaged = zip(&[("a.ipynb", &good)]);
    damaged[100] ^= 0xff;
    let nested = |times: usize| {
        (0..times).fold(zip(&[("x.ipynb", &good)]), |inner, _| {
            zip(&[("x.zip", &inner)])
        })
    };

    folder
        .file(
            "a.zip",
            zip(&[
                ("/tmp/ex03-absoluta.ipynb", &good),
                ("../../ex03-sale.ipynb", &good),
                ("..\\ex03-sale.ipynb", &good),
                ("C:/x.ipynb", &good),
            ]),
        )
        .file("b.zip", bomb)
        .file("c.zip", liar)
        .file("d.zip", encrypted)
        .file("e.zip", link)
        .file("f.zip", overlapping)
        .file("g.zip", damaged)
        .file("h.zip", b"")
        .file("i.zip", nested(1))
        .file("j.zip", nested(5));
    let before = files(&folder.0);
    let handed = folder.read();
    let found: Vec<(&str, String)> = handed
        .iter()
        .map(|handed| {
            let path = handed.path.rsplit_once("hostile/").unwrap().1;
            (
                path,
                handed.cells.as_ref().err().cloned().unwrap_or_default(),
            )
        })
        .collect();
    let expected = [
        ("a.zip/ex03-sale.ipynb", "«..»"),
        ("a.zip/ex03-sale.ipynb", "«..»"),
        ("a.zip/C:/x.ipynb", "absoluta"),
        ("a.zip/tmp/ex03-absoluta.ipynb", "absoluta"),
        ("b.zip/bomba.ipynb", "ocupa demasiado"),
        ("b.zip/buena.ipynb", ""),
        ("c.zip/bomba.ipynb", "está dañado en el zip"),
        ("c.zip/buena.ipynb", ""),
        ("d.zip/cifrado.ipynb", "cifrado"),
        ("e.zip/enlace.ipynb", "enlace"),
        ("f.zip", "bomba"),
        ("g.zip/a.ipynb", "está dañado en el zip"),
        ("h.zip", "no es un zip válido"),
        ("i.zip/x.zip/x.ipynb", ""),
        (
            "j.zip/x.zip/x.zip",
            "no es un cuaderno de Jupyter: es un archivo comprimido",
        ),
    ];
    for (path, reason) in expected {
        let problems: Vec<_> = found.iter().filter(|(at, _)| *at == path).collect();
        assert!(
            problems
                .iter()
                .any(|(_, problem)| problem.is_empty() == reason.is_empty()
                    && problem.contains(reason)),
            "{path}: {reason} is not in {found:#?}"
        );
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    let unique: std::collections::HashSet<_> = names(&handed).into_iter().collect();
    assert_eq!(unique.len(), handed.len());
    assert_eq!(files(&folder.0), before);
    assert!(!Path::new("/tmp/ex03-absoluta.ipynb").exists());
}

fn positions(bytes: &[u8], part: &[u8]) -> Vec<usize> {
    let windows = bytes.windows(part.len()).enumerate();
    windows
        .filter(|(_, window)| *window == part)
        .map(|(at, _)| at)
        .collect()
}

/// All paths below and beside a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            all.extend(files(&entry.path()));
        }
        all.push(entry.path());
    }
    all.sort();
    all
}

#[test]
fn outputs_of_50_mb_take_a_moment_and_are_not_kept() {
    let mut large: Value = serde_json::from_slice(&graded()).unwrap();
    let line = "costo: 0.693\n".repeat(100_000);
    for cell in large["cells"].as_array_mut().unwrap() {
        if notebook::is_code(cell) {
            cell["outputs"] = json!([{"output_type": "stream", "text": line}]);
        }
    }
    let large = large.to_string();
    assert!(large.len() > 40_000_000, "{}", large.len());
    let started = Instant::now();
    let cells = code_cells(large.as_bytes()).unwrap();
    assert!(started.elapsed().as_secs() < 5);
    assert_eq!(
        format!("{cells:?}"),
        format!("{:?}", code_cells(&graded()).unwrap())
    );
}

#[test]
fn bombs_in_json_are_refused() {
    let reason = |text: String| match code_cells(text.as_bytes()) {
        Err(Reason::Unreadable(problem)) => problem,
        other => panic!("{other:?}"),
    };
    let cell = "{\"cell_type\":\"code\"},";
    let many = format!("{{\"cells\": [{}{{}}]}}", cell.repeat(1_000_000));
    assert!(reason(many).contains("tiene más de 10000 celdas"));
    let source = "x".repeat(2 << 20);
    let long = format!("{{\"cells\": [{{\"cell_type\":\"code\",\"source\":\"{source}\"}}]}}");
    assert!(reason(long).contains("código"));
}

#[test]
fn a_thousand_damaged_notebooks_give_a_thousand_rows() {
    let folder = Folder::new("damaged");
    let good = [
        graded(),
        fs::read(project::root().join("notebooks/soluciones").join(GRADED)).unwrap(),
    ];
    let mut readable = 0;
    for seed in 0..1000 {
        let damaged = damage::damaged(&good[usize::from(seed % 20 == 0)], seed);
        folder.file(&format!("{seed:04}.ipynb"), damaged);
    }
    let started = Instant::now();
    let handed = folder.read();
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
    assert_eq!(handed.len(), 1000);
    for (seed, handed) in handed.iter().enumerate() {
        assert_eq!(handed.name, format!("{seed:04}"));
        match &handed.cells {
            Ok(cells) => {
                readable += 1;
                assert!(
                    cells
                        .iter()
                        .enumerate()
                        .all(|(i, cell)| cell.number == i + 1)
                );
            }
            Err(problem) => assert!(!problem.is_empty() && !problem.contains('\n'), "{problem}"),
        }
    }
    // The damage is neither none nor total.
    assert!(
        (200..800).contains(&readable),
        "{readable} of 1000 can be read"
    );
}

proptest! {
    #[test]
    fn any_bytes_are_cells_or_a_reason(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = one_line(&bytes);
    }

    #[test]
    fn any_text_in_the_place_of_a_source_comes_through(source in any::<String>()) {
        let source = format!("fn predict(\n{source}").replace('\r', "");
        let notebook = json!({"cells": [{"cell_type": "code", "source": source}]});
        prop_assert_eq!(&code_cells(notebook.to_string().as_bytes()).unwrap()[0].source, &source);
        let lines = json!({"cells": [{"cell_type": "code", "source": notebook::lines(&source)}]});
        prop_assert_eq!(&code_cells(lines.to_string().as_bytes()).unwrap()[0].source, &source);
    }

    #[test]
    fn any_json_is_cells_or_a_reason(value in json_like(), place in 0_usize..6) {
        let notebook = match place {
            0 => value,
            1 => json!({"cells": value}),
            2 => json!({"cells": [value]}),
            3 => json!({"worksheets": [{"cells": [value]}], "metadata": value}),
            4 => json!({"cells": [{"cell_type": "code", "source": value, "metadata": {"nbgrader": value}}]}),
            _ => json!({"cells": [{"cell_type": value, "source": "fn predict()", "metadata": value}]}),
        };
        one_line(notebook.to_string().as_bytes())?;
    }
}

fn one_line(bytes: &[u8]) -> Result<(), TestCaseError> {
    if let Err(Reason::Unreadable(problem) | Reason::NoExercises(problem)) = code_cells(bytes) {
        prop_assert!(!problem.is_empty() && !problem.contains('\n'), "{problem}");
    }
    Ok(())
}

/// JSON that knows a notebook's words.
fn json_like() -> impl Strategy<Value = Value> {
    let words = [
        "cells",
        "cell_type",
        "code",
        "markdown",
        "source",
        "metadata",
        "nbgrader",
        "grade_id",
        "points",
        "tags",
        "raises-exception",
        "check_predict",
        "# título\n",
        "fn predict(",
        "worksheets",
        "input",
    ];
    let word = prop::sample::select(words.to_vec()).prop_map(str::to_owned);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word.clone().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((word.clone(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}
