//! Networks to look at, for the first page and the last of the course: their weights stay inside, so that they solve no exercise.

use ndarray::{Array2, Axis, array};
use ndarray_rand::RandomExt;

use crate::activation::{
    elu, elu_derivative, leaky_relu, leaky_relu_derivative, relu, relu_derivative, sigmoid,
    sigmoid_derivative, tanh, tanh_derivative,
};
use crate::metric::accuracy;
use crate::network::Parameters;
use crate::plot::{Plotted, expect_examples, plot_db};
use crate::random::{Randn, RandomState};

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

    fn of(self, z: &Array2<f64>) -> Array2<f64> {
        match self {
            Activation::Sigmoid => sigmoid(z),
            Activation::Tanh => tanh(z),
            Activation::Relu => relu(z),
            Activation::LeakyRelu => leaky_relu(z),
            Activation::Elu => elu(z, 1.0),
        }
    }

    fn derivative(self, z: &Array2<f64>) -> Array2<f64> {
        match self {
            Activation::Sigmoid => sigmoid_derivative(z),
            Activation::Tanh => tanh_derivative(z),
            Activation::Relu => relu_derivative(z),
            Activation::LeakyRelu => leaky_relu_derivative(z),
            Activation::Elu => elu_derivative(z, 1.0),
        }
    }
}

/// What [`explore`] trains. `Settings { learning_rate: 0.1, ..Settings::default() }` changes one thing and keeps the rest.
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

/// Trains a network on `x` (2, m) and `y` (1, m), and draws its boundary, titled with its settings and its accuracy.
///
/// # Errors
///
/// [`PlotError`](crate::PlotError) where x and y do not fit each other, or where a diverged network answers NaN.
pub fn explore(x: &Array2<f64>, y: &Array2<f64>, settings: &Settings) -> Plotted {
    Plotted::of(|| {
        expect_examples(x, y)?;
        let parameters = train(x, y, settings);
        let activation = settings.activation;
        let predictions = output(x, &parameters, activation).mapv(|a2| f64::from(a2 > 0.5));
        let title = format!(
            "{}, n_h = {}, tasa {}, pesos {}: {:.2} %",
            activation.name(),
            settings.n_h,
            settings.learning_rate,
            settings.weight_scale,
            100.0 * accuracy(&predictions, y)
        );
        Ok(plot_db(|grid| output(grid, &parameters, activation), x, y)
            .into_result()?
            .titled(&title))
    })
}

/// ŷ of the exercise's network after 10,000 iterations from seed 2, for `x` of shape (2, m): what the reader is about to build.
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
    output(x, &parameters, Activation::Tanh)
}

fn output(x: &Array2<f64>, parameters: &Parameters, activation: Activation) -> Array2<f64> {
    let a1 = activation.of(&(parameters.w1.dot(x) + &parameters.b1));
    sigmoid(&(parameters.w2.dot(&a1) + &parameters.b2))
}

fn train(x: &Array2<f64>, y: &Array2<f64>, settings: &Settings) -> Parameters {
    let mut rng = RandomState::new(settings.seed);
    let (n_x, n_h, n_y) = (x.nrows(), settings.n_h, y.nrows());
    let rate = settings.learning_rate / x.ncols() as f64;
    let mut p = Parameters {
        w1: Array2::random_using((n_h, n_x), Randn::new(), &mut rng) * settings.weight_scale,
        b1: Array2::zeros((n_h, 1)),
        w2: Array2::random_using((n_y, n_h), Randn::new(), &mut rng) * settings.weight_scale,
        b2: Array2::zeros((n_y, 1)),
    };
    for _ in 0..settings.num_iterations {
        let z1 = p.w1.dot(x) + &p.b1;
        let a1 = settings.activation.of(&z1);
        let dz2 = sigmoid(&(p.w2.dot(&a1) + &p.b2)) - y;
        let dz1 = p.w2.t().dot(&dz2) * settings.activation.derivative(&z1);
        p.w2.scaled_add(-rate, &dz2.dot(&a1.t()));
        p.b2.scaled_add(-rate, &dz2.sum_axis(Axis(1)).insert_axis(Axis(1)));
        p.w1.scaled_add(-rate, &dz1.dot(&x.t()));
        p.b1.scaled_add(-rate, &dz1.sum_axis(Axis(1)).insert_axis(Axis(1)));
    }
    p
}
