//! The eight functions of BLAS that ndarray's `dot` calls when its feature "blas" is on. This is
//! how a student's `w.dot(&x)` gets to the products of this package.
//!
//! They keep the whole contract of CBLAS, <https://netlib.org/blas/>, conjugates included, although ndarray asks for none. So a process
//! that also holds a real BLAS is right whichever of the two a caller is linked to.

use std::ffi::c_int;
use std::ops::{Add, Mul};

use crate::product::{Matrix, Number, multiply};

impl Number for f32 {
    const ONE: f32 = 1.0;

    fn conjugate(self) -> f32 {
        self
    }
}

impl Number for f64 {
    const ONE: f64 = 1.0;

    fn conjugate(self) -> f64 {
        self
    }
}

/// As C lays it out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(C)]
pub struct Complex<R> {
    pub re: R,
    pub im: R,
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

            fn conjugate(self) -> Self {
                Complex {
                    re: self.re,
                    im: -self.im,
                }
            }
        }
    )+};
}

complex_number!(f32, f64);

const ROW_MAJOR: c_int = 101;
const NO_TRANSPOSE: c_int = 111;
const CONJUGATE_TRANSPOSE: c_int = 113;

/// Strides between rows and between columns.
fn strides(layout: c_int, transpose: c_int, leading: c_int) -> (isize, isize) {
    if (layout == ROW_MAJOR) == (transpose == NO_TRANSPOSE) {
        (leading as isize, 1)
    } else {
        (1, leading as isize)
    }
}

/// A vector as a matrix of one column. BLAS points to the lowest address of a vector that runs
/// backwards, whose first element is the highest.
///
/// # Safety
///
/// The vector's elements exist.
unsafe fn vector<T>(lowest: *mut T, length: c_int, stride: c_int) -> Matrix<*mut T> {
    let back = if stride < 0 {
        (1 - length as isize) * stride as isize
    } else {
        0
    };
    Matrix {
        // SAFETY: it is the vector's first element, which exists.
        start: unsafe { lowest.offset(back) },
        rows: length as usize,
        columns: 1,
        row_stride: stride as isize,
        // There is only one column. A stride of 0 keeps it from being taken for a row that runs
        // along memory.
        column_stride: 0,
    }
}

fn read_only<T>(m: Matrix<*mut T>) -> Matrix<*const T> {
    Matrix {
        start: m.start,
        rows: m.rows,
        columns: m.columns,
        row_stride: m.row_stride,
        column_stride: m.column_stride,
    }
}

/// The conjugates of a matrix's elements, row by row, where the caller asks for them.
///
/// # Safety
///
/// The elements exist.
unsafe fn conjugated<T: Number>(transpose: c_int, of: &Matrix<*const T>) -> Option<Vec<T>> {
    let places = (0..of.rows).flat_map(|i| (0..of.columns).map(move |j| (i, j)));
    // SAFETY: the caller says that the elements exist.
    (transpose == CONJUGATE_TRANSPOSE).then(|| {
        places
            .map(|(i, j)| unsafe { of.at(i, j) }.conjugate())
            .collect()
    })
}

/// Values that lie row by row as a matrix.
fn by_rows<T>(values: &[T], rows: usize, columns: usize) -> Matrix<*const T> {
    Matrix {
        start: values.as_ptr(),
        rows,
        columns,
        row_stride: columns as isize,
        column_stride: 1,
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
            let (row_stride, column_stride) = strides(layout, transpose_a, lda);
            let a = Matrix {
                start: a,
                rows: m,
                columns: k,
                row_stride,
                column_stride,
            };
            let (row_stride, column_stride) = strides(layout, transpose_b, ldb);
            let b = Matrix {
                start: b,
                rows: k,
                columns: n,
                row_stride,
                column_stride,
            };
            // SAFETY: CBLAS's contract says that the elements of both exist.
            let kept = unsafe { [conjugated(transpose_a, &a), conjugated(transpose_b, &b)] };
            let [a, b] = [(&kept[0], a), (&kept[1], b)].map(|(kept, own)| match kept {
                Some(values) => by_rows(values, own.rows, own.columns),
                None => own,
            });
            let (row_stride, column_stride) = strides(layout, NO_TRANSPOSE, ldc);
            let c = Matrix {
                start: c,
                rows: m,
                columns: n,
                row_stride,
                column_stride,
            };
            // SAFETY: CBLAS's contract says that the elements exist and that those of c overlap
            // nothing.
            unsafe { multiply(value(alpha), a, b, value(beta), c) };
        }
    };
}

gemm!(cblas_sgemm, f32, f32, |scalar| scalar);
gemm!(cblas_dgemm, f64, f64, |scalar| scalar);
// SAFETY: CBLAS's contract says that the scalars exist.
gemm!(
    cblas_cgemm,
    Complex<f32>,
    *const Complex<f32>,
    |scalar| unsafe { *scalar }
);
// SAFETY: as above.
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
            let (row_stride, column_stride) = strides(layout, transpose, lda);
            let a = Matrix {
                start: a,
                rows: rows as usize,
                columns: columns as usize,
                row_stride,
                column_stride,
            };
            // SAFETY: CBLAS's contract says that the elements exist and that those of y overlap
            // nothing.
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
            // SAFETY: CBLAS's contract says that the elements exist, and `sum` is a vector of one.
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
