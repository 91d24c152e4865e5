//! Four numbers on which the same is done.
//!
//! A function of one number is a long chain, of which each link waits for the one before. Written for four, each link stands beside those
//! of three other chains, and a processor, which looks only some hundred instructions ahead, finds work to do: tanh takes three quarters of the time.

use std::ops::{Add, Div, Mul, Sub};

#[derive(Clone, Copy)]
pub(super) struct Four(pub [f64; 4]);

impl Four {
    #[inline(always)]
    pub(super) fn map(self, f: impl Fn(f64) -> f64) -> Four {
        let [a, b, c, d] = self.0;
        Four([f(a), f(b), f(c), f(d)])
    }

    #[inline(always)]
    pub(super) fn zip(self, other: Four, f: impl Fn(f64, f64) -> f64) -> Four {
        let ([a, b, c, d], [i, j, k, l]) = (self.0, other.0);
        Four([f(a, i), f(b, j), f(c, k), f(d, l)])
    }

    #[inline(always)]
    pub(super) fn abs(self) -> Four {
        self.map(f64::abs)
    }

    #[inline(always)]
    pub(super) fn copysign(self, sign: Four) -> Four {
        self.zip(sign, f64::copysign)
    }

    /// NaN stays, other than with `f64::max`.
    #[inline(always)]
    pub(super) fn at_least(self, limit: f64) -> Four {
        self.map(|x| if x < limit { limit } else { x })
    }

    /// NaN stays, other than with `f64::min`.
    #[inline(always)]
    pub(super) fn at_most(self, limit: f64) -> Four {
        self.map(|x| if x > limit { limit } else { x })
    }

    #[inline(always)]
    pub(super) fn below(self, limit: f64) -> Which {
        let [a, b, c, d] = self.0;
        Which([a < limit, b < limit, c < limit, d < limit])
    }

    #[inline(always)]
    pub(super) fn is(self, value: f64) -> Which {
        let [a, b, c, d] = self.0;
        Which([a == value, b == value, c == value, d == value])
    }
}

/// For which of four numbers something holds.
#[derive(Clone, Copy)]
pub(super) struct Which([bool; 4]);

impl Which {
    /// Of each place the first where it holds, else the second.
    #[inline(always)]
    pub(super) fn choose(self, holds: impl Into<Four>, else_: impl Into<Four>) -> Four {
        let (Four([a, b, c, d]), Four([i, j, k, l])) = (holds.into(), else_.into());
        let [first, second, third, fourth] = self.0;
        Four([
            if first { a } else { i },
            if second { b } else { j },
            if third { c } else { k },
            if fourth { d } else { l },
        ])
    }
}

impl From<f64> for Four {
    #[inline(always)]
    fn from(x: f64) -> Four {
        Four([x; 4])
    }
}

macro_rules! operator {
    ($($name:ident $method:ident $symbol:tt),+) => {$(
        impl $name for Four {
            type Output = Four;

            #[inline(always)]
            fn $method(self, other: Four) -> Four {
                self.zip(other, |a, b| a $symbol b)
            }
        }

        impl $name<f64> for Four {
            type Output = Four;

            #[inline(always)]
            fn $method(self, other: f64) -> Four {
                self.map(|a| a $symbol other)
            }
        }

        impl $name<Four> for f64 {
            type Output = Four;

            #[inline(always)]
            fn $method(self, other: Four) -> Four {
                other.map(|b| self $symbol b)
            }
        }
    )+};
}

operator!(Add add +, Sub sub -, Mul mul *, Div div /);
