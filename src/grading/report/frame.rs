//! What all pages share: the frame, and how an outcome is shown.

use ex03_base::visible;
use ex03_utils::check::Outcome;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::grades::{Grade, Submission};

const STYLE: &str = include_str!("style.css");
/// Even if something slipped through: a page runs and loads nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

pub fn page(title: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="es" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { (body) } }
        }
    };
    // Names and messages are others': even in a comment of the page, nothing of them is obeyed.
    visible::text(&page.into_string())
}

/// Text with its superscripts.
pub fn prose(text: &str) -> Markup {
    PreEscaped(ex03_utils::check::prose(text))
}

/// How an outcome is shown: a mark, a colour's class and a word.
pub struct Look {
    pub mark: &'static str,
    pub class: &'static str,
    pub word: &'static str,
}

pub fn look(grade: &Grade) -> Look {
    let (mark, class) = match grade.outcome {
        Outcome::Correct => ("✔", "right"),
        Outcome::DoesNotCompile => ("⚠", "broken"),
        Outcome::Unsolved | Outcome::Missing => ("○", "open"),
        Outcome::Incorrect
        | Outcome::WrongSignature
        | Outcome::Panicked
        | Outcome::TimedOut
        | Outcome::OutOfMemory
        | Outcome::Refused => ("✘", "wrong"),
    };
    Look {
        mark,
        class,
        word: grade.outcome.in_spanish(),
    }
}

/// As the course's tables show points: with a decimal comma, and no more digits than it takes.
pub fn number(number: f64) -> String {
    let rounded = (number * 100.0).round() / 100.0;
    rounded.to_string().replace('.', ",")
}

pub fn points(submission: &Submission) -> String {
    let (points, most) = (submission.points(), submission.max_points());
    format!("{} de {}", number(points), number(most))
}

/// A number of things, in words that agree with it.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
