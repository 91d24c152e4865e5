//! Names for what was handed in: whose it is, as far as the path tells, and no name twice.

use std::collections::{HashMap, HashSet};

use ex03_base::visible;

use super::owner::{Owner, owner};
use super::walk::Found;

/// What the course calls its notebooks: no student's name.
const COURSE: [&str; 3] = [
    "1_notacion_y_activaciones",
    "2_regresion_logistica",
    "3_red_neuronal",
];

/// Whose a file is.
#[derive(Clone)]
pub struct Student {
    /// The same for all files that one student handed in.
    pub key: String,
    pub name: String,
    /// What tells two students of one name apart.
    id: String,
}

/// The students of the files, in their order.
pub fn students(found: &[Found]) -> Vec<Student> {
    let shared = shared_names(found);
    let mut students: Vec<Student> = found
        .iter()
        .map(|file| match owner(&file.parts) {
            Some(owner) => known(&file.parts, owner),
            None if found.len() == 1 => own_name(&file.parts),
            None => guessed(&file.parts, &shared),
        })
        .collect();
    // Of one name: told apart by what the path says more, else by a number.
    let by_name = |students: &[Student]| {
        let mut keys: HashMap<String, Vec<String>> = HashMap::new();
        for student in students {
            let keys = keys.entry(student.name.clone()).or_default();
            if !keys.contains(&student.key) {
                keys.push(student.key.clone());
            }
        }
        keys
    };
    let keys = by_name(&students);
    for student in &mut students {
        if keys[&student.name].len() > 1 && !student.id.is_empty() {
            student.name = format!("{} ({})", student.name, student.id);
        }
    }
    let keys = by_name(&students);
    for student in &mut students {
        let place = keys[&student.name]
            .iter()
            .position(|key| *key == student.key);
        if let Some(place @ 1..) = place {
            student.name = format!("{} ({})", student.name, place + 1);
        }
    }
    students
}

/// A name for each file: the student's, with the file's where the student has several. None is
/// given twice.
pub fn names(handed: &[(Found, Student)]) -> Vec<String> {
    let mut files: HashMap<&str, usize> = HashMap::new();
    for (file, student) in handed {
        if !is_without_exercises(stem(&file.parts)) {
            *files.entry(&student.key).or_default() += 1;
        }
    }
    let mut given = HashSet::new();
    handed
        .iter()
        .map(|(file, student)| {
            let stem = stem(&file.parts);
            let is_one = files.get(&*student.key).is_none_or(|files| *files <= 1);
            let wanted = match is_one && !is_without_exercises(stem) || stem == student.name {
                true => student.name.clone(),
                false => format!("{} · {stem}", student.name),
            };
            // A file's name may hold anything, and this one is shown everywhere.
            let wanted = visible::line(&wanted);
            let mut name = wanted.clone();
            let mut number = 2;
            while !given.insert(name.clone()) {
                name = format!("{wanted} ({number})");
                number += 1;
            }
            name
        })
        .collect()
}

fn known(parts: &[String], owner: Owner) -> Student {
    let key = match owner.depth == parts.len() {
        true => format!("{}_{}", owner.name, owner.id),
        false => parts[..owner.depth].join("/"),
    };
    Student {
        key,
        name: owner.name,
        id: owner.id,
    }
}

fn own_name(parts: &[String]) -> Student {
    Student {
        key: parts.join("/"),
        name: stem(parts).to_owned(),
        id: String::new(),
    }
}

/// The file's own name, if it tells; else that of the first folder above that does.
fn guessed(parts: &[String], shared: &HashSet<String>) -> Student {
    let own = stem(parts);
    if is_telling(own, shared) {
        return own_name(parts);
    }
    let folders = &parts[..parts.len() - 1];
    let mut above = folders.iter().rev();
    let telling = above.find(|folder| is_telling(folder, shared) && *folder != "/");
    Student {
        key: folders.join("/"),
        name: telling.map_or(own, |folder| folder).to_owned(),
        id: folders.last().cloned().unwrap_or_default(),
    }
}

fn is_telling(name: &str, shared: &HashSet<String>) -> bool {
    let is_course_s = COURSE.iter().any(|course| name.starts_with(course));
    !is_course_s && !["ejercicios", "notebooks"].contains(&name) && !shared.contains(name)
}

/// Names of files and folders that stand in several places, as `tarea.ipynb` does in each student's
/// folder. Of the folders above all files only the nearest counts: it may be called as the task is, and
/// those above it say where the teacher keeps the class.
fn shared_names(found: &[Found]) -> HashSet<String> {
    let above = folders_above(found).saturating_sub(1);
    let mut places: HashMap<&str, HashSet<&[String]>> = HashMap::new();
    for file in found {
        for (i, part) in file.parts.iter().enumerate().skip(above) {
            let is_file = i + 1 == file.parts.len();
            let name = if is_file { stem(&file.parts) } else { part };
            places.entry(name).or_default().insert(&file.parts[..i]);
        }
    }
    let shared = places.into_iter().filter(|(_, places)| places.len() > 1);
    shared.map(|(name, _)| name.to_owned()).collect()
}

/// How many folders all files have above them.
fn folders_above(found: &[Found]) -> usize {
    let folders = |file: &Found| file.parts.len().saturating_sub(1);
    let Some(first) = found.first() else { return 0 };
    found.iter().fold(folders(first), |above, file| {
        let pairs = first.parts.iter().zip(&file.parts);
        let alike = pairs.take_while(|(a, b)| a == b).count();
        above.min(alike).min(folders(file))
    })
}

fn is_without_exercises(stem: &str) -> bool {
    COURSE[..2].iter().any(|course| stem.contains(course))
}

/// The file's name without its endings.
fn stem(parts: &[String]) -> &str {
    let name = parts.last().map_or("", |name| name);
    let lower = name.to_lowercase();
    let end = lower
        .rfind(".ipynb")
        .or_else(|| name.rfind('.').filter(|at| *at > 0));
    end.and_then(|end| name.get(..end)).unwrap_or(name)
}
