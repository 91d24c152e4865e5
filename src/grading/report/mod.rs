//! A class's grades as files: for machines, for a spreadsheet, for the teacher, and for each
//! student.

mod chart;
mod class;
mod frame;
mod json;
mod misconceptions;
mod page;
mod sheet;
mod slug;
mod terminal;

use std::path::Path;

use anyhow::Result;
use ex03_base::files;

use crate::grades::Submission;
use crate::similar::Similar;

pub use self::json::json;
pub use self::terminal::shown;

/// Writes `grades.json`, `grades.csv` and `grades-punto.csv`, `index.html`, and a page for each
/// submission.
pub fn write(folder: &Path, submissions: &[Submission], similar: &[Similar]) -> Result<()> {
    let write = |name: &str, text: &str| files::write(&folder.join(name), text);
    let pages = folder.join(slug::PAGES);
    files::create_folder(&pages)?;
    let slugs = slug::slugs(submissions.iter().map(|submission| &*submission.name));
    for (submission, slug) in submissions.iter().zip(&slugs) {
        write(&slug::link(slug), &page::page(submission))?;
    }
    write("index.html", &class::page(submissions, &slugs, similar))?;
    for habit in &sheet::HABITS {
        write(habit.file, &sheet::csv(submissions, habit)?)?;
    }
    write("grades.json", &json(submissions, similar))
}
