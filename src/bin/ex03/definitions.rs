//! What a notebook's cells define, apart from what they do.

use std::collections::HashSet;
use std::ops::Range;

use syn::parse::Parser;
use syn::spanned::Spanned;
use syn::{Block, Item, Stmt};

use crate::notebook::CodeCell;

/// What a code cell defines.
pub struct Cell {
    pub number: usize,
    /// Functions, types, constants and imports, in the lines and columns of the cell's source.
    pub items: String,
    /// The names of the functions that `items` defines.
    pub functions: Vec<String>,
}

/// Splits the cells of a notebook. Of what is defined twice the last definition stays, as in the kernel.
pub fn split(cells: &[CodeCell]) -> Vec<Cell> {
    let mut defined_later = HashSet::new();
    let mut split: Vec<Cell> = cells
        .iter()
        .rev()
        .filter(|cell| !cell.raises_exception)
        .map(|cell| split_cell(cell, &mut defined_later))
        .collect();
    split.reverse();
    split
}

fn split_cell(cell: &CodeCell, defined_later: &mut HashSet<String>) -> Cell {
    let source = without_commands(&cell.source);
    let Ok(statements) = Block::parse_within.parse_str(&source) else {
        // In a function, where statements may stand, rustc says best what is wrong, and where.
        return Cell {
            number: cell.number,
            items: format!("fn celda_{}() {{{source}\n}}", cell.number),
            functions: Vec::new(),
        };
    };
    let mut blanks = Vec::new();
    let mut functions = Vec::new();
    let mut defined_here = Vec::new();
    for statement in &statements {
        let range = statement.span().byte_range();
        let Stmt::Item(item) = statement else {
            blanks.push(range);
            continue;
        };
        if is_left_out(item) || is_replaced(item, &source, defined_later) {
            blanks.push(range);
        } else if let Item::Fn(function) = item {
            functions.push(function.sig.ident.to_string());
        }
        defined_here.extend(name(item, &source));
    }
    defined_later.extend(defined_here);
    Cell {
        number: cell.number,
        items: blank(&source, &blanks),
        functions,
    }
}

/// A program has its own `main`, and its crates by the command line.
fn is_left_out(item: &Item) -> bool {
    match item {
        Item::Fn(function) => function.sig.ident == "main",
        Item::ExternCrate(_) => true,
        _ => false,
    }
}

/// A later cell takes the item's name. With a type go its impls.
fn is_replaced(item: &Item, source: &str, defined_later: &HashSet<String>) -> bool {
    let of_replaced_type = match item {
        Item::Impl(item) => {
            defined_later.contains(&format!("type {}", code(source, &item.self_ty)))
        }
        _ => false,
    };
    of_replaced_type || name(item, source).is_some_and(|name| defined_later.contains(&name))
}

/// What an item is called, with its namespace.
fn name(item: &Item, source: &str) -> Option<String> {
    let (namespace, ident) = match item {
        Item::Fn(item) => ("value", &item.sig.ident),
        Item::Const(item) if item.ident != "_" => ("value", &item.ident),
        Item::Static(item) => ("value", &item.ident),
        Item::Struct(item) => ("type", &item.ident),
        Item::Enum(item) => ("type", &item.ident),
        Item::Union(item) => ("type", &item.ident),
        Item::Type(item) => ("type", &item.ident),
        Item::Trait(item) => ("type", &item.ident),
        Item::Mod(item) => ("type", &item.ident),
        Item::Macro(item) => ("macro", item.ident.as_ref()?),
        Item::Use(item) => return Some(code(source, item)),
        Item::Impl(item) => {
            let (implemented, _) = item.trait_.as_ref()?;
            let of = code(source, &item.self_ty);
            return Some(format!("impl {} for {of}", code(source, implemented)));
        }
        _ => return None,
    };
    Some(format!("{namespace} {ident}"))
}

/// The source of a piece of syntax, whatever its line breaks.
fn code(source: &str, of: &impl Spanned) -> String {
    source[of.span().byte_range()].split_whitespace().collect()
}

/// Blanks the kernel's own commands, such as `:dep`.
pub fn without_commands(source: &str) -> String {
    let lines = source.split_inclusive('\n');
    lines
        .map(|line| match line.starts_with(':') {
            true => blank_text(line),
            false => line.to_owned(),
        })
        .collect()
}

fn blank(source: &str, ranges: &[Range<usize>]) -> String {
    let mut text = String::new();
    let mut end = 0;
    for range in ranges {
        text += &source[end..range.start];
        text += &blank_text(&source[range.clone()]);
        end = range.end;
    }
    text + &source[end..]
}

fn blank_text(text: &str) -> String {
    text.chars()
        .map(|c| if c == '\n' { c } else { ' ' })
        .collect()
}
