//! Gradients against the slope of the cost itself, whatever the formula that they come from.

use ndarray::Array2;

use crate::check::judging::answer::Output;
use crate::check::judging::case::Case;
use crate::check::report::format_value;
use crate::network::Parameters;
use crate::network::passes::{self, TANH};

type Matrix = Array2<f64>;

/// One parameter of a network, and its name.
type Parameter = (&'static str, fn(&mut Parameters) -> &mut Matrix);

/// In the order of the outputs.
const PARAMETERS: [Parameter; 4] = [
    ("W2", |p| &mut p.w2),
    ("b2", |p| &mut p.b2),
    ("W1", |p| &mut p.w1),
    ("b1", |p| &mut p.b1),
];

/// (J(θ + ε) − J(θ − ε)) / 2ε: what dJ/dθ is, whatever the formula.
pub fn central_difference(case: &Case, parameter: usize, at: (usize, usize)) -> f64 {
    const STEP: f64 = 1e-5;
    let cost_at = |step: f64| {
        let mut parameters = case.parameters.clone();
        (PARAMETERS[parameter].1)(&mut parameters)[at] += step;
        let cache = passes::forward(&case.x, &parameters, TANH);
        passes::cost(&cache.a2, &case.y)
    };
    (cost_at(STEP) - cost_at(-STEP)) / (2.0 * STEP)
}

/// Central differences are right to about 1e-9 of the cost.
const CENTRAL_DIFFERENCE_ERROR: f64 = 1e-6;

pub fn against_central_differences(case: &Case, got: &[Output]) -> Option<String> {
    let shapes = [
        case.parameters.w2.dim(),
        case.parameters.b2.dim(),
        case.parameters.w1.dim(),
        case.parameters.b1.dim(),
    ];
    for (parameter, gradient) in got.iter().enumerate() {
        if gradient.values.dim() != shapes[parameter] {
            continue;
        }
        for (at, &value) in gradient.values.indexed_iter() {
            let slope = central_difference(case, parameter, at);
            let far = (slope - value).abs() > CENTRAL_DIFFERENCE_ERROR * slope.abs().max(1.0);
            if far || value.is_nan() {
                return Some(format!(
                    "Comprobado con diferencias centrales: al mover {} (fila {}, columna {}) el costo cambia a razón de {}, y tu {} dice {}.",
                    PARAMETERS[parameter].0,
                    at.0,
                    at.1,
                    format_value(slope),
                    gradient.name,
                    format_value(value),
                ));
            }
        }
    }
    None
}
