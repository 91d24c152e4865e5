//! What a notebook's cells define, apart from what they do.

use std::collections::HashSet;
use std::ops::Range;

use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::{Expr, Item, Pat, Stmt};

use self::pieces::{chunks, function_in, parse};
use ex03_base::notebook::CodeCell;

// The path is said because a test takes this file in from elsewhere.
mod pieces;

/// What a code cell defines.
pub struct Cell {
    pub number: usize,
    /// The cell's text, with the kernel's own commands blanked.
    pub source: String,
    pub definitions: Vec<Definition>,
    /// The pieces that do not parse.
    pub broken: Vec<Broken>,
    /// The variables that hold a closure.
    pub closures: Vec<String>,
}

/// A function, type, constant or import.
pub struct Definition {
    /// Where it stands in the cell's source, in bytes.
    pub range: Range<usize>,
    /// What it is called, with its namespace, such as `value predict`; an import or an impl is its
    /// own code.
    pub name: Option<String>,
    /// The function that it is, if it is one.
    pub function: Option<String>,
    /// All words in it.
    pub words: HashSet<String>,
}

/// A piece of a cell that does not parse, though the rest does.
pub struct Broken {
    pub range: Range<usize>,
    /// The function that it begins with.
    pub function: Option<String>,
}

impl Cell {
    /// The source with all but these ranges blanked, so that lines and columns stay what they are.
    pub fn only<'a>(&self, kept: impl Iterator<Item = &'a Range<usize>>) -> String {
        let mut text = String::with_capacity(self.source.len());
        for range in kept {
            text += &blank(&self.source[text.len()..range.start]);
            text += &self.source[range.clone()];
        }
        text.clone() + &blank(&self.source[text.len()..])
    }
}

/// Reads the cells of a notebook. Of what is defined twice the last definition stays, as in the
/// kernel; but a function that is solved stays before one that is not.
pub fn split(cells: &[CodeCell]) -> Vec<Cell> {
    let mut read: Vec<Cell> = cells
        .iter()
        .filter(|cell| !cell.raises_exception)
        .map(read_cell)
        .collect();
    let mut defined_later = HashSet::new();
    // Once for what is solved, and once for the stubs of what is not.
    for stubs in [false, true] {
        for cell in read.iter_mut().rev() {
            let mut defined_here = Vec::new();
            cell.definitions.retain(|it| {
                let is_replaced = it.is_stub() == stubs && it.is_in(&defined_later);
                if it.is_stub() == stubs {
                    defined_here.extend(it.name.clone());
                }
                !is_replaced
            });
            defined_later.extend(defined_here);
        }
    }
    read
}

impl Definition {
    /// A function that is not solved yet.
    pub fn is_stub(&self) -> bool {
        self.function.is_some()
            && ["todo", "unimplemented"]
                .iter()
                .any(|it| self.words.contains(*it))
    }

    fn is_in(&self, defined_later: &HashSet<String>) -> bool {
        let name = self.name.as_deref().unwrap_or_default();
        let of_replaced_type = name
            .strip_prefix("impl ")
            .map(|of| of.split_once(" for ").map_or(of, |(_, of)| of))
            .is_some_and(|of| defined_later.contains(&format!("type {of}")));
        let is_inherent = name.starts_with("impl ") && !name.contains(" for ");
        of_replaced_type || (!is_inherent && defined_later.contains(name))
    }
}

fn read_cell(cell: &CodeCell) -> Cell {
    let mut read = Cell {
        number: cell.number,
        source: without_commands(&cell.source),
        definitions: Vec::new(),
        broken: Vec::new(),
        closures: Vec::new(),
    };
    if read.add(0..read.source.len()) {
        return read;
    }
    for chunk in chunks(&read.source) {
        if !read.add(chunk.clone()) {
            let function = function_in(&read.source[chunk.clone()]);
            read.broken.push(Broken {
                range: chunk,
                function,
            });
        }
    }
    read
}

