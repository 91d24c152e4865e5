//! Array arithmetic, compiled once for all cells.
//!
//! A cell is compiled without optimisation, and so is the generic code that it uses, unless a crate
//! below has the same instance at opt-level 0 or 1: then it links to that. Training in which only
//! half of the operators were found here ran at half the speed.

use ndarray::{Array2, Axis};

/// Uses what an exercise may be written with. Nobody calls it.
pub fn instances(a: &Array2<f64>, s: f64) -> Vec<Array2<f64>> {
    let own = || a.clone();
    let mut made = Vec::new();
    macro_rules! operator {
        ($($symbol:tt),+) => {$(
            made.push(a $symbol a);
            made.push(a $symbol own());
            made.push(own() $symbol a);
            made.push(own() $symbol own());
            made.push(a $symbol s);
            made.push(own() $symbol s);
            made.push(s $symbol a);
            made.push(s $symbol own());
        )+};
    }
    operator!(+, -, *, /);
    macro_rules! assigning_operator {
        ($($symbol:tt),+) => {$(
            let mut changed = own();
            changed $symbol a;
            changed $symbol s;
            made.push(changed);
        )+};
    }
    assigning_operator!(+=, -=, *=, /=);
    made.push(-a);
    made.push(-own());
    made.push(a.dot(a));
    made.push(a.dot(&a.t()));
    made.push(a.t().dot(a));
    made.push(a.t().dot(&a.t()));
    made.push(a.t().to_owned());
    for axis in [Axis(0), Axis(1)] {
        made.push(a.sum_axis(axis).insert_axis(axis));
        made.extend(a.mean_axis(axis).map(|mean| mean.insert_axis(axis)));
    }
    made.push(Array2::from_elem(
        a.raw_dim(),
        a.sum() + a.mean().unwrap_or(s),
    ));
    made.push(Array2::zeros(a.dim()));
    made.push(Array2::ones(a.dim()));
    made
}
