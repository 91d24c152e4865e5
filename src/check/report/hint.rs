//! What a student is told of a mistake that a check recognises. It stays in its parts to the last
//! page, so that each page can fold them away, and no text of a student's can be taken for one of
//! them.

/// A mistake in stages: a question that leads to it, what is wrong, and the formula put right. None
/// gives the line of code away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The mistake's name in JSON, such as `missing_mean`.
    pub id: &'static str,
    /// What is wrong.
    pub wrong: &'static str,
    /// What leads the student to see it.
    pub question: &'static str,
    /// The formula of the slide, put right.
    pub formula: &'static str,
}

impl Hint {
    /// Its stages in the order in which they are told, each with its title.
    pub fn stages(&self) -> [(&'static str, &'static str); 3] {
        [
            ("Para pensar", self.question),
            ("El diagnóstico", self.wrong),
            ("La fórmula", self.formula),
        ]
    }
}
