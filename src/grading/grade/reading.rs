//! Finds the exercises among what a notebook's cells define, and what each of them uses.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

use super::refused::{self, Refused};
use crate::definitions::{self, Cell, Definition};
use crate::grades::EXERCISES;
use ex03_base::notebook::CodeCell;

/// A definition, by the place of its cell and its own place in that.
pub type Id = (usize, usize);

/// What there is of an exercise.
pub enum Found {
    Function(Id),
    /// A piece of a cell, of that many bytes, which does not parse.
    Broken(usize, Range<usize>),
    /// Something else, which is told.
    Missing(String),
}

pub struct Reading {
    pub cells: Vec<Cell>,
    pub found: BTreeMap<&'static str, Found>,
    /// What uses a word that is refused.
    pub refused: BTreeMap<Id, Refused>,
}

pub fn read(cells: &[CodeCell]) -> Reading {
    let read = definitions::split(cells);
    let found = EXERCISES.map(|exercise| (exercise, find(exercise, cells, &read)));
    let mut reading = Reading {
        cells: read,
        found: found.into(),
        refused: BTreeMap::new(),
    };
    reading.refused = reading
        .ids()
        .filter_map(|id| Some((id, refused::find(reading.code(id))?)))
        .collect();
    reading
}

fn find(exercise: &str, cells: &[CodeCell], read: &[Cell]) -> Found {
    let is_it = |function: &Option<String>| function.as_deref() == Some(exercise);
    for (i, cell) in read.iter().enumerate().rev() {
        if let Some(j) = cell.definitions.iter().rposition(|it| is_it(&it.function)) {
            return Found::Function((i, j));
        }
    }
    for (i, cell) in read.iter().enumerate().rev() {
        if let Some(broken) = cell.broken.iter().rfind(|it| is_it(&it.function)) {
            return Found::Broken(i, broken.range.clone());
        }
    }
    if read
        .iter()
        .any(|cell| cell.closures.iter().any(|it| it == exercise))
    {
        return Found::Missing(format!(
            "{exercise} está escrita como una clausura (`let {exercise} = |…| …`), y aquí hace falta una función: `fn {exercise}(…) -> … {{ … }}`"
        ));
    }
    // Where it should be, there may be something else.
    let its_cell = cells
        .iter()
        .find(|cell| cell.grade_id.as_deref() == Some(exercise));
    let at = its_cell.and_then(|cell| read.iter().position(|it| it.number == cell.number));
    if let Some(i) = at {
        let cell = &read[i];
        if let Some(broken) = cell.broken.first() {
            return Found::Broken(i, broken.range.clone());
        }
        let others: Vec<&str> = cell
            .definitions
            .iter()
            .filter_map(|it| it.function.as_deref())
            .filter(|name| !EXERCISES.contains(name))
            .collect();
        if let [other] = others[..] {
            return Found::Missing(format!(
                "falta la función {exercise}: en su celda ({}) está `{other}`; no le cambies el nombre",
                cell.number
            ));
        }
    }
    Found::Missing(format!("falta la función {exercise}"))
}

impl Reading {
    pub fn ids(&self) -> impl Iterator<Item = Id> {
        let cells = self.cells.iter().enumerate();
        cells.flat_map(|(i, cell)| (0..cell.definitions.len()).map(move |j| (i, j)))
    }

    pub fn definition(&self, (i, j): Id) -> &Definition {
        &self.cells[i].definitions[j]
    }

    pub fn code(&self, (i, j): Id) -> &str {
        let cell = &self.cells[i];
        &cell.source[cell.definitions[j].range.clone()]
    }

    pub fn function(&self, exercise: &str) -> Option<Id> {
        match self.found.get(exercise) {
            Some(Found::Function(id)) => Some(*id),
            _ => None,
        }
    }

    /// An exercise's function and all that it uses but other exercises, as far as names tell; imports, traits and their impls always.
    pub fn used_by(&self, exercise: &str) -> BTreeSet<Id> {
        let exercises: Vec<Id> = EXERCISES
            .iter()
            .filter_map(|it| self.function(it))
            .collect();
        let always = self.ids().filter(|&id| !self.is_called(id));
        let mut new: Vec<Id> = always.chain(self.function(exercise)).collect();
        let mut used = BTreeSet::new();
        while let Some(id) = new.pop() {
            used.insert(id);
            let words = &self.definition(id).words;
            let is_named = |id: &Id| {
                let name = self.definition(*id).name.as_deref().unwrap_or_default();
                name.rsplit(' ')
                    .next()
                    .is_some_and(|name| words.contains(name))
            };
            let others = self
                .ids()
                .filter(|it| !used.contains(it) && !exercises.contains(it));
            new.extend(others.filter(is_named));
        }
        used
    }

    /// Whether it has to be named to be of use, unlike an import, a trait and its impls, or a macro that is called where items stand.
    pub fn is_called(&self, id: Id) -> bool {
        let name = self.definition(id).name.as_deref().unwrap_or_default();
        let code = self.code(id);
        let is_trait = ["trait ", "pub trait "]
            .iter()
            .any(|it| code.starts_with(it));
        !is_trait
            && ["value ", "macro ", "type "]
                .iter()
                .any(|it| name.starts_with(it))
    }

    /// The earlier exercises that an exercise's code names.
    pub fn exercises_used_by(&self, exercise: &str) -> Vec<&'static str> {
        let words: HashSet<&str> = self
            .used_by(exercise)
            .into_iter()
            .filter(|&id| self.is_called(id))
            .flat_map(|id| self.definition(id).words.iter().map(String::as_str))
            .collect();
        EXERCISES
            .into_iter()
            .filter(|it| *it != exercise && words.contains(it))
            .collect()
    }
}
