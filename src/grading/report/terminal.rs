//! Grades in a terminal: a line a submission, and of few submissions all there is to say.

use ex03_base::visible;

use super::frame::{look, number};
use crate::grades::{EXERCISES, Grade, Submission};
use crate::similar::Similar;

/// Of more submissions than this, the lines alone.
const FEW: usize = 3;
const LONGEST_NAME: usize = 36;

pub fn shown(submissions: &[Submission], similar: &[Similar]) -> String {
    let mut text = String::new();
    if submissions.len() > 1 {
        text += &matrix(submissions);
    }
    if submissions.len() <= FEW {
        for submission in submissions {
            if !text.is_empty() {
                text.push('\n');
            }
            text += &details(submission);
        }
    }
    if !similar.is_empty() {
        text += "\nCódigo igual salvo nombres y espacios (algo que mirar, no un veredicto):\n";
        for group in similar {
            text += &format!(
                "  {}: {}\n",
                group.names.join(", "),
                group.exercises.join(", ")
            );
        }
    }
    visible::text(&text)
}

fn matrix(submissions: &[Submission]) -> String {
    let names: Vec<String> = submissions.iter().map(|it| cut(&it.name)).collect();
    let width = names.iter().map(|name| name.chars().count()).max();
    let width = width.unwrap_or_default().max("entrega".len());
    let numbers: Vec<String> = (1..=EXERCISES.len()).map(|i| format!("{i:>3}")).collect();
    let mut text = format!("{:<width$} {}   puntos\n", "entrega", numbers.concat());
    for (submission, name) in submissions.iter().zip(&names) {
        text += &format!("{name:<width$} ");
        if let Some(problem) = &submission.problem {
            text += &format!("  {problem}\n");
            continue;
        }
        for exercise in EXERCISES {
            let mut grades = submission.grades.iter();
            let grade = grades.find(|grade| grade.exercise == exercise);
            text += &format!("{:>3}", grade.map_or("—".to_owned(), mark));
        }
        let (points, most) = (submission.points(), submission.max_points());
        text += &format!("   {:>4} / {}\n", number(points), number(most));
    }
    let names = EXERCISES.iter().enumerate();
    let legend: Vec<String> = names.map(|(i, name)| format!("{} {name}", i + 1)).collect();
    text + &format!(
        "\n✔ correcto  ✘ incorrecto  ⚠ no compila  ○ sin resolver\n{}\n",
        legend.join("  ")
    )
}

fn mark(grade: &Grade) -> String {
    match grade.points > 0.0 && grade.points < grade.max_points {
        true => number(grade.points),
        false => look(grade).mark.to_owned(),
    }
}

fn details(submission: &Submission) -> String {
    let mut text = format!("{}\n\n", visible::line(&submission.path));
    if let Some(problem) = &submission.problem {
        return text + &format!("  {problem}\n");
    }
    for grade in &submission.grades {
        let said = grade.first_stage().lines().map(str::to_owned);
        let noted = grade.note.iter().flat_map(|note| note.lines());
        let stages = grade.hints.iter().flat_map(|hint| hint.stages());
        let lines = said
            .chain(noted.map(str::to_owned))
            .chain(stages.map(|(title, text)| format!("{title}: {text}")))
            .collect::<Vec<_>>()
            .join("\n                               ");
        text += &format!(
            "  {} {:<18} {:>3} / {:<3} {lines}\n",
            look(grade).mark,
            grade.exercise,
            number(grade.points),
            number(grade.max_points)
        );
    }
    text += &format!(
        "    {:<18} {:>3} / {:<3}\n",
        "total",
        number(submission.points()),
        number(submission.max_points())
    );
    for error in submission
        .grades
        .iter()
        .filter_map(|grade| grade.compile_error.as_ref())
    {
        text += &format!("\n{}: {}\n{}", error.place, error.message, error.rendered);
    }
    text
}

fn cut(name: &str) -> String {
    match name.chars().count() > LONGEST_NAME {
        true => name.chars().take(LONGEST_NAME - 1).chain(['…']).collect(),
        false => name.to_owned(),
    }
}
