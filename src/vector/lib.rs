//! Elementary functions of many numbers at once, to 2 ulp of the correctly rounded value, with the
//! same bits on every processor; and in [`rounded`] a few of single numbers, rounded correctly.
//!
//! A package of its own, because rustc makes vector code only at opt-level 2 and 3, and notebooks
//! build the library itself at 1.

pub mod blas;
mod double_double;
mod elementary;
mod lanes;
mod memory;
mod product;
pub mod rounded;

use std::mem::MaybeUninit;

pub use memory::keep_freed_memory;

use lanes::Lanes;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    Sigmoid,
    SigmoidDerivative,
    Tanh,
    TanhDerivative,
    /// Natural logarithm: −∞ at 0, NaN below.
    Ln,
}

/// How many numbers a processor's vector register holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// What every processor of the target has: 2 with SSE2 and with NEON.
    Target,
    /// 4.
    Avx2,
    /// 8.
    Avx512,
}

impl Width {
    pub fn is_available(self) -> bool {
        match self {
            Width::Target => true,
            #[cfg(target_arch = "x86_64")]
            Width::Avx2 => is_x86_feature_detected!("avx2"),
            #[cfg(target_arch = "x86_64")]
            Width::Avx512 => {
                is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512dq")
            }
            #[cfg(not(target_arch = "x86_64"))]
            Width::Avx2 | Width::Avx512 => false,
        }
    }

    fn widest() -> Width {
        let narrower = [Width::Avx512, Width::Avx2]
            .into_iter()
            .find(|width| width.is_available());
        narrower.unwrap_or(Width::Target)
    }
}

/// The function of each of `z`, in a new vector.
pub fn map(function: Function, z: &[f64]) -> Vec<f64> {
    map_at(Width::widest(), function, z)
}

/// [`map`] at a given SIMD width. The results are the same bits at every width; only the time
/// differs.
///
/// # Panics
///
/// Where the processor does not have `width`.
pub fn map_at(width: Width, function: Function, z: &[f64]) -> Vec<f64> {
    assert!(width.is_available(), "this processor has no {width:?}");
    let mut values = Vec::with_capacity(z.len());
    let out = &mut values.spare_capacity_mut()[..z.len()];
    let fill = |z: &[f64], out: &mut [MaybeUninit<f64>]| match width {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the assertion above saw that the processor has AVX-512.
        Width::Avx512 => unsafe { fill_avx512(function, z, out) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the assertion above saw that the processor has AVX2.
        Width::Avx2 => unsafe { fill_avx2(function, z, out) },
        _ => fill(function, z, out),
    };
    let (whole, rest) = z.split_at(z.len() / BLOCK * BLOCK);
    let (out_whole, out_rest) = out.split_at_mut(whole.len());
    for (z, out) in whole.chunks(PIECE).zip(out_whole.chunks_mut(PIECE)) {
        fill(z, out);
    }
    if !rest.is_empty() {
        let (mut z, mut out) = ([0.0; BLOCK], [MaybeUninit::uninit(); BLOCK]);
        z[..rest.len()].copy_from_slice(rest);
        fill(&z, &mut out);
        out_rest.copy_from_slice(&out[..rest.len()]);
    }
    // SAFETY: each of the `z.len()` places has been written, by `fill` or by `copy_from_slice`.
    unsafe { values.set_len(z.len()) };
    values
}

/// Four times the greatest [`Width`]. In whole blocks of this length no number is left over to be
/// done by itself.
const BLOCK: usize = 32;

/// Whole blocks that stay in the first cache together with their results.
const PIECE: usize = 32 * BLOCK;

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq")]
fn fill_avx512(function: Function, z: &[f64], out: &mut [MaybeUninit<f64>]) {
    fill(function, z, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn fill_avx2(function: Function, z: &[f64], out: &mut [MaybeUninit<f64>]) {
    fill(function, z, out);
}

/// `$out` is `$function` of `$z`: four numbers at a time, one of each quarter, so that the compiler
/// can put neighbours side by side.
///
/// A macro, because a function that is passed to a function is called, not inlined, and then is
/// compiled for the narrowest width.
macro_rules! each {
    ($function:path, $z:ident, $out:ident) => {{
        let half = $z.len() / 2;
        let ((left, right), (out_left, out_right)) = ($z.split_at(half), $out.split_at_mut(half));
        let ((a, b), (c, d)) = (left.split_at(half / 2), right.split_at(half / 2));
        let (out_a, out_b) = out_left.split_at_mut(half / 2);
        let (out_c, out_d) = out_right.split_at_mut(half / 2);
        let out = out_a.iter_mut().zip(out_b).zip(out_c.iter_mut().zip(out_d));
        let z = a.iter().zip(b).zip(c.iter().zip(d));
        for (((out_a, out_b), (out_c, out_d)), ((&a, &b), (&c, &d))) in out.zip(z) {
            let Lanes([a, b, c, d]) = $function(Lanes([a, b, c, d]));
            out_a.write(a);
            out_b.write(b);
            out_c.write(c);
            out_d.write(d);
        }
    }};
}

/// Inlined into its callers, as all that it calls, so that it is compiled for the width of each.
#[inline(always)]
fn fill(function: Function, z: &[f64], out: &mut [MaybeUninit<f64>]) {
    match function {
        Function::Sigmoid => each!(elementary::sigmoid, z, out),
        Function::SigmoidDerivative => each!(elementary::sigmoid_derivative, z, out),
        Function::Tanh => each!(elementary::tanh, z, out),
        Function::TanhDerivative => each!(elementary::tanh_derivative, z, out),
        Function::Ln => each!(elementary::ln, z, out),
    }
}
