//! The mistakes by their names.

use super::table::Table;
use super::{
    bpropagation, cost_function, fpropagation, init_parameters, layer_size, nn_model, predict,
    update_parameters,
};

/// What a student is told first of the mistake that an exercise's check calls by this name.
#[doc(hidden)]
pub fn mistake(exercise: &str, id: &str) -> Option<&'static str> {
    fn of<Formula>(table: &Table<Formula>, exercise: &str, id: &str) -> Option<&'static str> {
        let mut hints = table.misconceptions.iter().map(|mistake| &mistake.hint);
        let hint = hints.find(|hint| hint.id == id)?;
        (table.exercise.name == exercise).then_some(hint.wrong)
    }
    of(&layer_size::TABLE, exercise, id)
        .or_else(|| of(&init_parameters::TABLE, exercise, id))
        .or_else(|| of(&fpropagation::TABLE, exercise, id))
        .or_else(|| of(&cost_function::TABLE, exercise, id))
        .or_else(|| of(&bpropagation::TABLE, exercise, id))
        .or_else(|| of(&update_parameters::TABLE, exercise, id))
        .or_else(|| of(&nn_model::TABLE, exercise, id))
        .or_else(|| of(&predict::TABLE, exercise, id))
}
