//! The numbers that the notebooks' prose tells are those that the library computes, and those of
//! an independent account (tests/golden/story.json, made by story.py).
//!
//! [`told`] lists, for each cell, the phrases that hold a number, each with its number worked out
//! here; [`chosen`] those of settings and definitions. Every number of the prose, and of the
//! figures' titles and captions, has to stand in one of the phrases: one that is made wrong, or that
//! nobody lists, fails.

mod chosen;
mod definitions;
mod explored;
mod lines;
mod network;
mod readme;
mod text;
mod training;

use std::sync::LazyLock;

use chosen::chosen;
use definitions::{of_the_course, of_the_data};
use ex03_utils::*;
use explored::{of_hidden_units, of_settings};
use lines::of_lines;
use network::{TANH, initial, train};
use serde_json::Value;
use text::{numbers, prose};
use training::{of_a_planted_fault, of_each_unit, of_the_difference, of_the_exercise};

/// A phrase, of the cell with this number of its notebook and this id.
type Told = (&'static str, String);

/// All phrases, worked out once.
static TOLD: LazyLock<Vec<Told>> = LazyLock::new(|| [told(), chosen()].concat());

#[test]
fn every_number_of_the_prose_is_computed() {
    let wrong: Vec<String> = prose()
        .iter()
        .flat_map(|(cell, text)| problems(cell, text))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_number_that_is_made_wrong_is_found() {
    let mut tried = 0;
    for (cell, text) in prose() {
        for (at, digit) in text.char_indices().filter(|(_, it)| it.is_ascii_digit()) {
            let other = char::from(b'0' + (digit as u8 - b'0' + 1) % 10);
            let wrong = format!("{}{other}{}", &text[..at], &text[at + 1..]);
            if numbers(&wrong) == numbers(&text) {
                continue; // a formula, code, or what numbers a thing of the course
            }
            assert!(!problems(&cell, &wrong).is_empty(), "{cell}: {wrong}");
            tried += 1;
        }
    }
    assert!(tried > 250, "{tried}");
}

/// What a cell should say and does not, and what it says that nothing here computes.
fn problems(cell: &str, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut rest = text.to_string();
    for (_, phrase) in TOLD.iter().filter(|(id, _)| *id == cell) {
        if !rest.contains(phrase.as_str()) {
            wrong.push(format!("{cell}: it should say «{phrase}»"));
        }
        rest = rest.replace(phrase.as_str(), "");
    }
    let others = numbers(&rest).into_iter();
    wrong.extend(others.map(|number| format!("{cell}: {number} is computed by no test")));
    wrong
}

fn told() -> Vec<Told> {
    let (x, y) = load_planar_dataset(1);
    let (parameters, costs) = train(&x, &y, initial(4, 2, 0.01), 10_000, 1.2, TANH);
    [
        of_the_data(&x, &y),
        of_the_course(),
        of_lines(&x, &y),
        of_the_exercise(&x, &y, &costs),
        of_the_difference(&x, &y, &parameters),
        of_a_planted_fault(&x, &y),
        of_each_unit(&x, &y, &parameters),
        of_hidden_units(&x, &y),
        of_settings(&x, &y),
    ]
    .concat()
}

fn same(computed: f64, golden: &Value, accepted: f64) {
    let golden = golden.as_f64().expect("a number of story.json");
    let rounding = 1e-9;
    assert!(
        (computed - golden).abs() <= accepted + rounding,
        "{computed} here, {golden} in story.json"
    );
}

fn golden() -> Value {
    let path = format!("{}/tests/golden/story.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}
