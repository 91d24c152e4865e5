//! Cross-validated logistic regression, as scikit-learn's `LogisticRegressionCV(cv=3)` does it, on linfa-logistic.

mod error;

use std::fmt;

use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_logistic::LogisticRegression;
use ndarray::{Array1, Array2, Axis};

use crate::activation::sigmoid;
use crate::display::show;
use crate::metric::accuracy;
use crate::network::expect_shape;

pub use error::LogisticError;
use error::check_input;

/// How many C are tried. Like the range, scikit-learn's default.
const CANDIDATES: usize = 10;
/// linfa stops where the gradient of the summed loss is this much for each example.
const GRADIENT_TOLERANCE: f64 = 1e-8;
/// What is accepted of it: rounding may stop linfa before its tolerance, and it does not say so.
const ACCEPTED_GRADIENT: f64 = 1e-6;
const MAX_ITERATIONS: u64 = 1000;

/// A logistic regression, and the cross-validation that chose its C.
#[derive(Clone, Debug, PartialEq)]
pub struct LogisticRegressionCv {
    /// w, of length n_x: ŷ = σ(w · x + b).
    pub coefficients: Array1<f64>,
    /// b.
    pub intercept: f64,
    /// The C that was chosen: the first with the highest mean score.
    pub c: f64,
    /// The ten C that were tried. C is the inverse of linfa's `alpha`: the smaller, the more w is held near 0.
    pub cs: Array1<f64>,
    /// Accuracy on each fold (row) with each C (column), between 0 and 1, of shape (cv, 10).
    pub scores: Array2<f64>,
}

/// Fits a logistic regression to `x` of shape (n_x, m) and its labels `y` of shape (1, m), each 0.0 or 1.0.
///
/// The examples are dealt into `cv` folds that keep the classes' shares, in order and without shuffle. With each of ten C,
/// log-spaced from 1e-4 to 1e4, a model is fitted to all folds but one and scored on that one, fold after fold. The C of
/// the highest mean accuracy, the first of equals, is then fitted to all examples.
///
/// A fit minimises the sum of the losses + |w|² / (2C). b is not regularised.
///
/// ```
/// use ex03_utils::*;
///
/// let (x, y) = load_planar_dataset(1);
/// let model = logistic_regression_cv(&x, &y, 3)?;
/// assert_eq!(accuracy(&model.predict(&x), &y), 0.47);
/// # Ok::<(), LogisticError>(())
/// ```
///
/// # Errors
///
/// [`LogisticError`], which says what is wrong with `x`, `y` or `cv`.
pub fn logistic_regression_cv(
    x: &Array2<f64>,
    y: &Array2<f64>,
    cv: usize,
) -> Result<LogisticRegressionCv, LogisticError> {
    check_input(x, y, cv)?;
    let labels: Vec<bool> = y.iter().map(|&label| label == 1.0).collect();
    let fold_of = stratified_folds(&labels, cv);
    let cs = candidates();

    let mut scores = Array2::zeros((cv, cs.len()));
    for fold in 0..cv {
        let (held_out, training): (Vec<usize>, Vec<usize>) =
            (0..labels.len()).partition(|&example| fold_of[example] == fold);
        let training_x = x.select(Axis(1), &training);
        let training_labels: Vec<bool> = training.iter().map(|&example| labels[example]).collect();
        let held_out_x = x.select(Axis(1), &held_out);
        let held_out_y = y.select(Axis(1), &held_out);
        for (i, &c) in cs.iter().enumerate() {
            let (w, b) = fit(&training_x, &training_labels, c)?;
            let predictions = decide(&decision(&w, b, &held_out_x));
            scores[[fold, i]] = accuracy(&predictions, &held_out_y);
        }
    }

    let c = cs[first_maximum(&mean_over_folds(&scores))];
    let (coefficients, intercept) = fit(x, &labels, c)?;
    Ok(LogisticRegressionCv {
        coefficients,
        intercept,
        c,
        cs,
        scores,
    })
}

