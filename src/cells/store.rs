//! A notebook's variables between two cells, as evcxr 0.22 keeps them. evcxr writes this module into each
//! program, which takes rustc a third of its time for a small cell; the course's kernel names this one
//! instead. A store may have been made by either: they are the same in memory.

use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;

/// What evcxr reads where a variable has another type than before.
pub const VARIABLE_CHANGED_TYPE: &str = "EVCXR_VARIABLE_CHANGED_TYPE:";
/// What evcxr reads where `?` has ended a cell.
pub const USER_ERROR_OCCURRED: &str = "EVCXR_ERROR_OCCURRED";

/// The variables by name.
pub struct VariableStore {
    variables: HashMap<String, Box<dyn Any>>,
}

impl VariableStore {
    pub fn put_variable<T: 'static>(&mut self, name: &str, value: T) {
        self.put(name, Box::new(value));
    }

    fn put(&mut self, name: &str, value: Box<dyn Any>) {
        self.variables.insert(name.to_owned(), value);
    }

    /// Whether the variable has that type, where there is one. If not, evcxr is told.
    pub fn check_variable<T: 'static>(&mut self, name: &str) -> bool {
        let is_good = self.get(name).is_none_or(|it| it.is::<T>());
        if !is_good {
            eprintln!("The type of the variable {name} was redefined, so was lost.");
            println!("{VARIABLE_CHANGED_TYPE}{name}");
        }
        is_good
    }

    fn get(&self, name: &str) -> Option<&dyn Any> {
        self.variables.get(name).map(|it| &**it)
    }

    /// # Panics
    ///
    /// Where there is none of that name and type, which `check_variable` has seen before.
    pub fn take_variable<T: 'static>(&mut self, name: &str) -> T {
        match self.take(name).downcast() {
            Ok(value) => *value,
            Err(_) => panic!("Variable changed type"),
        }
    }

    fn take(&mut self, name: &str) -> Box<dyn Any> {
        match self.variables.remove(name) {
            Some(value) => value,
            None => panic!("Variable '{name}' has gone missing"),
        }
    }

    /// # Panics
    ///
    /// Where there is one of that name and another type.
    pub fn lazy_arc<T: 'static, F: FnOnce() -> T>(&mut self, name: &str, create: F) -> Arc<T> {
        let variable = self.variables.entry(name.to_owned());
        let variable = variable.or_insert_with(|| Box::new(Arc::new(create())));
        match variable.downcast_ref() {
            Some(value) => Arc::clone(value),
            None => panic!("lazy_arc {name} changed type"),
        }
    }

    pub fn merge(&mut self, other: VariableStore) {
        self.variables.extend(other.variables);
    }
}

pub fn create_variable_store() -> *mut VariableStore {
    Box::into_raw(Box::new(VariableStore {
        variables: HashMap::new(),
    }))
}
