//! The grades for a spreadsheet, in UTF-8 with its mark. Excel and LibreOffice open a file by a double
//! click as the country's habits are: that of Spain or Argentina in one column where commas separate
//! fields, that of Mexico or Peru where semicolons do. So there is a file for each.

use anyhow::{Context, Result};
use csv::{Terminator, WriterBuilder};
use ex03_base::visible;

use crate::grades::{EXERCISES, Submission};

/// How a country writes numbers, and what separates the fields of a line then.
pub struct Habit {
    pub file: &'static str,
    delimiter: u8,
    decimal: &'static str,
}

pub const HABITS: [Habit; 2] = [
    Habit {
        file: "grades.csv",
        delimiter: b';',
        decimal: ",",
    },
    Habit {
        file: "grades-punto.csv",
        delimiter: b',',
        decimal: ".",
    },
];

/// A row a submission, a column an exercise.
pub fn csv(submissions: &[Submission], habit: &Habit) -> Result<String> {
    let number = |number: f64| number.to_string().replace('.', habit.decimal);
    let mut writer = WriterBuilder::new()
        .delimiter(habit.delimiter)
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
    let bytes = writer.into_inner().context(habit.file)?;
    String::from_utf8(bytes).context(habit.file)
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
