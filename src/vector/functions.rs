//! Each function of one number, without a branch, a table or a call, so that the compiler makes vector code of a loop over it.
//!
//! All is additions, multiplications, divisions and choices, each rounded by itself as IEEE 754 says, so that how many go side by
//! side changes no bit. A fused multiply-add would.
//!
//! The constants are printed by `python tests/golden/vector.py --coefficients`. Polynomials are added up in pairs and pairs of pairs, not term
//! by term: a processor waits for the longest chain.

/// σ(z) = 1 / (1 + e^−z), with all its digits where it is small: e^z / (1 + e^z) left of 0.
#[inline(always)]
pub(super) fn sigmoid(z: f64) -> f64 {
    let e = exp(at_least(-750.0, -z.abs()));
    let (value, rest) = e.beside_one();
    let d = 1.0 + value;
    let d_low = ((1.0 - d) + value) + rest;
    let left = z < 0.0;
    let numerator = if left { (e.high, e.low) } else { (1.0, 0.0) };
    scaled(
        quotient(numerator, (d, d_low)),
        if left { e.k } else { 0.0 },
    )
}

/// σ'(z) = e^−|z| / (1 + e^−|z|)².
#[inline(always)]
pub(super) fn sigmoid_derivative(z: f64) -> f64 {
    let e = exp(at_least(-750.0, -z.abs()));
    scaled(e.over_square_of_one_more(), e.k)
}

/// tanh'(z) = 1 − tanh(z)² = 4 e^−2|z| / (1 + e^−2|z|)², the latter without cancellation.
#[inline(always)]
pub(super) fn tanh_derivative(z: f64) -> f64 {
    let e = exp(at_least(-750.0, -2.0 * z.abs()));
    scaled(e.over_square_of_one_more(), e.k + 2.0)
}

/// tanh(z), by a rational approximation near 0 and by 1 − 2 e^−2z / (1 + e^−2z) beyond: one division for both.
#[inline(always)]
pub(super) fn tanh(z: f64) -> f64 {
    let a = z.abs();
    // 1 − 2 e^−40 rounds to 1.
    let e = exp(at_least(-40.0, -2.0 * a));
    let e = e.high * power_of_two(e.k);
    let z2 = a * a;
    // tanh(a) = a + a³ p / q, to 4e-19 up to 0.55, where tanh is about 1/2: beyond, subtracting from 1 loses nothing.
    let p = -1612.7695182702516 + z2 * (-99.19481336086602 + z2 * -0.9643627073936144);
    let q = 4838.308554810755 + z2 * (2232.9078620068954 + z2 * (112.71103833671401 + z2));
    let near = a < 0.55;
    let base = if near { a } else { 1.0 };
    let numerator = if near { a * z2 * p } else { -2.0 * e };
    let denominator = if near { q } else { 1.0 + e };
    (base + numerator / denominator).copysign(z)
}

/// The natural logarithm: −∞ at 0, NaN below.
///
/// x = 2^k (1 + f) with 1 + f between √½ and √2; ln(1 + f) by the series of the inverse hyperbolic tangent in s = f / (2 + f), put
/// together as in fdlibm, so that f, which is exact, is added last.
#[inline(always)]
pub(super) fn ln(x: f64) -> f64 {
    const SQRT_HALF: u64 = std::f64::consts::FRAC_1_SQRT_2.to_bits();
    const TWO_TO_52: f64 = 4503599627370496.0;
    let subnormal = x < f64::MIN_POSITIVE;
    let scaled = if subnormal { x * TWO_TO_52 } else { x };
    // Counted from √½, the exponent's field is k + 1023 for each 1 + f of the interval.
    let from_sqrt_half = scaled.to_bits().wrapping_add(1.0_f64.to_bits() - SQRT_HALF);
    let one_plus_f =
        f64::from_bits((from_sqrt_half & 0x000f_ffff_ffff_ffff).wrapping_add(SQRT_HALF));
    // As the low bits of 2^52 + (k + 1023): AVX2 has no conversion from 64-bit integers.
    let biased = f64::from_bits((from_sqrt_half >> 52) | TWO_TO_52.to_bits()) - TWO_TO_52;
    let k = biased - if subnormal { 1075.0 } else { 1023.0 };

    let f = one_plus_f - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let z2 = z * z;
    let low = (0.666666666666667 + z * 0.39999999999899444)
        + z2 * (0.2857142862600327 + z * 0.22222211130259878);
    let high = (0.18182889455674947 + z * 0.15331710618210773) + z2 * 0.14616585424888623;
    let r = z * (low + z2 * z2 * high);
    let half_square = 0.5 * f * f;
    let value = k * LN_2_HIGH - ((half_square - (s * (half_square + r) + k * LN_2_LOW)) - f);

    let value = if x < f64::INFINITY { value } else { x };
    let value = if x == 0.0 { f64::NEG_INFINITY } else { value };
    if x < 0.0 { f64::NAN } else { value }
}

