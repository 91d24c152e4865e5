//! The expected formulas against numbers that are not ours: numpy's, and central differences.

use ndarray::{Array2, array};
use serde_json::Value;

use ndarray_rand::RandomExt;

use super::{
    bpropagation, cost_function, fpropagation, init_parameters, nn_model, update_parameters,
};
use crate::check::judging::case::{SHAPES, draw, fixed};
use crate::network::passes::{self, TANH};
use crate::network::{Cache, Gradients, LayerSize, Parameters};
use crate::random::{Randn, RandomState};

fn golden(case: &str) -> Value {
    let file = include_str!("../../../tests/golden/unit_cases.json");
    let cases: Value = serde_json::from_str(file).expect("the file is JSON");
    cases[case].clone()
}

fn number(value: &Value) -> f64 {
    match value {
        Value::String(digits) => digits.parse().expect("a number"),
        other => other.as_f64().expect("a number"),
    }
}

fn matrix(value: &Value) -> Array2<f64> {
    let rows = value.as_array().expect("rows");
    let columns = rows[0].as_array().expect("columns").len();
    Array2::from_shape_fn((rows.len(), columns), |(i, j)| number(&value[i][j]))
}

#[track_caller]
fn assert_close(got: &Array2<f64>, expected: &Array2<f64>, tolerance: f64) {
    assert_eq!(got.dim(), expected.dim());
    for (g, e) in got.iter().zip(expected) {
        assert!(
            (g - e).abs() <= tolerance * e.abs().max(1e-9),
            "{g} and not {e}"
        );
    }
}

/// `numpy.random.seed(1)`, then X and what follows it.
fn x_and_stream() -> (Array2<f64>, RandomState) {
    let mut rng = RandomState::new(1);
    (Array2::random_using((2, 3), Randn::new(), &mut rng), rng)
}

/// The parameters of the Python original's test cases.
fn parameters(b1: Array2<f64>, b2: f64) -> Parameters {
    Parameters {
        w1: array![
            [-0.00416758, -0.00056267],
            [-0.02136196, 0.01640271],
            [-0.01793436, -0.00841747],
            [0.00502881, -0.01245288]
        ],
        b1,
        w2: array![[-0.01057952, -0.00909008, 0.00551454, 0.02292208]],
        b2: array![[b2]],
    }
}

const A2: [f64; 3] = [0.5002307, 0.49985831, 0.50023963];

#[test]
fn forward() {
    let expected = golden("forward_v2");
    let (x, mut rng) = x_and_stream();
    let b1 = Array2::random_using((4, 1), Randn::new(), &mut rng);
    assert_eq!(
        (&x, &b1),
        (&matrix(&expected["X"]), &matrix(&expected["b1"]))
    );
    let parameters = parameters(b1, -1.3);
    for cache in [
        passes::forward(&x, &parameters, TANH),
        fpropagation::expected(&x, &parameters),
    ] {
        assert_close(&cache.a2, &matrix(&expected["A2"]), 1e-14);
        let means = &expected["mean_Z1_A1_Z2_A2"];
        for (i, values) in [&cache.z1, &cache.a1, &cache.z2, &cache.a2]
            .into_iter()
            .enumerate()
        {
            let mean = values.mean().expect("not empty");
            assert!((mean - number(&means[i])).abs() < 1e-14);
        }
    }
}

#[test]
fn cost() {
    let expected = golden("cost_v2");
    let (a2, y) = (array![A2], matrix(&expected["Y"]));
    for cost in [passes::cost(&a2, &y), cost_function::expected(&a2, &y)] {
        assert!((cost - number(&expected["J"])).abs() < 1e-14);
    }
}

#[test]
fn backward() {
    let expected = golden("backward_v2");
    let (x, _) = x_and_stream();
    let a1 = array![
        [-0.00616578, 0.0020626, 0.00349619],
        [-0.05225116, 0.02725659, -0.02646251],
        [-0.02009721, 0.0036869, 0.02883756],
        [0.02152675, -0.01385234, 0.02599885]
    ];
    let cache = Cache {
        z1: a1.mapv(f64::atanh),
        a1,
        z2: array![A2].mapv(|a: f64| (a / (1.0 - a)).ln()),
        a2: array![A2],
    };
    let y = array![[1.0, 0.0, 1.0]];
    let parameters = parameters(Array2::zeros((4, 1)), 0.0);
    for g in [
        passes::backward(&parameters, &cache, &x, &y, TANH),
        bpropagation::expected(&parameters, &cache, &x, &y),
    ] {
        for (name, got) in [("W1", g.dw1), ("b1", g.db1), ("W2", g.dw2), ("b2", g.db2)] {
            assert_close(&got, &matrix(&expected[name]), 1e-12);
        }
    }
}

