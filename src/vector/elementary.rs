//! The elementary functions, written without a branch, a table or a call, so that the compiler
//! makes vector code of a loop over them.
//!
//! They consist of additions, multiplications, divisions and selections. IEEE 754 rounds each of
//! these by itself, so the results are the same bits whatever the number of lanes. A fused
//! multiply-add would round differently, and is not used.
//!
//! `python tests/golden/vector.py --coefficients` prints the constants. Polynomials are added up in
//! pairs and pairs of pairs rather than term by term, because a processor waits for the longest
//! chain of operations.

use crate::lanes::Lanes;

/// σ(z) = 1 / (1 + e^−z). Left of 0 it is computed as e^z / (1 + e^z), which keeps all digits of a
/// small result.
#[inline(always)]
pub(super) fn sigmoid(z: Lanes) -> Lanes {
    let e = exp((0.0 - z.abs()).at_least(-750.0));
    let (value, rest) = e.beside_one();
    let d = 1.0 + value;
    let d_low = ((1.0 - d) + value) + rest;
    let left = z.below(0.0);
    let numerator = (left.select(e.high, 1.0), left.select(e.low, 0.0));
    scaled(quotient(numerator, (d, d_low)), left.select(e.k, 0.0))
}

/// σ'(z) = e^−|z| / (1 + e^−|z|)².
#[inline(always)]
pub(super) fn sigmoid_derivative(z: Lanes) -> Lanes {
    let e = exp((0.0 - z.abs()).at_least(-750.0));
    scaled(e.over_square_of_one_more(), e.k)
}

/// tanh'(z) = 1 − tanh(z)² = 4 e^−2|z| / (1 + e^−2|z|)², the latter without cancellation.
#[inline(always)]
pub(super) fn tanh_derivative(z: Lanes) -> Lanes {
    let e = exp((-2.0 * z.abs()).at_least(-750.0));
    scaled(e.over_square_of_one_more(), e.k + 2.0)
}

/// tanh(z) = (e^2|z| − 1) / (e^2|z| + 1), with the sign of z.
///
/// e^2|z| = 2^k e^r, and e^r = (c + r) / (c − r) with c = r / tanh(r/2), an even function that is
/// nearly 2. While k is 0 this is r / c; from tanh = 1/2 on, where subtracting from 1 loses
/// nothing, k is at least 1 and it is 1 − 2 / (2^k e^r + 1). One division for both.
#[inline(always)]
pub(super) fn tanh(z: Lanes) -> Lanes {
    // 1 − 2 e^−40 rounds to 1.
    let t = (2.0 * z.abs()).at_most(40.0);
    // 2 |z| is ln 3 where tanh is 1/2: 1.585 ln 2, which has to round to 0.
    let field = ((t * std::f64::consts::LOG2_E - 1.085) + FIELD_OF_ONE).at_least(FIELD_OF_ONE);
    let k = field - FIELD_OF_ONE;
    let two_to_k = of_field(field);
    let r = (t - k * LN_2_HIGH) - k * LN_2_LOW;
    // (c − 2) / r² for r to ln 3, to 2e-18.
    let x = r * r;
    let x2 = x * x;
    let x4 = x2 * x2;
    let low = (0.16666666666666666 + x * -0.002777777777777556)
        + x2 * (6.613756613369741e-5 + x * -1.6534391277405074e-6);
    let high = (4.175343001233696e-8 + x * -1.0566886721000967e-9)
        + x2 * (2.66171554131862e-11 + x * -6.007144358080312e-13);
    let c_beyond_2 = x * (low + x4 * high);
    let below = 2.0 + (c_beyond_2 - r);
    let above = 2.0 + (c_beyond_2 + r);
    let near = k.below(0.5);
    let half = near.select(r, 0.0 - below);
    (near.select(0.0, 1.0) + (half + half) / (below + two_to_k * above)).copysign(z)
}

