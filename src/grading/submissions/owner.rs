//! Whose a file is, where the path follows a learning platform's convention.

/// A student, and how many of the path's components are the student's own folder, or all of them.
pub struct Owner {
    pub name: String,
    /// What tells two students of one name apart.
    pub id: String,
    pub depth: usize,
}

pub fn owner(parts: &[String]) -> Option<Owner> {
    moodle(parts)
        .or_else(|| nbgrader(parts))
        .or_else(|| canvas(parts))
}

/// `Nombre Apellido_12345_assignsubmission_file_/x.ipynb`
fn moodle(parts: &[String]) -> Option<Owner> {
    parts.iter().enumerate().find_map(|(i, part)| {
        let (student, _) = part.split_once("_assignsubmission_")?;
        let (name, id) = student.rsplit_once('_').filter(|(_, id)| is_number(id))?;
        Some(Owner {
            name: name.to_owned(),
            id: id.to_owned(),
            depth: i + 1,
        })
    })
}

/// `submitted/STUDENT/ASSIGNMENT/x.ipynb`
fn nbgrader(parts: &[String]) -> Option<Owner> {
    let submitted = parts.iter().rposition(|part| part == "submitted")?;
    let [student, assignment, _, ..] = &parts[submitted + 1..] else {
        return None;
    };
    Some(Owner {
        name: student.clone(),
        id: assignment.clone(),
        depth: submitted + 3,
    })
}

/// `apellidonombre_1234_5678_x.ipynb`, or `apellidonombre_LATE_1234_5678_x.ipynb`
fn canvas(parts: &[String]) -> Option<Owner> {
    let mut fields = parts.last()?.split('_');
    let name = fields.next().filter(|name| {
        !name.is_empty() && name.chars().all(|c| c.is_alphabetic() || "-'".contains(c))
    })?;
    let late_or_id = fields.next()?;
    let id = match late_or_id {
        "LATE" | "late" => fields.next()?,
        _ => late_or_id,
    };
    let submission = fields.next()?;
    fields.next()?;
    (is_number(id) && is_number(submission)).then(|| Owner {
        name: name.to_owned(),
        id: id.to_owned(),
        depth: parts.len(),
    })
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
