//! Notebooks that are large, deep or damaged.

use std::time::Instant;

use ex03_base::notebook;
use ex03_grading::submissions::{Reason, code_cells};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

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