#[test]
fn update() {
    let expected = golden("update_v2");
    let parameters = Parameters {
        w1: array![
            [-0.00615039, 0.0169021],
            [-0.02311792, 0.03137121],
            [-0.0169217, -0.01752545],
            [0.00935436, -0.05018221]
        ],
        b1: array![
            [-8.97523455e-07],
            [8.15562092e-06],
            [6.04810633e-07],
            [-2.54560700e-06]
        ],
        w2: array![[-0.0104319, -0.04019007, 0.01607211, 0.04440255]],
        b2: array![[9.14954378e-05]],
    };
    let gradients = Gradients {
        dw1: array![
            [0.00023322, -0.00205423],
            [0.00082222, -0.00700776],
            [-0.00031831, 0.0028636],
            [-0.00092857, 0.00809933]
        ],
        db1: array![
            [1.05570087e-07],
            [-3.81814487e-06],
            [-1.90155145e-07],
            [5.46467802e-07]
        ],
        dw2: array![[
            -1.75740039e-05,
            3.70231337e-03,
            -1.25683095e-03,
            -2.55715317e-03
        ]],
        db2: array![[-1.08923140e-05]],
    };
    for p in [
        passes::descend(&parameters, &gradients, 1.2),
        update_parameters::expected(&parameters, &gradients, 1.2),
    ] {
        for (name, got) in [("W1", p.w1), ("b1", p.b1), ("W2", p.w2), ("b2", p.b2)] {
            assert_close(&got, &matrix(&expected[name]), 1e-12);
        }
    }
}

/// All of it together: 10,000 iterations on three examples.
#[test]
fn model() {
    let expected = golden("nn_model_toy_v1");
    let (x, _) = x_and_stream();
    let y = array![[1.0, 0.0, 1.0]];
    let size = LayerSize {
        n_x: 2,
        n_h: 4,
        n_y: 1,
    };
    let (p, costs) = nn_model::expected(&x, &y, &size, 10_000, 1.2, &mut RandomState::new(2));
    for (iteration, cost) in expected["costs"].as_object().expect("costs") {
        let iteration: usize = iteration.parse().expect("a number");
        // The last is of the parameters that are returned.
        let got = costs
            .get(iteration)
            .copied()
            .unwrap_or_else(|| passes::cost(&passes::forward(&x, &p, TANH).a2, &y));
        assert!((got / number(cost) - 1.0).abs() < 1e-9);
    }
    let params = &expected["params"];
    for (name, got) in [("W1", p.w1), ("b1", p.b1), ("W2", p.w2), ("b2", p.b2)] {
        assert_close(&got, &matrix(&params[name]), 1e-8);
    }
}

#[test]
fn gradients_are_those_of_central_differences() {
    for case in draw(SHAPES, &mut fixed()) {
        for (parameter, gradient) in bpropagation::outputs(&case.gradients).iter().enumerate() {
            for (at, &value) in gradient.values.indexed_iter() {
                let slope = bpropagation::central_difference(&case, parameter, at);
                assert!((slope - value).abs() < 1e-8, "{} {at:?}", gradient.name);
            }
        }
    }
}

/// Loss and prediction as the grader draws them: whatever the seed, the right is right and a
/// mistake is a mistake.
#[test]
fn other_seeds_judge_alike() {
    for seed in 0..20 {
        let rng = || RandomState::new(seed);
        let right = bpropagation::judge(&bpropagation::expected, &mut rng());
        assert_eq!(right.points(), 1.0, "{right}");
        let right = init_parameters::judge(&init_parameters::expected, &mut rng());
        assert_eq!(right.points(), 1.0, "{right}");
        let right = nn_model::judge(&nn_model::expected, &mut rng());
        assert_eq!(right.points(), 1.0, "{right}");
        let ascent = update_parameters::judge(
            &|p, g, rate| update_parameters::expected(p, g, -rate),
            &mut rng(),
        );
        assert_eq!(ascent.misconceptions(), ["ascent"]);
    }
}
