//! The training loop in parts, each of which a mistake may replace.

use ndarray::Array2;

use crate::check::exercises::init_parameters::SCALE;
use crate::network::passes::{self, TANH};
use crate::network::{LayerSize, Parameters};
use crate::random::RandomState;

pub type Matrix = Array2<f64>;
pub type Draw = fn(&LayerSize, &mut RandomState) -> Parameters;

/// One where all sizes differ, and one as large as the course's data. They are only two, because a
/// student's function may print, and each call prints again. Both have one output, because the student's
/// own cost and gradients may be right for one alone. An odd number of examples is never half of one class
/// and half of the other, which would hide a wrong db2.
pub const SHAPES: &[(usize, usize, usize, usize)] = &[(5, 3, 1, 7), (2, 4, 1, 400)];

#[derive(Clone, Copy)]
pub struct Formula {
    pub draw: Draw,
    pub stream: fn(&RandomState) -> RandomState,
    pub size: fn(&LayerSize) -> LayerSize,
    /// What is made of the draw.
    pub start: fn(Parameters) -> Parameters,
    pub draws: Draws,
    pub iterations: fn(usize) -> usize,
    pub rate: fn(f64) -> f64,
    pub forward_once: bool,
    pub gradients_once: bool,
    pub update_is_kept: bool,
    /// Of A2 and Y.
    pub cost: fn(&Matrix, &Matrix) -> f64,
    pub cost_after_update: bool,
    pub costs: fn(Vec<f64>) -> Vec<f64>,
    /// Of the parameters before the first iteration and after each.
    pub returned: fn(&[Parameters]) -> &Parameters,
}

/// When parameters are drawn, beside the draw before the first iteration.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Draws {
    Never,
    /// At the beginning of each iteration but the first.
    EachButFirst,
    /// At the beginning of each iteration.
    Each,
    /// At the end of each iteration.
    AfterEach,
}

pub const RIGHT: Formula = Formula {
    draw: |size, rng| passes::initial(size, SCALE, rng),
    stream: RandomState::clone,
    size: |&size| size,
    start: |drawn| drawn,
    draws: Draws::Never,
    iterations: |n| n,
    rate: |rate| rate,
    forward_once: false,
    gradients_once: false,
    update_is_kept: true,
    cost: passes::cost,
    cost_after_update: false,
    costs: |costs| costs,
    returned: last,
};

pub fn last(history: &[Parameters]) -> &Parameters {
    &history[history.len() - 1]
}

/// What a student's function is called with, but the stream.
pub struct Run<'a> {
    pub x: &'a Matrix,
    pub y: &'a Matrix,
    pub size: &'a LayerSize,
    pub iterations: usize,
    pub rate: f64,
    /// In place of a draw, where it is known.
    pub start: Option<&'a Parameters>,
}

pub fn train(formula: &Formula, run: &Run, rng: &RandomState) -> (Parameters, Vec<f64>) {
    let &Run { x, y, .. } = run;
    let size = (formula.size)(run.size);
    let mut stream = (formula.stream)(rng);
    let mut draw = || {
        let drawn = match run.start {
            Some(start) => start.clone(),
            None => (formula.draw)(&size, &mut stream),
        };
        (formula.start)(drawn)
    };
    let mut history = vec![draw()];
    let mut costs = Vec::new();
    let first_cache = passes::forward(x, &history[0], TANH);
    let first_gradients = passes::backward(&history[0], &first_cache, x, y, TANH);
    for iteration in 0..(formula.iterations)(run.iterations) {
        let draws_now = match formula.draws {
            Draws::Each => true,
            Draws::EachButFirst => iteration > 0,
            Draws::Never | Draws::AfterEach => false,
        };
        let parameters = match draws_now {
            true => draw(),
            false => last(&history).clone(),
        };
        let cache = if formula.forward_once {
            first_cache.clone()
        } else {
            passes::forward(x, &parameters, TANH)
        };
        let gradients = if formula.gradients_once {
            first_gradients.clone()
        } else {
            passes::backward(&parameters, &cache, x, y, TANH)
        };
        let updated = passes::descend(&parameters, &gradients, (formula.rate)(run.rate));
        costs.push(if formula.cost_after_update {
            (formula.cost)(&passes::forward(x, &updated, TANH).a2, y)
        } else {
            (formula.cost)(&cache.a2, y)
        });
        if formula.update_is_kept {
            history.push(updated);
        }
        if formula.draws == Draws::AfterEach {
            history.push(draw());
        }
    }
    ((formula.returned)(&history).clone(), (formula.costs)(costs))
}