/// The natural logarithm: −∞ at 0, NaN below.
///
/// x = 2^k (1 + f) with 1 + f between √½ and √2; ln(1 + f) by the series of the inverse hyperbolic
/// tangent in s = f / (2 + f), put together as in fdlibm, so that f, which is exact, is added last.
#[inline(always)]
pub(super) fn ln(x: Lanes) -> Lanes {
    const SQRT_HALF: u64 = std::f64::consts::FRAC_1_SQRT_2.to_bits();
    const TWO_TO_52: f64 = 4503599627370496.0;
    let subnormal = x.below(f64::MIN_POSITIVE);
    let scaled = subnormal.select(x * TWO_TO_52, x);
    // Counted from √½, the exponent's field is k + 1023 for each 1 + f of the interval.
    let from_sqrt_half = |x: f64| x.to_bits().wrapping_add(1.0_f64.to_bits() - SQRT_HALF);
    let one_plus_f = scaled.map(|x| {
        f64::from_bits((from_sqrt_half(x) & 0x000f_ffff_ffff_ffff).wrapping_add(SQRT_HALF))
    });
    // As the low bits of 2^52 + (k + 1023): AVX2 has no conversion from 64-bit integers.
    let biased = scaled.map(|x| f64::from_bits((from_sqrt_half(x) >> 52) | TWO_TO_52.to_bits()));
    let k = biased - subnormal.select(TWO_TO_52 + 1075.0, TWO_TO_52 + 1023.0);

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

    let value = x.below(f64::INFINITY).select(value, x);
    let value = x.is(0.0).select(f64::NEG_INFINITY, value);
    x.below(0.0).select(f64::NAN, value)
}

/// The first 42 bits of ln 2, so that a product with an integer of eleven bits is exact, and the
/// rest.
const LN_2_HIGH: f64 = 0.6931471805598903;
const LN_2_LOW: f64 = 5.497923018708371e-14;

/// Added to a number below 2^51, rounds it to an integer, which stands in the low bits of the sum:
/// 1.5 · 2^52.
const ROUND: f64 = 6755399441055744.0;

/// [`ROUND`] with the exponent's field of 2^0 in its low bits.
const FIELD_OF_ONE: f64 = ROUND + 1023.0;

/// 2^k (high + low), with high near 1 and low what its rounding lost.
struct Exp {
    high: Lanes,
    low: Lanes,
    k: Lanes,
}

impl Exp {
    /// Value and rest as they count beside 1, where all below 2^−1000 is nothing.
    #[inline(always)]
    fn beside_one(&self) -> (Lanes, Lanes) {
        let scale = power_of_two(self.k.at_least(-1000.0));
        (self.high * scale, self.low * scale)
    }

    /// e / (1 + e)², yet to be multiplied by 2^k.
    #[inline(always)]
    fn over_square_of_one_more(&self) -> Lanes {
        let (e, rest) = self.beside_one();
        let more = e * (2.0 + e);
        let d = 1.0 + more;
        let d_low = ((1.0 - d) + more) + 2.0 * (1.0 + e) * rest;
        quotient((self.high, self.low), (d, d_low))
    }
}

/// e^t for t from −750 to 0, below which all that is made of it here is 0: 2^k e^r with r within
/// half of ln 2.
#[inline(always)]
fn exp(t: Lanes) -> Exp {
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
fn quotient((n, n_low): (Lanes, Lanes), (d, d_low): (Lanes, Lanes)) -> Lanes {
    let q = n / d;
    q + (n_low - q * d_low) / d
}

/// x · 2^k for k from −2044, in two factors because 2^k is 0 where the result is subnormal.
#[inline(always)]
fn scaled(x: Lanes, k: Lanes) -> Lanes {
    let half = (0.5 * k + ROUND) - ROUND;
    x * power_of_two(half) * power_of_two(k - half)
}

/// 2^k for an integer k from −1022 to 1023, by its exponent's field.
#[inline(always)]
fn power_of_two(k: Lanes) -> Lanes {
    of_field(k + FIELD_OF_ONE)
}

/// 2^k for the number whose low bits are its exponent's field, k + 1023.
#[inline(always)]
fn of_field(number: Lanes) -> Lanes {
    number.map(|number| f64::from_bits(number.to_bits() << 52))
}
