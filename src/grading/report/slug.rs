//! File names for what people call themselves.

use std::collections::HashSet;

/// The folder of the submissions' pages, below the report's.
pub const PAGES: &str = "entregas";

/// From the class's page to a submission's.
pub fn link(slug: &str) -> String {
    format!("{PAGES}/{slug}.html")
}

const LONGEST: usize = 60;
/// What Windows keeps for itself.
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// A file name for each name, without its ending: lower-case ASCII letters, digits and hyphens,
/// none twice.
pub fn slugs<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut given = HashSet::new();
    names
        .map(|name| {
            let slug = slug(name);
            let mut unique = slug.clone();
            let mut number = 2;
            while !given.insert(unique.clone()) {
                unique = format!("{slug}-{number}");
                number += 1;
            }
            unique
        })
        .collect()
}

fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.to_lowercase().chars().map(plain) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() == LONGEST {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    let letters = slug.trim_end_matches(|c: char| c.is_ascii_digit());
    match slug.is_empty() || RESERVED.contains(&letters) {
        true => format!("entrega-{slug}").trim_end_matches('-').to_owned(),
        false => slug.to_owned(),
    }
}

fn plain(c: char) -> char {
    match c {
        'á' | 'à' | 'ä' | 'â' | 'ã' => 'a',
        'é' | 'è' | 'ë' | 'ê' => 'e',
        'í' | 'ì' | 'ï' | 'î' => 'i',
        'ó' | 'ò' | 'ö' | 'ô' | 'õ' => 'o',
        'ú' | 'ù' | 'ü' | 'û' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        c => c,
    }
}
