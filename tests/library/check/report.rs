//! One report in a terminal, in a page and as JSON, and all reports added up.

use ex03_utils::check::{self, resumen};
use ex03_utils::*;

use super::*;

#[test]
fn the_same_function_gives_the_same_bytes() {
    let wrong = || check::bpropagation(|p, c, x, y| backward(p, c, &(x * 2.0), y));
    assert_eq!(wrong().html(), wrong().html());
    assert_eq!(wrong().to_string(), wrong().to_string());
    assert_eq!(wrong().json(), wrong().json());
}

#[test]
fn markup_of_the_students_own_is_escaped() {
    let report = check::cost_function(|_, _| panic!("<script>\"&</script>\u{7}\n"));
    assert!(!report.html().contains("<script>"));
    assert!(report.html().contains("&lt;script&gt;"));
    let json: serde_json::Value = serde_json::from_str(&report.json()).unwrap();
    assert!(json["message"].as_str().unwrap().contains("<script>\"&"));
}

#[test]
fn json_is_as_the_grader_expects_it() {
    let report = check::cost_function(|a2, y| y.ncols() as f64 * cost(a2, y));
    let json: serde_json::Value = serde_json::from_str(&report.json()).unwrap();
    assert_eq!(json["exercise"], "cost_function");
    assert_eq!(json["outcome"], "incorrect");
    assert_eq!(json["points"], 0.0);
    assert_eq!(json["max_points"], 1.0);
    assert_eq!(json["misconception"], "missing_mean");
    assert_eq!(json["misconceptions"], serde_json::json!(["missing_mean"]));
    assert!(
        json["message"]
            .as_str()
            .unwrap()
            .contains("¿falta el factor 1/m?")
    );
    assert!(!report.json().contains('\n'));
    let right: serde_json::Value =
        serde_json::from_str(&check::cost_function(cost).json()).unwrap();
    assert_eq!(right["misconception"], serde_json::Value::Null);
    assert_eq!(right["points"], 1.0);
}

#[test]
fn the_summary_adds_up() {
    let [mut reports, blanks] = [all_right(), blanks()];
    let all = reports.len();
    reports[4] = blanks[4].clone();
    reports[5] = check::update_parameters(|p, g, rate| update(p, g, -rate));
    let (points, score) = ((all - 2) as f64, format!("{} de {all}", all - 2));
    let summary = resumen(&reports);
    assert_eq!(
        (summary.points(), summary.max_points()),
        (points, all as f64)
    );
    for text in [summary.to_string(), summary.html()] {
        assert!(text.contains(&score), "{text}");
        assert!(
            text.contains("sin resolver") && text.contains("no coinciden con lo esperado"),
            "{text}"
        );
        assert!(
            text.contains("Lo siguiente: Ejercicio 5 · bpropagation"),
            "{text}"
        );
    }
    let json: serde_json::Value = serde_json::from_str(&summary.json()).unwrap();
    assert_eq!(json["points"], points);
    assert_eq!(json["exercises"].as_array().unwrap().len(), all);
    let whole = format!("{all} de {all}");
    assert!(resumen(&all_right()).to_string().contains(&whole));
}

#[test]
fn text_says_what_html_says() {
    let report = check::bpropagation(|p, c, x, y| {
        let g = backward(p, c, x, y);
        Gradients {
            dw1: &g.dw1 + 0.1,
            ..g
        }
    });
    let html = report.html();
    let read_out = without_tags(&html);
    for line in report.to_string().lines() {
        for part in line.split([' ', '[', ']']) {
            assert!(
                read_out.contains(part.trim_end_matches(':')),
                "{part}\n{read_out}"
            );
        }
    }
    for word in ["<script", "<style", "class="] {
        assert!(!html.contains(word));
    }
}

fn without_tags(html: &str) -> String {
    html.split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
        .collect::<Vec<_>>()
        .join(" ")
}
