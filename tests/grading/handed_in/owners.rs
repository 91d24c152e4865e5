//! Whose a notebook is, as folders and archives name it.

use ex03_base::notebook;

use super::*;

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
fn where_the_class_is_kept_takes_no_name_away() {
    let folder = Folder::new("kept/ana/class");
    folder
        .file("ana.ipynb", graded())
        .file("beto.ipynb", graded());
    assert_eq!(names(&folder.read()), ["ana", "beto"]);
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
