//! What a function answered on one case, as named matrices, and when two of them count as equal.

use ndarray::{Array2, arr2};

use super::panics::Panic;

/// Round-off between right formulas is about 1e-12 of the largest value; the smallest mistake that
/// a case shows is far above 1e-6 of it.
const ROUND_OFF: f64 = 1e-6;
/// What counts as zero where everything expected is zero.
const ALMOST_ZERO: f64 = 1e-12;

/// One matrix of an answer, under the name that the exercise gives it.
#[derive(Clone, Debug)]
pub(in crate::check) struct Output {
    /// What a reader is told that this is, such as "W1" or "la media de W1".
    pub name: &'static str,
    /// The part of the student's answer that it tells of, such as "W1"; of several, empty.
    pub part: &'static str,
    pub values: Array2<f64>,
    tolerance: f64,
    pub kind: Kind,
}

/// What a reader expects to be told of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Kind {
    Matrix,
    /// It has a length and not a shape.
    List,
    /// It has a shape, and its values do not matter.
    Shape,
    /// It should hold zeros alone. Its values here say whether it does, and how far what it holds is
    /// spread.
    Zeros,
}

/// A matrix is compared in its shape and in each value, on the scale of its largest.
pub(in crate::check) fn matrix(name: &'static str, values: &Array2<f64>) -> Output {
    let largest = values.fold(
        0.0_f64,
        |a, b| if b.is_finite() { a.max(b.abs()) } else { a },
    );
    Output {
        name,
        part: name,
        values: values.clone(),
        tolerance: (ROUND_OFF * largest).max(ALMOST_ZERO),
        kind: Kind::Matrix,
    }
}

pub(in crate::check) fn number(name: &'static str, value: f64) -> Output {
    matrix(name, &arr2(&[[value]]))
}

/// A number that tells of a part, equal within `tolerance`, such as one that depends on chance.
pub(in crate::check) fn statistic(
    part: &'static str,
    name: &'static str,
    value: f64,
    tolerance: f64,
) -> Output {
    Output {
        part,
        tolerance,
        ..number(name, value)
    }
}

/// A part that should be zero. Where it is not, it may be random: whether it is zero is compared, and
/// its spread beside its size (root mean square).
pub(in crate::check) fn zeros(part: &'static str, size: f64, spread: f64) -> Output {
    let features = match size > ALMOST_ZERO {
        true => [1.0, spread / size],
        false => [0.0, 0.0],
    };
    Output {
        tolerance: 0.25,
        kind: Kind::Zeros,
        ..matrix(part, &arr2(&[features]))
    }
}

/// Several numbers, compared in how many they are and in each value.
pub(in crate::check) fn list(name: &'static str, values: &[f64]) -> Output {
    let row = Array2::from_shape_fn((1, values.len()), |(_, i)| values[i]);
    Output {
        kind: Kind::List,
        ..matrix(name, &row)
    }
}

/// A matrix of which only the shape is compared.
pub(in crate::check) fn shape(name: &'static str, values: &Array2<f64>) -> Output {
    Output {
        kind: Kind::Shape,
        ..matrix(name, &Array2::zeros(values.dim()))
    }
}

impl Output {
    pub fn same_shape(&self, got: &Output) -> bool {
        self.values.dim() == got.values.dim()
    }

    pub fn fits(&self, got: &Output) -> bool {
        self.same_shape(got) && self.first_difference(got).is_none()
    }

    /// Row and column of the first value that differs, of matrices of one shape.
    pub fn first_difference(&self, got: &Output) -> Option<(usize, usize)> {
        self.values
            .indexed_iter()
            .find(|&(at, &expected)| !self.close(expected, got.values[at]))
            .map(|(at, _)| at)
    }

    pub fn close(&self, expected: f64, got: f64) -> bool {
        expected == got
            || (expected.is_nan() && got.is_nan())
            || (expected - got).abs() <= self.tolerance
    }

    /// The first value that is no number: NaN or infinite.
    pub fn first_not_finite(&self) -> Option<((usize, usize), f64)> {
        self.values
            .indexed_iter()
            .find(|(_, value)| !value.is_finite())
            .map(|(at, &value)| (at, value))
    }
}

/// Matrices, or what was thrown in their place.
pub(in crate::check) type Answer = Result<Vec<Output>, Panic>;

/// Whether two answers are worth the same.
pub(in crate::check) fn same(expected: &Answer, got: &Answer) -> bool {
    match (expected, got) {
        (Ok(expected), Ok(got)) => all_fit(expected, got),
        (Err(expected), Err(got)) => expected.is_like(got),
        _ => false,
    }
}

/// All outputs are compared in their order; one answer never has other outputs than another of its
/// exercise.
pub(in crate::check) fn all_fit(expected: &[Output], got: &[Output]) -> bool {
    expected.len() == got.len() && expected.iter().zip(got).all(|(e, g)| e.fits(g))
}
