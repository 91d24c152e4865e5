//! Cross-validated logistic regression, as scikit-learn's `LogisticRegressionCV(cv=3)` does it, on
//! linfa-logistic.

mod error;
mod fit;
mod folds;
mod text;

use ex03_vector::rounded::exp10;
use ndarray::{Array1, Array2, Axis};

pub use self::error::LogisticError;
use self::error::check_input;
use self::fit::fit;
use self::folds::stratified_folds;
use crate::activation::sigmoid;
use crate::metric::accuracy;
use crate::network::expect_shape;
use crate::parallel::on_all_cores;

/// How many C are tried. Like the range, scikit-learn's default.
const CANDIDATES: usize = 10;
/// A logistic regression, and the cross-validation that chose its C.
#[derive(Clone, Debug, PartialEq)]
pub struct LogisticRegressionCv {
    /// w, of length n_x: ŷ = σ(w · x + b).
    pub coefficients: Array1<f64>,
    /// b.
    pub intercept: f64,
    /// The C that was chosen: the first with the highest mean score.
    pub c: f64,
    /// The ten C that were tried. C is the inverse of linfa's `alpha`: the smaller, the more w is
    /// held near 0.
    pub cs: Array1<f64>,
    /// Accuracy on each fold (row) with each C (column), between 0 and 1, of shape (cv, 10).
    pub scores: Array2<f64>,
}

/// Fits a logistic regression to `x` of shape (n_x, m) and its labels `y` of shape (1, m), each 0.0
/// or 1.0.
///
/// The examples are dealt into `cv` folds that keep the classes' shares, in order and without
/// shuffle. With each of ten C, log-spaced from 1e-4 to 1e4, a model is fitted to all folds but one
/// and scored on that one, fold after fold. The C of the highest mean accuracy, the first of
/// equals, is then fitted to all examples.
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

    let folds: Vec<Fold> = (0..cv).map(|fold| Fold::of(x, y, &fold_of, fold)).collect();
    let fits: Vec<(&Fold, f64)> = folds
        .iter()
        .flat_map(|fold| cs.iter().map(move |&c| (fold, c)))
        .collect();
    let scores: Result<Vec<f64>, LogisticError> = on_all_cores(&fits, |(fold, c)| fold.score(*c))
        .into_iter()
        .collect();
    let scores = Array2::from_shape_vec((cv, cs.len()), scores?).expect("one for each fold and C");

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

/// The examples that one model is fitted to, and those that it is tried on.
struct Fold {
    training_x: Array2<f64>,
    training_labels: Vec<bool>,
    held_out_x: Array2<f64>,
    held_out_y: Array2<f64>,
}

impl Fold {
    fn of(x: &Array2<f64>, y: &Array2<f64>, fold_of: &[usize], fold: usize) -> Fold {
        let (held_out, training): (Vec<usize>, Vec<usize>) =
            (0..y.len()).partition(|&example| fold_of[example] == fold);
        Fold {
            training_x: x.select(Axis(1), &training),
            training_labels: training.iter().map(|&i| y[[0, i]] == 1.0).collect(),
            held_out_x: x.select(Axis(1), &held_out),
            held_out_y: y.select(Axis(1), &held_out),
        }
    }

    /// The accuracy on what was held out, in parts of one.
    fn score(&self, c: f64) -> Result<f64, LogisticError> {
        let (w, b) = fit(&self.training_x, &self.training_labels, c)?;
        let predictions = decide(&decision(&w, b, &self.held_out_x));
        Ok(accuracy(&predictions, &self.held_out_y))
    }
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
}

/// numpy's `logspace(-4, 4, 10)`.
fn candidates() -> Array1<f64> {
    let step = 8.0 / (CANDIDATES - 1) as f64;
    (0..CANDIDATES)
        .map(|i| exp10(i as f64 * step - 4.0))
        .collect()
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

    use super::*;
    use crate::dataset::load_planar_dataset;

    fn four_examples() -> (Array2<f64>, Array2<f64>) {
        let x = array![[0.0, 1.0, 2.0, 3.0], [1.0, 0.0, 1.0, 0.0]];
        (x, array![[0.0, 0.0, 1.0, 1.0]])
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
}
