//! The moments of a training that a replay shows.

use ex03_vector::rounded::{exp10, log10};

use super::cost::expect_costs;
use super::error::PlotError;
use crate::network::{LayerSize, Parameters, expect_shape};

/// A replay has about this many steps: a slider of so many is still moved one by one.
const STEPS: usize = 40;
/// All moments together have at most this many numbers, so that a replay stays under a megabyte.
const MOST_NUMBERS: usize = 45_000;
/// What a moment holds beside its parameters takes the room of so many numbers.
const BESIDE_PARAMETERS: usize = 12;
/// Sums of greater parameters could overflow.
const GREATEST: f64 = 1e100;

/// The network after some iterations of its training.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// How many updates there have been: 0 before the first.
    pub iteration: usize,
    /// The cost of `parameters`.
    pub cost: f64,
    pub parameters: Parameters,
}

/// At most 41 iterations from 0 to `last`, dense where a network learns most, each gap some 25 %
/// longer than the one before:
///
/// ```
/// # use ex03_utils::*;
/// assert_eq!(replay_iterations(10_000)[..8], [0, 1, 2, 3, 4, 5, 6, 7]);
/// assert_eq!(replay_iterations(10_000).last(), Some(&10_000));
/// ```
pub fn replay_iterations(last: usize) -> Vec<usize> {
    let mut iterations = vec![0];
    let mut iteration = 0;
    for steps_left in (1..=STEPS).rev() {
        if iteration == last {
            break;
        }
        let factor = exp10(log10(last as f64 / iteration.max(1) as f64) / steps_left as f64);
        let next = (iteration as f64 * factor).round() as usize;
        iteration = next.max(iteration + 1);
        iterations.push(iteration);
    }
    iterations
}

/// The layers of the moments, which can be replayed.
pub(super) fn expect_moments(moments: &[Moment]) -> Result<LayerSize, PlotError> {
    let refuse = |message: String| Err(PlotError::Value(message));
    let Some(first) = moments.first() else {
        return refuse("no hay ningún momento que mostrar".into());
    };
    let size = first.parameters.layer_size()?;
    if size.n_x != 2 || size.n_y != 1 {
        return refuse(format!(
            "la red debería tener n_x = 2 y n_y = 1, y tiene {size}"
        ));
    }
    for pair in moments.windows(2) {
        let (before, after) = (pair[0].iteration, pair[1].iteration);
        if before >= after {
            return refuse(format!(
                "los momentos deberían ir de menor a mayor iteración, y la {after} viene después de la {before}"
            ));
        }
    }
    expect_costs(moments.iter().map(|moment| (moment.iteration, moment.cost)))?;
    let mut numbers = 0;
    for moment in moments {
        let p = &moment.parameters;
        expect_shape("W1", &p.w1, (size.n_h, size.n_x))?;
        p.layer_size()?;
        for (name, matrix) in [("W1", &p.w1), ("b1", &p.b1), ("W2", &p.w2), ("b2", &p.b2)] {
            let fits = |value: &f64| value.abs() <= GREATEST;
            if let Some(((row, column), value)) = matrix.indexed_iter().find(|(_, v)| !fits(v)) {
                return refuse(format!(
                    "{name}[[{row}, {column}]] vale {value} en la iteración {}: no se puede dibujar",
                    moment.iteration
                ));
            }
            numbers += matrix.len();
        }
    }
    if numbers + BESIDE_PARAMETERS * moments.len() > MOST_NUMBERS {
        return refuse(format!(
            "{} momentos de {} parámetros son demasiados para una figura: elige menos iteraciones, por ejemplo con replay_iterations",
            moments.len(),
            numbers / moments.len()
        ));
    }
    Ok(size)
}