impl LogisticRegressionCv {
    /// 1.0 where ŷ > 0.5, else 0.0, of shape (1, m), for `x` of shape (n_x, m).
    ///
    /// # Panics
    ///
    /// Where `x` has another number of rows than the one that was fitted.
    pub fn predict(&self, x: &Array2<f64>) -> Array2<f64> {
        decide(&decision(&self.coefficients, self.intercept, x))
    }

    /// ŷ = σ(w · x + b), the probability of class 1, of shape (1, m), for `x` of shape (n_x, m).
    ///
    /// # Panics
    ///
    /// Where `x` has another number of rows than the one that was fitted.
    pub fn predict_probability(&self, x: &Array2<f64>) -> Array2<f64> {
        sigmoid(&decision(&self.coefficients, self.intercept, x))
    }

    /// The mean of [`scores`](Self::scores) over the folds, one for each C.
    pub fn mean_scores(&self) -> Array1<f64> {
        mean_over_folds(&self.scores)
    }

    #[doc(hidden)]
    pub fn evcxr_display(&self) {
        show(&[("text/plain", &self.to_string())]);
    }
}

/// ```text
/// Regresión logística: w = [0.026265, -0.191869], b = 0.014637, con C = 4.6e-2
///
/// Exactitud por pliegue, en %
///       C       1       2       3   media
///  1.0e-4   76.12   22.56   49.62   49.43
/// ```
impl fmt::Display for LogisticRegressionCv {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (w, b, c) = (&self.coefficients, self.intercept, self.c);
        writeln!(
            f,
            "Regresión logística: w = {w:.6}, b = {b:.6}, con C = {c:.1e}"
        )?;
        write!(f, "\nExactitud por pliegue, en %\n{:>8}", "C")?;
        for fold in 1..=self.scores.nrows() {
            write!(f, "{fold:>8}")?;
        }
        write!(f, "{:>8}", "media")?;
        for ((c, scores), mean) in self
            .cs
            .iter()
            .zip(self.scores.columns())
            .zip(self.mean_scores())
        {
            write!(f, "\n{c:>8.1e}")?;
            for score in scores {
                write!(f, "{:>8.2}", 100.0 * score)?;
            }
            write!(f, "{:>8.2}", 100.0 * mean)?;
        }
        Ok(())
    }
}

/// The fold of each example, as scikit-learn's `StratifiedKFold(cv)` gives it.
///
/// The examples ordered by class, the class of the first example before the other, are dealt to the folds like cards. That
/// sets how many of a class each fold has. Which ones: in order, the first ones to the first fold.
fn stratified_folds(labels: &[bool], cv: usize) -> Vec<usize> {
    let first_class = labels[0];
    let of_first_class = labels.iter().filter(|&&l| l == first_class).count();
    let mut fold_of = vec![0; labels.len()];
    for (class, positions) in [
        (first_class, 0..of_first_class),
        (!first_class, of_first_class..labels.len()),
    ] {
        let mut folds: Vec<usize> = positions.map(|position| position % cv).collect();
        folds.sort_unstable();
        let examples = (0..labels.len()).filter(|&example| labels[example] == class);
        for (example, fold) in examples.zip(folds) {
            fold_of[example] = fold;
        }
    }
    fold_of
}

/// numpy's `logspace(-4, 4, 10)`.
fn candidates() -> Array1<f64> {
    let step = 8.0 / (CANDIDATES - 1) as f64;
    (0..CANDIDATES)
        .map(|i| 10_f64.powf(i as f64 * step - 4.0))
        .collect()
}

