//! The lines by which a cell's program fetches a notebook's variables and puts them back. evcxr
//! writes three lines for each variable.

use std::collections::HashSet;

const STORE: &str = "evcxr_variable_store.";
const MAIN: &str = "pub extern \"C\" fn run_user_code";

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Check,
    Take,
    Put,
}

/// What a line of a cell's program does, and with which variable.
pub fn read(line: &str) -> Option<(Line, &str)> {
    let (start, call) = line.split_once(STORE)?;
    let what = match start {
        "vars_ok &= " if call.starts_with("check_variable::<") => Line::Check,
        "" if call.starts_with("put_variable::<") => Line::Put,
        it if it.starts_with("let ") && call.starts_with("take_variable::<") => Line::Take,
        _ => return None,
    };
    let (_, name) = call.split_once("stringify!(")?;
    Some((what, name.split_once(')')?.0))
}

/// The same program without the variables that the cell does not name: they stay where they are,
/// and rustc has a quarter less to do where there are twenty. `instead` stands for each of their
/// lines.
pub fn only_those_named(source: &str, instead: &str) -> Option<String> {
    let main = source.find(MAIN)?;
    let others = source[main..].lines().filter(|line| read(line).is_none());
    let named: HashSet<&str> = others.flat_map(words).collect();
    let is_idle = |line: &str| {
        // We only know where a word ends in ASCII text. Any other program is compiled as it is.
        read(line).is_some_and(|(_, name)| name.is_ascii() && !named.contains(name))
    };
    let lines = source.split_inclusive('\n');
    Some(
        lines
            .map(|line| if is_idle(line) { instead } else { line })
            .collect(),
    )
}

/// The same program, which first does something. No line is added, since evcxr counts them.
pub fn doing_first(statements: &str, source: &str) -> Option<String> {
    let main = source.find(MAIN)?;
    let body = main + source[main..].find("{\n")? + 1;
    Some(format!(
        "{}{statements}{}",
        &source[..body],
        &source[body..]
    ))
}

/// What the cell itself does, beside what it defines.
pub fn statements(source: &str) -> Option<&str> {
    source.find(MAIN).map(|main| &source[main..])
}

/// From which line on, from 1, a program tries to show the cell's last expression by its own method. Where
/// that does not compile, evcxr writes another program.
pub fn shown_from(program: &str) -> Option<usize> {
    let main = program.find(MAIN)?;
    let lines = || program[main..].lines();
    lines().find(|line| *line == ").evcxr_display();")?;
    let opens = lines().position(|line| line == "(")?;
    Some(program[..main].lines().count() + opens + 1)
}

/// Words of ASCII; other letters end one.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_ascii_alphanumeric() && it != '_')
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A cell's program as evcxr writes it.
    pub fn program(functions: &str, variables: &[&str], cell: &str) -> String {
        let of_each = |line: &dyn Fn(&str) -> String| {
            let lines: Vec<String> = variables.iter().map(|name| line(name)).collect();
            lines.join("\n")
        };
        format!(
            "{functions}\n{MAIN}_1() {{\n{{let mut vars_ok = true;\n{}\nif !vars_ok {{return}}}}\n{}\n{cell}\n{}\n}}\n",
            of_each(&|name| format!(
                "vars_ok &= {STORE}check_variable::<f64>(stringify!({name}));"
            )),
            of_each(&|name| format!(
                "let mut {name} = {STORE}take_variable::<f64>(stringify!({name}));"
            )),
            of_each(&|name| format!("{STORE}put_variable::<f64>(stringify!({name}), {name});")),
        )
    }

    fn kept(cell: &str) -> Vec<String> {
        let source = program("fn f() {}", &["a", "año", "b_1"], cell);
        let less = only_those_named(&source, "\n").unwrap();
        // evcxr finds the place of an error by its line, so lines must not move.
        assert_eq!(less.lines().count(), source.lines().count());
        assert!(less.contains(&format!("\n{cell}\n")));
        let of = |what| {
            let lines = less.lines().filter_map(read);
            lines
                .filter(|(it, _)| *it == what)
                .map(|(_, name)| name.to_owned())
                .collect()
        };
        let (checked, taken, put): (Vec<_>, Vec<_>, Vec<_>) =
            (of(Line::Check), of(Line::Take), of(Line::Put));
        assert!(checked == taken && taken == put);
        put
    }

    #[test]
    fn a_call_comes_first_and_adds_no_line() {
        let cell = program("fn f() {\n}", &["a"], "a.len()");
        let calling = doing_first("::ours::start();", &cell).unwrap();
        assert_eq!(calling.lines().count(), cell.lines().count());
        let (before, after) = calling.split_once("::ours::start();").unwrap();
        assert!(
            before.ends_with('{') && after.starts_with('\n'),
            "{calling}"
        );
        assert!(before.contains("fn f()"), "{calling}");
    }

    #[test]
    fn what_a_cell_names_is_kept() {
        assert_eq!(kept("f(a);"), ["a", "año"]);
        assert_eq!(kept("println!(\"{b_1:?}\");"), ["año", "b_1"]);
        assert_eq!(kept("f(aa, b_12, \"a_\");"), ["año"]);
        assert_eq!(kept("let a = b_1;"), ["a", "año", "b_1"]);
    }

    #[test]
    fn the_last_expression_is_found() {
        let shown = program(
            "fn f() {\n}",
            &["a"],
            "let b = a;\n(\nf(\nb)\n).evcxr_display();",
        );
        let line = shown_from(&shown).unwrap();
        assert_eq!(shown.lines().nth(line - 1), Some("("));
        assert_eq!(shown.lines().nth(line), Some("f("));
        assert_eq!(shown_from(&program("", &["a"], "(\na\n);")), None);
    }

    #[test]
    fn what_is_no_cell_is_left_alone() {
        assert_eq!(only_those_named("fn f() {}", ""), None);
    }
}
