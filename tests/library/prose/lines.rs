//! What straight lines get right, and what they cost.

use ex03_utils::*;
use serde_json::Value;

use super::network::percent;
use super::{Told, golden, same};

pub fn of_lines(x: &Array2<f64>, y: &Array2<f64>) -> Vec<Told> {
    let golden = golden();
    let model = logistic_regression_cv(x, y, 3).unwrap();
    let logistic = percent(&model.predict_probability(x), y);
    same(logistic, &golden["logistic"]["accuracy"], 0.0);

    let hits = best_line(x, y);
    same(hits as f64, &golden["best_line"]["hits"], 0.0);
    let best = 100.0 * hits as f64 / 400.0;

    let probabilities = model.predict_probability(x);
    let lowest = probabilities.fold(1.0_f64, |low, &p| low.min(p));
    let highest = probabilities.fold(0.0_f64, |high, &p| high.max(p));
    let near = probabilities.mapv(|p| f64::from((p - 0.5).abs() < 0.05));
    let near = 100.0 * near.mean().unwrap();
    same(lowest, &golden["logistic"]["lowest"], 1e-3);
    same(highest, &golden["logistic"]["highest"], 1e-3);
    same(near, &golden["logistic"]["near_half"], 0.0);

    // What the figure says of a line, as numpy has it.
    let line = |degrees: f64| {
        let golden = golden["lines"].as_array().unwrap();
        let is_it = |line: &&Value| line["degrees"] == degrees && line["offset"] == 0.0;
        let golden = golden.iter().find(is_it).unwrap();
        let said = explore_line(x, y, degrees, 0.0).unwrap().to_string();
        let told = [
            format!("acierta {} de 400", golden["hits"]),
            format!("costo {:.3}", golden["cost"].as_f64().unwrap()),
        ];
        assert!(told.iter().all(|it| said.contains(it)), "{said}: {told:?}");
        (golden["hits"].clone(), golden["cost"].as_f64().unwrap())
    };
    let ((hits_of_cheap, cheap), (hits_of_diagonal, dear)) = (line(9.0), line(45.0));
    assert!(cheap < dear);

    let means = model.mean_scores();
    let highest_mean = means.fold(0.0_f64, |high, &mean| high.max(mean));
    let ties = means.iter().filter(|mean| **mean == highest_mean).count();
    assert_eq!(ties, 7, "of notebook 2: «aquí empatan siete»");

    let signal = sigmoid_derivative(&array![[5.0]])[[0, 0]];
    let below_one_percent = if signal < 0.01 {
        "menos de un 1 %"
    } else {
        "?"
    };
    vec![
        ("1 pregunta-escalon", below_one_percent.to_string()),
        (
            "2 trampa-uint8",
            format!("un {:.2} %", 100.0 * 363.0 / 400.0),
        ),
        ("2 trampa-uint8", "acierte 363 de 400".to_string()),
        (
            "2 trampa-uint8",
            format!("porque acierta {:.0}.", 4.0 * logistic),
        ),
        (
            "2 pregunta-bajo-el-azar",
            format!("{logistic:.0} % es **menos**"),
        ),
        (
            "2 pregunta-bajo-el-azar",
            format!("acierta {hits} puntos de 400: un **{best:.2} %**"),
        ),
        (
            "2 pregunta-bajo-el-azar",
            format!("acierta {:.0}.", 4.0 * logistic),
        ),
        (
            "2 pregunta-bajo-el-azar",
            format!("van de {lowest:.2} a {highest:.2}"),
        ),
        (
            "2 pregunta-bajo-el-azar",
            format!("las del {near:.0} % de los puntos"),
        ),
        (
            "2 pregunta-bajo-el-azar",
            format!("cerca de los 9°, {cheap:.3}, y allí acierta {hits_of_cheap} puntos"),
        ),
        (
            "2 pregunta-bajo-el-azar",
            format!("a 45°, donde acierta {hits_of_diagonal}, es mayor: {dear:.3}"),
        ),
        ("2 cierre", format!("hay que superar: **{logistic:.0} %**")),
        (
            "2 cierre",
            format!("ninguna recta pasa de un **{best:.2} %**"),
        ),
        (
            "3 titulo",
            format!("{:.0} puntos de 400: un {logistic:.0} %", 4.0 * logistic),
        ),
        (
            "3 la-diferencia",
            format!("acierta un {best:.2} %: unos {:.0} puntos", best - logistic),
        ),
    ]
}

/// What the best straight line gets right: one through each pair of examples, moved a hair to each
/// side, as the best of all can be moved until it touches two of them.
fn best_line(x: &Array2<f64>, y: &Array2<f64>) -> usize {
    let m = x.ncols();
    let firsts: Vec<usize> = (0..m).collect();
    let best_through = |i: usize| {
        let mut best = 0;
        for j in i + 1..m {
            let normal = [x[[1, i]] - x[[1, j]], x[[0, j]] - x[[0, i]]];
            let mut hits = 0;
            for k in (0..m).filter(|&k| k != i && k != j) {
                let side =
                    normal[0] * (x[[0, k]] - x[[0, i]]) + normal[1] * (x[[1, k]] - x[[1, i]]);
                hits += usize::from((side > 0.0) == (y[[0, k]] == 1.0));
            }
            // A line turned a hair about a point between them, or moved, puts the two where it wants.
            best = best.max(hits + 2).max(m - hits);
        }
        best
    };
    let all = on_all_cores(&firsts, |&i| best_through(i));
    all.into_iter().max().unwrap()
}
