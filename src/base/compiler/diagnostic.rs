//! rustc's messages, as its option `--error-format=json` writes them.

use serde_json::Value;

/// A piece of a student's code that rustc speaks of.
#[derive(Clone, Debug, Default)]
pub struct Span {
    /// The file as rustc was given it, such as `celda 7`.
    pub file: String,
    /// In bytes of the file.
    pub start: usize,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The first line of the code, whole.
    pub text: String,
    /// What of that line is meant.
    pub code: String,
    pub label: String,
    pub is_primary: bool,
}

/// What rustc says, placed in the student's code.
#[derive(Clone, Debug, Default)]
pub struct Diagnostic {
    /// Where a macro of another crate is to blame, these are in the code that calls it.
    pub spans: Vec<Span>,
    pub is_error: bool,
    /// Such as `E0308`; may be empty.
    pub code: String,
    pub message: String,
    /// What rustc adds in notes.
    pub notes: Vec<String>,
    /// A name that is much like one that does not exist.
    pub similar: Option<String>,
    /// As rustc shows it, with the code.
    pub rendered: String,
}

impl Diagnostic {
    /// Reads a message of which `is_students` tells what files are the student's.
    ///
    /// It is `None` for what is no message, and for what rustc adds at the end: how many errors
    /// there were, and where to read about them.
    pub fn read(message: &Value, is_students: &dyn Fn(&str) -> bool) -> Option<Diagnostic> {
        let words = message["message"].as_str()?;
        if words.starts_with("aborting due to") || message["level"] == "failure-note" {
            return None;
        }
        let spans = list(&message["spans"]);
        let children = list(&message["children"]);
        let notes: Vec<String> = children.iter().map(|it| text(&it["message"])).collect();
        let similar = children
            .iter()
            .find(|it| text(&it["message"]).contains("with a similar name"));
        Some(Diagnostic {
            spans: spans.iter().map(|it| placed(it, is_students)).collect(),
            is_error: message["level"] == "error",
            code: text(&message["code"]["code"]),
            message: words.to_owned(),
            notes,
            similar: similar
                .and_then(|it| it["spans"][0]["suggested_replacement"].as_str())
                .map(str::to_owned),
            rendered: text(&message["rendered"]),
        })
    }

    /// The first primary one in the text. It is the bracket that is not closed, where another span
    /// is the one that closes too much.
    pub fn primary(&self) -> Option<&Span> {
        let spans = self.spans.iter().filter(|span| span.is_primary);
        spans.min_by_key(|span| span.line)
    }

    /// Whether rustc did not understand the text, so that what it says next means little.
    pub fn is_syntax(&self) -> bool {
        const BEGINNINGS: [&str; 8] = [
            "expected ",
            "unexpected ",
            "unknown start of token",
            "mismatched closing delimiter",
            "this file contains an unclosed delimiter",
            "unterminated ",
            "missing ",
            "statements are terminated",
        ];
        let of_a_lexer = ["E0765", "E0766", "E0758", "E0763"];
        of_a_lexer.contains(&self.code.as_str())
            || (self.code.is_empty() && BEGINNINGS.iter().any(|it| self.message.starts_with(it)))
    }
}

/// Places in the student's code what a macro makes: where the macro is called.
fn placed(span: &Value, is_students: &dyn Fn(&str) -> bool) -> Span {
    let mut outermost = span;
    while !outermost["expansion"]["span"].is_null() {
        outermost = &outermost["expansion"]["span"];
    }
    // What `include!` takes in is no expansion of the line that has it.
    let place = match is_students(outermost["file_name"].as_str().unwrap_or_default()) {
        true => outermost,
        false => span,
    };
    let line = &place["text"][0];
    let column = |name: &str| line[name].as_u64().unwrap_or(1) as usize;
    let (from, to) = (column("highlight_start"), column("highlight_end"));
    let all = text(&line["text"]);
    Span {
        file: text(&place["file_name"]),
        start: place["byte_start"].as_u64().unwrap_or(0) as usize,
        line: place["line_start"].as_u64().unwrap_or(0) as usize,
        column: place["column_start"].as_u64().unwrap_or(0) as usize,
        code: all
            .chars()
            .skip(from.saturating_sub(1))
            .take(to.saturating_sub(from))
            .collect(),
        text: all,
        label: text(&span["label"]),
        is_primary: span["is_primary"] == true,
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
