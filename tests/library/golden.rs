//! Numbers of numpy and scikit-learn (tests/golden/), bit for bit where they draw and to a bound
//! where they iterate.
//!
//! `sklearn.json` is made by `python tests/golden/make_sklearn.py`; the other files were measured
//! once.

use ex03_utils::ndarray_rand::rand::RngCore;
use ex03_utils::*;
use serde_json::Value;
use sha2::{Digest, Sha256};

type MakeDataset = fn(&mut RandomState) -> (Array2<f64>, Array2<f64>);

fn golden(file: &str) -> Value {
    let path = format!("{}/tests/golden/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect(&path);
    serde_json::from_str(&text).expect(&path)
}

/// The golden files hold numbers as strings, because serde_json's default parser may miss the last
/// bit.
fn number(value: &Value) -> f64 {
    let text = value.as_str().expect("a number in a string");
    text.parse().expect("a number")
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn matrix(value: &Value) -> Array2<f64> {
    let rows: Vec<Vec<f64>> = value.as_array().unwrap().iter().map(numbers).collect();
    Array2::from_shape_fn((rows.len(), rows[0].len()), |(i, j)| rows[i][j])
}

fn sha256(values: impl IntoIterator<Item = f64>) -> String {
    let mut hasher = Sha256::new();
    for value in values {
        hasher.update(value.to_le_bytes());
    }
    let digest = hasher.finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn assert_dataset(name: &str, seed: &str, x: &Array2<f64>, y: &Array2<f64>, expected: &Value) {
    let context = format!("{name}, seed {seed}");
    let m = x.ncols();
    assert_eq!((x.nrows(), y.dim()), (2, (1, m)), "{context}");
    assert_eq!(
        x.column(0).to_vec(),
        numbers(&expected["first_x"]),
        "{context}"
    );
    assert_eq!(
        x.column(m - 1).to_vec(),
        numbers(&expected["last_x"]),
        "{context}"
    );
    assert_eq!(
        y.slice(s![0, ..5]).to_vec(),
        numbers(&expected["first_y"]),
        "{context}"
    );
    assert_eq!(y.sum(), expected["ones"].as_f64().unwrap(), "{context}");
    assert_eq!(
        sha256(x.iter().copied()),
        expected["x_sha256"],
        "{context}: X"
    );
    assert_eq!(
        sha256(y.iter().copied()),
        expected["y_sha256"],
        "{context}: Y"
    );
}

#[test]
fn the_flower_of_the_exercise_is_numpys() {
    let (x, _) = load_planar_dataset(1);
    assert_eq!(
        sha256(x.iter().copied()),
        "8360ecab429e96da034019dc3a983b230ffb002eb7aa1a4e93cdad9d585ccf07"
    );
}

#[test]
fn the_flower_is_numpys_from_any_seed() {
    let golden = golden("sklearn.json");
    let by_seed = golden["datasets"]["load_planar_dataset"]
        .as_object()
        .unwrap();
    assert!(!by_seed.is_empty());
    for (seed, expected) in by_seed {
        let (x, y) = load_planar_dataset(seed.parse().unwrap());
        assert_dataset("load_planar_dataset", seed, &x, &y, expected);
    }
}

#[test]
fn further_datasets_are_scikit_learns() {
    let sets: [(&str, MakeDataset); 5] = [
        ("noisy_circles", noisy_circles),
        ("noisy_moons", noisy_moons),
        ("blobs", blobs),
        ("gaussian_quantiles", gaussian_quantiles),
        ("no_structure", no_structure),
    ];
    let golden = golden("sklearn.json");
    for (name, make) in sets {
        let by_seed = golden["datasets"][name].as_object().expect(name);
        assert!(!by_seed.is_empty());
        for (seed, expected) in by_seed {
            let mut rng = RandomState::new(seed.parse().unwrap());
            let (x, y) = make(&mut rng);
            assert_dataset(name, seed, &x, &y, expected);
            assert_eq!(
                rng.uniform(),
                number(&expected["next"]),
                "{name}, seed {seed}: stream after it"
            );
        }
    }
}

#[test]
fn the_stream_is_numpys() {
    let golden = golden("sklearn.json");
    let streams = golden["streams"].as_object().unwrap();
    assert!(!streams.is_empty());
    for (seed, expected) in streams {
        let mut rng = RandomState::new(seed.parse().unwrap());
        for u32 in expected["u32"].as_array().unwrap() {
            assert_eq!(
                u64::from(rng.next_u32()),
                u32.as_u64().unwrap(),
                "seed {seed}"
            );
        }
        for normal in numbers(&expected["three_normals"]) {
            assert_eq!(rng.standard_normal(), normal, "seed {seed}");
        }
        for uniform in numbers(&expected["two_uniforms"]) {
            assert_eq!(rng.uniform(), uniform, "seed {seed}");
        }
        for normal in numbers(&expected["two_normals"]) {
            assert_eq!(rng.standard_normal(), normal, "seed {seed}");
        }
        let mut shuffled: Vec<u32> = (0..1000).collect();
        rng.shuffle(&mut shuffled);
        let first = expected["shuffled_1000_first"].as_array().unwrap();
        for (got, expected) in shuffled.iter().zip(first) {
            assert_eq!(u64::from(*got), expected.as_u64().unwrap(), "seed {seed}");
        }
        assert_eq!(
            sha256(shuffled.into_iter().map(f64::from)),
            expected["shuffled_1000_sha256"],
            "seed {seed}"
        );
        assert_eq!(rng.uniform(), number(&expected["next"]), "seed {seed}");
    }
}

#[test]
fn the_stream_of_seed_1_is_the_one_of_the_python_original() {
    let rng = &golden("ng_flower.json")["rng"];
    let mut stream = RandomState::new(1);
    for expected in rng["seed1_u32_first5"].as_array().unwrap() {
        assert_eq!(u64::from(stream.next_u32()), expected.as_u64().unwrap());
    }
    let mut stream = RandomState::new(1);
    for expected in numbers(&rng["seed1_rand5"]) {
        assert_eq!(stream.uniform(), expected);
    }
    let mut stream = RandomState::new(1);
    for expected in numbers(&rng["seed1_randn10"]) {
        assert_eq!(stream.standard_normal(), expected);
    }
    let randn = Array1::random_using(10, Randn::new(), &mut RandomState::new(1));
    assert_eq!(randn.to_vec(), numbers(&rng["seed1_randn10"]));
}

/// W1 before W2, from one `Randn`, which hands on the spare Gaussian that an odd number of weights
/// leaves.
fn init_parameters(n_x: usize, n_h: usize, n_y: usize, seed: u32) -> Parameters {
    let mut rng = RandomState::new(seed);
    let randn = Randn::new();
    Parameters {
        w1: Array2::random_using((n_h, n_x), &randn, &mut rng) * 0.01,
        b1: Array2::zeros((n_h, 1)),
        w2: Array2::random_using((n_y, n_h), &randn, &mut rng) * 0.01,
        b2: Array2::zeros((n_y, 1)),
    }
}

fn assert_parameters(parameters: &Parameters, expected: &Value) {
    assert_eq!(parameters.w1, matrix(&expected["W1"]));
    assert_eq!(parameters.b1, matrix(&expected["b1"]));
    assert_eq!(parameters.w2, matrix(&expected["W2"]));
    assert_eq!(parameters.b2, matrix(&expected["b2"]));
}

#[test]
fn initial_parameters_are_numpys() {
    let flower = golden("ng_flower.json");
    assert_parameters(&init_parameters(2, 4, 1, 2), &flower["init_seed2"]);
    assert_parameters(&init_parameters(2, 4, 1, 3), &flower["init_seed3"]);
}

/// 15 weights in W1: numpy keeps the sixteenth Gaussian for W2.
#[test]
fn an_odd_number_of_weights_leaves_the_spare_gaussian_to_w2() {
    let expected = &golden("unit_cases.json")["init_2021_public(3,5,2) seed2"];
    assert_parameters(&init_parameters(3, 5, 2, 2), expected);
}

/// `cv`, and the row of scikit-learn with tol = 1e-10.
fn assert_logistic_regression(cv: usize, expected: &Value) {
    let (x, y) = load_planar_dataset(1);
    let model = logistic_regression_cv(&x, &y, cv).unwrap();
    let predictions = model.predict(&x);

    assert_eq!(model.c, number(&expected["C"]));
    assert_eq!(model.cs.to_vec(), numbers(&expected["Cs"]));
    let scores: Vec<f64> = expected["scores"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|fold| fold.as_array().unwrap())
        .map(|score| score.as_f64().unwrap())
        .collect();
    assert_eq!(model.scores.dim(), (cv, 10));
    for (got, expected) in model.scores.iter().zip(&scores) {
        // The parser may miss the last bit. One example is worth 7e-3.
        assert!((got - expected).abs() < 1e-12, "{got} ≠ {expected}");
    }
    assert_eq!(
        model.mean_scores().to_vec(),
        numbers(&expected["mean_scores"])
    );
    for (got, expected) in model.coefficients.iter().zip(numbers(&expected["coef"])) {
        assert!((got - expected).abs() < 1e-6, "{got} ≠ {expected}");
    }
    assert!((model.intercept - number(&expected["intercept"])).abs() < 1e-6);
    assert_eq!(
        100.0 * accuracy(&predictions, &y),
        expected["acc_pct"].as_f64().unwrap()
    );
    assert_eq!(predictions.sum(), expected["n_pred_1"].as_f64().unwrap());
}

#[test]
fn logistic_regression_with_three_folds_is_scikit_learns() {
    assert_logistic_regression(3, &golden("lr.json")["cv3_tight"]);
    let (x, y) = load_planar_dataset(1);
    let model = logistic_regression_cv(&x, &y, 3).unwrap();
    let hits = (&model.predict(&x) - &y)
        .iter()
        .filter(|&&error| error == 0.0)
        .count();
    assert_eq!(hits, 188);
}

#[test]
fn logistic_regression_with_five_folds_is_scikit_learns() {
    assert_logistic_regression(5, &golden("lr.json")["cv_default_tight"]);
}

/// Whichever class is larger or comes first, and in whatever unit x is.
#[test]
fn logistic_regression_on_other_data_is_scikit_learns() {
    let golden = golden("sklearn.json");
    let cases = golden["logistic"].as_array().unwrap();
    assert!(!cases.is_empty());
    for case in cases {
        let seed = case["seed"].as_u64().unwrap() as u32;
        let (x, y) = match case["dataset"].as_str().unwrap() {
            "load_planar_dataset" => load_planar_dataset(seed),
            "noisy_circles" => noisy_circles(&mut RandomState::new(seed)),
            "noisy_moons" => noisy_moons(&mut RandomState::new(seed)),
            "blobs" => blobs(&mut RandomState::new(seed)),
            "gaussian_quantiles" => gaussian_quantiles(&mut RandomState::new(seed)),
            "no_structure" => no_structure(&mut RandomState::new(seed)),
            other => panic!("{other}: a dataset of the crate"),
        };
        let kept = s![.., ..case["kept"].as_u64().unwrap() as usize];
        let unit = number(&case["unit"]);
        let x = &x.slice(kept) * unit;
        let y = y.slice(kept).to_owned();
        let y = if case["flipped"] == true { 1.0 - y } else { y };
        let cv = case["cv"].as_u64().unwrap() as usize;

        let model = logistic_regression_cv(&x, &y, cv).unwrap();
        let predictions = model.predict(&x);
        let context = format!("{case:#}\n{model}");
        for (fold, expected) in model
            .scores
            .rows()
            .into_iter()
            .zip(case["scores"].as_array().unwrap())
        {
            assert_eq!(fold.to_vec(), numbers(expected), "{context}");
        }
        assert_eq!(model.c, number(&case["c"]), "{context}");
        for (got, expected) in model
            .coefficients
            .iter()
            .zip(numbers(&case["coefficients"]))
        {
            assert!(
                (got - expected).abs() * unit < 1e-6,
                "{got} ≠ {expected} in {context}"
            );
        }
        assert!(
            (model.intercept - number(&case["intercept"])).abs() < 1e-6,
            "{context}"
        );
        let hits = accuracy(&predictions, &y) * y.len() as f64;
        assert_eq!(hits.round(), case["hits"].as_f64().unwrap(), "{context}");
        assert_eq!(
            predictions.sum(),
            case["ones"].as_f64().unwrap(),
            "{context}"
        );
    }
}

#[test]
fn the_network_of_the_first_page_is_the_one_that_numpy_trained() {
    let run = &golden("ng_flower.json")["runs"]["v1"];
    let of = |name: &str| matrix(&run["params"][name]);
    let (x, y) = load_planar_dataset(1);
    let a1 = tanh(&(of("W1").dot(&x) + of("b1")));
    let expected = sigmoid(&(of("W2").dot(&a1) + of("b2")));
    let got = trained_planar_network(&x);
    assert!((&got - &expected).iter().all(|d| d.abs() < 1e-6));
    let predictions = got.mapv(|a2| f64::from(a2 > 0.5));
    assert_eq!(
        100.0 * accuracy(&predictions, &y),
        run["acc"].as_f64().unwrap()
    );
}

#[test]
fn exploring_with_the_exercise_s_settings_trains_numpy_s_network() {
    let (x, y) = load_planar_dataset(1);
    let accuracy = &golden("ng_flower.json")["runs"]["v1"]["table5000"]["4"]["acc"];
    let figure = explore(&x, &y, &Settings::default()).unwrap();
    let title = format!(
        "tanh, n_h = 4, tasa 1.2, pesos 0.01: {:.2} %",
        accuracy.as_f64().unwrap()
    );
    assert!(figure.to_string().starts_with(&title), "{figure}");
}
