//! The text of a cell as statements, and in pieces where it does not parse as a whole.

use std::ops::Range;

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::Parser;
use syn::{Block, Stmt};

/// More than a person writes in a cell.
const LARGEST: usize = 1 << 15;
/// Brackets in brackets, and operators and words with neither a comma nor a semicolon between them:
/// a parser's recursion.
const DEEPEST: usize = 100;
const LONGEST: usize = 2_000;

/// The statements of a text, if it parses: none where it is built to bring a parser down.
pub fn parse(text: &str) -> Option<Vec<Stmt>> {
    let tokens: TokenStream = text.parse().ok()?;
    if text.len() > LARGEST || !is_shallow(tokens.clone()) {
        return None;
    }
    Block::parse_within.parse2(tokens).ok()
}

fn is_shallow(tokens: TokenStream) -> bool {
    let mut open = vec![(tokens.into_iter(), 0)];
    while let Some((tokens, length)) = open.last_mut() {
        match tokens.next() {
            None => {
                open.pop();
            }
            Some(TokenTree::Group(group)) => open.push((group.stream().into_iter(), 0)),
            Some(TokenTree::Punct(punct)) if ";,".contains(punct.as_char()) => *length = 0,
            Some(_) => *length += 1,
        }
        let together: usize = open.iter().map(|(_, length)| length).sum();
        if open.len() > DEEPEST || together > LONGEST {
            return false;
        }
    }
    true
}

/// The pieces of a cell that does not parse as a whole: each begins in the first column with what
/// begins an item, or after an item's end.
pub fn chunks(source: &str) -> Vec<Range<usize>> {
    let mut chunks = Vec::new();
    let (mut start, mut end) = (0, 0);
    // Lines that belong to the item that follows.
    let mut attached = 0;
    let mut after_item = false;
    for line in source.split_inclusive('\n') {
        let is_attached = ["#[", "//"].iter().any(|it| line.starts_with(it));
        if begins_item(line) || after_item {
            let boundary = if begins_item(line) {
                end - attached
            } else {
                end
            };
            chunks.push(start..boundary);
            start = boundary;
        }
        after_item = line.starts_with('}');
        attached = if is_attached {
            attached + line.len()
        } else {
            0
        };
        end += line.len();
    }
    chunks.push(start..end);
    chunks.retain(|chunk| !source[chunk.clone()].trim().is_empty());
    chunks
}

fn begins_item(line: &str) -> bool {
    const BEGINNINGS: [&str; 14] = [
        "fn",
        "pub",
        "struct",
        "enum",
        "impl",
        "use",
        "const",
        "static",
        "trait",
        "type",
        "mod",
        "macro_rules",
        "async",
        "unsafe",
    ];
    let word = line.find(|c: char| !c.is_alphanumeric() && c != '_');
    BEGINNINGS.contains(&&line[..word.unwrap_or(line.len())])
}

/// The name of the function that a piece of text begins to define.
pub fn function_in(text: &str) -> Option<String> {
    let line = text.lines().find(|line| begins_item(line))?;
    let at = line
        .strip_prefix("fn ")
        .or_else(|| Some(line.split_once(" fn ")?.1))?;
    let name: String = at
        .trim_start()
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    (!name.is_empty()).then_some(name)
}
