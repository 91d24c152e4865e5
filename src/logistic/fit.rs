//! One logistic regression, fitted by linfa.

use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_logistic::LogisticRegression;
use ndarray::{Array1, Array2, Axis};

use super::error::LogisticError;
use crate::activation::sigmoid;

/// linfa stops where the gradient of the summed loss is this much for each example.
const GRADIENT_TOLERANCE: f64 = 1e-8;
/// What is accepted of it: rounding may stop linfa before its tolerance, and it does not say so.
const ACCEPTED_GRADIENT: f64 = 1e-6;
const MAX_ITERATIONS: u64 = 1000;

/// w and b of the minimum with this C.
///
/// linfa is given an equivalent problem: x less its mean, which only b feels, and divided by a
/// number, which only asks for another alpha. That number makes the curvatures by w and by b alike,
/// so that one tolerance suits any C and any unit of x. On x as it is, linfa took three times as
/// long over data of units from 1e-3 to 1e3, and stopped far from the minimum on others.
pub fn fit(x: &Array2<f64>, labels: &[bool], c: f64) -> Result<(Array1<f64>, f64), LogisticError> {
    let m = x.ncols() as f64;
    let alpha = 1.0 / c;
    let mean = x.sum_axis(Axis(1)) / m;
    let centered = x.t().to_owned() - &mean;
    let variance = centered.mapv(|value| value * value).sum() / centered.len() as f64;
    let scale = (variance + 4.0 * alpha / m).sqrt();
    if !scale.is_finite() {
        return Err(LogisticError::NotConverged { c });
    }
    let alpha = alpha / (scale * scale);

    let dataset = DatasetBase::new(centered / scale, Array1::from(labels.to_vec()));
    let fitted = LogisticRegression::default()
        .alpha(alpha)
        .gradient_tolerance(GRADIENT_TOLERANCE * m)
        .max_iterations(MAX_ITERATIONS)
        .fit(&dataset)
        .map_err(|error| LogisticError::Solver {
            c,
            message: error.to_string(),
        })?;
    // linfa's positive class is the larger one, or the first it meets.
    let sign = if fitted.labels().pos.class { 1.0 } else { -1.0 };
    let w = fitted.params() * sign;
    let b = fitted.intercept() * sign;
    let gradient = gradient_norm(&dataset, alpha, &w, b);
    if gradient.is_nan() || gradient > ACCEPTED_GRADIENT * m {
        return Err(LogisticError::NotConverged { c });
    }
    let w = w / scale;
    let b = b - w.dot(&mean);
    Ok((w, b))
}

/// Of the sum of the losses + alpha |w|² / 2, by w and b: the examples are rows.
fn gradient_norm(
    dataset: &DatasetBase<Array2<f64>, Array1<bool>>,
    alpha: f64,
    w: &Array1<f64>,
    b: f64,
) -> f64 {
    let rows = &dataset.records;
    let z = rows.dot(w) + b;
    let labels = dataset.targets.mapv(f64::from);
    let dz = sigmoid(&z.insert_axis(Axis(1))).remove_axis(Axis(1)) - labels;
    let dw = rows.t().dot(&dz) + w * alpha;
    let db = dz.sum();
    (dw.dot(&dw) + db * db).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::noisy_moons;
    use crate::random::RandomState;

    /// On x as it is, linfa does not reach the minimum in some of these units.
    #[test]
    fn the_unit_and_the_origin_of_x_do_not_matter() {
        let (x, y) = noisy_moons(&mut RandomState::new(0));
        let labels: Vec<bool> = y.iter().map(|&label| label == 1.0).collect();
        let (w, b) = fit(&x, &labels, 1.0).unwrap();
        for (unit, origin) in [(1e-6, 0.0), (1e6, 0.0), (1.0, 1e4), (1e6, -1e9)] {
            let moved = &x * unit + origin;
            let (moved_w, moved_b) = fit(&moved, &labels, unit.powi(-2)).unwrap();
            let back = &moved_w * unit;
            assert!(
                (&back - &w).iter().all(|error| error.abs() < 1e-6),
                "{back} ≠ {w}"
            );
            let b_back = moved_b + moved_w.sum() * origin;
            assert!((b_back - b).abs() < 1e-6, "{b_back} ≠ {b}");
        }
    }
}
