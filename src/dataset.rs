//! Planar datasets with two classes: the flower of the exercise, and five further sets to explore.
//!
//! Each returns `(x, y)`: `x` of shape (2, m), one example a column, and `y` of shape (1, m), 0.0
//! or 1.0. From the same seed, each is what numpy and scikit-learn draw, with sines, cosines and
//! logarithms rounded correctly, so that it is the same bits on every system. The flower of seed 1
//! is numpy's own to the bit; of other sets about one coordinate in a thousand may differ from
//! numpy's in its last digit (tests/golden/README.md).

use std::f64::consts::{PI, TAU};

use ex03_vector::rounded::{cos, sin};
use ndarray::Array2;

use crate::random::RandomState;

type Point = [f64; 2];

/// Examples in each of the further sets.
const N: usize = 200;

/// The planar flower: 400 examples, the first 200 of class 0. `seed` = 1 gives the dataset of the
/// exercise.
///
/// Class j is drawn around the curve r = 4 sin(4t), for t from 3.12 j to 3.12 (j + 1), as x = (r
/// sin t, r cos t), with Gaussian noise of standard deviation 0.2 on both t (in radians) and r.
///
/// Source: `load_planar_dataset` of deeplearning.ai's "Planar data classification with one hidden
/// layer".
///
/// ```
/// let (x, y) = ex03_utils::load_planar_dataset(1);
/// assert_eq!((x.dim(), y.dim()), ((2, 400), (1, 400)));
/// ```
pub fn load_planar_dataset(seed: u32) -> (Array2<f64>, Array2<f64>) {
    flower(seed, 200, 0.2)
}

/// The same with another number of examples of each class, 2 or more, and another standard deviation
/// of its noise.
pub(crate) fn flower(
    seed: u32,
    examples_of_a_class: usize,
    noise: f64,
) -> (Array2<f64>, Array2<f64>) {
    let mut rng = RandomState::new(seed);
    let mut points = Vec::new();
    let mut labels = Vec::new();
    for class in [0.0, 1.0] {
        let exact_angles = linspace(class * 3.12, (class + 1.0) * 3.12, examples_of_a_class);
        // All of the angles are drawn before the first radius.
        let angles: Vec<f64> = exact_angles
            .map(|t| t + rng.standard_normal() * noise)
            .collect();
        for t in angles {
            let r = 4.0 * sin(4.0 * t) + rng.standard_normal() * noise;
            points.push([r * sin(t), r * cos(t)]);
            labels.push(class);
        }
    }
    in_columns(&points, labels)
}

/// A circle of radius 1 (class 0) around one of radius 0.5 (class 1), with noise of standard
/// deviation 0.3: 200 examples.
///
/// Source: scikit-learn's `make_circles(n_samples=200, factor=.5, noise=.3)`.
pub fn noisy_circles(rng: &mut RandomState) -> (Array2<f64>, Array2<f64>) {
    let half = N / 2;
    let circle = |radius: f64| {
        // Without its end, which is its start.
        (0..half).map(move |i| {
            let t = i as f64 * (TAU / half as f64);
            [cos(t) * radius, sin(t) * radius]
        })
    };
    let points = circle(1.0).chain(circle(0.5)).collect();
    let (mut points, labels) = shuffled(points, halves(), rng);
    add_noise(&mut points, 0.3, rng);
    in_columns(&points, labels)
}

/// Two interleaving half circles, with noise of standard deviation 0.2: 200 examples.
///
/// Source: scikit-learn's `make_moons(n_samples=200, noise=.2)`.
pub fn noisy_moons(rng: &mut RandomState) -> (Array2<f64>, Array2<f64>) {
    let half = N / 2;
    let upper = linspace(0.0, PI, half).map(|t| [cos(t), sin(t)]);
    let lower = linspace(0.0, PI, half).map(|t| [1.0 - cos(t), 1.0 - sin(t) - 0.5]);
    let points = upper.chain(lower).collect();
    let (mut points, labels) = shuffled(points, halves(), rng);
    add_noise(&mut points, 0.2, rng);
    in_columns(&points, labels)
}

