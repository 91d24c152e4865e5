//! What the last part of notebook 3 explores: units, fresh flowers, settings.

use ex03_utils::*;

use super::network::{RELU, TANH, forward, fresh, initial, on, percent, train};
use super::{Told, golden, same};

const ITERATIONS: usize = 5_000;

pub fn of_hidden_units(x: &Array2<f64>, y: &Array2<f64>) -> Vec<Told> {
    let golden = golden();
    let every_tenth: Vec<usize> = (0..400).step_by(10).collect();
    let few_x = x.select(Axis(1), &every_tenth);
    let few_y = y.select(Axis(1), &every_tenth);
    let trained = |x, y, n_h| train(x, y, initial(n_h, 2, 0.01), ITERATIONS, 1.2, TANH).0;
    let of_all = on_all_cores(&[1, 2, 3, 4, 5, 20, 50], |&n_h| {
        let parameters = trained(x, y, n_h);
        (n_h, on(&parameters, x, y), fresh(&parameters))
    });
    let mut accuracies = Vec::new();
    for (n_h, training, fresh) in of_all {
        let expected = &golden["by_n_h"][n_h.to_string()];
        same(training, &expected["training"]["accuracy"], 0.5);
        same(fresh, &expected["fresh"]["accuracy"], 1.0);
        if n_h >= 3 {
            assert!((91.0..=92.0).contains(&fresh), "n_h = {n_h}: {fresh}");
        }
        accuracies.push(training);
    }
    let of_few = [4, 20].map(|n_h| {
        let parameters = trained(&few_x, &few_y, n_h);
        let (training, fresh) = (on(&parameters, &few_x, &few_y), fresh(&parameters));
        let expected = &golden["few"][n_h.to_string()];
        same(training, &expected["training"]["accuracy"], 0.0);
        same(fresh, &expected["fresh"]["accuracy"], 0.5);
        (training, fresh)
    });
    let [four, twenty] = of_few;
    vec![
        (
            "3 pregunta-unidades",
            format!("un {:.2} y un {:.2} %", accuracies[0], accuracies[1]),
        ),
        (
            "3 pregunta-unidades",
            format!("un {:.2} %, y de ahí", accuracies[2]),
        ),
        (
            "3 pregunta-unidades",
            "las redes de 3, 4, 5, 20 y 50 unidades aciertan todas entre un 91 y un 92 %"
                .to_string(),
        ),
        (
            "3 pregunta-unidades",
            format!("Con solo {} (uno de cada diez) sí", few_x.ncols()),
        ),
        (
            "3 pregunta-unidades",
            format!(
                "20 unidades aciertan el {:.0} % de los 40, y un {:.0} %",
                twenty.0, twenty.1
            ),
        ),
        (
            "3 pregunta-unidades",
            format!("con 4 unidades son un {:.0} % y un {:.0} %", four.0, four.1),
        ),
    ]
}

pub fn of_settings(x: &Array2<f64>, y: &Array2<f64>) -> Vec<Told> {
    let golden = golden();
    let of_relu = |seed: u32| {
        let (parameters, _) = train(x, y, initial(4, seed, 0.01), ITERATIONS, 1.2, RELU);
        percent(&forward(&parameters, x, RELU).a2, y)
    };
    let of_relu = on_all_cores(&[0, 1, 2, 3, 4, 5, 6, 7], |&seed| of_relu(seed));
    for (accuracy, expected) in of_relu.iter().zip(golden["relu"].as_array().unwrap()) {
        same(*accuracy, expected, 0.5);
    }
    let lowest = of_relu.iter().copied().fold(100.0, f64::min);
    let highest = of_relu.iter().copied().fold(0.0, f64::max);
    let scaled = ["0.01", "1.0", "10.0"].map(|scale| {
        let start = initial(4, 2, scale.parse().unwrap());
        let (parameters, _) = train(x, y, start, ITERATIONS, 1.2, TANH);
        let accuracy = on(&parameters, x, y);
        same(accuracy, &golden["by_scale"][scale]["accuracy"], 0.25);
        accuracy
    });
    let equal = Parameters {
        w1: Array2::from_elem((4, 2), 0.01),
        w2: Array2::from_elem((1, 4), 0.01),
        ..initial(4, 2, 0.01)
    };
    let (parameters, _) = train(x, y, equal, ITERATIONS, 1.2, TANH);
    let equal = on(&parameters, x, y);
    same(equal, &golden["equal_start"]["accuracy"], 1e-9);
    vec![
        (
            "3 explorar-lo-demas",
            format!("entre un {lowest:.0} y un {highest:.0} %"),
        ),
        (
            "3 explorar-inicio",
            format!(
                "con 1.0 y 10.0, salen un {:.2} y un {:.2} %",
                scaled[1], scaled[2]
            ),
        ),
        (
            "3 explorar-inicio",
            format!("con 0.01, que da un {:.2} %", scaled[0]),
        ),
        (
            "3 pregunta-inicio",
            format!("en 0.01 la red acierta un {equal:.2} %"),
        ),
    ]
}
