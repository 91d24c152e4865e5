//! The functions that cells have defined. evcxr writes all of them into each cell's program, in full.
//! We compile them once, as a program of their own, and in the cell's program name those that it calls:
//! it is then shorter, and the same whatever a student wrote in them, so that a cell that the course
//! gives was compiled before.

use std::collections::HashSet;
use std::ops::Range;

use syn::spanned::Spanned;
use syn::{FnArg, Item, ItemFn, ReturnType, Safety, Type};

use super::variables::{self, words};

/// A program in two.
pub struct Parts {
    /// What cells have defined, if anything, as a program that says where the functions are.
    pub definitions: Option<String>,
    /// The cell's statements, with each function called where it is. No line moves.
    pub brief: String,
}

/// The parts of a program; None where it has more than functions, or is not understood.
pub fn parts(program: &str) -> Option<Parts> {
    let cells = Cells::read(program)?;
    let defines = !cells.functions.is_empty();
    Some(Parts {
        definitions: defines.then(|| cells.definitions()),
        brief: cells.brief(program),
    })
}

fn stand_in(name: &str, kind: &Kind) -> String {
    let names: Vec<String> = (0..kind.takes.len()).map(|i| format!("a{i}")).collect();
    let takes = names.iter().zip(&kind.takes);
    let takes: Vec<String> = takes
        .map(|(name, kind)| format!("{name}: {kind}"))
        .collect();
    format!(
        "fn {name}({}) {} {{ static LINK: ::ex03_utils::cells::Link = ::ex03_utils::cells::Link::to({:?}); \
         let it: {} = unsafe {{ ::std::mem::transmute(LINK.follow()) }}; it({}) }}",
        takes.join(", "),
        kind.gives,
        kind.key(name),
        kind.pointer(),
        names.join(", ")
    )
}

/// What cells have defined.
struct Cells<'a> {
    functions: Vec<Function<'a>>,
    imports: Vec<&'a str>,
    statements: &'a str,
    /// Where evcxr has put what keeps a notebook's variables.
    store: Option<Range<usize>>,
}

struct Function<'a> {
    name: String,
    text: &'a str,
    place: Range<usize>,
    /// If it can be called without knowing more of it than its type.
    kind: Option<Kind>,
}

/// A function's type, in words.
struct Kind {
    takes: Vec<String>,
    gives: String,
}

impl Cells<'_> {
    /// None where cells have defined more than functions, or where the program is not understood.
    fn read(program: &str) -> Option<Cells<'_>> {
        let file = syn::parse_file(program).ok()?;
        let mut cells = Cells {
            functions: Vec::new(),
            imports: Vec::new(),
            statements: variables::statements(program)?,
            store: None,
        };
        for item in &file.items {
            let place = item.span().byte_range();
            let text = &program[place.clone()];
            match item {
                Item::Fn(it) if it.sig.abi.is_some() && text.contains("run_user_code") => {}
                Item::Fn(it) => cells.functions.push(Function {
                    // Where a word ends is known of ASCII alone.
                    name: Some(it.sig.ident.to_string()).filter(|it| it.is_ascii())?,
                    text,
                    place,
                    kind: Kind::of(it, program),
                }),
                Item::Use(_) => cells.imports.push(text),
                Item::Struct(it) if it.ident == "EvcxrUserCodeError" => {}
                Item::Impl(_) if text.contains("EvcxrUserCodeError") => {}
                Item::Mod(it) if it.ident == "evcxr_internal_runtime" => cells.store = Some(place),
                _ => return None,
            }
        }
        Some(cells)
    }

    fn definitions(&self) -> String {
        let functions = self.functions.iter().map(|it| it.text);
        let mut parts: Vec<&str> = self.imports.iter().copied().chain(functions).collect();
        // evcxr repeats the imports of a cell that is run again, and has no order.
        parts.sort_unstable();
        parts.dedup();
        let places = self.functions.iter().filter_map(|it| {
            let kind = it.kind.as_ref()?;
            Some(format!(
                "({:?}, {} as *const ())",
                kind.key(&it.name),
                it.name
            ))
        });
        let mut places: Vec<String> = places.collect();
        places.sort_unstable();
        format!(
            "{}\n#[unsafe(no_mangle)]\n\
             pub extern \"C\" fn run_user_code(store: *mut ::std::ffi::c_void) -> *mut ::std::ffi::c_void {{\n\
             ::ex03_utils::cells::define(&[{}]);\nstore\n}}\n",
            parts.join("\n"),
            places.join(", ")
        )
    }

    fn brief(&self, program: &str) -> String {
        let named = self.named();
        let mut brief = program.to_owned();
        let mut replace = |place: Range<usize>, instead: &str| {
            let lines = "\n".repeat(program[place.clone()].matches('\n').count());
            brief.replace_range(place, &format!("{instead}{lines}"));
        };
        // From the last to the first, so that no place moves. evcxr's own come after the functions.
        if let Some(store) = &self.store {
            let ours = "use ::ex03_utils::cells::store as evcxr_internal_runtime;";
            replace(store.clone(), ours);
        }
        for function in self.functions.iter().rev() {
            let instead = match (named.contains(&*function.name), &function.kind) {
                (false, _) => String::new(),
                (true, Some(kind)) => stand_in(&function.name, kind),
                (true, None) => continue,
            };
            replace(function.place.clone(), &instead);
        }
        brief
    }

    /// The words of the statements, and of the functions that stand in full among them.
    fn named(&self) -> HashSet<&str> {
        let mut named: HashSet<&str> = words(self.statements).collect();
        loop {
            let in_full = self.functions.iter();
            let in_full = in_full.filter(|it| it.kind.is_none() && named.contains(&*it.name));
            let more: Vec<&str> = in_full.flat_map(|it| words(it.text)).collect();
            let before = named.len();
            named.extend(more);
            if named.len() == before {
                return named;
            }
        }
    }
}

