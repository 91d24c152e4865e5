//! The spreadsheet, the JSON and the terminal.

use serde_json::Value;

use super::*;

#[test]
fn the_spreadsheet_is_what_excel_in_spanish_opens() {
    let mut submissions = class();
    submissions.extend(hostile());
    submissions[0].name = "Núñez; \"Ana\"\nMaría".to_owned();
    submissions[1].name = "-1+2".to_owned();
    let folder = written("sheet", &submissions, &[]);
    // As in Spain and Argentina, and as in Mexico and Peru.
    for (file, separator, half, seven_and_a_half) in [
        ("grades.csv", ";", "0,5", "7,5"),
        ("grades-punto.csv", ",", "0.5", "7.5"),
    ] {
        let csv = text(&folder.join(file));
        let csv = csv.strip_prefix('\u{feff}').expect("the mark of UTF-8");
        let head = csv.lines().next().unwrap();
        assert!(head.starts_with(&format!("nombre{separator}layer_size{separator}")));
        assert!(head.ends_with(&format!("{separator}archivo")));
        assert!(csv.contains("\r\n"));
        let rows: Vec<csv::StringRecord> = csv::ReaderBuilder::new()
            .delimiter(separator.as_bytes()[0])
            .from_reader(csv.as_bytes())
            .records()
            .map(Result::unwrap)
            .collect();
        assert_eq!(rows.len(), submissions.len());
        assert_eq!(&rows[0][0], submissions[0].name);
        assert_eq!(&rows[1][0], "'-1+2");
        assert_eq!(
            (&rows[8][3], &rows[8][9], &rows[8][10]),
            (half, seven_and_a_half, "8")
        );
        assert_eq!(
            (&rows[12][1], &rows[12][9], &rows[12][11]),
            (
                "",
                "",
                "no es un cuaderno completo: se corta antes del final"
            )
        );
        for row in &rows {
            for (place, field) in row.iter().enumerate() {
                assert!(
                    !field.starts_with(['=', '+', '-', '@', '\t', '\r']),
                    "{place}: {field}"
                );
            }
        }
    }
}

#[test]
fn the_json_is_what_the_design_says() {
    let folder = written(
        "json",
        &class(),
        &[Similar {
            names: vec!["a".into(), "b".into()],
            exercises: vec!["predict"],
        }],
    );
    let json: Value = serde_json::from_str(&text(&folder.join("grades.json"))).unwrap();
    let first = &json["submissions"][0];
    assert_eq!(
        (&first["name"], &first["points"], &first["max_points"]),
        (&"Estudiante 1".into(), &7.0.into(), &8.0.into())
    );
    let cost = &first["exercises"][3];
    assert_eq!(cost["exercise"], "cost_function");
    assert_eq!(cost["outcome"], "incorrect");
    assert_eq!(cost["misconception"], "missing_mean");
    assert!(cost["message"].as_str().unwrap().contains("1/m"));
    let last = &json["submissions"][12];
    assert_eq!(
        (&last["problem"], &last["exercises"]),
        (
            &"no es un cuaderno completo: se corta antes del final".into(),
            &Value::Array(Vec::new())
        )
    );
    assert_eq!(json["similar"][0]["names"][1], "b");
}

#[test]
fn the_terminal_has_a_line_a_submission_and_details_of_few() {
    let class = class();
    let shown = report::shown(&class, &[]);
    let line = |name: &str| {
        shown
            .lines()
            .find(|line| line.starts_with(name))
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        line("Estudiante 5 "),
        "Estudiante 5       ✔  ✔  ✘  ✘  ✔  ✔  ✔  ✔      6 / 8"
    );
    assert_eq!(
        line("María"),
        "María José Núñez   ✔  ✔  ✔  ✔  ⚠  ✘  ○  ○      4 / 8"
    );
    assert_eq!(
        line("Estudiante 9"),
        "Estudiante 9       ✔  ✔0,5  ✔  ✔  ✔  ✔  ✔    7,5 / 8"
    );
    assert!(line("Óscar").ends_with("se corta antes del final"));
    assert!(!shown.contains("Para pensar"));
    let shown = report::shown(&class[..1], &[]);
    assert!(shown.contains("Para pensar: ") && shown.contains("¿falta el factor 1/m?"));
}
