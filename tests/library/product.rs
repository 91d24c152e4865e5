//! `dot` of ndarray goes to the products of `ex03_vector`. Of small integers every product is
//! exact, in whatever order it is added up.

use std::fmt::Debug;
use std::ops::AddAssign;

use ex03_utils::*;
use ndarray::linalg::{general_mat_mul, general_mat_vec_mul};
use ndarray::{ArrayView2, LinalgScalar};
use num_complex::Complex;

/// Integers from −3 to 3.
fn integers(rows: usize, columns: usize, seed: usize) -> Array2<f64> {
    Array2::from_shape_fn((rows, columns), |(i, j)| {
        ((i * 31 + j * 17 + seed * 7) * 2_654_435_761 % 7) as f64 - 3.0
    })
}

/// The definition.
fn by_definition<T: LinalgScalar + AddAssign>(a: ArrayView2<T>, b: ArrayView2<T>) -> Array2<T> {
    Array2::from_shape_fn((a.nrows(), b.ncols()), |(i, j)| {
        let mut sum = T::zero();
        for k in 0..a.ncols() {
            sum += a[[i, k]] * b[[k, j]];
        }
        sum
    })
}

/// The same matrix in memory by rows, by columns, as every other element, and backwards.
fn layouts<T: Copy>(of: &Array2<T>) -> Vec<Array2<T>> {
    let by_columns = of.t().as_standard_layout().into_owned().reversed_axes();
    let spread = Array2::from_shape_fn((2 * of.nrows(), 3 * of.ncols()), |(i, j)| {
        of[[i / 2, j / 3]]
    })
    .slice_move(s![..;2, ..;3]);
    let mut backwards = of.slice(s![..;-1, ..;-1]).to_owned();
    backwards.invert_axis(Axis(0));
    backwards.invert_axis(Axis(1));
    vec![of.clone(), by_columns, spread, backwards]
}

fn assert_products_are_exact<T: LinalgScalar + AddAssign + PartialEq + Debug>(
    number: impl Fn(f64) -> T,
) {
    for (rows, inner, columns) in [
        (4, 2, 400),
        (1, 4, 1_500),
        (1, 400, 4),
        (4, 1, 400),
        (50, 400, 2),
        (3, 0, 9),
        (9, 9, 1),
        (13, 21, 17),
        (1, 33, 1),
    ] {
        let (a, b) = (
            integers(rows, inner, 1).mapv(&number),
            integers(inner, columns, 2).mapv(&number),
        );
        let expected = by_definition(a.view(), b.view());
        for (i, a) in layouts(&a).iter().enumerate() {
            for (j, b) in layouts(&b).iter().enumerate() {
                assert_eq!(
                    a.dot(b),
                    expected,
                    "({rows}, {inner}) · ({inner}, {columns}), layouts {i} and {j}"
                );
                let mut c = expected.mapv(|_| number(2.0)).reversed_axes();
                general_mat_mul(number(3.0), &b.t(), &a.t(), number(-1.0), &mut c);
                assert_eq!(
                    c,
                    expected
                        .t()
                        .mapv(|e| number(3.0) * e + number(-1.0) * number(2.0)),
                    "layouts {i} and {j}"
                );
            }
        }
    }
}

#[test]
fn of_matrices() {
    assert_products_are_exact(|x| x);
    assert_products_are_exact(|x| x as f32);
    assert_products_are_exact(|x| Complex::new(x, 1.0 - x));
    assert_products_are_exact(|x| Complex::new(x as f32, 2.0));
}

#[test]
fn with_vectors() {
    let (a, b) = (integers(30, 45, 1), integers(45, 1, 2));
    let expected = by_definition(a.view(), b.view()).column(0).to_owned();
    let mut backwards = b.column(0).slice(s![..;-1]).to_owned();
    backwards.invert_axis(Axis(0));
    let spread = b
        .column(0)
        .iter()
        .flat_map(|&x| [x, 9.0])
        .collect::<Array1<f64>>()
        .slice_move(s![..;2]);
    for a in layouts(&a) {
        for x in [b.column(0).to_owned(), backwards.clone(), spread.clone()] {
            assert_eq!(a.dot(&x), expected);
            let mut y = Array1::ones(30);
            y.invert_axis(Axis(0));
            general_mat_vec_mul(2.0, &a, &x, 5.0, &mut y);
            assert_eq!(y, 2.0 * &expected + 5.0);
            assert_eq!(a.row(7).dot(&x), expected[7]);
            assert_eq!(
                a.mapv(|a| a as f32).row(7).dot(&x.mapv(|x| x as f32)),
                expected[7] as f32
            );
        }
    }
}

/// β = 0 overwrites, whatever was there.
#[test]
fn what_is_overwritten_is_not_read() {
    let mut c = Array2::from_elem((9, 9), f64::NAN);
    general_mat_mul(2.0, &Array2::eye(9), &Array2::ones((9, 9)), 0.0, &mut c);
    assert_eq!(c, Array2::from_elem((9, 9), 2.0));
}

/// ndarray asks for no conjugate; another caller in the process, which means a real BLAS, may.
#[test]
fn a_conjugate_transpose_is_one() {
    use ex03_vector::blas::{Complex, cblas_zgemm};
    const ROW_MAJOR: i32 = 101;
    const NO_TRANSPOSE: i32 = 111;
    const CONJUGATE_TRANSPOSE: i32 = 113;
    let complex = |re, im| Complex { re, im };
    // (1 + 2i, 3 − i) as a column of shape (2, 1); its conjugate transpose times itself is |a|².
    let a = [complex(1.0, 2.0), complex(3.0, -1.0)];
    let (one, zero) = (complex(1.0, 0.0), complex(0.0, 0.0));
    let mut c = [complex(9.0, 9.0)];
    // SAFETY: a is (2, 1) with rows of length 1, and c is (1, 1).
    unsafe {
        cblas_zgemm(
            ROW_MAJOR,
            CONJUGATE_TRANSPOSE,
            NO_TRANSPOSE,
            1,
            1,
            2,
            &one,
            a.as_ptr(),
            1,
            a.as_ptr(),
            1,
            &zero,
            c.as_mut_ptr(),
            1,
        );
    }
    assert_eq!(c, [complex(15.0, 0.0)]);
}