impl Kind {
    fn of(function: &ItemFn, program: &str) -> Option<Kind> {
        let sig = &function.sig;
        let is_plain = sig.generics.params.is_empty()
            && sig.generics.where_clause.is_none()
            && sig.asyncness.is_none()
            && matches!(sig.safety, Safety::Default)
            && sig.constness.is_none()
            && sig.abi.is_none()
            && sig.variadic.is_none()
            && function.attrs.iter().all(|it| it.path().is_ident("doc"));
        if !is_plain {
            return None;
        }
        let takes = sig.inputs.iter().map(|input| match input {
            FnArg::Typed(it) => in_words(&it.ty, program),
            FnArg::Receiver(_) => None,
        });
        let gives = match &sig.output {
            ReturnType::Default => String::new(),
            ReturnType::Type(_, kind) => format!("-> {}", in_words(kind, program)?),
        };
        Some(Kind {
            takes: takes.collect::<Option<_>>()?,
            gives,
        })
    }

    fn pointer(&self) -> String {
        format!("fn({}) {}", self.takes.join(", "), self.gives)
    }

    fn key(&self, name: &str) -> String {
        format!("{name}: {}", self.pointer())
    }
}

/// A type as it is written, on one line. None where it is no type of a pointer to a function.
fn in_words(kind: &Type, program: &str) -> Option<String> {
    let text = &program[kind.span().byte_range()];
    let is_plain = words(text).all(|word| word != "impl") && !text.contains('/');
    is_plain.then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::variables::tests::program;

    const INNER: &str = "fn inner(a: f64) -> f64 {\n    a + 1.0\n}";
    const OUTER: &str =
        "fn outer(a: &[f64],\n    (b, _): (f64, f64)) -> &f64 {\n    inner(b); &a[0]\n}";
    const OTHER: &str = "fn other<T>(t: T) -> T {\n    inner(1.0); t\n}";

    fn parts_of(definitions: &[&str], statements: &str) -> Option<Parts> {
        parts(&program(&definitions.join("\n"), &["a"], statements))
    }

    #[test]
    fn a_cell_holds_what_it_calls_and_not_what_that_does() {
        let functions = ["use ours::*;", INNER, OUTER];
        let brief = parts_of(&functions, "outer(&a, (1.0, 2.0));")
            .unwrap()
            .brief;
        assert!(brief.contains("fn outer(a0: &[f64], a1: (f64, f64)) -> &f64 {"));
        assert!(brief.contains("fn(&[f64], (f64, f64)) -> &f64"), "{brief}");
        assert!(!brief.contains("inner") && brief.contains("use ours::*;"));
        // evcxr finds the place of an error by its line.
        let whole = program(&functions.join("\n"), &["a"], "outer(&a, (1.0, 2.0));");
        let line = |text: &str| text.lines().position(|it| it == "outer(&a, (1.0, 2.0));");
        assert_eq!(line(&brief), line(&whole));

        let changed = OUTER.replace("&a[0]", "&a[1]");
        let other = ["use ours::*;", INNER, &changed];
        let other = parts_of(&other, "outer(&a, (1.0, 2.0));").unwrap();
        assert_eq!(other.brief, brief);
        assert!(other.definitions.unwrap().contains("&a[1]"));
    }

    #[test]
    fn a_generic_function_stands_in_full_and_what_it_calls_does_not() {
        let Parts { definitions, brief } = parts_of(&[INNER, OTHER], "other(3);").unwrap();
        let definitions = definitions.unwrap();
        assert!(brief.contains(OTHER) && brief.contains("Link::to(\"inner: fn(f64) -> f64\")"));
        assert!(definitions.contains("define(&[(\"inner: fn(f64) -> f64\", inner as *const ())])"));
    }

    #[test]
    fn definitions_are_the_same_in_whatever_order_they_come() {
        let of = |functions: &[&str]| parts_of(functions, "").unwrap().definitions;
        assert_eq!(
            of(&["use ours::*;", INNER, OTHER]),
            of(&[OTHER, "use ours::*;", INNER, "use ours::*;"])
        );
    }

    #[test]
    fn where_cells_define_more_than_functions_there_are_no_parts() {
        for other in [
            "struct S;",
            "static N: u8 = 1;",
            "macro_rules! m { () => {} }",
            "mod m {}",
        ] {
            assert!(
                parts_of(&[INNER, other], "inner(1.0);").is_none(),
                "{other}"
            );
        }
        let imports = parts_of(&["use ours::*;"], "1;").unwrap();
        assert!(imports.definitions.is_none());
        assert!(parts_of(&["fn f( {}"], "1").is_none());
    }
}
