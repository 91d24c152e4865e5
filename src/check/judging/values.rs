//! Which outputs are right and which are not, in sentences.

use super::answer::{Kind, Output};
use crate::check::report::{capitalised, in_words, short};

/// One output in all cases in which there was an answer: expected, got, and the case's m.
pub struct Values<'a> {
    pub name: &'static str,
    pub pairs: Vec<(&'a Output, &'a Output, usize)>,
}

/// More numbers than this are too many to tell one by one.
const MOST_NUMBERS: usize = 3;

/// Which outputs are right, which are not, and `with_factors`, by what they are off.
pub fn wrong_values(outputs: &[Values], with_factors: bool) -> String {
    let (right, wrong): (Vec<_>, Vec<_>) = outputs.iter().partition(|output| output.right());
    let mut sentences: Vec<String> = wrong
        .iter()
        .take(MOST_NUMBERS)
        .filter_map(|output| output.in_a_sentence())
        .collect();
    if sentences.is_empty() {
        sentences.push(right_and_wrong(&right, &wrong));
    } else if !right.is_empty() && outputs.len() <= MOST_NUMBERS {
        let verb = verb(&right, "está", "están");
        sentences.push(format!("{} {verb} bien.", names_of(&right)));
    }
    if with_factors {
        sentences.extend(factors(&wrong));
    }
    let sentences: Vec<String> = sentences.iter().map(|text| capitalised(text)).collect();
    sentences.join(" ")
}

fn right_and_wrong(right: &[&Values], wrong: &[&Values]) -> String {
    if right.is_empty() {
        let verb = verb(wrong, "coincide", "coinciden");
        format!("{} no {verb} con lo esperado.", names_of(wrong))
    } else {
        let verb = verb(right, "está", "están");
        format!("{} {verb} bien; {} no.", names_of(right), names_of(wrong))
    }
}

fn names_of(outputs: &[&Values]) -> String {
    in_words(&outputs.iter().map(|output| output.name).collect::<Vec<_>>())
}

fn verb<'a>(outputs: &[&Values], one: &'a str, several: &'a str) -> &'a str {
    match outputs {
        [output] if !is_plural(output.name) => one,
        _ => several,
    }
}

/// "los costos", not "el costo".
pub fn is_plural(name: &str) -> bool {
    ["los ", "las "]
        .iter()
        .any(|article| name.starts_with(article))
}

/// What a value is times the expected one, of the number of examples.
type Times = fn(f64) -> f64;

/// Factors that have a name, and what is said of one output that is off by it, and of several.
const FACTORS: [(Times, [&str; 2]); 5] = [
    (|_| 0.0, ["es siempre cero", "son siempre cero"]),
    (
        |_| -1.0,
        ["tiene el signo contrario", "tienen el signo contrario"],
    ),
    (|m| m, ["es m veces lo esperado", "son m veces lo esperado"]),
    (
        |m| 1.0 / m,
        [
            "es lo esperado dividido entre m",
            "son lo esperado dividido entre m",
        ],
    ),
    (
        |m| m / (m - 1.0),
        [
            "es m/(m − 1) veces lo esperado, como si dividieras entre m − 1",
            "son m/(m − 1) veces lo esperado, como si dividieras entre m − 1",
        ],
    ),
];

/// A sentence for each factor, with all outputs that are off by it.
fn factors(wrong: &[&Values]) -> Vec<String> {
    let mut said: Vec<([String; 2], Vec<&Values>)> = Vec::new();
    for output in wrong {
        let Some(words) = output.off_by() else {
            continue;
        };
        match said.iter_mut().find(|(others, _)| *others == words) {
            Some((_, outputs)) => outputs.push(output),
            None => said.push((words, vec![output])),
        }
    }
    let sentences = said.iter().map(|([one, several], outputs)| {
        let words = verb(outputs, one, several);
        format!("{} {words}.", names_of(outputs))
    });
    sentences.collect()
}

impl Values<'_> {
    fn right(&self) -> bool {
        self.pairs
            .iter()
            .all(|(expected, got, _)| expected.fits(got))
    }

    /// Of a single number, what it should be and what it is, in the first case where they differ; of zeros,
    /// that they should be.
    fn in_a_sentence(&self) -> Option<String> {
        let (expected, got, _) = self.pairs.iter().find(|(e, g, _)| !e.fits(g))?;
        let (should_be, is) = match is_plural(self.name) {
            true => ("deberían ser", "son"),
            false => ("debería ser", "es"),
        };
        if expected.kind == Kind::Zeros {
            return Some(format!("{} {should_be} cero, y no lo {is}.", self.name));
        }
        let (e, g) = (expected.values.get((0, 0))?, got.values.get((0, 0))?);
        (expected.values.len() == 1 && got.values.len() == 1).then(|| {
            format!(
                "{} {should_be} {}, y {is} {}.",
                self.name,
                short(*e),
                short(*g)
            )
        })
    }

    /// What is said, of one output and of several, where all that came is the expected times the same factor.
    fn off_by(&self) -> Option<[String; 2]> {
        let factors: Option<Vec<(f64, f64)>> = self
            .pairs
            .iter()
            .map(|(expected, got, m)| Some((factor(expected, got)?, *m as f64)))
            .collect();
        let factors = factors?;
        let is = |times: &dyn Fn(f64) -> f64| {
            let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * b.abs();
            factors.iter().all(|&(c, m)| near(c, times(m)))
        };
        if let Some((_, words)) = FACTORS.iter().find(|(times, _)| is(times)) {
            return Some(words.map(str::to_owned));
        }
        let &(first, _) = factors.first()?;
        let is_constant = factors.len() > 1 && is(&|_| first);
        is_constant.then(|| {
            ["es", "son"].map(|verb| format!("{verb} siempre {} veces lo esperado", short(first)))
        })
    }
}

fn factor(expected: &Output, got: &Output) -> Option<f64> {
    if !expected.same_shape(got) {
        return None;
    }
    let pairs = || expected.values.iter().zip(&got.values);
    let (e, g) = pairs().max_by(|a, b| a.0.abs().total_cmp(&b.0.abs()))?;
    let factor = g / e;
    let is_off =
        |(e, g): (&f64, &f64)| (e * factor - g).abs() > 1e-6 * (g.abs() + factor.abs() * 1e-6);
    (factor.is_finite() && !pairs().any(is_off)).then_some(factor)
}
