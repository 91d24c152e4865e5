//! Elementary functions of many numbers at once, to 2 ulp of the correctly rounded value, with the same bits on every processor.
//!
//! A package of its own, because rustc makes vector code only at opt-level 2 and 3, and notebooks build the library itself at 1.

pub mod blas;
mod functions;
mod memory;
mod product;

use std::mem::MaybeUninit;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    Sigmoid,
    SigmoidDerivative,
    Tanh,
    TanhDerivative,
    /// Natural logarithm: −∞ at 0, NaN below.
    Ln,
}

/// How many numbers go side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// As the target has it on every processor: 2 with SSE2 and with NEON.
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

/// [`map`], with a choice that only speed can tell.
///
/// # Panics
///
/// Where the processor does not have `width`.
pub fn map_at(width: Width, function: Function, z: &[f64]) -> Vec<f64> {
    assert!(width.is_available(), "this processor has no {width:?}");
    memory::keep_freed();
    let mut values = Vec::with_capacity(z.len());
    let out = &mut values.spare_capacity_mut()[..z.len()];
    match width {
        // SAFETY: the processor has what the function needs, by the assertion.
        #[cfg(target_arch = "x86_64")]
        Width::Avx512 => unsafe { fill_avx512(function, z, out) },
        // SAFETY: likewise.
        #[cfg(target_arch = "x86_64")]
        Width::Avx2 => unsafe { fill_avx2(function, z, out) },
        _ => fill(function, z, out),
    }
    // SAFETY: `fill` has written each of the `z.len()` places.
    unsafe { values.set_len(z.len()) };
    values
}

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

/// Inlined into its callers, as all that it calls, so that it is compiled for the width of each.
#[inline(always)]
fn fill(function: Function, z: &[f64], out: &mut [MaybeUninit<f64>]) {
    match function {
        Function::Sigmoid => each(functions::sigmoid, z, out),
        Function::SigmoidDerivative => each(functions::sigmoid_derivative, z, out),
        Function::Tanh => each(functions::tanh, z, out),
        Function::TanhDerivative => each(functions::tanh_derivative, z, out),
        Function::Ln => each(functions::ln, z, out),
    }
}

/// Two numbers from different places at a time: the processor does one's arithmetic while it waits for the other's, which makes tanh a tenth faster.
#[inline(always)]
fn each(f: impl Fn(f64) -> f64, z: &[f64], out: &mut [MaybeUninit<f64>]) {
    let (z_left, z_right) = z.split_at(z.len() / 2);
    let (left, right) = out.split_at_mut(z.len() / 2);
    for (((left, &z_left), right), &z_right) in
        left.iter_mut().zip(z_left).zip(&mut *right).zip(z_right)
    {
        left.write(f(z_left));
        right.write(f(z_right));
    }
    // Of an odd number, the right half has one more.
    if let (Some(last), Some(&z)) = (right.last_mut(), z.last()) {
        last.write(f(z));
    }
}
