//! Products of matrices in which one side is short: hidden units by examples, examples by features.
//!
//! A general product packs its operands into blocks first, which takes longer than to multiply a (4, 2) with a (2, 400). Here a row of the
//! result is a sum of rows, or an element is a product of a row and a column, whichever runs along memory. The order of additions
//! is fixed, so that the bits are the same at every width.

use std::mem::MaybeUninit;
use std::ops::{Add, Mul};
use std::{ptr, slice};

use crate::Width;

pub(crate) trait Number:
    Copy + Default + PartialEq + Add<Output = Self> + Mul<Output = Self>
{
    const ONE: Self;
}

/// Where the element of row i and column j is: `start + i · row_step + j · column_step`.
#[derive(Clone, Copy)]
pub(crate) struct Matrix<P> {
    pub start: P,
    pub rows: usize,
    pub columns: usize,
    pub row_step: isize,
    pub column_step: isize,
}

type Read<T> = Matrix<*const T>;
type Write<T> = Matrix<*mut T>;

impl<P> Matrix<P> {
    pub(crate) fn t(self) -> Self {
        Matrix {
            rows: self.columns,
            columns: self.rows,
            row_step: self.column_step,
            column_step: self.row_step,
            ..self
        }
    }

    fn offset(&self, i: usize, j: usize) -> isize {
        i as isize * self.row_step + j as isize * self.column_step
    }
}

impl<T: Number> Read<T> {
    /// # Safety
    ///
    /// The element exists.
    #[inline(always)]
    unsafe fn at(&self, i: usize, j: usize) -> T {
        unsafe { *self.start.offset(self.offset(i, j)) }
    }

    /// Row i as a slice: itself where it runs along memory, else a copy in `buffer`.
    ///
    /// # Safety
    ///
    /// The elements exist for as long as the slice.
    unsafe fn row<'a>(&self, i: usize, buffer: &'a mut Vec<T>) -> &'a [T] {
        if self.column_step == 1 {
            return unsafe {
                slice::from_raw_parts(self.start.offset(self.offset(i, 0)), self.columns)
            };
        }
        buffer.clear();
        buffer.extend((0..self.columns).map(|j| unsafe { self.at(i, j) }));
        buffer
    }
}

/// c ← α a b + β c. Where β is 0, c is not read.
///
/// # Safety
///
/// The elements of the three exist, those of c overlap nothing, and the shapes fit.
pub(crate) unsafe fn multiply<T: Number>(alpha: T, a: Read<T>, b: Read<T>, beta: T, c: Write<T>) {
    if alpha == T::ONE && beta == T::default() {
        return unsafe { product(a, b, c) };
    }
    let mut ab = vec![T::default(); c.rows * c.columns];
    let (row_step, column_step) = (c.columns as isize, 1);
    unsafe {
        product(
            a,
            b,
            Matrix {
                start: ab.as_mut_ptr(),
                row_step,
                column_step,
                ..c
            },
        )
    };
    for (index, &ab) in ab.iter().enumerate() {
        let place = unsafe {
            c.start
                .offset(c.offset(index / c.columns, index % c.columns))
        };
        let old = if beta == T::default() {
            beta
        } else {
            beta * unsafe { *place }
        };
        unsafe { place.write(alpha * ab + old) };
    }
}

