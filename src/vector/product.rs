//! Products of matrices in which one side is short: hidden units by examples, examples by features.
//!
//! A general product first packs its operands into blocks, which takes longer than multiplying a
//! (4, 2) with a (2, 400). Here each row of the result is a sum of rows, or each element is a
//! product of a row and a column, whichever runs along memory. The order of additions is fixed and
//! none is fused, so that the bits are the same on every processor; those of a general product are
//! not.

use std::mem::MaybeUninit;
use std::ops::{Add, Mul};
use std::{array, ptr, slice};

use crate::Width;

pub(crate) trait Number:
    Copy + Default + PartialEq + Add<Output = Self> + Mul<Output = Self>
{
    const ONE: Self;

    /// The complex conjugate; of a real number itself.
    fn conjugate(self) -> Self;
}

/// A matrix in memory. The element of row i and column j is at `start + i · row_stride + j ·
/// column_stride`.
#[derive(Clone, Copy)]
pub(crate) struct Matrix<P> {
    pub start: P,
    pub rows: usize,
    pub columns: usize,
    pub row_stride: isize,
    pub column_stride: isize,
}

type Read<T> = Matrix<*const T>;
type Write<T> = Matrix<*mut T>;

impl<P> Matrix<P> {
    pub(crate) fn t(self) -> Self {
        Matrix {
            rows: self.columns,
            columns: self.rows,
            row_stride: self.column_stride,
            column_stride: self.row_stride,
            ..self
        }
    }

    fn offset(&self, i: usize, j: usize) -> isize {
        i as isize * self.row_stride + j as isize * self.column_stride
    }
}

impl<T: Number> Read<T> {
    /// # Safety
    ///
    /// The element exists.
    #[inline(always)]
    pub(crate) unsafe fn at(&self, i: usize, j: usize) -> T {
        // SAFETY: the caller says that the element exists.
        unsafe { *self.start.offset(self.offset(i, j)) }
    }

    /// Row i as a slice: itself where it runs along memory, else a copy in `buffer`.
    ///
    /// # Safety
    ///
    /// The elements exist for as long as the slice.
    unsafe fn row<'a>(&self, i: usize, buffer: &'a mut Vec<T>) -> &'a [T] {
        if self.column_stride == 1 {
            // SAFETY: the caller says that the elements exist, and they lie side by side.
            return unsafe {
                slice::from_raw_parts(self.start.offset(self.offset(i, 0)), self.columns)
            };
        }
        buffer.clear();
        // SAFETY: the caller says that the elements exist.
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
        // SAFETY: the caller's promise is the one that `product` asks for.
        return unsafe { product(a, b, c) };
    }
    let mut ab = vec![T::default(); c.rows * c.columns];
    let whole = Matrix {
        start: ab.as_mut_ptr(),
        row_stride: c.columns as isize,
        column_stride: 1,
        ..c
    };
    // SAFETY: `ab` has as many elements as c, and overlaps nothing because it is new.
    unsafe { product(a, b, whole) };
    for (index, &ab) in ab.iter().enumerate() {
        let (i, j) = (index / c.columns, index % c.columns);
        // SAFETY: i and j are within c, whose elements exist by the caller's promise.
        let place = unsafe { c.start.offset(c.offset(i, j)) };
        let old = if beta == T::default() {
            beta
        } else {
            // SAFETY: as above; c holds numbers, because β is not 0.
            beta * unsafe { *place }
        };
        // SAFETY: as above.
        unsafe { place.write(alpha * ab + old) };
    }
}

