//! A report as one line of JSON. By hand, because a notebook waits for each dependency of the
//! library, and this is all that it writes of JSON.

use std::fmt::Write;

use super::content::Report;
use super::hint::Hint;
use super::summary::Summary;

/// Of a report's JSON in a notebook. A type of our own, because JupyterLab would show plain
/// `application/json` in place of the HTML.
pub const JSON_MIME_TYPE: &str = "application/vnd.ex03.check+json";

impl Report {
    /// One line. `misconception` is the first of `misconceptions`, or null; `hints` holds the
    /// stages of each, and `difference` what is told before them, or null where there are none.
    pub fn json(&self) -> String {
        let ids: Vec<String> = self.hints.iter().map(|hint| string(hint.id)).collect();
        let hints: Vec<String> = self.hints.iter().map(hint).collect();
        let difference = match hints.is_empty() {
            true => "null".to_owned(),
            false => string(&self.difference),
        };
        format!(
            "{{\"exercise\": {}, \"outcome\": {}, \"points\": {:.1}, \"max_points\": {:.1}, \"misconception\": {}, \"misconceptions\": [{}], \"message\": {}, \"difference\": {}, \"hints\": [{}]}}",
            string(self.heading.name),
            string(self.outcome.name()),
            self.points(),
            self.max_points(),
            ids.first().map_or("null", String::as_str),
            ids.join(", "),
            string(&self.message()),
            difference,
            hints.join(", "),
        )
    }
}

impl Summary {
    /// One line.
    pub fn json(&self) -> String {
        let reports: Vec<String> = self.reports().iter().map(Report::json).collect();
        format!(
            "{{\"points\": {:.1}, \"max_points\": {:.1}, \"exercises\": [{}]}}",
            self.points(),
            self.max_points(),
            reports.join(", ")
        )
    }
}

fn hint(hint: &Hint) -> String {
    format!(
        "{{\"id\": {}, \"question\": {}, \"wrong\": {}, \"formula\": {}}}",
        string(hint.id),
        string(hint.question),
        string(hint.wrong),
        string(hint.formula)
    )
}

/// A JSON string literal.
fn string(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            c if c.is_control() => {
                let _ = write!(literal, "\\u{:04x}", u32::from(c));
            }
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}
