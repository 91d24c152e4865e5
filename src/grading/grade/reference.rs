//! The teacher's notebook: what stands in for an exercise that cannot be used, the points, and the signatures.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use ex03_base::notebook::{self, CodeCell};

use super::{reading, refusal};
use crate::grades::EXERCISES;

/// The notebook with exercises: solved, and as students get it, which is all that there is in a student's bundle.
const NOTEBOOKS: [&str; 2] = [
    "notebooks/soluciones/3_red_neuronal.ipynb",
    "notebooks/ejercicios/3_red_neuronal.ipynb",
];

pub struct Reference {
    pub cells: Vec<CodeCell>,
    /// Whether its functions can stand in for others; else they only have the right signatures.
    pub is_solved: bool,
    code: String,
    signatures: BTreeMap<&'static str, String>,
}

impl Reference {
    /// # Errors
    ///
    /// One line, where there is no such notebook or it lacks an exercise.
    pub fn read(project: &Path) -> Result<Reference> {
        let [solved, blank] = NOTEBOOKS.map(|path| project.join(path));
        let is_solved = solved.exists();
        let path = if is_solved { solved } else { blank };
        let cells = notebook::code_cells(&notebook::read(&path)?);
        let reading = reading::read(&cells);
        let mut code = String::new();
        let mut signatures = BTreeMap::new();
        for exercise in EXERCISES {
            let id = reading
                .function(exercise)
                .with_context(|| format!("{}: falta la función {exercise}", path.display()))?;
            code += &format!("    pub {}\n", reading.code(id));
            signatures.insert(exercise, refusal::signature(reading.code(id)));
        }
        Ok(Reference {
            cells,
            is_solved,
            code,
            signatures,
        })
    }

    /// The functions of all exercises, as items of a module.
    pub fn code(&self) -> &str {
        &self.code
    }

    pub fn signature(&self, exercise: &str) -> &str {
        &self.signatures[exercise]
    }

    /// What the teacher gives for an exercise: a submission's own metadata may say anything. A check without points is worth one.
    pub fn max_points(&self, exercise: &str) -> f64 {
        let id = format!("check_{exercise}");
        let check = self
            .cells
            .iter()
            .find(|cell| cell.grade_id.as_deref() == Some(&id));
        check.and_then(|cell| cell.points).unwrap_or(1.0)
    }
}
