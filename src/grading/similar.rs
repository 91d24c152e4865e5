//! Submissions whose code is the same but for names, comments and layout: something to look at,
//! never a verdict.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::grades::{EXERCISES, Submission};
use ex03_base::notebook;

/// In tokens. A shorter solution is everyone's.
const TOO_SHORT: usize = 60;
/// What more submissions than this have in common, and in one exercise alone, tells nothing of two
/// of them.
const MOST_IN_COMMON: usize = 6;
/// Exercises that must be the same, of those long enough to tell.
const FEWEST: usize = 2;

/// Submissions, by name, with the same code in some exercises.
#[derive(Debug, PartialEq)]
pub struct Similar {
    pub names: Vec<String>,
    pub exercises: Vec<&'static str>,
}

/// Finds those with the same code in two exercises or more. `known` is code that everyone has:
/// stubs, and the reference.
pub fn similar(submissions: &[Submission], known: &[String]) -> Vec<Similar> {
    let known: HashSet<u64> = known
        .iter()
        .flat_map(|source| EXERCISES.map(|exercise| fingerprint(source, exercise)))
        .flatten()
        .collect();
    // Who has which code, by exercise.
    let mut holders: BTreeMap<(usize, u64), Vec<usize>> = BTreeMap::new();
    for (who, submission) in submissions.iter().enumerate() {
        for grade in &submission.grades {
            let exercise = EXERCISES.iter().position(|name| *name == grade.exercise);
            let code = grade.code.as_ref();
            let print = code.and_then(|code| fingerprint(&code.source, grade.exercise));
            let (Some(exercise), Some(print)) = (exercise, print) else {
                continue;
            };
            if !known.contains(&print) {
                holders.entry((exercise, print)).or_default().push(who);
            }
        }
    }
    holders.retain(|_, who| who.len() > 1);
    let mut same: HashMap<Vec<usize>, Vec<usize>> = HashMap::new();
    // Pairs, of what few have in common.
    for ((exercise, _), who) in holders
        .iter()
        .filter(|(_, who)| who.len() <= MOST_IN_COMMON)
    {
        for (i, first) in who.iter().enumerate() {
            for second in &who[i + 1..] {
                same.entry(vec![*first, *second])
                    .or_default()
                    .push(*exercise);
            }
        }
    }
    // Any number of submissions, of those that have all in common.
    let mut whole: Vec<Vec<(usize, u64)>> = vec![Vec::new(); submissions.len()];
    for (key, who) in &holders {
        who.iter().for_each(|&who| whole[who].push(*key));
    }
    let mut groups: HashMap<&[(usize, u64)], Vec<usize>> = HashMap::new();
    for (who, keys) in whole.iter().enumerate() {
        groups.entry(keys).or_default().push(who);
    }
    for (keys, who) in groups.into_iter().filter(|(_, who)| who.len() > 1) {
        same.insert(who, keys.iter().map(|(exercise, _)| *exercise).collect());
    }
    let same: Vec<_> = same
        .into_iter()
        .filter(|(_, exercises)| exercises.len() >= FEWEST)
        .collect();
    // A pair within a group that shares no less is told by the group.
    let groups: Vec<_> = same.iter().filter(|(who, _)| who.len() > 2).collect();
    let is_within = |(who, exercises): &(Vec<usize>, Vec<usize>)| {
        groups.iter().any(|(group, theirs)| {
            group.len() > who.len()
                && who.iter().all(|who| group.binary_search(who).is_ok())
                && theirs.len() >= exercises.len()
        })
    };
    let mut told: Vec<_> = same.iter().filter(|same| !is_within(same)).collect();
    told.sort_by_key(|(who, exercises)| (usize::MAX - exercises.len(), who.clone()));
    told.into_iter()
        .map(|(who, exercises)| Similar {
            names: who.iter().map(|&i| submissions[i].name.clone()).collect(),
            exercises: exercises.iter().map(|&i| EXERCISES[i]).collect(),
        })
        .collect()
}

/// The code that everyone has: of the course's own notebooks, stubs and solutions.
pub fn known(project: &Path) -> Vec<String> {
    let folders = ["ejercicios", "soluciones"].map(|name| project.join("notebooks").join(name));
    folders
        .iter()
        .filter_map(|folder| notebook::in_folder(folder).ok())
        .flatten()
        .filter_map(|path| notebook::read(&path).ok())
        .flat_map(|notebook| notebook::code_cells(&notebook))
        .map(|cell| cell.source)
        .collect()
}

