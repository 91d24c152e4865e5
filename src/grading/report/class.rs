//! The class's page, for the teacher: what to explain on Monday, how hard each exercise was,
//! everyone's grades.

use maud::{Markup, html};

use super::chart::{self, Bar, Part, Picture};
use super::frame::{self, counted, look, number, points};
use super::misconceptions::misconceptions;
use super::page::capitalised;
use super::slug::link;
use crate::grades::{EXERCISES, Submission};
use crate::similar::Similar;

/// The parts of an exercise's bar, and the words for them.
const PARTS: [(&str, &str); 4] = [
    ("right", "correcto"),
    ("wrong", "incorrecto"),
    ("broken", "no compila"),
    ("open", "sin resolver"),
];

pub fn page(submissions: &[Submission], slugs: &[String], similar: &[Similar]) -> String {
    let body = html! {
        h1 { "Calificaciones de la clase" }
        p.quiet { (in_short(submissions)) }
        (misconceptions(submissions))
        (difficulty(submissions))
        (grades(submissions, slugs))
        (alike(submissions, slugs, similar))
    };
    frame::page("Calificaciones de la clase", &body)
}

fn in_short(submissions: &[Submission]) -> String {
    let graded: Vec<&Submission> = graded(submissions).collect();
    let mut text = counted(submissions.len(), "entrega", "entregas");
    let unreadable = submissions.len() - graded.len();
    if unreadable > 0 {
        text += &format!(", {unreadable} sin calificar");
    }
    if !graded.is_empty() {
        let count = graded.len() as f64;
        let sum = |of: fn(&Submission) -> f64| graded.iter().map(|it| of(it)).sum::<f64>() / count;
        let (mean, most) = (sum(Submission::points), sum(Submission::max_points));
        text += &format!(". Media: {} de {}", number(mean), number(most));
    }
    text + "."
}

fn graded(submissions: &[Submission]) -> impl Iterator<Item = &Submission> {
    submissions.iter().filter(|it| it.problem.is_none())
}

/// How an exercise came out, in the order of `PARTS`.
struct Results {
    exercise: usize,
    counts: [usize; 4],
    /// Points of points.
    share: f64,
}

fn difficulty(submissions: &[Submission]) -> Markup {
    let count = graded(submissions).count();
    if count == 0 {
        return html! {};
    }
    let mut results: Vec<Results> = (0..EXERCISES.len())
        .map(|exercise| results(submissions, exercise))
        .collect();
    results.sort_by(|a, b| a.share.total_cmp(&b.share));
    let bars: Vec<Bar> = results
        .iter()
        .map(|result| Bar {
            words: format!("{} · {}", result.exercise + 1, EXERCISES[result.exercise]),
            parts: PARTS
                .iter()
                .zip(result.counts)
                .map(|((class, _), count)| Part { class, count })
                .collect(),
            label: format!("{} %", number((100.0 * result.share).round())),
        })
        .collect();
    let described: Vec<String> = results
        .iter()
        .map(|result| {
            let counts = PARTS.iter().zip(result.counts);
            let counts: Vec<_> = counts
                .map(|((_, word), count)| format!("{count} {word}"))
                .collect();
            format!("{}: {}", EXERCISES[result.exercise], counts.join(", "))
        })
        .collect();
    let picture = Picture {
        id: "dificultad",
        title: "Los ejercicios por dificultad",
        described: &format!("{}.", described.join("; ")),
        left: 300,
        longest: count,
    };
    html! {
        h2 { "Los ejercicios, del más difícil al más fácil" }
        p.quiet {
            "Cuántas entregas: "
            @for (i, (class, word)) in PARTS.iter().enumerate() {
                @if i > 0 { ", " }
                span class={ "key " (class) } aria-hidden="true" { "■ " } (word)
            }
            ". A la derecha, los puntos obtenidos."
        }
        (chart::bars(&picture, &bars))
    }
}

fn results(submissions: &[Submission], exercise: usize) -> Results {
    let mut counts = [0; 4];
    let (mut points, mut most) = (0.0, 0.0);
    let grades = submissions.iter().flat_map(|it| &it.grades);
    for grade in grades.filter(|grade| grade.exercise == EXERCISES[exercise]) {
        let class = look(grade).class;
        counts[PARTS.iter().position(|part| part.0 == class).unwrap_or(1)] += 1;
        points += grade.points;
        most += grade.max_points;
    }
    let share = if most > 0.0 { points / most } else { 0.0 };
    Results {
        exercise,
        counts,
        share,
    }
}

fn grades(submissions: &[Submission], slugs: &[String]) -> Markup {
    html! {
        h2 { "Calificaciones" }
        div.wide {
            table.grades {
                thead {
                    tr {
                        th scope="col" { "entrega" }
                        @for exercise in EXERCISES { th.mark scope="col" { code { (exercise) } } }
                        th.number scope="col" { "puntos" }
                    }
                }
                tbody {
                    @for (submission, slug) in submissions.iter().zip(slugs) {
                        tr {
                            th scope="row" { a href=(link(slug)) { bdi { (submission.name) } } }
                            @if let Some(problem) = &submission.problem {
                                td.reason colspan=(EXERCISES.len()) { (capitalised(problem)) }
                                td.number { "—" }
                            } @else {
                                @for exercise in EXERCISES { (mark(submission, exercise)) }
                                td.number { (points(submission)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn mark(submission: &Submission, exercise: &str) -> Markup {
    let mut grades = submission.grades.iter();
    let Some(grade) = grades.find(|grade| grade.exercise == exercise) else {
        return html! { td.mark { "—" } };
    };
    let look = look(grade);
    let is_partial = grade.points > 0.0 && grade.points < grade.max_points;
    let says = format!("{}: {}", look.word, grade.message);
    html! {
        td.mark title=(says) {
            span class=(look.class) aria-hidden="true" {
                @if is_partial { (number(grade.points)) } @else { (look.mark) }
            }
            span.unseen { (look.word) }
        }
    }
}

fn alike(submissions: &[Submission], slugs: &[String], similar: &[Similar]) -> Markup {
    let slug_of = |name: &str| {
        let place = submissions.iter().position(|it| it.name == name);
        place.map_or("", |place| &slugs[place])
    };
    html! {
        @if !similar.is_empty() {
            h2 { "Entregas que se parecen" }
            p.quiet {
                "Su código es el mismo salvo nombres, comentarios y espacios. Es algo que mirar, no un veredicto: "
                "dos personas pueden haber trabajado juntas, o haber llegado a lo mismo."
            }
            ul {
                @for group in similar {
                    li {
                        @for (i, name) in group.names.iter().enumerate() {
                            @if i > 0 { ", " }
                            a href=(link(slug_of(name))) { bdi { (name) } }
                        }
                        ": " (group.exercises.join(", "))
                    }
                }
            }
        }
    }
}
