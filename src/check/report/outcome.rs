//! How a student's function did, in a word: for the checks, the grader, and every page.

/// How a student's function did. A check gives the first four; the grader, which also compiles and
/// confines, the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    Correct,
    Incorrect,
    /// `todo!()` is still there.
    Unsolved,
    Panicked,
    DoesNotCompile,
    WrongSignature,
    TimedOut,
    OutOfMemory,
    /// There is no such function in the notebook.
    Missing,
    /// The function asks for what no exercise needs.
    Refused,
}

impl Outcome {
    /// All of them, in the order of this list.
    pub const ALL: [Outcome; 10] = [
        Outcome::Correct,
        Outcome::Incorrect,
        Outcome::Unsolved,
        Outcome::Panicked,
        Outcome::DoesNotCompile,
        Outcome::WrongSignature,
        Outcome::TimedOut,
        Outcome::OutOfMemory,
        Outcome::Missing,
        Outcome::Refused,
    ];

    /// Its word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Correct => "correct",
            Outcome::Incorrect => "incorrect",
            Outcome::Unsolved => "unsolved",
            Outcome::Panicked => "panicked",
            Outcome::DoesNotCompile => "does_not_compile",
            Outcome::WrongSignature => "wrong_signature",
            Outcome::TimedOut => "timed_out",
            Outcome::OutOfMemory => "out_of_memory",
            Outcome::Missing => "missing",
            Outcome::Refused => "refused",
        }
    }

    /// Its words for a reader.
    pub fn in_spanish(self) -> &'static str {
        match self {
            Outcome::Correct => "correcto",
            Outcome::Incorrect => "incorrecto",
            Outcome::Unsolved => "sin resolver",
            Outcome::Panicked => "se detuvo con un error",
            Outcome::DoesNotCompile => "no compila",
            Outcome::WrongSignature => "tiene otra firma",
            Outcome::TimedOut => "no termina a tiempo",
            Outcome::OutOfMemory => "se queda sin memoria",
            Outcome::Missing => "no está",
            Outcome::Refused => "no se admite",
        }
    }

    /// Whether a report's message says more than the outcome's word.
    pub(super) fn explains(self) -> bool {
        !matches!(self, Outcome::Correct | Outcome::Unsolved)
    }

    pub(super) fn mark(self) -> &'static str {
        match self {
            Outcome::Correct => "✔",
            Outcome::Unsolved => "○",
            _ => "✘",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_has_a_name_and_words_of_its_own() {
        let names: std::collections::HashSet<_> = Outcome::ALL.map(Outcome::name).into();
        let words: std::collections::HashSet<_> = Outcome::ALL.map(Outcome::in_spanish).into();
        assert_eq!((names.len(), words.len()), (10, 10));
    }
}