/// A hash of an exercise's function, whatever its author calls things; none where it is short, or
/// not to be found.
fn fingerprint(source: &str, exercise: &str) -> Option<u64> {
    let tokens: TokenStream = source.parse().ok()?;
    let function = function(tokens, exercise)?;
    let mut normal = Normal::default();
    normal.tokens(function);
    if normal.tokens.len() < TOO_SHORT {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    (exercise, normal.tokens).hash(&mut hasher);
    Some(hasher.finish())
}

/// The last function of that name: its parameters and its body.
fn function(tokens: TokenStream, name: &str) -> Option<Vec<TokenTree>> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let start = (1..tokens.len()).rev().find(|&i| {
        matches!(&tokens[i], TokenTree::Ident(it) if it == name)
            && matches!(&tokens[i - 1], TokenTree::Ident(it) if it == "fn")
    })?;
    let is_body = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    let length = tokens[start..].iter().position(is_body)? + 1;
    let parts = tokens[start + 1..start + length].iter();
    // Between parameters and body stands the type, which is given.
    let groups = parts.filter(|token| matches!(token, TokenTree::Group(_)));
    Some(groups.cloned().collect())
}

/// Tokens as text, with what the author named renamed in order of appearance.
#[derive(Default)]
struct Normal {
    tokens: Vec<String>,
    names: HashMap<String, usize>,
}

impl Normal {
    fn tokens(&mut self, tokens: Vec<TokenTree>) {
        let is = |at: Option<&TokenTree>, c: char| matches!(at, Some(TokenTree::Punct(punct)) if punct.as_char() == c);
        for (i, token) in tokens.iter().enumerate() {
            let before = i.checked_sub(1).and_then(|i| tokens.get(i));
            match token {
                TokenTree::Ident(ident) => {
                    let name = ident.to_string();
                    // Methods, fields, paths and macros are not the author's to name; nor are types
                    // and keywords.
                    let is_path = is(before, ':')
                        && is(i.checked_sub(2).and_then(|i| tokens.get(i)), ':')
                        || is(tokens.get(i + 1), ':') && is(tokens.get(i + 2), ':');
                    let is_macro = is(tokens.get(i + 1), '!');
                    let is_field =
                        is(before, '.') && !is(i.checked_sub(2).and_then(|i| tokens.get(i)), '.');
                    let given = is_path || is_macro || is_field || is_given(&name);
                    let text = if given { name } else { self.renamed(name) };
                    self.tokens.push(text);
                }
                TokenTree::Group(group) => {
                    // `///` and attributes are comments.
                    if is(before, '#') {
                        self.tokens.pop();
                        continue;
                    }
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    self.tokens.push(format!("{:?}(", group.delimiter()));
                    match (before, group.delimiter()) {
                        (Some(TokenTree::Ident(name)), Delimiter::Brace)
                            if is_type(&name.to_string()) =>
                        {
                            self.fields(&inner)
                        }
                        _ => self.tokens(inner),
                    }
                    self.tokens.push(")".to_owned());
                }
                TokenTree::Punct(punct) => {
                    // A comma before a bracket is layout.
                    if !(punct.as_char() == ',' && i + 1 == tokens.len()) {
                        self.tokens.push(punct.to_string());
                    }
                }
                TokenTree::Literal(literal) => self.tokens.push(literal.to_string()),
            }
        }
    }

    /// Of a struct: `{ w1, b1: bias }` names its fields, which are given, and variables, which are
    /// not.
    fn fields(&mut self, tokens: &[TokenTree]) {
        let fields = tokens
            .split(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ','));
        for field in fields.filter(|field| !field.is_empty()) {
            match field {
                [TokenTree::Ident(name)] => {
                    let renamed = self.renamed(name.to_string());
                    self.tokens
                        .extend([name.to_string(), ":".to_owned(), renamed]);
                }
                [
                    TokenTree::Ident(name),
                    colon @ TokenTree::Punct(_),
                    value @ ..,
                ] => {
                    self.tokens.extend([name.to_string(), colon.to_string()]);
                    self.tokens(value.to_vec());
                }
                other => self.tokens(other.to_vec()),
            }
            self.tokens.push(",".to_owned());
        }
    }

    fn renamed(&mut self, name: String) -> String {
        let next = self.names.len();
        format!("_{}", self.names.entry(name).or_insert(next))
    }
}

fn is_given(name: &str) -> bool {
    const KEYWORDS: [&str; 18] = [
        "let", "mut", "ref", "for", "in", "if", "else", "while", "loop", "match", "return", "move",
        "as", "fn", "break", "continue", "true", "false",
    ];
    const PRIMITIVES: [&str; 8] = ["f64", "f32", "usize", "i32", "u32", "i64", "u64", "bool"];
    KEYWORDS.contains(&name)
        || PRIMITIVES.contains(&name)
        || EXERCISES.contains(&name)
        || is_type(name)
}

fn is_type(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}