/// The first 42 bits of ln 2, so that a product with an integer of eleven bits is exact, and the rest.
const LN_2_HIGH: f64 = 0.6931471805598903;
const LN_2_LOW: f64 = 5.497923018708371e-14;

/// Added to a number below 2^51, rounds it to an integer, which stands in the low bits of the sum: 1.5 · 2^52.
const ROUND: f64 = 6755399441055744.0;

/// 2^k (high + low), with high near 1 and low what its rounding lost.
struct Exp {
    high: f64,
    low: f64,
    k: f64,
}

impl Exp {
    /// Value and rest as they count beside 1, where all below 2^−1000 is nothing.
    #[inline(always)]
    fn beside_one(&self) -> (f64, f64) {
        let scale = power_of_two(at_least(-1000.0, self.k));
        (self.high * scale, self.low * scale)
    }

    /// e / (1 + e)², yet to be multiplied by 2^k.
    #[inline(always)]
    fn over_square_of_one_more(&self) -> f64 {
        let (e, rest) = self.beside_one();
        let more = e * (2.0 + e);
        let d = 1.0 + more;
        let d_low = ((1.0 - d) + more) + 2.0 * (1.0 + e) * rest;
        quotient((self.high, self.low), (d, d_low))
    }
}

/// e^t for t from −750 to 0, below which all that is made of it here is 0: 2^k e^r with r within half of ln 2.
#[inline(always)]
fn exp(t: f64) -> Exp {
    let k = (t * std::f64::consts::LOG2_E + ROUND) - ROUND;
    let rough = t - k * LN_2_HIGH;
    let r = rough - k * LN_2_LOW;
    let r_low = (rough - r) - k * LN_2_LOW;
    // (e^r − 1 − r) / r², to 1e-16.
    let r2 = r * r;
    let r4 = r2 * r2;
    let low = (0.5000000000000001 + r * 0.16666666666666669)
        + r2 * (0.04166666666662413 + r * 0.008333333333330062);
    let middle = (0.0013888888917213717 + r * 0.00019841269863053618)
        + r2 * (2.4801521295954376e-5 + r * 2.7557268459997064e-6);
    let high = 2.7620088445409746e-7 + r * 2.510038549551032e-8;
    let p = low + r4 * (middle + r4 * high);
    let more = r + r2 * p;
    let high = 1.0 + more;
    Exp {
        high,
        low: ((1.0 - high) + more) + r_low,
        k,
    }
}

/// n / d of numbers in two parts, the second far smaller.
#[inline(always)]
fn quotient((n, n_low): (f64, f64), (d, d_low): (f64, f64)) -> f64 {
    let q = n / d;
    q + (n_low - q * d_low) / d
}

/// NaN stays, other than with `f64::max`.
#[inline(always)]
fn at_least(limit: f64, x: f64) -> f64 {
    if x < limit { limit } else { x }
}

/// x · 2^k for k from −2044, in two factors because 2^k is 0 where the result is subnormal.
#[inline(always)]
fn scaled(x: f64, k: f64) -> f64 {
    let half = (0.5 * k + ROUND) - ROUND;
    x * power_of_two(half) * power_of_two(k - half)
}

/// 2^k for an integer k from −1022 to 1023, by its exponent's field.
#[inline(always)]
fn power_of_two(k: f64) -> f64 {
    f64::from_bits((k + (ROUND + 1023.0)).to_bits() << 52)
}
