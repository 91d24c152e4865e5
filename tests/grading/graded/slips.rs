//! What befalls honest students: a cell that became text, code copied from a page, letters of other
//! alphabets, and a compiler that is stricter than the course.

use serde_json::{Value, json};

use crate::submissions::{Notebook, cost_function, grade, scratch};

/// As M does in JupyterLab.
fn as_markdown(cells: &mut [Value], exercise: &str) {
    let is_it = |cell: &&mut Value| cell["metadata"]["nbgrader"]["grade_id"] == exercise;
    let cell = cells.iter_mut().find(is_it).unwrap().as_object_mut();
    let cell = cell.unwrap();
    cell.insert("cell_type".to_owned(), json!("markdown"));
    cell.remove("outputs");
    cell.remove("execution_count");
}

#[test]
fn a_cell_turned_into_markdown_is_graded_and_told() {
    let folder = scratch("markdown");
    let number = Notebook::solved().number("predict");
    let turned = |notebook: Notebook| notebook.edited(|cells| as_markdown(cells, "predict"));
    turned(Notebook::solved()).write(&folder, "right");
    turned(Notebook::solved().changed("predict", "v > 0.5", "v > 0.25")).write(&folder, "wrong");
    let graded = grade(&folder, &[]);
    graded.is_right_but("right", &[]).unwrap();
    graded.is_right_but("wrong", &["predict"]).unwrap();
    for name in ["right", "wrong"] {
        let predict = graded.exercise(name, "predict");
        assert_eq!(predict["code"]["cell"], number);
        let note = predict["note"].as_str().unwrap();
        let expected = format!("La celda {number} es de tipo Markdown");
        assert!(note.starts_with(&expected), "{note}");
        assert!(note.contains("pulsa Esc y después Y"), "{note}");
        let other = graded.exercise(name, "nn_model");
        assert!(other["note"].is_null(), "{other}");
    }
}

#[test]
fn pasted_characters_are_named_with_what_to_type() {
    let folder = scratch("pasted");
    let solved = Notebook::solved().source("cost_function");
    let line = |source: &str, part: &str| {
        let mut lines = source.lines().enumerate();
        lines.find(|(_, line)| line.contains(part)).unwrap().0 + 1
    };
    let cases = [
        (
            "space",
            "\u{a0}",
            "let\u{a0}total = a2.sum();",
            "en la columna 8 hay un espacio que no es el del teclado (U+00A0)",
            "escribe un espacio",
        ),
        (
            "dash",
            "–",
            "let total = a2.sum() – 1.0;",
            "en la columna 26 hay «–» (U+2013), una raya",
            "escribe -",
        ),
        (
            "quotes",
            "“",
            "println!(“costo”);",
            "en la columna 14 hay «“» (U+201C), unas comillas de imprenta",
            "escribe \"",
        ),
        (
            "zero_width",
            "\u{200b}",
            "let total\u{200b} = a2.sum();",
            "hay un carácter que no se ve (U+200B)",
            "bórralo",
        ),
    ];
    for (name, _, statement, ..) in cases {
        let body = format!("{statement}\n    0.0");
        Notebook::solved()
            .with("cost_function", cost_function(&body))
            .write(&folder, name);
    }
    // A whole function of a PDF, whose spaces are all of them others.
    Notebook::solved()
        .with(
            "cost_function",
            solved.replace("    ", "\u{a0}\u{a0}\u{a0}\u{a0}"),
        )
        .write(&folder, "all");
    let graded = grade(&folder, &[]);
    for (name, character, statement, place, remedy) in cases {
        graded.is_right_but(name, &["cost_function"]).unwrap();
        let grade = graded.exercise(name, "cost_function");
        assert_eq!(grade["outcome"], "does_not_compile", "{grade}");
        let message = grade["message"].as_str().unwrap();
        let line = line(&cost_function(statement), character);
        for said in [&format!("línea {line}: "), place, remedy] {
            assert!(message.contains(said), "{name}: {said}: {message}");
        }
        assert!(!message.contains("unknown start"), "{message}");
        assert_eq!(message.matches("en la columna").count(), 1, "{message}");
    }
    let all = graded.exercise("all", "cost_function")["message"].to_string();
    assert!(all.contains("U+00A0"), "{all}");
}

#[test]
fn no_lint_costs_a_point() {
    let folder = scratch("lints");
    let right = Notebook::solved().source("cost_function");
    let with = |name: &str, source: String| {
        Notebook::solved()
            .with("cost_function", source)
            .write(&folder, name);
    };
    let body = |statements: &str| right.replacen("{\n", &format!("{{\n    {statements}\n"), 1);
    with("greek", body("let (π, σ, α, θ) = (3.14, 0.1, 1.2, 0.5);"));
    with(
        "strict",
        format!("#[deny(warnings)]\n{}", body("let unused = 1;")),
    );
    // These rustc denies of itself.
    with("too_large", body("let small: u8 = 256;"));
    with("direction", body("// al revés: \u{202e}"));
    with(
        "overflow",
        body("if a2.len() > 1_000_000 { let _ = 255_u8 + 1; }"),
    );
    let graded = grade(&folder, &[]);
    for name in ["greek", "strict", "too_large", "direction", "overflow"] {
        graded.is_right_but(name, &[]).unwrap();
    }
}
