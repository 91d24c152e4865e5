//! How parameters are drawn, in steps, each of which a mistake may replace.

use ndarray::Array2;
use ndarray_rand::RandomExt;

use crate::network::{LayerSize, Parameters};
use crate::random::{Randn, RandomState};

pub type Matrix = Array2<f64>;
pub type Shape = (usize, usize);

/// Of the weights: the slides' `np.random.randn(a, b) * 0.01`.
pub const SCALE: f64 = 0.01;

/// The course's own; and one large enough for a mean and a spread to tell: 1,500 and 1,250 weights.
pub const SIZES: &[(usize, usize, usize, usize)] = &[(2, 4, 1, 3), (30, 50, 25, 2)];

#[derive(Clone, Copy)]
pub struct Formula {
    pub w1_shape: fn(&LayerSize) -> Shape,
    pub b1_shape: fn(&LayerSize) -> Shape,
    pub w2_shape: fn(&LayerSize) -> Shape,
    pub b2_shape: fn(&LayerSize) -> Shape,
    /// Before scaling.
    pub w1: fn(Shape, &mut RandomState) -> Matrix,
    /// Before scaling; it may be made of W1.
    pub w2: fn(Shape, &mut RandomState, &Matrix) -> Matrix,
    pub scale_w1: f64,
    pub scale_w2: f64,
    pub b1: fn(Shape, &mut RandomState) -> Matrix,
    pub b2: fn(Shape, &mut RandomState) -> Matrix,
    /// The stream that is drawn from.
    pub stream: fn(&RandomState) -> RandomState,
}

pub const RIGHT: Formula = Formula {
    w1_shape: |size| (size.n_h, size.n_x),
    b1_shape: |size| (size.n_h, 1),
    w2_shape: |size| (size.n_y, size.n_h),
    b2_shape: |size| (size.n_y, 1),
    w1: gaussian,
    w2: |shape, rng, _| gaussian(shape, rng),
    scale_w1: SCALE,
    scale_w2: SCALE,
    b1: |shape, _| Matrix::zeros(shape),
    b2: |shape, _| Matrix::zeros(shape),
    stream: RandomState::clone,
};

pub fn gaussian(shape: Shape, rng: &mut RandomState) -> Matrix {
    Matrix::random_using(shape, Randn::new(), rng)
}

pub fn init(formula: &Formula, size: &LayerSize, rng: &mut RandomState) -> Parameters {
    let mut stream = (formula.stream)(rng);
    let w1 = (formula.w1)((formula.w1_shape)(size), &mut stream);
    let w2 = (formula.w2)((formula.w2_shape)(size), &mut stream, &w1);
    let b1 = (formula.b1)((formula.b1_shape)(size), &mut stream);
    let b2 = (formula.b2)((formula.b2_shape)(size), &mut stream);
    *rng = stream;
    Parameters {
        w1: w1 * formula.scale_w1,
        b1,
        w2: w2 * formula.scale_w2,
        b2,
    }
}
