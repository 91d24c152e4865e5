//! The verdict on a student's answers.

use super::answer::{Answer, same};
use super::difference;
use super::explanation::{Mistake, explain};
use super::panics::{Panic, catch};
use super::trial::Trial;
use crate::check::report::{Report, in_words};

/// `got` has an answer to each of the trial's cases.
pub(in crate::check) fn judge(trial: &Trial, got: &[Answer]) -> Report {
    if got
        .iter()
        .any(|answer| answer.as_ref().is_err_and(Panic::is_unsolved))
    {
        return Report::unsolved(trial.exercise.heading);
    }
    let expected = right_answers(trial);
    let wrong = wrong(&expected, got);
    if wrong.is_empty() {
        return Report::correct(trial.exercise.heading);
    }
    let Some(several_outputs) = trial.exercise.several_outputs else {
        let mistakes = explain(trial, &expected, got);
        return incorrect(trial, &expected, got, &mistakes);
    };
    let has_one_output = |&i: &usize| trial.cases[i].size.n_y == 1;
    if !wrong.iter().any(has_one_output) {
        return Report::correct_for_one_output(trial.exercise.heading, several_outputs);
    }
    let mistakes = explain(trial, &expected, got);
    if mistakes.is_empty() {
        // What else several outputs would ask for must not hide a mistake that one output shows.
        let places: Vec<usize> = (0..got.len()).filter(has_one_output).collect();
        let trial = trial.only(&places);
        let [expected, got] = [&expected[..], got].map(|all| places_of(all, &places));
        let mistakes = explain(&trial, &expected, &got);
        if !mistakes.is_empty() {
            return incorrect(&trial, &expected, &got, &mistakes);
        }
    }
    incorrect(trial, &expected, got, &mistakes)
}

fn right_answers(trial: &Trial) -> Vec<Answer> {
    let cases = trial.cases.iter();
    cases
        .map(|case| catch(|| (trial.answer)(case, &[])))
        .collect()
}

/// The places of the cases whose answer differs.
fn wrong(expected: &[Answer], got: &[Answer]) -> Vec<usize> {
    let places = 0..got.len();
    places.filter(|&i| !same(&expected[i], &got[i])).collect()
}

fn places_of(answers: &[Answer], places: &[usize]) -> Vec<Answer> {
    places.iter().map(|&i| answers[i].clone()).collect()
}

fn incorrect(trial: &Trial, expected: &[Answer], got: &[Answer], mistakes: &[Mistake]) -> Report {
    let hints = mistakes.iter().map(|it| *trial.hints[it.place]).collect();
    difference::report(trial, expected, got, &wrong(expected, got), hints)
        .with_remarks(where_they_are(mistakes))
}

/// Where a mistake does not touch all that it could.
fn where_they_are(mistakes: &[Mistake]) -> Option<String> {
    let parts: Vec<String> = mistakes.iter().map(|it| in_words(&it.only_in)).collect();
    match &parts[..] {
        [one] if !one.is_empty() => Some(format!("Ese error está solo en {one}.")),
        [one, other] if !one.is_empty() && !other.is_empty() => Some(format!(
            "El primer error está solo en {one}, y el segundo, en {other}."
        )),
        _ => None,
    }
}