/// w and b of the minimum with this C.
///
/// linfa is given an equivalent problem: x less its mean, which only b feels, and divided by a number, which only asks for
/// another alpha. That number makes the curvatures by w and by b alike, so that one tolerance suits any C and any unit of x.
/// On x as it is, linfa took three times as long over data of units from 1e-3 to 1e3, and stopped far from the minimum on
/// others.
fn fit(x: &Array2<f64>, labels: &[bool], c: f64) -> Result<(Array1<f64>, f64), LogisticError> {
    let m = x.ncols() as f64;
    let alpha = 1.0 / c;
    let mean = x.sum_axis(Axis(1)) / m;
    let centered = x.t().to_owned() - &mean;
    let variance = centered.mapv(|value| value * value).sum() / centered.len() as f64;
    let scale = (variance + 4.0 * alpha / m).sqrt();
    if !scale.is_finite() {
        return Err(LogisticError::NotConverged { c });
    }
    let alpha = alpha / (scale * scale);

    let dataset = DatasetBase::new(centered / scale, Array1::from(labels.to_vec()));
    let fitted = LogisticRegression::default()
        .alpha(alpha)
        .gradient_tolerance(GRADIENT_TOLERANCE * m)
        .max_iterations(MAX_ITERATIONS)
        .fit(&dataset)
        .map_err(|error| LogisticError::Solver {
            c,
            message: error.to_string(),
        })?;
    // linfa's positive class is the larger one, or the first it meets.
    let sign = if fitted.labels().pos.class { 1.0 } else { -1.0 };
    let w = fitted.params() * sign;
    let b = fitted.intercept() * sign;
    let gradient = gradient_norm(&dataset, alpha, &w, b);
    if gradient.is_nan() || gradient > ACCEPTED_GRADIENT * m {
        return Err(LogisticError::NotConverged { c });
    }
    let w = w / scale;
    let b = b - w.dot(&mean);
    Ok((w, b))
}

/// Of the sum of the losses + alpha |w|² / 2, by w and b: the examples are rows.
fn gradient_norm(
    dataset: &DatasetBase<Array2<f64>, Array1<bool>>,
    alpha: f64,
    w: &Array1<f64>,
    b: f64,
) -> f64 {
    let rows = &dataset.records;
    let z = rows.dot(w) + b;
    let labels = dataset.targets.mapv(f64::from);
    let dz = sigmoid(&z.insert_axis(Axis(1))).remove_axis(Axis(1)) - labels;
    let dw = rows.t().dot(&dz) + w * alpha;
    let db = dz.sum();
    (dw.dot(&dw) + db * db).sqrt()
}

/// w · x + b, of shape (1, m).
fn decision(w: &Array1<f64>, b: f64, x: &Array2<f64>) -> Array2<f64> {
    if let Err(mismatch) = expect_shape("X", x, (w.len(), x.ncols())) {
        panic!("{mismatch}");
    }
    (w.dot(x) + b).insert_axis(Axis(0))
}

/// σ(z) > 0.5 where z > 0.
fn decide(z: &Array2<f64>) -> Array2<f64> {
    z.mapv(|z| if z > 0.0 { 1.0 } else { 0.0 })
}

fn mean_over_folds(scores: &Array2<f64>) -> Array1<f64> {
    scores.sum_axis(Axis(0)) / scores.nrows() as f64
}

