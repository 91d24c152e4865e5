//! Lanes lanes: four numbers on which the same is done.
//!
//! A function of one number is a long chain of operations, each of which waits for the one before
//! it. Written for four numbers, each operation stands beside those of three other chains. A
//! processor looks only some hundred instructions ahead, and so finds work to do while it waits:
//! tanh takes three quarters of the time.

use std::ops::{Add, Div, Mul, Sub};

#[derive(Clone, Copy)]
pub(super) struct Lanes(pub [f64; 4]);

impl Lanes {
    #[inline(always)]
    pub(super) fn map(self, f: impl Fn(f64) -> f64) -> Lanes {
        let [a, b, c, d] = self.0;
        Lanes([f(a), f(b), f(c), f(d)])
    }

    #[inline(always)]
    pub(super) fn zip(self, other: Lanes, f: impl Fn(f64, f64) -> f64) -> Lanes {
        let ([a, b, c, d], [i, j, k, l]) = (self.0, other.0);
        Lanes([f(a, i), f(b, j), f(c, k), f(d, l)])
    }

    #[inline(always)]
    pub(super) fn abs(self) -> Lanes {
        self.map(f64::abs)
    }

    #[inline(always)]
    pub(super) fn copysign(self, sign: Lanes) -> Lanes {
        self.zip(sign, f64::copysign)
    }

    /// The greater of each lane and the limit. Unlike `f64::max`, it keeps a NaN.
    #[inline(always)]
    pub(super) fn at_least(self, limit: f64) -> Lanes {
        self.map(|x| if x < limit { limit } else { x })
    }

    /// The lesser of each lane and the limit. Unlike `f64::min`, it keeps a NaN.
    #[inline(always)]
    pub(super) fn at_most(self, limit: f64) -> Lanes {
        self.map(|x| if x > limit { limit } else { x })
    }

    #[inline(always)]
    pub(super) fn below(self, limit: f64) -> Mask {
        let [a, b, c, d] = self.0;
        Mask([a < limit, b < limit, c < limit, d < limit])
    }

    #[inline(always)]
    pub(super) fn is(self, value: f64) -> Mask {
        let [a, b, c, d] = self.0;
        Mask([a == value, b == value, c == value, d == value])
    }
}

/// For which of the lanes something holds.
#[derive(Clone, Copy)]
pub(super) struct Mask([bool; 4]);

impl Mask {
    /// In each lane the first where the mask is set, else the second.
    #[inline(always)]
    pub(super) fn select(self, if_set: impl Into<Lanes>, otherwise: impl Into<Lanes>) -> Lanes {
        let (Lanes([a, b, c, d]), Lanes([i, j, k, l])) = (if_set.into(), otherwise.into());
        let [first, second, third, fourth] = self.0;
        Lanes([
            if first { a } else { i },
            if second { b } else { j },
            if third { c } else { k },
            if fourth { d } else { l },
        ])
    }
}

impl From<f64> for Lanes {
    #[inline(always)]
    fn from(x: f64) -> Lanes {
        Lanes([x; 4])
    }
}

macro_rules! operator {
    ($($name:ident $method:ident $symbol:tt),+) => {$(
        impl $name for Lanes {
            type Output = Lanes;

            #[inline(always)]
            fn $method(self, other: Lanes) -> Lanes {
                self.zip(other, |a, b| a $symbol b)
            }
        }

        impl $name<f64> for Lanes {
            type Output = Lanes;

            #[inline(always)]
            fn $method(self, other: f64) -> Lanes {
                self.map(|a| a $symbol other)
            }
        }

        impl $name<Lanes> for f64 {
            type Output = Lanes;

            #[inline(always)]
            fn $method(self, other: Lanes) -> Lanes {
                other.map(|b| self $symbol b)
            }
        }
    )+};
}

operator!(Add add +, Sub sub -, Mul mul *, Div div /);
