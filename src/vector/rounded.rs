//! Functions of one number, each the double nearest to the true value, with the same bits on every
//! system. Those of `f64` come from the system's C library, and C libraries differ in the last bit.
//!
//! They work with 106 bits and round once. That could only miss the nearest double where the true
//! value lies within 10⁻¹² units in the last place of the middle between two doubles. Each takes
//! about a microsecond, which suits datasets and axes and is too long for large arrays.

use std::f64::consts::{self, FRAC_2_PI, LOG2_E, SQRT_2};

use crate::double_double::{DoubleDouble, exact_product};

// Each constant of std, and what it leaves of the true value, which
// `python tests/golden/rounded.py --constants` prints.
const HALF_PI: [f64; 3] = [
    consts::FRAC_PI_2,
    6.123233995736766e-17,
    -1.4973849048591698e-33,
];
const LN_2: DoubleDouble = DoubleDouble::of(consts::LN_2, 2.3190468138462996e-17);
const LN_10: DoubleDouble = DoubleDouble::of(consts::LN_10, -2.1707562233822494e-16);
const LOG10_E: DoubleDouble = DoubleDouble::of(consts::LOG10_E, 1.098319650216765e-17);

/// The sine of an angle in radians, for |x| ≤ 10⁶.
pub fn sin(x: f64) -> f64 {
    let (quadrant, r) = from_quadrant(x);
    match quadrant {
        0 => sine(r).high,
        1 => cosine(r).high,
        2 => -sine(r).high,
        _ => -cosine(r).high,
    }
}

/// The cosine of an angle in radians, for |x| ≤ 10⁶.
pub fn cos(x: f64) -> f64 {
    let (quadrant, r) = from_quadrant(x);
    match quadrant {
        0 => cosine(r).high,
        1 => -sine(r).high,
        2 => -cosine(r).high,
        _ => sine(r).high,
    }
}

/// The natural logarithm: −∞ at 0, NaN below.
pub fn ln(x: f64) -> f64 {
    logarithm(x, DoubleDouble::from(1.0))
}

/// The logarithm to base 10: −∞ at 0, NaN below.
pub fn log10(x: f64) -> f64 {
    logarithm(x, LOG10_E)
}

/// 10^x: infinite from 309 on, 0 from −324 down. Below 10^−307, where doubles have fewer digits, it
/// may be one unit in the last place from the nearest.
pub fn exp10(x: f64) -> f64 {
    // 10^x = e^t = 2^k e^r, with |r| at most half of ln 2.
    let t = LN_10 * x.clamp(-325.0, 310.0);
    let k = (t.high * LOG2_E).round();
    let r = t + -(LN_2 * k);
    // 1 + r (1 + r/2 (1 + r/3 (…))), to 25 factors: the next term is below 1e-37.
    let value = nested(r, (1..=25).rev().map(f64::from)).high;
    // In two factors, because 2^k is 0 where the result is subnormal, and infinite from 2^1024 on.
    let half = (k / 2.0).round();
    value * power_of_two(half) * power_of_two(k - half)
}

/// In which quarter turn an angle lies, from 0 to 3, and the angle from the middle of that quarter,
/// which the multiples of π/2 are: at most π/4 in magnitude.
fn from_quadrant(x: f64) -> (i64, DoubleDouble) {
    let turns = (x * FRAC_2_PI).round();
    let [high, middle, low] = HALF_PI.map(|part| -exact_product(turns, part));
    let r = DoubleDouble::from(x) + high + middle + low;
    ((turns as i64).rem_euclid(4), r)
}

/// r (1 − r²/(2·3) (1 − r²/(4·5) (…))): the next term is below 1e-33 for |r| ≤ π/4.
fn sine(r: DoubleDouble) -> DoubleDouble {
    let divisors = (1..=14).rev().map(|n| f64::from(2 * n * (2 * n + 1)));
    r * nested(-(r * r), divisors)
}

/// 1 − r²/(1·2) (1 − r²/(3·4) (…)): the next term is below 1e-33 for |r| ≤ π/4.
fn cosine(r: DoubleDouble) -> DoubleDouble {
    let divisors = (1..=14).rev().map(|n| f64::from((2 * n - 1) * 2 * n));
    nested(-(r * r), divisors)
}

/// 1 + x/d₁ (1 + x/d₂ (…)), from the last divisor to the first.
fn nested(x: DoubleDouble, divisors: impl Iterator<Item = f64>) -> DoubleDouble {
    let one = DoubleDouble::from(1.0);
    divisors.fold(one, |sum, divisor| one + x * sum / divisor)
}

/// The natural logarithm of x times `unit`.
fn logarithm(x: f64, unit: DoubleDouble) -> f64 {
    if x == 0.0 {
        f64::NEG_INFINITY
    } else if x > 0.0 && x < f64::INFINITY {
        (ln_of_positive(x) * unit).high
    } else {
        // Of ∞ itself; NaN of the rest.
        x.sqrt()
    }
}

/// x = 2^k m with m between √½ and √2; ln m = 2 (s + s³/3 + s⁵/5 + …) with s = (m − 1) / (m + 1).
fn ln_of_positive(x: f64) -> DoubleDouble {
    const TWO_TO_54: f64 = 18_014_398_509_481_984.0;
    let is_subnormal = x < f64::MIN_POSITIVE;
    let bits = if is_subnormal { x * TWO_TO_54 } else { x }.to_bits();
    let field = (bits >> 52) as f64 - if is_subnormal { 54.0 } else { 0.0 };
    // Between 1 and 2.
    let mantissa = f64::from_bits(bits & 0x000f_ffff_ffff_ffff | 1.0_f64.to_bits());
    let (m, k) = if mantissa > SQRT_2 {
        (mantissa / 2.0, field - 1022.0)
    } else {
        (mantissa, field - 1023.0)
    };

    let one = DoubleDouble::from(1.0);
    let s = DoubleDouble::from(m - 1.0) / (DoubleDouble::from(m) + one);
    let z = s * s;
    // To s⁴³/43: the next term is below 1e-34 of the first.
    let sum = (0..=21).rev().fold(DoubleDouble::from(0.0), |sum, n| {
        sum * z + one / f64::from(2 * n + 1)
    });
    LN_2 * k + s * sum * 2.0
}

/// 2^k for an integer k from −1022 to 1023, by its exponent's field.
fn power_of_two(k: f64) -> f64 {
    f64::from_bits(((k + 1023.0) as u64) << 52)
}
