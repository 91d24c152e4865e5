//! `grades.csv`, for the spreadsheet of a Spanish user: UTF-8 with its mark, `;` between fields,
//! decimal commas. Excel and LibreOffice set to Spanish open that right by a double click, and a
//! comma-separated file in one column.

use anyhow::{Context, Result};
use csv::{Terminator, WriterBuilder};
use ex03_base::visible;

use crate::grades::{EXERCISES, Submission};

/// A row a submission, a column an exercise.
pub fn csv(submissions: &[Submission]) -> Result<String> {
    let mut writer = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .from_writer(Vec::from("\u{feff}"));
    let mut head = vec!["nombre"];
    head.extend(EXERCISES);
    head.extend(["total", "máximo", "problema", "archivo"]);
    writer.write_record(head)?;
    for submission in submissions {
        let mut row = vec![text(&submission.name)];
        for exercise in EXERCISES {
            let mut grades = submission.grades.iter();
            let grade = grades.find(|grade| grade.exercise == exercise);
            row.push(grade.map_or(String::new(), |grade| number(grade.points)));
        }
        match &submission.problem {
            None => row.extend([number(submission.points()), number(submission.max_points())]),
            Some(_) => row.extend([String::new(), String::new()]),
        }
        row.push(text(submission.problem.as_deref().unwrap_or_default()));
        row.push(text(&visible::line(&submission.path)));
        writer.write_record(row)?;
    }
    let bytes = writer.into_inner().context("grades.csv")?;
    String::from_utf8(bytes).context("grades.csv")
}

fn number(number: f64) -> String {
    number.to_string().replace('.', ",")
}

/// A cell that begins like a formula is one to a spreadsheet, unless an apostrophe says that it is
/// text.
fn text(text: &str) -> String {
    let is_formula = text
        .trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || text.starts_with(['\t', '\r', '\n']);
    match is_formula {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}
