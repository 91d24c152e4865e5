//! Numbers of about 106 significant bits, each the unevaluated sum of two f64, the second at most
//! half a unit in the last place of the first.
//!
//! All is made of additions, subtractions, multiplications and divisions of f64, each rounded as
//! IEEE 754 says, so that the bits are the same on every system. There is no fused multiply-add,
//! which some C libraries get wrong where the processor has none.
//!
//! Source: T. J. Dekker, "A floating-point technique for extending the available precision",
//! Numerische Mathematik 18 (1971).

use std::ops::{Add, Div, Mul, Neg};

#[derive(Clone, Copy)]
pub(super) struct DoubleDouble {
    pub high: f64,
    pub low: f64,
}

/// a + b and what its rounding lost.
fn exact_sum(a: f64, b: f64) -> DoubleDouble {
    let high = a + b;
    let b_in_high = high - a;
    DoubleDouble {
        high,
        low: (a - (high - b_in_high)) + (b - b_in_high),
    }
}

/// The same in fewer steps, where |a| ≥ |b|.
fn exact_sum_of_ordered(a: f64, b: f64) -> DoubleDouble {
    let high = a + b;
    DoubleDouble {
        high,
        low: b - (high - a),
    }
}

/// a · b and what its rounding lost, for factors below 2^996.
pub(super) fn exact_product(a: f64, b: f64) -> DoubleDouble {
    let high = a * b;
    let ((a1, a2), (b1, b2)) = (halves(a), halves(b));
    DoubleDouble {
        high,
        low: a2 * b2 - (((high - a1 * b1) - a2 * b1) - a1 * b2),
    }
}

/// The first 26 bits of a number and the rest, so that products of halves are exact.
fn halves(a: f64) -> (f64, f64) {
    const TWO_TO_27_AND_1: f64 = 134_217_729.0;
    let shifted = TWO_TO_27_AND_1 * a;
    let first = shifted - (shifted - a);
    (first, a - first)
}

impl DoubleDouble {
    pub(super) const fn of(high: f64, low: f64) -> Self {
        DoubleDouble { high, low }
    }
}

impl From<f64> for DoubleDouble {
    fn from(high: f64) -> Self {
        DoubleDouble { high, low: 0.0 }
    }
}

impl Neg for DoubleDouble {
    type Output = Self;

    fn neg(self) -> Self {
        DoubleDouble::of(-self.high, -self.low)
    }
}

impl Add for DoubleDouble {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let high = exact_sum(self.high, other.high);
        let low = exact_sum(self.low, other.low);
        let sum = exact_sum_of_ordered(high.high, high.low + low.high);
        exact_sum_of_ordered(sum.high, sum.low + low.low)
    }
}

impl Mul for DoubleDouble {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let product = exact_product(self.high, other.high);
        let rest = self.high * other.low + self.low * other.high;
        exact_sum_of_ordered(product.high, product.low + rest)
    }
}

impl Mul<f64> for DoubleDouble {
    type Output = Self;

    fn mul(self, factor: f64) -> Self {
        let product = exact_product(self.high, factor);
        exact_sum_of_ordered(product.high, product.low + self.low * factor)
    }
}

impl Div for DoubleDouble {
    type Output = Self;

    /// The quotient of the first parts, and that of what it leaves of the numerator.
    fn div(self, divisor: Self) -> Self {
        let quotient = self.high / divisor.high;
        let rest = self + -(divisor * quotient);
        exact_sum_of_ordered(quotient, rest.high / divisor.high)
    }
}

impl Div<f64> for DoubleDouble {
    type Output = Self;

    fn div(self, divisor: f64) -> Self {
        self / DoubleDouble::from(divisor)
    }
}
