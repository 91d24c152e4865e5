//! Words that no exercise needs, and that would give a program more than what safe Rust can do: code that is not checked, and what
//! reads files or the environment, links or exports while it is compiled. They are refused before rustc sees them, wherever they stand,
//! because a macro can make of a word what it likes.

use proc_macro2::{Ident, TokenStream, TokenTree};

/// The word, and as it is shown.
const WORDS: [(&str, &str); 21] = [
    ("unsafe", "`unsafe`"),
    ("extern", "`extern`"),
    ("include", "`include!`"),
    ("include_str", "`include_str!`"),
    ("include_bytes", "`include_bytes!`"),
    ("env", "`env`"),
    ("option_env", "`option_env!`"),
    ("path", "`path`"),
    ("link", "`link`"),
    ("no_mangle", "`no_mangle`"),
    ("link_section", "`link_section`"),
    ("link_name", "`link_name`"),
    ("export_name", "`export_name`"),
    ("global_allocator", "`global_allocator`"),
    ("panic_handler", "`panic_handler`"),
    ("asm", "ensamblador (`asm!`)"),
    ("global_asm", "ensamblador (`global_asm!`)"),
    ("naked_asm", "ensamblador (`naked_asm!`)"),
    ("unsafe_code", "`unsafe_code`"),
    ("ex03_grading", "`ex03_grading`"),
    ("ex03_reference", "`ex03_reference`"),
];

/// A word that is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// As it is shown.
    pub word: &'static str,
    /// In the code, from 1.
    pub line: usize,
}

/// The first of them in a piece of code that parses.
pub fn find(code: &str) -> Option<Refused> {
    let mut open: Vec<_> = code
        .parse::<TokenStream>()
        .into_iter()
        .map(IntoIterator::into_iter)
        .collect();
    while let Some(tokens) = open.last_mut() {
        match tokens.next() {
            None => {
                open.pop();
            }
            Some(TokenTree::Group(group)) => open.push(group.stream().into_iter()),
            Some(TokenTree::Ident(ident)) => {
                if let Some(word) = shown(&name(&ident)) {
                    let line = ident.span().start().line;
                    return Some(Refused { word, line });
                }
            }
            Some(_) => {}
        }
    }
    None
}

/// Whether one of them stands in a text that does not parse, in a comment or a string too.
pub fn is_in(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .any(|word| shown(word).is_some())
}

fn shown(word: &str) -> Option<&'static str> {
    let found = WORDS.iter().find(|(refused, _)| *refused == word);
    found.map(|(_, shown)| *shown)
}

fn name(ident: &Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_macros_and_attributes_with_its_line() {
        let line = |code: &str| find(code).map(|it| (it.word, it.line));
        assert_eq!(
            line("fn f() {\n    m!([a, (include_str)])\n}"),
            Some(("`include_str!`", 2))
        );
        assert_eq!(
            line("#[doc = std::r#env!(\"HOME\")]\nfn f() {}"),
            Some(("`env`", 1))
        );
        assert_eq!(
            line(
                "macro_rules! m {\n    ($i:ident) => {\n        #[path = \"/\"] mod $i;\n    };\n}"
            ),
            Some(("`path`", 3))
        );
        assert_eq!(
            line("/// include\nfn f(included: &str) -> String { \"env\".into() } // path"),
            None
        );
    }

    #[test]
    fn a_word_is_found_in_what_does_not_parse() {
        assert!(is_in("fn f( { include_str!(\"/etc/passwd\")"));
        assert!(!is_in("fn f( { included(environment)"));
    }
}