impl Cell {
    /// Takes what a piece of the source defines; false where it does not parse.
    fn add(&mut self, piece: Range<usize>) -> bool {
        let text = &self.source[piece.clone()];
        let Some(statements) = parse(text) else {
            return false;
        };
        for statement in &statements {
            let range = statement.span().byte_range();
            match statement {
                Stmt::Item(item) if !is_left_out(item) => {
                    let code = &text[range.clone()];
                    self.definitions.push(Definition {
                        name: name(item, text),
                        function: match item {
                            Item::Fn(item) => Some(item.sig.ident.to_string()),
                            _ => None,
                        },
                        words: words(code),
                        range: piece.start + range.start..piece.start + range.end,
                    });
                }
                Stmt::Local(local) => self.closures.extend(closure(local)),
                _ => {}
            }
        }
        true
    }
}

fn closure(local: &syn::Local) -> Option<String> {
    let pattern = match &local.pat {
        Pat::Type(pattern) => &pattern.pat,
        pattern => pattern,
    };
    match (pattern, &local.init.as_ref()?.expr.as_ref()) {
        (Pat::Ident(pattern), Expr::Closure(_)) => Some(pattern.ident.to_string()),
        _ => None,
    }
}

/// All words of a piece of code.
pub fn words(code: &str) -> HashSet<String> {
    let mut words = HashSet::new();
    let mut open: Vec<TokenStream> = code.parse().into_iter().collect();
    while let Some(tokens) = open.pop() {
        for token in tokens {
            match token {
                TokenTree::Group(group) => open.push(group.stream()),
                TokenTree::Ident(ident) => {
                    let ident = ident.to_string();
                    words.insert(ident.trim_start_matches("r#").to_owned());
                }
                _ => {}
            }
        }
    }
    words
}

/// A program has its own `main`, its crates by the command line, and the library's types from the
/// library.
fn is_left_out(item: &Item) -> bool {
    const TYPES: [&str; 5] = [
        "LayerSize",
        "Parameters",
        "Cache",
        "Gradients",
        "RandomState",
    ];
    match item {
        Item::Fn(function) => function.sig.ident == "main",
        Item::ExternCrate(_) => true,
        // It only asserts.
        Item::Const(item) => item.ident == "_",
        Item::Struct(item) => TYPES.iter().any(|it| item.ident == it),
        Item::Enum(item) => TYPES.iter().any(|it| item.ident == it),
        Item::Type(item) => TYPES.iter().any(|it| item.ident == it),
        _ => false,
    }
}

/// What an item is called, with its namespace.
fn name(item: &Item, source: &str) -> Option<String> {
    let (namespace, ident) = match item {
        Item::Fn(item) => ("value", &item.sig.ident),
        Item::Const(item) => ("value", &item.ident),
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
            let of = code(source, &item.self_ty);
            return Some(match &item.trait_ {
                Some((implemented, _)) => format!("impl {} for {of}", code(source, implemented)),
                None => format!("impl {of}"),
            });
        }
        _ => return None,
    };
    Some(format!("{namespace} {ident}"))
}

/// The source of a piece of syntax, whatever its line breaks.
fn code(source: &str, of: &impl Spanned) -> String {
    source[of.span().byte_range()].split_whitespace().collect()
}

/// Blanks the kernel's own commands, such as `:dep`, what other kernels take for one, such as `!ls`
/// and `%time`, and what is said of a whole program.
pub fn without_commands(source: &str) -> String {
    let lines = source.split_inclusive('\n');
    lines
        .map(|line| {
            let is_command = [":", "!", "%", "#![", "//!"]
                .iter()
                .any(|it| line.starts_with(it));
            match is_command {
                true => blank(line),
                false => line.to_owned(),
            }
        })
        .collect()
}

/// As many bytes, and the same lines.
fn blank(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect()
}
