//! Backpropagation through the smallest network there is, which a reader works out by hand.

use ndarray::array;

use crate::network::Parameters;
use crate::network::passes;

/// How near a number of two decimals has to be.
const NEAR: f64 = 0.006;

/// Says of each of four numbers whether it is right, and where it is not, what to look at. They are the
/// derivatives for one example, x = 2 with label 1, in a network of one input, one hidden unit and one
/// output, with W1 = 0.25, W2 = 2 and no biases; two decimals are enough.
pub fn check_by_hand(dz2: f64, dw2: f64, dz1: f64, dw1: f64) {
    for line in lines(dz2, dw2, dz1, dw1) {
        println!("{line}");
    }
}

fn lines(dz2: f64, dw2: f64, dz1: f64, dw1: f64) -> [String; 4] {
    let (x, y) = (array![[2.0]], array![[1.0]]);
    let parameters = Parameters {
        w1: array![[0.25]],
        b1: array![[0.0]],
        w2: array![[2.0]],
        b2: array![[0.0]],
    };
    let cache = passes::forward(&x, &parameters, passes::TANH);
    let gradients = passes::backward(&parameters, &cache, &x, &y, passes::TANH);
    let (z1, a1, w2) = (cache.z1[[0, 0]], cache.a1[[0, 0]], parameters.w2[[0, 0]]);
    // With one example, dZ is the derivative of its bias.
    let right_dz2 = gradients.db2[[0, 0]];
    let right_dz1 = gradients.db1[[0, 0]];
    [
        line("dz2", dz2, right_dz2, &[]),
        line(
            "dw2",
            dw2,
            gradients.dw2[[0, 0]],
            &[
                (
                    right_dz2,
                    "falta multiplicar por lo que entró en la salida: a1",
                ),
                (right_dz2 * z1, "lo que entró en la salida es a1, no z1"),
            ],
        ),
        line(
            "dz1",
            dz1,
            right_dz1,
            &[
                (w2 * right_dz2, "falta cruzar tanh: multiplica por 1 − a1²"),
                (
                    right_dz2 * (1.0 - a1 * a1),
                    "falta el peso por el que vuelve el error: w2",
                ),
                (
                    w2 * right_dz2 * (1.0 - a1),
                    "la derivada de tanh lleva a1 al cuadrado: 1 − a1²",
                ),
            ],
        ),
        line(
            "dw1",
            dw1,
            gradients.dw1[[0, 0]],
            &[(right_dz1, "falta multiplicar por lo que entró: x")],
        ),
    ]
}

/// One line about a number; `mistakes` are what comes of known ones.
fn line(name: &str, told: f64, right: f64, mistakes: &[(f64, &str)]) -> String {
    let is = |value: f64| (told - value).abs() <= NEAR;
    let said = match mistakes.iter().find(|(value, _)| is(*value)) {
        _ if is(right) => return format!("✔ {name} = {told}"),
        _ if told == 0.0 => "todavía por calcular",
        _ if is(-right) => "casi: mira el signo",
        Some((_, what)) => what,
        None => "no es; repasa su fórmula con los números de arriba",
    };
    format!("✘ {name} = {told}: {said}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of tests/golden/story.json, by numpy.
    fn golden() -> [f64; 4] {
        let text = include_str!("../../tests/golden/story.json");
        let story: serde_json::Value = serde_json::from_str(text).unwrap();
        ["dz2", "dw2", "dz1", "dw1"].map(|name| story["by_hand"][name].as_f64().unwrap())
    }

    #[test]
    fn numbers_of_two_decimals_are_right() {
        let [dz2, dw2, dz1, dw1] = golden().map(|it| (100.0 * it).round() / 100.0);
        for line in lines(dz2, dw2, dz1, dw1) {
            assert!(line.starts_with('✔'), "{line}");
        }
    }

    #[test]
    fn each_slip_is_named() {
        let [dz2, dw2, dz1, _] = golden();
        let told = lines(-dz2, dz2, 2.0 * dz2, dz1);
        assert!(told[0].ends_with("mira el signo"), "{told:?}");
        assert!(told[1].ends_with("entró en la salida: a1"), "{told:?}");
        assert!(told[2].ends_with("1 − a1²"), "{told:?}");
        assert!(told[3].ends_with("entró: x"), "{told:?}");
        let told = lines(0.0, 0.5 * dz2, dz1 / 2.0, 7.0);
        assert!(told[0].ends_with("todavía por calcular"), "{told:?}");
        assert!(told[1].ends_with("no z1"), "{told:?}");
        assert!(told[2].ends_with("el error: w2"), "{told:?}");
        assert!(told[3].contains("repasa su fórmula"), "{told:?}");
        assert!(!lines(dz2, dw2, dz1, dw2)[3].starts_with('✔'));
    }
}