/// c ← a b.
///
/// # Safety
///
/// As [`multiply`].
unsafe fn product<T: Number>(a: Read<T>, b: Read<T>, c: Write<T>) {
    if !is_by_elements(&a, &b) && !is_by_rows(&b, &c) && is_by_rows(&a.t(), &c.t()) {
        // SAFETY: the transposes are the same elements.
        return unsafe { product(b.t(), a.t(), c.t()) };
    }
    // SAFETY: the caller's promise; and the processor has the width that `widest` found.
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
    // SAFETY: as the caller promises.
    unsafe { by_rows_or_elements(a, b, c) }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
unsafe fn product_avx2<T: Number>(a: Read<T>, b: Read<T>, c: Write<T>) {
    // SAFETY: as the caller promises.
    unsafe { by_rows_or_elements(a, b, c) }
}

/// Either way, whichever runs along memory.
///
/// # Safety
///
/// As [`multiply`].
#[inline(always)]
unsafe fn by_rows_or_elements<T: Number>(a: Read<T>, b: Read<T>, c: Write<T>) {
    // SAFETY: as the caller promises.
    unsafe {
        if is_by_rows(&b, &c) && !is_by_elements(&a, &b) {
            by_rows(a, b, c)
        } else {
            by_elements(a, b, c)
        }
    }
}

fn is_by_rows<T>(b: &Read<T>, c: &Write<T>) -> bool {
    b.column_stride == 1 && c.column_stride == 1
}

fn is_by_elements<T>(a: &Read<T>, b: &Read<T>) -> bool {
    a.column_stride == 1 && b.row_stride == 1
}

/// Each row of c is the sum of the rows of b, each times an element of a. It goes in pieces that
/// stay in the first cache.
///
/// # Safety
///
/// As [`multiply`]; and the columns of b and c lie side by side.
#[inline(always)]
unsafe fn by_rows<T: Number>(a: Read<T>, b: Read<T>, c: Write<T>) {
    const PIECE: usize = 1024;
    for first in (0..c.columns).step_by(PIECE) {
        let length = PIECE.min(c.columns - first);
        let piece = |k| {
            // SAFETY: row k of b exists, its columns lie side by side, and the piece is within
            // them.
            unsafe { slice::from_raw_parts(b.start.offset(b.offset(k, first)), length) }
        };
        for i in 0..c.rows {
            // SAFETY: row i of c exists, its columns lie side by side, and the piece is within
            // them; nothing else refers to them.
            let out = unsafe {
                let start = c.start.offset(c.offset(i, first));
                slice::from_raw_parts_mut(start.cast::<MaybeUninit<T>>(), length)
            };
            // SAFETY: a has the row i, and as many columns as b has rows.
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
            // SAFETY: the first terms have been written to each place.
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
///
/// # Safety
///
/// As [`multiply`].
#[inline(always)]
unsafe fn by_elements<T: Number>(a: Read<T>, b: Read<T>, c: Write<T>) {
    let (mut row_buffer, mut column_buffer) = (Vec::new(), Vec::new());
    for j in 0..c.columns {
        // SAFETY: column j of b exists.
        let column = unsafe { b.t().row(j, &mut column_buffer) };
        for i in 0..c.rows {
            // SAFETY: row i of a exists, and so does the element of c.
            unsafe {
                let row = a.row(i, &mut row_buffer);
                c.start.offset(c.offset(i, j)).write(dot(row, column));
            }
        }
    }
}

/// Σ xᵢ yᵢ, in sixteen sums, so that none waits for the one before it; these are then added in
/// pairs. All sixteen change together: sums that are reached by an index stay in memory, and are
/// added one at a time.
#[inline(always)]
fn dot<T: Number>(x: &[T], y: &[T]) -> T {
    const SUMS: usize = 16;
    let mut sums = [T::default(); SUMS];
    let (x_whole, x_rest) = x.as_chunks::<SUMS>();
    let (y_whole, y_rest) = y.as_chunks::<SUMS>();
    for (x, y) in x_whole.iter().zip(y_whole) {
        sums = array::from_fn(|i| sums[i] + x[i] * y[i]);
    }
    if !x_rest.is_empty() {
        // A product of zeros changes no sum, since none of them is -0.
        let [mut x, mut y] = [[T::default(); SUMS]; 2];
        x[..x_rest.len()].copy_from_slice(x_rest);
        y[..y_rest.len()].copy_from_slice(y_rest);
        sums = array::from_fn(|i| sums[i] + x[i] * y[i]);
    }
    let eight: [T; 8] = array::from_fn(|i| sums[i] + sums[i + 8]);
    let four: [T; 4] = array::from_fn(|i| eight[i] + eight[i + 4]);
    (four[0] + four[2]) + (four[1] + four[3])
}
