//! What a kernel runs before it answers.

use ex03_base::{notebook, project};

use super::environment::FOLDER;
use super::folder;

/// evcxr's settings for a kernel of ours.
pub fn settings() -> String {
    format!(
        "[evcxr]\noffline_mode = true\nopt_level = \"0\"\nprelude = '''\n{}\n'''\n",
        prelude()
    )
}

/// What a kernel runs before it answers: the first cell of the notebooks, which then finds it done;
/// a `let`, at the first of which evcxr reads all of std; and the sign that it is through.
pub fn prelude() -> String {
    let first = notebook::in_folder(&project::exercises())
        .ok()
        .and_then(|all| notebook::read(all.last()?).ok())
        .map(|it| notebook::code_cells(&it))
        .and_then(|cells| cells.into_iter().next())
        .map_or(String::new(), |cell| cell.source);
    format!(
        "{first}\nlet ex03_warm = array![[1.0]].dot(&array![[1.0]]);\n\
         {{ let _ = std::fs::write(std::path::Path::new(&std::env::var(\"{FOLDER}\").unwrap_or_default()).join(\"{}\"), \"\"); }}\ndrop(ex03_warm);",
        folder::STARTED
    )
}
