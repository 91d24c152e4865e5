//! A network that a page trains with a student's functions, compiled to WebAssembly. The page asks,
//! a few iterations at a time; every answer is a list of numbers.

use std::panic;

use ndarray::{Array2, ArrayView1};

use crate::check::line_about_panic;
use crate::dataset::{blobs, flower, gaussian_quantiles, no_structure, noisy_circles, noisy_moons};
use crate::metric::accuracy;
use crate::network::{Cache, Gradients, LayerSize, Parameters};
use crate::random::RandomState;

/// Seed of the initial weights, and their scale as the exercise has it.
const SEED: u32 = 2;
const SCALE: f64 = 0.01;

/// Those of a student's functions that train and answer.
pub struct Functions {
    pub init_parameters: fn(&LayerSize, &mut RandomState) -> Parameters,
    pub fpropagation: fn(&Array2<f64>, &Parameters) -> Cache,
    pub cost_function: fn(&Array2<f64>, &Array2<f64>) -> f64,
    pub bpropagation: fn(&Parameters, &Cache, &Array2<f64>, &Array2<f64>) -> Gradients,
    pub update_parameters: fn(&Parameters, &Gradients, f64) -> Parameters,
    pub predict: fn(&Parameters, &Array2<f64>) -> Array2<f64>,
}

/// Which examples: a dataset by its place in the page's list, the flower first. Noise and number of
/// examples of a class are the flower's; the other sets have their own.
#[derive(Clone, Copy)]
pub struct Data {
    pub dataset: u32,
    pub seed: u32,
    pub examples_of_a_class: usize,
    pub noise: f64,
}

impl Data {
    fn examples(self) -> (Array2<f64>, Array2<f64>) {
        let mut rng = RandomState::new(self.seed);
        match self.dataset {
            0 => flower(self.seed, self.examples_of_a_class, self.noise),
            1 => noisy_moons(&mut rng),
            2 => noisy_circles(&mut rng),
            3 => blobs(&mut rng),
            4 => gaussian_quantiles(&mut rng),
            _ => no_structure(&mut rng),
        }
    }
}

/// A rectangle of the plane, cut into columns and rows.
#[derive(Clone, Copy)]
pub struct Window {
    pub columns: usize,
    pub rows: usize,
    pub left: f64,
    pub right: f64,
    pub bottom: f64,
    pub top: f64,
}

/// A network in training, its examples, and others of the same kind that it does not learn from.
pub struct Engine {
    functions: Functions,
    own: (Array2<f64>, Array2<f64>),
    fresh: (Array2<f64>, Array2<f64>),
    parameters: Parameters,
    costs: Vec<f64>,
}

impl Engine {
    /// A new network and its data. From here on a panic is told on stderr, in a line of Spanish.
    pub fn start(functions: Functions, data: Data, n_h: usize, weight_scale: f64) -> Engine {
        panic::set_hook(Box::new(|info| eprintln!("{}", line_about_panic(info))));
        let own = data.examples();
        let seed = data.seed.wrapping_add(1);
        let fresh = Data { seed, ..data }.examples();
        let size = LayerSize {
            n_x: own.0.nrows(),
            n_h,
            n_y: own.1.nrows(),
        };
        let mut parameters = (functions.init_parameters)(&size, &mut RandomState::new(SEED));
        if weight_scale != SCALE {
            parameters.w1 *= weight_scale / SCALE;
            parameters.w2 *= weight_scale / SCALE;
        }
        Engine {
            functions,
            own,
            fresh,
            parameters,
            costs: Vec::new(),
        }
    }

    /// The loop of `nn_model`, from where it stands.
    pub fn train(&mut self, iterations: usize, learning_rate: f64) {
        let (x, y) = &self.own;
        for _ in 0..iterations {
            let cache = (self.functions.fpropagation)(x, &self.parameters);
            self.costs
                .push((self.functions.cost_function)(&cache.a2, y));
            let gradients = (self.functions.bpropagation)(&self.parameters, &cache, x, y);
            self.parameters =
                (self.functions.update_parameters)(&self.parameters, &gradients, learning_rate);
        }
    }

    /// The cost before each iteration, from the one numbered `from`.
    pub fn costs(&self, from: usize) -> Vec<f64> {
        self.costs.get(from..).unwrap_or_default().to_vec()
    }

    /// The cost of the fresh examples.
    pub fn fresh_cost(&self) -> Vec<f64> {
        let (x, y) = &self.fresh;
        let a2 = (self.functions.fpropagation)(x, &self.parameters).a2;
        vec![(self.functions.cost_function)(&a2, y)]
    }

