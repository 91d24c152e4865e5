//! A source file without what no type depends on: the bodies of functions, the attributes by which std
//! notes its own state, and of the documentation of what macros make, all but the first line, since each
//! of the twelve integer types has a copy of that.
//!
//! What is left is not for rustc, only for rust-analyzer, which completes names, finds types and shows
//! documentation by it.

use std::ops::Range;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// In place of a body. It has any type that the function may return.
const BODY: &str = "loop{}";

/// They speak to rustc alone.
const ATTRIBUTES: [&str; 14] = [
    "allow",
    "cold",
    "deny",
    "diagnostic",
    "inline",
    "must_use",
    "rustc_const_stable",
    "rustc_const_unstable",
    "rustc_inherit_overflow_checks",
    "rustc_on_unimplemented",
    "stable",
    "track_caller",
    "unstable",
    "warn",
];

/// None where the text is not made of Rust's tokens.
pub fn of(source: &str) -> Option<String> {
    let tokens: TokenStream = source.parse().ok()?;
    let mut cuts = Cuts::default();
    cuts.find(tokens, Place::Open);
    Some(cuts.apply(source))
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Open,
    InMacro,
}

/// What is cut out of a text, in order, and what stands there then.
#[derive(Default)]
struct Cuts(Vec<(Range<usize>, &'static str)>);

impl Cuts {
    fn find(&mut self, tokens: TokenStream, place: Place) {
        let mut after_fn = false;
        let mut after_macro = false;
        let mut after_doc = false;
        let mut hash = None;
        for token in tokens {
            let attribute = hash.take();
            match token {
                TokenTree::Ident(word) => {
                    after_doc = false;
                    after_fn |= word == "fn";
                    after_macro |= word == "macro_rules" || word == "macro";
                }
                // `fn` without a body ends so, and a type such as `fn(f64) -> f64`.
                TokenTree::Punct(mark) if mark.as_char() == ';' => after_fn = false,
                TokenTree::Punct(mark) if mark.as_char() == '#' => {
                    hash = Some(mark.span().byte_range().start);
                }
                // Of an inner attribute, `#![…]`.
                TokenTree::Punct(mark) if mark.as_char() == '!' => hash = attribute,
                TokenTree::Group(group) => match (group.delimiter(), attribute) {
                    (Delimiter::Bracket, Some(start)) => {
                        let kind = kind(&group);
                        let is_more =
                            place == Place::InMacro && (after_doc || kind == Kind::MadeDoc);
                        if kind == Kind::ForRustc || kind.is_doc() && is_more {
                            self.0.push((start..group.span().byte_range().end, ""));
                        }
                        after_doc |= kind.is_doc();
                    }
                    (Delimiter::Brace, _) if after_fn => {
                        let inside = group.span_open().byte_range().end
                            ..group.span_close().byte_range().start;
                        self.0.push((inside, BODY));
                        after_fn = false;
                    }
                    (delimiter, _) => {
                        let inside = if after_macro { Place::InMacro } else { place };
                        self.find(group.stream(), inside);
                        after_macro &= delimiter != Delimiter::Brace;
                    }
                },
                _ => {}
            }
        }
    }

    fn apply(&self, source: &str) -> String {
        let mut rest = 0;
        let mut text = String::with_capacity(source.len());
        for (range, instead) in &self.0 {
            text += &source[rest..range.start];
            text += instead;
            rest = range.end;
        }
        text + &source[rest..]
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// A line of documentation.
    Doc,
    /// `#[doc = concat!(…)]`
    MadeDoc,
    ForRustc,
    Other,
}

impl Kind {
    fn is_doc(self) -> bool {
        matches!(self, Kind::Doc | Kind::MadeDoc)
    }
}

fn kind(attribute: &Group) -> Kind {
    let mut tokens = attribute.stream().into_iter();
    match tokens.next() {
        Some(TokenTree::Ident(name)) if name == "doc" => match tokens.nth(1) {
            Some(TokenTree::Literal(_)) => Kind::Doc,
            _ => Kind::MadeDoc,
        },
        Some(TokenTree::Ident(name)) if ATTRIBUTES.iter().any(|it| name == *it) => Kind::ForRustc,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_documentation_stay() {
        let source = "\
//! Numbers.
/// Half of it.
#[inline]
#[stable(feature = \"half\", since = \"1.0.0\")]
#[cfg(test)]
pub fn half(x: f64) -> f64 {
    x / { 2.0 }
}
pub trait Named {
    fn name(&self) -> [u8; 4];
    const LONGEST: usize = { 4 };
}
pub struct Holds { pub call: fn(f64) -> f64, pub y: f64 }
";
        let expected = source
            .replace("#[inline]", "")
            .replace("#[stable(feature = \"half\", since = \"1.0.0\")]", "")
            .replace("\n    x / { 2.0 }\n", BODY);
        assert_eq!(of(source).unwrap(), expected);
    }

    #[test]
    fn what_a_macro_makes_keeps_a_line_of_documentation() {
        let source = "\
macro_rules! int {
    ($t:ty) => {
        /// Doubles it.
        ///
        #[doc = concat!(\"Of \", stringify!($t))]
        pub fn double(x: $t) -> $t { x + x }
        /// Halves it.
        pub fn half(x: $t) -> $t { x / 2 }
    }
}";
        let expected = source
            .replace("///\n", "\n")
            .replace("#[doc = concat!(\"Of \", stringify!($t))]", "")
            .replace(" x + x ", BODY)
            .replace(" x / 2 ", BODY);
        assert_eq!(of(source).unwrap(), expected);
    }

    #[test]
    fn what_is_not_rust_is_left_alone() {
        assert_eq!(of("fn f() { \"no end"), None);
    }
}