/// Six round clouds of standard deviation 1, their centres uniform in [−10, 10]², odd ones of class
/// 1: 200 examples.
///
/// Source: scikit-learn's `make_blobs(n_samples=200, n_features=2, centers=6)`, its labels modulo
/// 2.
pub fn blobs(rng: &mut RandomState) -> (Array2<f64>, Array2<f64>) {
    const CENTERS: usize = 6;
    let centers: [Point; CENTERS] =
        std::array::from_fn(|_| std::array::from_fn(|_| -10.0 + 20.0 * rng.uniform()));
    let mut points = Vec::new();
    let mut labels = Vec::new();
    for (i, center) in centers.iter().enumerate() {
        // The first clouds take one example more each, where 200 leaves a remainder.
        let examples = N / CENTERS + usize::from(i < N % CENTERS);
        for _ in 0..examples {
            points.push(center.map(|c| c + rng.standard_normal()));
            labels.push((i % 2) as f64);
        }
    }
    let (points, labels) = shuffled(points, labels, rng);
    in_columns(&points, labels)
}

/// One round cloud of variance 0.5: the half nearest to the origin is class 0, the other class 1.
/// 200 examples.
///
/// Source: scikit-learn's `make_gaussian_quantiles(cov=.5, n_samples=200, n_features=2,
/// n_classes=2)`.
pub fn gaussian_quantiles(rng: &mut RandomState) -> (Array2<f64>, Array2<f64>) {
    let standard_deviation = 0.5_f64.sqrt();
    let mut points: Vec<Point> = (0..N)
        .map(|_| std::array::from_fn(|_| rng.standard_normal() * standard_deviation))
        .collect();
    let squared_distance = |p: &Point| p[0] * p[0] + p[1] * p[1];
    points.sort_by(|a, b| squared_distance(a).total_cmp(&squared_distance(b)));
    let (points, labels) = shuffled(points, halves(), rng);
    in_columns(&points, labels)
}

/// Nothing to learn: 200 examples uniform in the unit square, each of class 0 or 1 as if by a coin.
///
/// The original draws `rand(N, 2)` for the labels too, which are no labels. Here the coin is a
/// further uniform number of the stream for each example, after all points: class 1 where it is 0.5
/// or more.
pub fn no_structure(rng: &mut RandomState) -> (Array2<f64>, Array2<f64>) {
    let points: Vec<Point> = (0..N)
        .map(|_| std::array::from_fn(|_| rng.uniform()))
        .collect();
    let labels = (0..N)
        .map(|_| f64::from(u8::from(rng.uniform() >= 0.5)))
        .collect();
    in_columns(&points, labels)
}

/// numpy's `linspace`: `count` evenly spaced numbers, both ends included.
fn linspace(start: f64, stop: f64, count: usize) -> impl Iterator<Item = f64> {
    let last = count - 1;
    let step = (stop - start) / last as f64;
    // The end is taken as given: the sum may miss it by a rounding.
    (0..count).map(move |i| {
        if i == last {
            stop
        } else {
            i as f64 * step + start
        }
    })
}

/// Labels of two classes, one after the other.
fn halves() -> Vec<f64> {
    let mut labels = vec![0.0; N / 2];
    labels.resize(N, 1.0);
    labels
}

/// scikit-learn's `shuffle`: points and labels in the same new order.
fn shuffled(points: Vec<Point>, labels: Vec<f64>, rng: &mut RandomState) -> (Vec<Point>, Vec<f64>) {
    let mut examples: Vec<(Point, f64)> = points.into_iter().zip(labels).collect();
    rng.shuffle(&mut examples);
    examples.into_iter().unzip()
}

fn add_noise(points: &mut [Point], standard_deviation: f64, rng: &mut RandomState) {
    for value in points.as_flattened_mut() {
        *value += standard_deviation * rng.standard_normal();
    }
}

fn in_columns(points: &[Point], labels: Vec<f64>) -> (Array2<f64>, Array2<f64>) {
    let m = points.len();
    let x = Array2::from_shape_fn((2, m), |(row, column)| points[column][row]);
    let y = Array2::from_shape_fn((1, m), |(_, column)| labels[column]);
    (x, y)
}
