//! rustc's messages about a cell, on their way to evcxr: in Spanish, at the student's line, and rustc's own
//! words below.
//!
//! evcxr decides by codes and places what it can mend by itself, so these stay as they are.

use ex03_base::compiler::{Diagnostic, spanish};
use serde_json::{Value, json};

use super::variables;

/// What evcxr marks in the student's code, since the message says what is wrong there.
const HERE: &str = "aquí";

/// Of these, the place that matters to evcxr may be in its own code, and the student's is another.
const ELSEWHERE: [&str; 3] = ["E0382", "E0505", "E0597"];

/// Of what rustc wrote of a program on stderr as lines of JSON, the same lines. Where rustc did not
/// understand the text, only its first error stays, since the others follow from it.
pub fn in_spanish(stderr: &str, program: &str) -> String {
    let shown = variables::shown_from(program).unwrap_or(usize::MAX);
    let mut syntax_errors = 0;
    let lines = stderr.lines().filter_map(|line| {
        let Some((mut message, diagnostic)) = error(line) else {
            return Some(line.to_owned());
        };
        // evcxr takes an error that lies in its own text for one at the place of a note that lies in the
        // student's, and then does not write the other program that shows the value, whose errors lie in
        // the student's text.
        if diagnostic.primary().is_some_and(|it| it.line >= shown) {
            message["children"] = json!([]);
        }
        syntax_errors += usize::from(diagnostic.is_syntax());
        match syntax_errors {
            0 => Some(told(message, &diagnostic)),
            1 if diagnostic.is_syntax() => Some(told(message, &diagnostic)),
            _ => None,
        }
    });
    lines.map(|line| line + "\n").collect()
}

/// The lines of the program in which the errors lie.
pub fn error_lines(stderr: &str) -> Vec<usize> {
    let errors = stderr.lines().filter_map(error);
    errors
        .filter_map(|(_, diagnostic)| Some(diagnostic.primary()?.line))
        .collect()
}

fn error(line: &str) -> Option<(Value, Diagnostic)> {
    let message: Value = serde_json::from_str(line).ok()?;
    let diagnostic = Diagnostic::read(&message, &|file| file.ends_with("lib.rs"))?;
    diagnostic.is_error.then_some((message, diagnostic))
}

fn told(mut message: Value, diagnostic: &Diagnostic) -> String {
    let spanish = spanish::message(diagnostic);
    if spanish == diagnostic.message {
        return message.to_string();
    }
    let original = original(diagnostic);
    message["message"] = json!(spanish);
    for span in list(&mut message["spans"]) {
        let is_primary = span["is_primary"] == true;
        relabel(span, if is_primary { HERE } else { "" });
    }
    for note in list(&mut message["children"]) {
        note["level"] = json!("note");
        let place = place(note["message"].as_str().unwrap_or_default());
        for span in list(&mut note["spans"]) {
            relabel(span, place);
            span["suggested_replacement"] = Value::Null;
        }
    }
    if !ELSEWHERE.contains(&diagnostic.code.as_str())
        && let Some(spans) = message["spans"].as_array_mut()
    {
        spans.retain(|span| span["is_primary"] == true);
    }
    if let Some(notes) = message["children"].as_array_mut() {
        notes.push(note(&original));
    }
    message.to_string()
}

/// What is said at the place of a note. Most notes say no more than the message does.
fn place(note: &str) -> &'static str {
    match note {
        it if it.starts_with("remove this semicolon") => "quita este punto y coma",
        it if it.starts_with("consider borrowing") => "aquí falta un `&`",
        it if it.starts_with("consider removing the borrow") => "aquí sobra un `&`",
        _ => "",
    }
}

/// evcxr looks at the place where a macro is called too.
fn relabel(span: &mut Value, label: &str) {
    span["label"] = json!(label);
    if !span["expansion"]["span"].is_null() {
        relabel(&mut span["expansion"]["span"], label);
    }
}