fn first_maximum(values: &Array1<f64>) -> usize {
    let mut best = 0;
    for (i, value) in values.iter().enumerate() {
        if *value > values[best] {
            best = i;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use ndarray::array;
    use serde_json::Value;

    use super::*;
    use crate::dataset::{load_planar_dataset, noisy_moons};
    use crate::random::RandomState;

    fn four_examples() -> (Array2<f64>, Array2<f64>) {
        let x = array![[0.0, 1.0, 2.0, 3.0], [1.0, 0.0, 1.0, 0.0]];
        (x, array![[0.0, 0.0, 1.0, 1.0]])
    }

    fn indices(value: &Value) -> Vec<usize> {
        serde_json::from_value(value.clone()).unwrap()
    }

    /// The first and last example of each fold, and how many it has.
    #[test]
    fn folds_of_the_flower_are_scikit_learns() {
        let golden: Value =
            serde_json::from_str(include_str!("../../tests/golden/lr.json")).unwrap();
        let (_, y) = load_planar_dataset(1);
        let labels: Vec<bool> = y.iter().map(|&label| label == 1.0).collect();
        for cv in [3, 5] {
            let fold_of = stratified_folds(&labels, cv);
            let spans = golden[format!("folds_cv{cv}")].as_array().unwrap();
            assert_eq!(spans.len(), cv);
            for (fold, span) in spans.iter().enumerate() {
                let members: Vec<usize> = (0..400).filter(|&i| fold_of[i] == fold).collect();
                assert_eq!(members[0], span[0]);
                assert_eq!(members[members.len() - 1], span[1]);
                assert_eq!(members.len(), span[2]);
            }
        }
    }

    #[test]
    fn folds_of_mixed_and_unequal_classes_are_scikit_learns() {
        let golden: Value =
            serde_json::from_str(include_str!("../../tests/golden/sklearn.json")).unwrap();
        let cases = golden["folds"].as_array().unwrap();
        assert!(!cases.is_empty());
        for case in cases {
            let labels: Vec<bool> = indices(&case["labels"]).iter().map(|&l| l == 1).collect();
            let cv = case["cv"].as_u64().unwrap() as usize;
            assert_eq!(
                stratified_folds(&labels, cv),
                indices(&case["folds"]),
                "{case}"
            );
        }
    }

    /// On x as it is, linfa does not reach the minimum in some of these units.
    #[test]
    fn the_unit_and_the_origin_of_x_do_not_matter() {
        let (x, y) = noisy_moons(&mut RandomState::new(0));
        let labels: Vec<bool> = y.iter().map(|&label| label == 1.0).collect();
        let (w, b) = fit(&x, &labels, 1.0).unwrap();
        for (unit, origin) in [(1e-6, 0.0), (1e6, 0.0), (1.0, 1e4), (1e6, -1e9)] {
            let moved = &x * unit + origin;
            let (moved_w, moved_b) = fit(&moved, &labels, unit.powi(-2)).unwrap();
            let back = &moved_w * unit;
            assert!(
                (&back - &w).iter().all(|error| error.abs() < 1e-6),
                "{back} ≠ {w}"
            );
            let b_back = moved_b + moved_w.sum() * origin;
            assert!((b_back - b).abs() < 1e-6, "{b_back} ≠ {b}");
        }
    }

    /// Nothing but C holds w back here.
    #[test]
    fn separable_classes_are_all_right() {
        let x = array![[-4.0, -3.0, -2.0, 2.0, 3.0, 4.0]];
        let y = array![[0.0, 0.0, 0.0, 1.0, 1.0, 1.0]];
        let model = logistic_regression_cv(&x, &y, 3).unwrap();
        assert_eq!(model.predict(&x), y);
        let (w, _) = fit(&x, &[false, false, false, true, true, true], 1e4).unwrap();
        assert!(w[0] > 1.0, "{w}");
    }

    /// No value tells the classes apart: what remains is their share, 3 of 5.
    #[test]
    fn without_information_the_probability_is_the_share_of_class_1() {
        let y = array![[1.0, 0.0, 1.0, 0.0, 1.0]];
        let model = logistic_regression_cv(&Array2::from_elem((2, 5), 7.0), &y, 2).unwrap();
        let probability = model.predict_probability(&array![[7.0], [7.0]]);
        assert!((probability[[0, 0]] - 0.6).abs() < 1e-6, "{probability}");
    }

    #[test]
    fn predictions_are_the_probabilities_above_one_half() {
        let (x, y) = load_planar_dataset(1);
        let model = logistic_regression_cv(&x, &y, 3).unwrap();
        let above = model
            .predict_probability(&x)
            .mapv(|p| if p > 0.5 { 1.0 } else { 0.0 });
        assert_eq!(model.predict(&x), above);
        assert_eq!(above.dim(), (1, 400));
    }

    #[test]
    #[should_panic = "X debería tener forma (2, 1), y tiene (3, 1)"]
    fn predict_says_which_shape_it_wants() {
        let (x, y) = four_examples();
        logistic_regression_cv(&x, &y, 2)
            .unwrap()
            .predict(&Array2::zeros((3, 1)));
    }

    #[test]
    fn shows_the_line_and_a_row_for_each_c() {
        let (x, y) = load_planar_dataset(1);
        let text = logistic_regression_cv(&x, &y, 3).unwrap().to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0],
            "Regresión logística: w = [0.026265, -0.191869], b = 0.014637, con C = 4.6e-2"
        );
        assert_eq!(lines[3], "       C       1       2       3   media");
        assert_eq!(lines[4], "  1.0e-4   76.12   22.56   49.62   49.43");
        assert_eq!(lines.len(), 14);
    }
}