/// # Safety
///
/// As [`multiply`].
unsafe fn product<T: Number>(a: Read<T>, b: Read<T>, c: Write<T>) {
    if !is_by_elements(&a, &b) && !is_by_rows(&b, &c) && is_by_rows(&a.t(), &c.t()) {
        return unsafe { product(b.t(), a.t(), c.t()) };
    }
    unsafe {
        match Width::widest() {
            #[cfg(target_arch = "x86_64")]
            Width::Avx512 => product_avx512(a, b, c),
            #[cfg(target_arch = "x86_64")]
            Width::Avx2 => product_avx2(a, b, c),
            _ => by_rows_or_elements(a, b, c),
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq")]
unsafe fn product_avx512<T: Number>(a: Read<T>, b: Read<T>, c: Write<T>) {
    unsafe { by_rows_or_elements(a, b, c) }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn product_avx2<T: Number>(a: Read<T>, b: Read<T>, c: Write<T>) {
    unsafe { by_rows_or_elements(a, b, c) }
}

#[inline(always)]
unsafe fn by_rows_or_elements<T: Number>(a: Read<T>, b: Read<T>, c: Write<T>) {
    if is_by_rows(&b, &c) && !is_by_elements(&a, &b) {
        unsafe { by_rows(a, b, c) }
    } else {
        unsafe { by_elements(a, b, c) }
    }
}

fn is_by_rows<T>(b: &Read<T>, c: &Write<T>) -> bool {
    b.column_step == 1 && c.column_step == 1
}

fn is_by_elements<T>(a: &Read<T>, b: &Read<T>) -> bool {
    a.column_step == 1 && b.row_step == 1
}

/// Each row of c is the sum of the rows of b, each times an element of a. In pieces that stay in the first cache.
#[inline(always)]
unsafe fn by_rows<T: Number>(a: Read<T>, b: Read<T>, c: Write<T>) {
    const PIECE: usize = 1024;
    for first in (0..c.columns).step_by(PIECE) {
        let length = PIECE.min(c.columns - first);
        let piece =
            |k| unsafe { slice::from_raw_parts(b.start.offset(b.offset(k, first)), length) };
        for i in 0..c.rows {
            let start = unsafe { c.start.offset(c.offset(i, first)) };
            let out = unsafe { slice::from_raw_parts_mut(start.cast::<MaybeUninit<T>>(), length) };
            let factor = |k| unsafe { a.at(i, k) };
            let first_terms = if a.columns.is_multiple_of(4) {
                4
            } else {
                a.columns % 4
            };
            match first_terms {
                _ if a.columns == 0 => out.fill(MaybeUninit::new(T::default())),
                1 => {
                    let a0 = factor(0);
                    for (out, &b0) in out.iter_mut().zip(piece(0)) {
                        out.write(a0 * b0);
                    }
                }
                2 => {
                    let [a0, a1] = [factor(0), factor(1)];
                    for (out, (&b0, &b1)) in out.iter_mut().zip(piece(0).iter().zip(piece(1))) {
                        out.write(a0 * b0 + a1 * b1);
                    }
                }
                3 => {
                    let [a0, a1, a2] = [factor(0), factor(1), factor(2)];
                    let lower = piece(0).iter().zip(piece(1));
                    for (out, ((&b0, &b1), &b2)) in out.iter_mut().zip(lower.zip(piece(2))) {
                        out.write(a0 * b0 + a1 * b1 + a2 * b2);
                    }
                }
                _ => {
                    let [a0, a1, a2, a3] = [factor(0), factor(1), factor(2), factor(3)];
                    let lower = piece(0).iter().zip(piece(1));
                    let upper = piece(2).iter().zip(piece(3));
                    for (out, ((&b0, &b1), (&b2, &b3))) in out.iter_mut().zip(lower.zip(upper)) {
                        out.write(a0 * b0 + a1 * b1 + a2 * b2 + a3 * b3);
                    }
                }
            }
            // SAFETY: each place was just written.
            let out = unsafe { &mut *(ptr::from_mut(out) as *mut [T]) };
            for k in (first_terms..a.columns).step_by(4) {
                let [a0, a1, a2, a3] = [factor(k), factor(k + 1), factor(k + 2), factor(k + 3)];
                let lower = piece(k).iter().zip(piece(k + 1));
                let upper = piece(k + 2).iter().zip(piece(k + 3));
                for ((out, (&b0, &b1)), (&b2, &b3)) in out.iter_mut().zip(lower).zip(upper) {
                    *out = *out + a0 * b0 + a1 * b1 + a2 * b2 + a3 * b3;
                }
            }
        }
    }
}

/// Each element of c is the product of a row of a and a column of b.
#[inline(always)]
unsafe fn by_elements<T: Number>(a: Read<T>, b: Read<T>, c: Write<T>) {
    let (mut row_buffer, mut column_buffer) = (Vec::new(), Vec::new());
    for j in 0..c.columns {
        let column = unsafe { b.t().row(j, &mut column_buffer) };
        for i in 0..c.rows {
            let row = unsafe { a.row(i, &mut row_buffer) };
            unsafe { c.start.offset(c.offset(i, j)).write(dot(row, column)) };
        }
    }
}

/// In sixteen sums, so that none waits for the one before; then these in pairs.
#[inline(always)]
fn dot<T: Number>(x: &[T], y: &[T]) -> T {
    const SUMS: usize = 16;
    let mut sums = [T::default(); SUMS];
    let (x_whole, x_rest) = x.as_chunks::<SUMS>();
    let (y_whole, y_rest) = y.as_chunks::<SUMS>();
    for (x, y) in x_whole.iter().zip(y_whole) {
        for i in 0..SUMS {
            sums[i] = sums[i] + x[i] * y[i];
        }
    }
    for (sum, (&x, &y)) in sums.iter_mut().zip(x_rest.iter().zip(y_rest)) {
        *sum = *sum + x * y;
    }
    for half in [8, 4, 2, 1] {
        for i in 0..half {
            sums[i] = sums[i] + sums[i + half];
        }
    }
    sums[0]
}
