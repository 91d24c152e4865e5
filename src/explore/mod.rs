//! Networks to look at, for the first page and the last of the course: their weights stay inside,
//! so that they solve no exercise.

mod by_hand;

pub use by_hand::check_by_hand;

use ndarray::{Array2, array};

use crate::activation::{
    elu, elu_derivative, leaky_relu, leaky_relu_derivative, relu, relu_derivative, sigmoid,
    sigmoid_derivative, tanh, tanh_derivative,
};
use crate::metric::accuracy;
use crate::network::passes::{self, Hidden};
use crate::network::{LayerSize, Parameters};
use crate::plot::{Plotted, expect_examples, plot_db};
use crate::random::RandomState;

/// What the hidden units do with their sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    Sigmoid,
    Tanh,
    Relu,
    LeakyRelu,
    /// With α = 1.
    Elu,
}

impl Activation {
    fn name(self) -> &'static str {
        match self {
            Activation::Sigmoid => "sigmoide",
            Activation::Tanh => "tanh",
            Activation::Relu => "ReLU",
            Activation::LeakyRelu => "Leaky ReLU",
            Activation::Elu => "ELU",
        }
    }

    fn hidden(self) -> Hidden {
        let (activation, derivative): (Function, Function) = match self {
            Activation::Sigmoid => (sigmoid, sigmoid_derivative),
            Activation::Tanh => (tanh, tanh_derivative),
            Activation::Relu => (relu, relu_derivative),
            Activation::LeakyRelu => (leaky_relu, leaky_relu_derivative),
            Activation::Elu => (|z| elu(z, 1.0), |z| elu_derivative(z, 1.0)),
        };
        Hidden {
            activation,
            derivative,
        }
    }
}

type Function = fn(&Array2<f64>) -> Array2<f64>;

/// What [`explore`] trains. `Settings { learning_rate: 0.1, ..Settings::default() }` changes one
/// thing and keeps the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Units of the hidden layer.
    pub n_h: usize,
    pub activation: Activation,
    pub learning_rate: f64,
    pub num_iterations: usize,
    /// Of the initial weights.
    pub seed: u32,
    /// Standard deviation of the initial weights.
    pub weight_scale: f64,
}

impl Default for Settings {
    /// The network of the exercise, for 5000 iterations.
    fn default() -> Self {
        Settings {
            n_h: 4,
            activation: Activation::Tanh,
            learning_rate: 1.2,
            num_iterations: 5_000,
            seed: 2,
            weight_scale: 0.01,
        }
    }
}

/// Trains a network on `x` (2, m) and `y` (1, m), and draws its boundary, titled with its settings
/// and its accuracy.
///
/// # Errors
///
/// [`PlotError`](crate::PlotError) where x and y do not fit each other, or where a diverged network
/// answers NaN.
pub fn explore(x: &Array2<f64>, y: &Array2<f64>, settings: &Settings) -> Plotted {
    Plotted::of(|| {
        expect_examples(x, y)?;
        let parameters = train(x, y, settings);
        let hidden = settings.activation.hidden();
        let output = |x: &Array2<f64>| passes::forward(x, &parameters, hidden).a2;
        let predictions = output(x).mapv(|a2| f64::from(a2 > 0.5));
        let title = format!(
            "{}, n_h = {}, tasa {}, pesos {}: {:.2} %",
            settings.activation.name(),
            settings.n_h,
            settings.learning_rate,
            settings.weight_scale,
            100.0 * accuracy(&predictions, y)
        );
        Ok(plot_db(output, x, y).into_result()?.titled(&title))
    })
}

/// ŷ of the exercise's network after 10,000 iterations from seed 2, for `x` of shape (2, m): what
/// the reader is about to build.
///
/// Its 17 parameters were computed with numpy: run `v1` of tests/golden/ng_flower.json.
pub fn trained_planar_network(x: &Array2<f64>) -> Array2<f64> {
    let parameters = Parameters {
        w1: array![
            [0.144464316, -9.68521925],
            [-11.1325201, 3.33887165],
            [-11.4657789, -13.4187887],
            [9.2556317, -10.1979022]
        ],
        b1: array![
            [0.0158029365],
            [-0.408648527],
            [-0.0649416779],
            [0.01701718]
        ],
        w2: array![[-11.9853955, 3.44410139, 6.15128178, 10.5210465]],
        b2: array![[-0.0660247999]],
    };
    passes::forward(x, &parameters, passes::TANH).a2
}

fn train(x: &Array2<f64>, y: &Array2<f64>, settings: &Settings) -> Parameters {
    let hidden = settings.activation.hidden();
    let size = LayerSize {
        n_x: x.nrows(),
        n_h: settings.n_h,
        n_y: y.nrows(),
    };
    let mut rng = RandomState::new(settings.seed);
    let mut parameters = passes::initial(&size, settings.weight_scale, &mut rng);
    for _ in 0..settings.num_iterations {
        let cache = passes::forward(x, &parameters, hidden);
        let gradients = passes::backward(&parameters, &cache, x, y, hidden);
        parameters = passes::descend(&parameters, &gradients, settings.learning_rate);
    }
    parameters
}