fn original(diagnostic: &Diagnostic) -> String {
    let label = diagnostic.primary().map_or("", |span| span.label.as_str());
    let label = match label {
        "" => String::new(),
        label => format!(": {label}"),
    };
    format!("en palabras de rustc: {}{label}", diagnostic.message)
}

/// evcxr shows a note that belongs to no place below the student's code.
fn note(text: &str) -> Value {
    let nowhere = json!({"file_name": "", "column_start": 1, "column_end": 1, "label": text, "is_primary": false});
    json!({"level": "help", "message": text, "spans": [nowhere], "children": []})
}

fn list(value: &mut Value) -> impl Iterator<Item = &mut Value> {
    value.as_array_mut().into_iter().flatten()
}

/// An error of our own, as rustc would write one that lies in no place.
pub fn own(text: &str) -> String {
    json!({"message": text, "code": null, "level": "error", "spans": [], "children": [], "rendered": text})
        .to_string()
        + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::variables::{shown_from, tests::program};

    fn line(message: &str, code: &str, is_primary: bool) -> String {
        let span = json!({"file_name": "src/lib.rs", "line_start": 7, "column_start": 5, "label": "here",
            "is_primary": is_primary, "text": [], "expansion": null});
        json!({"message": message, "level": "error", "code": {"code": code}, "spans": [span],
            "children": [], "rendered": ""})
        .to_string()
    }

    #[test]
    fn code_and_place_stay_and_the_original_stands_below() {
        let told = in_spanish(
            &line("cannot find value `z3` in this scope", "E0425", true),
            "",
        );
        let told: Value = serde_json::from_str(&told).unwrap();
        assert!(
            told["message"]
                .as_str()
                .unwrap()
                .starts_with("no existe `z3`")
        );
        assert_eq!(told["code"]["code"], "E0425");
        assert_eq!(told["spans"][0]["line_start"], 7);
        assert_eq!(told["spans"][0]["label"], HERE);
        let below = told["children"][0]["message"].as_str().unwrap();
        assert_eq!(
            below,
            "en palabras de rustc: cannot find value `z3` in this scope: here"
        );
    }

    #[test]
    fn what_follows_from_an_error_of_syntax_is_left_out() {
        let first = line("expected `;`, found keyword `let`", "", true);
        let other = line("cannot find value `z3` in this scope", "E0425", true);
        let warning = r#"{"message":"unused","level":"warning"}"#;
        let all = [&first, warning, &other, "no JSON"].join("\n");
        let told = in_spanish(&all, "");
        assert_eq!(told.lines().count(), 3, "{told}");
        assert!(told.contains("falta un punto y coma"), "{told}");
    }

    #[test]
    fn what_has_no_translation_is_handed_on() {
        let unknown = line("something new", "E9999", true);
        let expected: Value = serde_json::from_str(&unknown).unwrap();
        let told: Value = serde_json::from_str(&in_spanish(&unknown, "")).unwrap();
        assert_eq!(told, expected);
    }
    #[test]
    fn an_error_where_a_value_would_be_shown_has_no_notes_elsewhere() {
        // The error is in line 7.
        let shown = |before: &str| program(before, &[], "(\nz3\n).evcxr_display();");
        let (above, below) = (shown("fn f() {\n}\n\n\n\n\n"), shown(""));
        assert!(shown_from(&above) > Some(7) && shown_from(&below) <= Some(7));
        let mut noted: Value = serde_json::from_str(&line("mine", "E9999", true)).unwrap();
        noted["children"] =
            json!([{"level": "note", "message": "function defined here", "spans": []}]);
        let notes = |program: &str| {
            let told = in_spanish(&noted.to_string(), program);
            serde_json::from_str::<Value>(&told).unwrap()["children"]
                .as_array()
                .map(Vec::len)
        };
        assert_eq!((notes(&above), notes(&below)), (Some(1), Some(0)));
    }
}
