//! The notebooks' prose, and the numbers in it.

use serde_json::Value;

#[test]
fn numbers_are_those_that_say_how_many() {
    let text = "47 % y **68.75 %**, de 0.32 a 10; `2.0`, $0.5$ y\n$$2.5$$\n## 2. Qué\n3. paso 4 de Ex05, de 0 a 1\n**2.** 60";
    assert_eq!(numbers(text), ["47 %", "68.75", "0.32", "10", "60"]);
}

/// The texts that a reader sees, of the solved notebooks: number of the notebook and id of the cell,
/// and what it says. Of a cell of code, its figure's title and caption.
pub fn prose() -> Vec<(String, String)> {
    let folder = format!("{}/notebooks/soluciones", env!("CARGO_MANIFEST_DIR"));
    let mut cells = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_none_or(|extension| extension != "ipynb")
        {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let notebook: Value =
            serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for cell in notebook["cells"].as_array().unwrap() {
            let lines = cell["source"].as_array().unwrap();
            let text: String = lines.iter().map(|line| line.as_str().unwrap()).collect();
            let text = match cell["cell_type"] == "markdown" {
                true => text,
                false => titles_and_captions(&text),
            };
            let id = cell["id"].as_str().unwrap();
            cells.push((format!("{} {id}", &name[..1]), text));
        }
    }
    assert!(cells.len() > 120, "{} cells", cells.len());
    cells
}

fn titles_and_captions(code: &str) -> String {
    let said = [".titled(\"", ".captioned(\""].map(|call| {
        let texts = code.split(call).skip(1);
        texts.filter_map(|rest| rest.split('"').next()).collect()
    });
    let said: Vec<Vec<&str>> = said.into();
    said.concat().join("\n")
}

/// Numbers outside of code and formulas. Left out are 0 and 1, which name classes and bounds, and
/// what numbers a thing of the course: a heading, a notebook, an exercise, a step; Ex03.
pub fn numbers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let prose = without(&without(&without(&without(text, "```"), "$$"), "`"), "$");
    let chars: Vec<char> = prose.chars().collect();
    let mut i = 0;
    while i < chars.len() {
        let start = i;
        while i < chars.len() && (chars[i].is_ascii_digit() || is_point(&chars, i)) {
            i += 1;
        }
        let number: String = chars[start..i].iter().collect();
        let before: String = chars[..start].iter().collect();
        let is_percentage = chars[i..].starts_with(&[' ', '%']);
        if number.contains('.') {
            found.push(number);
        } else if !number.is_empty() && is_percentage {
            found.push(number + " %");
        } else if !["", "0", "1"].contains(&number.as_str()) && !is_place(&before, &chars[i..]) {
            found.push(number);
        }
        i += 1;
    }
    found
}

/// What comes before and after it tells that a number says where, and not how many.
fn is_place(before: &str, after: &[char]) -> bool {
    let is_part_of_a_name = before.ends_with(char::is_alphanumeric);
    let words = ["cuaderno ", "jercicio ", "paso ", "## ", "<kbd>"];
    let begins_a_line = before.is_empty() || before.ends_with('\n') || before.ends_with("\n**");
    is_part_of_a_name
        || words.iter().any(|word| before.ends_with(word))
        || (begins_a_line && after.starts_with(&['.']))
}

fn is_point(chars: &[char], i: usize) -> bool {
    let is_digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    chars[i] == '.' && i > 0 && is_digit(i - 1) && is_digit(i + 1)
}

/// Without what stands between two of these marks.
fn without(text: &str, mark: &str) -> String {
    text.split(mark).step_by(2).collect::<Vec<_>>().join(" ")
}
