//! How good a model's predictions are.

use ndarray::{Array2, Zip};

use crate::network::expect_shape;

/// The share of predictions that equal their label, between 0 and 1. Both are of shape (n_y, m).
///
/// As a mean of equal values it counts any number of examples; a product of 8-bit labels overflows
/// past 255 hits.
///
/// ```
/// use ex03_utils::{accuracy, array};
///
/// let predictions = array![[1.0, 0.0, 1.0, 1.0]];
/// let y = array![[1.0, 0.0, 0.0, 1.0]];
/// assert_eq!(accuracy(&predictions, &y), 0.75);
/// ```
///
/// # Panics
///
/// Where the shapes differ, or there is no example.
pub fn accuracy(predictions: &Array2<f64>, y: &Array2<f64>) -> f64 {
    if let Err(mismatch) = expect_shape("Las predicciones", predictions, y.dim()) {
        panic!("{mismatch}");
    }
    assert!(
        !y.is_empty(),
        "No hay ejemplos: la exactitud de cero predicciones no existe"
    );
    let hits = Zip::from(predictions)
        .and(y)
        .fold(0_usize, |hits, prediction, label| {
            hits + usize::from(prediction == label)
        });
    hits as f64 / y.len() as f64
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn counts_past_255_hits() {
        let y = Array2::ones((1, 400));
        assert_eq!(accuracy(&y, &y), 1.0);
    }

    #[test]
    fn a_nan_is_no_hit() {
        assert_eq!(accuracy(&array![[f64::NAN, 1.0]], &array![[0.0, 1.0]]), 0.5);
    }

    #[test]
    #[should_panic = "debería tener"]
    fn does_not_broadcast() {
        accuracy(&array![[1.0]], &array![[1.0, 1.0]]);
    }
}
