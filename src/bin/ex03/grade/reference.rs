//! The solved notebook: what stands in for an exercise that cannot be used, the points, and the signatures.

use std::collections::BTreeMap;
use std::path::Path;

use super::{check_id, credit, reading};
use crate::grades::EXERCISES;
use crate::notebook::{self, CodeCell};

/// The one notebook with exercises, in the folder of the solved ones.
const SOLVED: &str = "notebooks/soluciones/3_red_neuronal.ipynb";

pub struct Reference {
    pub cells: Vec<CodeCell>,
    code: String,
    signatures: BTreeMap<&'static str, String>,
}

impl Reference {
    /// # Errors
    ///
    /// One line, where the notebook is not there or an exercise is not solved in it.
    pub fn read(project: &Path) -> Result<Reference, String> {
        let cells = notebook::code_cells(&notebook::read(&project.join(SOLVED))?);
        let reading = reading::read(&cells);
        let mut code = String::new();
        let mut signatures = BTreeMap::new();
        for exercise in EXERCISES {
            let id = reading
                .function(exercise)
                .ok_or_else(|| format!("{SOLVED}: falta la función {exercise}"))?;
            code += &format!("    pub {}\n", reading.code(id));
            signatures.insert(exercise, credit::signature(reading.code(id)));
        }
        Ok(Reference {
            cells,
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
        let id = check_id(exercise);
        let check = self
            .cells
            .iter()
            .find(|cell| cell.grade_id.as_deref() == Some(&id));
        check.and_then(|cell| cell.points).unwrap_or(1.0)
    }
}
