//! Which mistakes explain an answer.

use super::answer::{Answer, Output, same};
use super::case::Case;
use super::panics::catch;
use super::trial::Trial;

/// A mistake (its place in the trial's hints), and where it is: in all that it touches, or in these parts of
/// the answer alone.
pub struct Mistake {
    pub place: usize,
    pub only_in: Vec<&'static str>,
}

/// The mistake, or else the two mistakes, that explain every answer. The simpler explanation comes first: one
/// mistake before one in some parts of the answer, and that before two.
pub fn explain(trial: &Trial, expected: &[Answer], got: &[Answer]) -> Vec<Mistake> {
    let search = Search {
        trial,
        expected,
        got,
    };
    if let Some(one) = search.one() {
        return everywhere(&[one]);
    }
    // NaN and infinity look alike whatever they came of: that two mistakes give one tells nothing.
    let outputs = got.iter().filter_map(|answer| answer.as_ref().ok());
    if outputs
        .flatten()
        .any(|output| output.first_not_finite().is_some())
    {
        return Vec::new();
    }
    let parts = search.parts();
    let one = parts.as_deref().and_then(one_in_parts);
    one.or_else(|| search.two().map(|two| everywhere(&two)))
        .or_else(|| parts.as_deref().and_then(two_in_parts))
        .unwrap_or_default()
}

fn everywhere(mistakes: &[usize]) -> Vec<Mistake> {
    let mistakes = mistakes.iter();
    mistakes
        .map(|&place| Mistake {
            place,
            only_in: Vec::new(),
        })
        .collect()
}

struct Search<'a> {
    trial: &'a Trial<'a>,
    expected: &'a [Answer],
    got: &'a [Answer],
}

impl Search<'_> {
    fn cases(&self) -> impl Iterator<Item = (&Case, &Answer, &Answer)> {
        let answers = self.expected.iter().zip(self.got);
        let cases = self.trial.cases.iter().zip(answers);
        cases.map(|(case, (expected, got))| (*case, expected, got))
    }

    fn all(&self) -> std::ops::Range<usize> {
        0..self.trial.hints.len()
    }

    fn explains(&self, mistakes: &[usize]) -> bool {
        let mut evidence = false;
        // One case after the other: most mistakes are ruled out by the first.
        self.cases().all(|(case, expected, got)| {
            let answer = catch(|| (self.trial.answer)(case, mistakes));
            evidence |= is_evidence(&answer, expected);
            same(&answer, got)
        }) && evidence
    }

    fn one(&self) -> Option<usize> {
        self.all().find(|&one| self.explains(&[one]))
    }

    fn two(&self) -> Option<[usize; 2]> {
        // Only those that touch what is wrong are worth trying together.
        let wrong = self
            .cases()
            .map(|(_, expected, got)| Touched::by(expected, got))
            .fold(Touched(0), Touched::union);
        let worth = |&one: &usize| {
            self.cases()
                .map(|(case, expected, _)| {
                    Touched::by(expected, &catch(|| (self.trial.answer)(case, &[one])))
                })
                .fold(Touched(0), Touched::union)
                .meets(wrong)
        };
        let worth: Vec<usize> = self.all().filter(worth).collect();
        let hints = self.trial.hints;
        for (i, &first) in worth.iter().enumerate() {
            for &second in &worth[i + 1..] {
                if hints[first].id != hints[second].id && self.explains(&[first, second]) {
                    return Some([first, second]);
                }
            }
        }
        None
    }

    /// The wrong outputs, each with the mistakes that explain it by itself; none where there are answers
    /// without outputs.
    fn parts(&self) -> Option<Vec<Part>> {
        let mut parts: Vec<Part> = Vec::new();
        for (_, expected, got) in self.cases() {
            let (expected, got) = (expected.as_ref().ok()?, got.as_ref().ok()?);
            let wrong = expected.iter().zip(got).filter(|(e, g)| !e.fits(g));
            for (output, _) in wrong {
                if parts.iter().all(|part| part.output != output.name) {
                    parts.push(Part {
                        output: output.name,
                        of: output.part,
                        mistakes: Vec::new(),
                    });
                }
            }
        }
        for mistake in self.all() {
            let Some(answers) = self.outputs_of(mistake) else {
                continue;
            };
            for part in &mut parts {
                let fits = self.cases().zip(&answers).all(|((_, _, got), answer)| {
                    let got = got.as_ref().map_or(&[][..], Vec::as_slice);
                    let mut outputs = answer.iter().zip(got);
                    outputs.all(|(a, g)| a.name != part.output || a.fits(g))
                });
                if fits {
                    part.mistakes.push(mistake);
                }
            }
        }
        Some(parts)
    }

    fn outputs_of(&self, mistake: usize) -> Option<Vec<Vec<Output>>> {
        self.cases()
            .map(|(case, _, _)| catch(|| (self.trial.answer)(case, &[mistake])).ok())
            .collect()
    }
}

/// A wrong output, and what explains it by itself.
struct Part {
    output: &'static str,
    /// The part of the answer that it tells of.
    of: &'static str,
    mistakes: Vec<usize>,
}

fn one_in_parts(parts: &[Part]) -> Option<Vec<Mistake>> {
    let mut of_first = parts.first()?.mistakes.iter();
    let place = *of_first.find(|it| parts.iter().all(|part| part.mistakes.contains(it)))?;
    Some(vec![in_parts(place, parts.iter())])
}

fn two_in_parts(parts: &[Part]) -> Option<Vec<Mistake>> {
    let first = *parts.first()?.mistakes.first()?;
    let has_first = |part: &&Part| part.mistakes.contains(&first);
    let (ours, others): (Vec<&Part>, Vec<&Part>) = parts.iter().partition(has_first);
    let mut of_other = others.first()?.mistakes.iter();
    let second = *of_other.find(|it| others.iter().all(|part| part.mistakes.contains(it)))?;
    Some(vec![
        in_parts(first, ours.into_iter()),
        in_parts(second, others.into_iter()),
    ])
}

fn in_parts<'a>(place: usize, parts: impl Iterator<Item = &'a Part>) -> Mistake {
    let mut only_in: Vec<&str> = Vec::new();
    for part in parts.map(|part| part.of) {
        if !part.is_empty() && !only_in.contains(&part) {
            only_in.push(part);
        }
    }
    Mistake { place, only_in }
}

/// Which outputs differ from the right ones, a bit each; all of them where there are none.
#[derive(Clone, Copy)]
struct Touched(u32);

impl Touched {
    fn by(expected: &Answer, got: &Answer) -> Touched {
        let (Ok(expected), Ok(got)) = (expected, got) else {
            return Touched(u32::MAX);
        };
        let differ = expected.iter().zip(got).enumerate();
        Touched(
            differ
                .filter(|(_, (e, g))| !e.fits(g))
                .fold(0, |bits, (i, _)| bits | 1 << i),
        )
    }

    fn union(self, other: Touched) -> Touched {
        Touched(self.0 | other.0)
    }

    fn meets(self, other: Touched) -> bool {
        self.0 & other.0 != 0
    }
}

/// Whether an answer could not as well come of another mistake: a value that differs, or a panic that names
/// shapes.
fn is_evidence(answer: &Answer, expected: &Answer) -> bool {
    match answer {
        Ok(_) => !same(expected, answer),
        Err(panic) => panic.names_shapes(),
    }
}
