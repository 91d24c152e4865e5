//! The program that is made of a submission: what the student defines, the reference in place of what cannot be used, and the side of
//! the oracle that answers.

use std::collections::BTreeSet;

use super::compile::Program;
use super::reading::{Id, Reading};
use crate::program::includes;

/// Of what a program is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The student's definitions that it takes.
    pub kept: BTreeSet<Id>,
    /// The exercises for which the reference stands in.
    pub stand_ins: BTreeSet<&'static str>,
    /// The exercises that can be asked, the student's own.
    pub served: BTreeSet<&'static str>,
}

/// The lines of the root that serve an exercise each: there rustc says that a function has another signature.
const SERVES: &str = "        ::ex03_utils::check::exercises::serve::";

/// `reference` holds the functions of all exercises, as the solved notebook defines them.
pub fn program(reading: &Reading, parts: &Parts, reference: &str) -> Program {
    let cells: Vec<(usize, String)> = reading
        .cells
        .iter()
        .enumerate()
        .filter(|&(i, _)| parts.kept.range((i, 0)..(i + 1, 0)).next().is_some())
        .map(|(i, cell)| {
            let kept = parts.kept.range((i, 0)..(i + 1, 0));
            let ranges = kept.map(|&(_, j)| &cell.definitions[j].range);
            (cell.number, cell.only(ranges))
        })
        .collect();
    let mut main = "use ::ex03_utils::*;\n".to_owned();
    main += &includes(cells.iter().map(|(number, _)| *number));
    if !parts.stand_ins.is_empty() {
        main += &format!("mod ex03_reference {{\n    use ::ex03_utils::*;\n{reference}}}\n");
        for exercise in &parts.stand_ins {
            main += &format!("use ex03_reference::{exercise};\n");
        }
    }
    // Absolute paths: a student may define anything of any name.
    main += "mod ex03_grading {\n";
    for exercise in &parts.served {
        main += &format!(
            "    #[unsafe(no_mangle)]\n    extern \"C\" fn ex03_{exercise}() {{\n{SERVES}{exercise}(crate::{exercise});\n    }}\n"
        );
    }
    main += "}\n";
    Program { main, cells }
}

/// The exercise that a line of the root serves.
pub fn served_at(program: &Program, line: usize) -> Option<&str> {
    let text = program.main.lines().nth(line.checked_sub(1)?)?;
    text.strip_prefix(SERVES)?.split('(').next()
}
