//! The README's numbers are those of what it speaks of.

use std::fs;

use ex03_utils::check::exercises::NAMES;

use super::text::prose;

fn read(path: &str) -> String {
    fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn the_versions_that_it_asks_for_are_those_that_are_asked_for() {
    let (readme, cargo) = (read("README.md"), read("Cargo.toml"));
    let (_, rust) = cargo.split_once("rust-version = \"").unwrap();
    let rust = rust.split('"').next().unwrap();
    assert!(readme.contains(&format!("[Rust](https://rustup.rs) {rust} o posterior")));
    let (python, asked) = ("Python 3.10 o posterior", "sys.version_info < (3, 10)");
    assert!(readme.contains(python) && read("src/course/setup/python.rs").contains(asked));
}

#[test]
fn it_lists_the_exercises_in_their_order() {
    let names = NAMES.map(|name| format!("`{name}`"));
    let [first @ .., last] = &names;
    let list = format!("Los ocho ejercicios: {} y {last}.", first.join(", "));
    assert_eq!(NAMES.len(), 8, "the README says «ocho»");
    assert!(read("README.md").contains(&list), "{list}");
}

#[test]
fn its_minutes_are_those_of_the_notebooks() {
    let readme = read("README.md");
    for (number, minutes) in [('1', "30"), ('2', "20"), ('3', "60 a 90")] {
        let row = readme
            .lines()
            .find(|line| line.starts_with(&format!("| `{number}_")));
        assert!(row.unwrap().ends_with(&format!("| {minutes} min |")));
        let title = format!("{number} titulo");
        let (_, title) = prose().into_iter().find(|(id, _)| *id == title).unwrap();
        let said = minutes.replace(" a ", " y ") + " minutos";
        assert!(title.contains(&said), "{said} is not in {title}");
    }
}

#[test]
fn its_speeds_are_those_of_the_table() {
    let (readme, table) = (read("README.md"), read("benches/results.md"));
    let (_, shown) = readme.split_once("writes from here -->").unwrap();
    let (shown, _) = shown.split_once("<!-- to here").unwrap();
    let speeds: Vec<&str> = shown
        .split_whitespace()
        .filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .map(|word| word.trim_end_matches(','))
        .filter(|word| *word != "3") // the notebook's number
        .collect();
    assert_eq!(speeds.len(), 10, "{speeds:?}");
    for speed in speeds {
        let (alone, with_spread) = (format!("| {speed} |"), format!("| {speed} ("));
        assert!(
            table.contains(&alone) || table.contains(&with_spread),
            "{speed}"
        );
    }
}
