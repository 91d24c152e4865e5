//! The eight functions of BLAS that ndarray's `dot` calls when its feature "blas" is on, so that a student's `w.dot(&x)` gets here.
//!
//! Their contract is CBLAS's: <https://netlib.org/blas/>. ndarray never asks for a conjugate, and neither can these.

use std::ffi::c_int;
use std::ops::{Add, Mul};

use crate::product::{Matrix, Number, multiply};

impl Number for f32 {
    const ONE: f32 = 1.0;
}

impl Number for f64 {
    const ONE: f64 = 1.0;
}

/// As C lays it out.
#[derive(Clone, Copy, Default, PartialEq)]
#[repr(C)]
pub struct Complex<R> {
    re: R,
    im: R,
}

impl<R: Add<Output = R>> Add for Complex<R> {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Complex {
            re: self.re + other.re,
            im: self.im + other.im,
        }
    }
}

macro_rules! complex_number {
    ($($real:ty),+) => {$(
        impl Mul for Complex<$real> {
            type Output = Self;

            fn mul(self, other: Self) -> Self {
                Complex {
                    re: self.re * other.re - self.im * other.im,
                    im: self.re * other.im + self.im * other.re,
                }
            }
        }

        impl Number for Complex<$real> {
            const ONE: Self = Complex { re: 1.0, im: 0.0 };
        }
    )+};
}

complex_number!(f32, f64);

const ROW_MAJOR: c_int = 101;
const NO_TRANSPOSE: c_int = 111;

/// Steps between rows and between columns.
fn steps(layout: c_int, transpose: c_int, leading: c_int) -> (isize, isize) {
    if (layout == ROW_MAJOR) == (transpose == NO_TRANSPOSE) {
        (leading as isize, 1)
    } else {
        (1, leading as isize)
    }
}

/// BLAS points to the lowest address of a vector that runs backwards; its first element is the highest.
unsafe fn vector<T>(lowest: *mut T, length: c_int, step: c_int) -> Matrix<*mut T> {
    let back = if step < 0 {
        (1 - length as isize) * step as isize
    } else {
        0
    };
    Matrix {
        start: unsafe { lowest.offset(back) },
        rows: length as usize,
        columns: 1,
        row_step: step as isize,
        // There is one column only; 0 keeps it from being taken for rows that run along memory.
        column_step: 0,
    }
}

fn read_only<T>(m: Matrix<*mut T>) -> Matrix<*const T> {
    Matrix {
        start: m.start,
        rows: m.rows,
        columns: m.columns,
        row_step: m.row_step,
        column_step: m.column_step,
    }
}

/// `scalar` is how the C function takes α and β: complex ones by pointer.
macro_rules! gemm {
    ($name:ident, $number:ty, $scalar:ty, $value:expr) => {
        /// c ← α op(a) op(b) + β c, with op(a) of shape (m, k) and op(b) of shape (k, n).
        ///
        /// # Safety
        ///
        /// As CBLAS says.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name(
            layout: c_int,
            transpose_a: c_int,
            transpose_b: c_int,
            m: c_int,
            n: c_int,
            k: c_int,
            alpha: $scalar,
            a: *const $number,
            lda: c_int,
            b: *const $number,
            ldb: c_int,
            beta: $scalar,
            c: *mut $number,
            ldc: c_int,
        ) {
            let value: unsafe fn($scalar) -> $number = $value;
            let (m, n, k) = (m as usize, n as usize, k as usize);
            let (row_step, column_step) = steps(layout, transpose_a, lda);
            let a = Matrix {
                start: a,
                rows: m,
                columns: k,
                row_step,
                column_step,
            };
            let (row_step, column_step) = steps(layout, transpose_b, ldb);
            let b = Matrix {
                start: b,
                rows: k,
                columns: n,
                row_step,
                column_step,
            };
            let (row_step, column_step) = steps(layout, NO_TRANSPOSE, ldc);
            let c = Matrix {
                start: c,
                rows: m,
                columns: n,
                row_step,
                column_step,
            };
            unsafe { multiply(value(alpha), a, b, value(beta), c) };
        }
    };
}

gemm!(cblas_sgemm, f32, f32, |scalar| scalar);
gemm!(cblas_dgemm, f64, f64, |scalar| scalar);
gemm!(
    cblas_cgemm,
    Complex<f32>,
    *const Complex<f32>,
    |scalar| unsafe { *scalar }
);
gemm!(
    cblas_zgemm,
    Complex<f64>,
    *const Complex<f64>,
    |scalar| unsafe { *scalar }
);

macro_rules! gemv_and_dot {
    ($gemv:ident, $dot:ident, $number:ty) => {
        /// y ← α op(a) x + β y, with a of shape (m, n).
        ///
        /// # Safety
        ///
        /// As CBLAS says.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $gemv(
            layout: c_int,
            transpose: c_int,
            m: c_int,
            n: c_int,
            alpha: $number,
            a: *const $number,
            lda: c_int,
            x: *const $number,
            incx: c_int,
            beta: $number,
            y: *mut $number,
            incy: c_int,
        ) {
            let (rows, columns) = if transpose == NO_TRANSPOSE {
                (m, n)
            } else {
                (n, m)
            };
            let (row_step, column_step) = steps(layout, transpose, lda);
            let a = Matrix {
                start: a,
                rows: rows as usize,
                columns: columns as usize,
                row_step,
                column_step,
            };
            unsafe {
                let x = read_only(vector(x.cast_mut(), columns, incx));
                multiply(alpha, a, x, beta, vector(y, rows, incy));
            }
        }

        /// Σ xᵢ yᵢ.
        ///
        /// # Safety
        ///
        /// As CBLAS says.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $dot(
            n: c_int,
            x: *const $number,
            incx: c_int,
            y: *const $number,
            incy: c_int,
        ) -> $number {
            let mut sum = 0.0;
            unsafe {
                let x = read_only(vector(x.cast_mut(), n, incx)).t();
                let y = read_only(vector(y.cast_mut(), n, incy));
                multiply(1.0, x, y, 0.0, vector(&mut sum, 1, 1));
            }
            sum
        }
    };
}

gemv_and_dot!(cblas_sgemv, cblas_sdot, f32);
gemv_and_dot!(cblas_dgemv, cblas_ddot, f64);