    /// Cost and accuracy on the network's own examples, then on the fresh ones.
    pub fn summary(&self) -> Vec<f64> {
        [&self.own, &self.fresh]
            .into_iter()
            .flat_map(|(x, y)| {
                let a2 = (self.functions.fpropagation)(x, &self.parameters).a2;
                let predictions = (self.functions.predict)(&self.parameters, x);
                [
                    (self.functions.cost_function)(&a2, y),
                    accuracy(&predictions, y),
                ]
            })
            .collect()
    }

    /// x1, x2, class and prediction of each example.
    pub fn examples(&self) -> Vec<f64> {
        let (x, y) = &self.own;
        let predictions = (self.functions.predict)(&self.parameters, x);
        let columns = x.columns().into_iter();
        let labels = y.iter().zip(&predictions);
        columns
            .zip(labels)
            .flat_map(|(x, (y, prediction)): (ArrayView1<f64>, _)| [x[0], x[1], *y, *prediction])
            .collect()
    }

    /// The probability of class 1 in the middle of each field of a window, row by row from the top.
    pub fn shade(&self, window: Window) -> Vec<f64> {
        let Window { columns, rows, .. } = window;
        let x1 = |column: usize| {
            window.left + (window.right - window.left) * (column as f64 + 0.5) / columns as f64
        };
        let x2 = |row: usize| {
            window.top - (window.top - window.bottom) * (row as f64 + 0.5) / rows as f64
        };
        let x = Array2::from_shape_fn((2, columns * rows), |(axis, i)| match axis {
            0 => x1(i % columns),
            _ => x2(i / columns),
        });
        let a2 = (self.functions.fpropagation)(&x, &self.parameters).a2;
        a2.into_iter().collect()
    }

    /// Weights and bias of the line W1·x + b1 = 0 of each hidden unit.
    pub fn lines(&self) -> Vec<f64> {
        let Parameters { w1, b1, .. } = &self.parameters;
        w1.rows()
            .into_iter()
            .zip(b1)
            .flat_map(|(w, b)| [w[0], w[1], *b])
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::passes;

    const FUNCTIONS: Functions = Functions {
        init_parameters: |size, rng| passes::initial(size, 0.01, rng),
        fpropagation: |x, parameters| passes::forward(x, parameters, passes::TANH),
        cost_function: passes::cost,
        bpropagation: |parameters, cache, x, y| {
            passes::backward(parameters, cache, x, y, passes::TANH)
        },
        update_parameters: passes::descend,
        predict: |parameters, x| {
            passes::forward(x, parameters, passes::TANH)
                .a2
                .mapv(|a| f64::from(a > 0.5))
        },
    };

    const FLOWER: Data = Data {
        dataset: 0,
        seed: 1,
        examples_of_a_class: 200,
        noise: 0.2,
    };

    #[test]
    fn in_pieces_it_trains_as_in_one_go() {
        let mut whole = Engine::start(FUNCTIONS, FLOWER, 4, SCALE);
        whole.train(100, 1.2);
        let mut pieces = Engine::start(FUNCTIONS, FLOWER, 4, SCALE);
        pieces.train(1, 1.2);
        pieces.train(99, 1.2);
        assert_eq!(whole.costs(0), pieces.costs(0));
        assert_eq!(whole.costs(98).len(), 2);
        assert!(whole.costs(101).is_empty());
        assert_eq!(whole.summary(), pieces.summary());
        assert_eq!(whole.fresh_cost()[0], whole.summary()[2]);
    }

    #[test]
    fn every_dataset_is_learnt_from_and_seen_from_above() {
        for dataset in 0..6 {
            let data = Data { dataset, ..FLOWER };
            let mut engine = Engine::start(FUNCTIONS, data, 3, 1.0);
            let before = engine.summary()[0];
            engine.train(50, 0.1);
            assert!(engine.summary()[0] < before, "dataset {dataset}");
            let window = Window {
                columns: 3,
                rows: 2,
                left: -1.0,
                right: 1.0,
                bottom: -1.0,
                top: 1.0,
            };
            let shade = engine.shade(window);
            assert_eq!(shade.len(), 6);
            // The middle of the first row's first field.
            let x = ndarray::array![[-2.0 / 3.0], [0.5]];
            let expected = passes::forward(&x, &engine.parameters, passes::TANH).a2[[0, 0]];
            assert!((shade[0] - expected).abs() < 1e-12);
            assert_eq!(engine.lines().len(), 9);
            assert_eq!(engine.examples().len(), 4 * engine.own.0.ncols());
        }
    }
}
