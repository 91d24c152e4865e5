//! A submission's page, to send back: what was right, what was not, and what leads on.

use ex03_base::visible;
use ex03_utils::check::Hint;
use maud::{Markup, html};

use super::frame::{self, look, number, points, prose};
use crate::grades::{Grade, Submission};

pub fn page(submission: &Submission) -> String {
    // A student needs no path of the teacher's machine.
    let file = visible::line(submission.path.rsplit('/').next().unwrap_or_default());
    let body = html! {
        h1 { bdi { (submission.name) } }
        @if let Some(problem) = &submission.problem {
            p { strong { "No se ha podido calificar «" (file) "»." } }
            p { (capitalised(problem)) "." }
            p.quiet { "Abre el cuaderno en JupyterLab, guárdalo, y entrega el archivo que termina en .ipynb." }
        } @else {
            p { strong { (points(submission)) " puntos" } span.quiet { " · " (file) } }
            p.quiet { (next_step(submission)) }
            @for (i, grade) in submission.grades.iter().enumerate() {
                (exercise(i + 1, grade))
            }
        }
    };
    frame::page(&submission.name, &body)
}

fn next_step(submission: &Submission) -> String {
    let mut grades = submission.grades.iter().enumerate();
    match grades.find(|(_, grade)| grade.points < grade.max_points) {
        None => "Todo correcto.".to_owned(),
        Some((i, grade)) => format!("Lo siguiente: el ejercicio {}, {}.", i + 1, grade.exercise),
    }
}

fn exercise(place: usize, grade: &Grade) -> Markup {
    let look = look(grade);
    html! {
        section class={ "exercise is-" (look.class) } id=(grade.exercise) {
            h2 {
                span class=(look.class) aria-hidden="true" { (look.mark) } " "
                "Ejercicio " (place) " · " code { (grade.exercise) } ": " (look.word)
                span.quiet { " (" (number(grade.points)) " de " (number(grade.max_points)) ")" }
            }
            @for line in grade.first_stage().lines().filter(|line| !line.trim().is_empty()) {
                p { (prose(&capitalised(line))) }
            }
            @if let Some(note) = &grade.note {
                @for line in note.lines() { p.note { (prose(line)) } }
            }
            @if let Some(error) = &grade.compile_error {
                @if !grade.message.contains(&error.place) {
                    p { strong { (capitalised(&error.place)) ": " } (error.message) }
                }
                details {
                    summary { "Lo que dice el compilador" }
                    pre tabindex="0" { (error.rendered) }
                }
            }
            @if grade.hints.len() > 1 { p { "Hay dos errores a la vez." } }
            @for hint in &grade.hints { (stages(hint)) }
            @if let Some(code) = &grade.code {
                details open[look.class != "right"] {
                    summary { "Tu código, en la celda " (code.cell) }
                    pre tabindex="0" { code { (code.source.trim_end()) } }
                }
            }
        }
    }
}

/// The stages of a hint, each to be unfolded by whoever wants it.
fn stages(hint: &Hint) -> Markup {
    html! {
        @for (title, text) in hint.stages() {
            details {
                summary { (title) }
                div.formula[text == hint.formula] { (prose(text)) }
            }
        }
    }
}

pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
