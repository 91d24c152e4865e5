//! What the exercise's training does, and its gradients.

use ex03_utils::*;

use super::network::{TANH, forward, initial, on, train};
use super::{Told, golden, same};

pub fn of_the_exercise(x: &Array2<f64>, y: &Array2<f64>, costs: &[f64]) -> Vec<Told> {
    let golden = golden();
    let start = initial(4, 2, 0.01);
    // To 7000 any order of additions gives these; after it, runs differ by what is accepted here.
    for (iteration, cost) in golden["costs"].as_object().unwrap() {
        let iteration: usize = iteration.parse().unwrap();
        let accepted = if iteration <= 7_000 { 1e-6 } else { 5e-4 };
        same(costs[iteration], cost, accepted);
    }
    let rise = (1_000..10_000).find(|&i| costs[i] > costs[i - 1]).unwrap();
    assert!((7_800..7_900).contains(&rise), "«cerca de la 7850»: {rise}");
    let top = costs[rise..8_000].iter().copied().fold(0.0, f64::max);
    assert!(top > 0.219 && costs[9_999] > costs[7_000], "{top}");
    let falls = |from: usize, to: usize| costs[from] - costs[to];
    assert!(falls(0, 200) > falls(200, 9_999), "«la gran caída»");
    assert!(falls(100, 200) > 0.2, "«entre las iteraciones 100 y 200»");
    let (_, slower) = train(x, y, start.clone(), 10_000, 0.6, TANH);
    let never_rises = slower.windows(2).all(|pair| pair[1] <= pair[0]);
    let half = if never_rises {
        "la mitad, 0.6, no sube ni una vez"
    } else {
        "?"
    };
    vec![
        (
            "3 pregunta-2",
            format!("{:.6}", start.w1[[0, 0]]).replace('-', "−"),
        ),
        ("3 pregunta-4", format!("un costo de {:.3}", 2_f64.ln())),
        (
            "3 pregunta-7",
            format!("de {:.3} a más de 0.219", costs[rise - 1]),
        ),
        ("3 pregunta-7", half.to_string()),
        (
            "3 pregunta-7",
            "en las primeras 200 iteraciones, y de 10 000 son un 2 %".to_string(),
        ),
        ("3 pregunta-7", "hasta la iteración 7000".to_string()),
        ("3 pregunta-7", "cerca de la 7850 el costo".to_string()),
        (
            "3 pregunta-7",
            "en la 9999 sigue más alto que en la 7000".to_string(),
        ),
        ("3 curva-de-costo", "cerca de la iteración 7850".to_string()),
        (
            "3 pregunta-ver-aprender",
            "Entre las iteraciones 100 y 200".to_string(),
        ),
        ("3 pregunta-7", format!("empieza en {:.2}", costs[0])),
        (
            "3 pregunta-ver-aprender",
            format!("cae de {:.2} a {:.2}", costs[100], costs[200]),
        ),
    ]
}

/// What the network gets right beyond the best line, in points of a percentage.
pub fn of_the_difference(x: &Array2<f64>, y: &Array2<f64>, parameters: &Parameters) -> Vec<Told> {
    let best_line = 100.0 * golden()["best_line"]["hits"].as_f64().unwrap() / 400.0;
    let beyond = on(parameters, x, y) - best_line;
    vec![(
        "3 la-diferencia",
        format!("Los otros {beyond:.0} no los da"),
    )]
}

/// 1 + a² in place of 1 − a², at the initial weights and at a hundred times these: only dW1 and db1
/// use it.
pub fn of_a_planted_fault(x: &Array2<f64>, y: &Array2<f64>) -> Vec<Told> {
    let deviation = |scale: f64| {
        let parameters = initial(4, 2, scale);
        let cache = forward(&parameters, x, TANH);
        let error = parameters.w2.t().dot(&(&cache.a2 - y)) * (2.0 * &cache.a1 * &cache.a1);
        let largest = |d: Array2<f64>| d.fold(0.0_f64, |largest, d| largest.max(d.abs())) / 400.0;
        let dw1 = largest(error.dot(&x.t()));
        (dw1, largest(error.sum_axis(Axis(1)).insert_axis(Axis(1))))
    };
    let (small_dw1, small_db1) = deviation(0.01);
    let (large_dw1, large_db1) = deviation(1.0);
    // The cell accepts 1e-6.
    assert!(
        large_dw1 > 2.0 && large_db1 > 1e-3,
        "{large_dw1} {large_db1}"
    );
    let is_small = small_dw1 < 0.0001 && small_db1 < 0.0001;
    let small = if is_small {
        "se desvían menos de 0.0001"
    } else {
        "?"
    };
    ["se desvía más de 2.", small]
        .map(|phrase| ("3 los-17-gradientes", phrase.to_string()))
        .into()
}

/// What each hidden unit gets right alone, and what the others get right without it.
pub fn of_each_unit(x: &Array2<f64>, y: &Array2<f64>, parameters: &Parameters) -> Vec<Told> {
    let golden = golden();
    let best_line = 100.0 * golden["best_line"]["hits"].as_f64().unwrap() / 400.0;
    let with = |keeps: &dyn Fn(usize) -> bool| {
        let mut changed = parameters.clone();
        for (unit, weight) in changed.w2.iter_mut().enumerate() {
            *weight *= f64::from(keeps(unit));
        }
        on(&changed, x, y)
    };
    let mut dispensable = 0;
    for unit in 0..4 {
        let (alone, without) = (with(&|it| it == unit), with(&|it| it != unit));
        let expected = &golden["units"][unit];
        same(alone, &expected["alone"], 1.5);
        same(without, &expected["without"], 1.5);
        assert!(
            alone <= best_line,
            "alone, unit {unit} gets {alone} % right"
        );
        assert!(!(70.0..=85.0).contains(&without), "unit {unit}: {without}");
        dispensable += usize::from(without > 85.0);
    }
    assert_eq!(dispensable, 1);
    [
        "acierta todavía más de un 85 %",
        "las otras tres baja del 70 %",
    ]
    .map(|phrase| ("3 pregunta-cada-unidad", phrase.to_string()))
    .into()
}
