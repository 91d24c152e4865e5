//! What to explain in class: the misconceptions that the checks recognised, the commonest first, and
//! who holds them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use maud::{Markup, html};

use super::chart::{self, Bar, Part, Picture};
use super::frame::{self, counted};
use crate::grades::{EXERCISES, Submission};

/// Misconceptions in the picture; all are in the table.
const MOST_SHOWN: usize = 15;

/// A misconception, and who holds it.
struct Held<'a> {
    exercise: usize,
    says: &'static str,
    by: Vec<&'a str>,
}

/// The commonest first.
fn held(submissions: &[Submission]) -> Vec<Held<'_>> {
    let mut held: BTreeMap<(usize, &str), Held> = BTreeMap::new();
    for submission in submissions {
        for grade in &submission.grades {
            let Some(hint) = grade.hints.first() else {
                continue;
            };
            let exercise = EXERCISES.iter().position(|name| *name == grade.exercise);
            let exercise = exercise.unwrap_or_default();
            let entry = held.entry((exercise, hint.id)).or_insert_with(|| Held {
                exercise,
                says: hint.wrong,
                by: Vec::new(),
            });
            entry.by.push(&submission.name);
        }
    }
    let mut held: Vec<Held> = held.into_values().collect();
    held.sort_by_key(|held| Reverse(held.by.len()));
    held
}

pub fn misconceptions(submissions: &[Submission]) -> Markup {
    let held = held(submissions);
    let shown = &held[..held.len().min(MOST_SHOWN)];
    let bars: Vec<Bar> = shown
        .iter()
        .map(|held| Bar {
            words: format!("{} · {}", held.exercise + 1, held.says),
            parts: vec![Part {
                class: "wrong",
                count: held.by.len(),
            }],
            label: held.by.len().to_string(),
        })
        .collect();
    let longest = shown.first().map_or(1, |held| held.by.len());
    let described = match shown.first() {
        Some(first) => format!(
            "Barras, de más a menos. La más larga: {}, {}. La tabla de debajo dice lo mismo.",
            first.says,
            counted(first.by.len(), "estudiante", "estudiantes")
        ),
        None => String::new(),
    };
    let picture = Picture {
        id: "errores",
        title: "Errores que se repiten",
        described: &described,
        left: 600,
        longest,
    };
    html! {
        h2 { "Qué explicar en clase" }
        @if held.is_empty() {
            p { "Ningún error que la comprobación reconozca." }
        } @else {
            p.quiet { "Los errores que más se repiten, con el número de su ejercicio y cuántas entregas lo tienen." }
            (chart::bars(&picture, &bars))
            details {
                summary { "Quién tiene cada uno" }
                table {
                    thead { tr { th scope="col" { "ejercicio" } th scope="col" { "error" } th scope="col" { "entregas" } } }
                    tbody {
                        @for held in &held {
                            tr {
                                td { code { (EXERCISES[held.exercise]) } }
                                td { (frame::prose(held.says)) }
                                td { (held.by.len()) ": "
                                    @for (i, name) in held.by.iter().enumerate() {
                                        @if i > 0 { ", " }
                                        bdi { (name) }
                                    }
                                 }
                            }
                        }
                    }
                }
            }
        }
    }
}
