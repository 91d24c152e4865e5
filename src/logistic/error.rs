//! What a logistic regression refuses, and how it says so.

use std::fmt;

use ndarray::Array2;

use crate::network::{ShapeMismatch, expect_shape};

/// Why there is no logistic regression.
#[derive(Clone, Debug, PartialEq)]
pub enum LogisticError {
    /// `x` has no rows or no columns.
    Empty { shape: (usize, usize) },
    /// `y` is not of shape (1, m).
    Labels(ShapeMismatch),
    /// A label is neither 0 nor 1.
    Label { example: usize, label: f64 },
    /// All labels are the same.
    OneClass { label: f64 },
    /// A value of `x` is NaN or infinite.
    NotFinite {
        row: usize,
        example: usize,
        value: f64,
    },
    /// Fewer than two folds, or more than the smaller class has examples.
    Folds { cv: usize, smaller_class: usize },
    /// linfa's own error.
    Solver { c: f64, message: String },
    /// linfa stopped before the minimum.
    NotConverged { c: f64 },
}

impl fmt::Display for LogisticError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Empty { shape } => write!(
                f,
                "X tiene forma {shape:?}: hace falta al menos una fila y una columna, un ejemplo por columna"
            ),
            Self::Labels(mismatch) => {
                write!(f, "{mismatch}: una etiqueta por cada columna de X")
            }
            Self::Label { example, label } => write!(
                f,
                "las etiquetas de Y deben ser 0 o 1, y la de la columna {example} (desde 0) es {label}"
            ),
            Self::OneClass { label } => write!(
                f,
                "todas las etiquetas de Y son {label}: hacen falta ejemplos de las dos clases"
            ),
            Self::NotFinite {
                row,
                example,
                value,
            } => write!(
                f,
                "los valores de X deben ser finitos, y el de la fila {row}, columna {example} (desde 0), es {value}"
            ),
            Self::Folds { cv, smaller_class } if *smaller_class < 2 => write!(
                f,
                "la clase menor tiene un solo ejemplo, y la validación cruzada (cv = {cv}) necesita al menos 2 de cada clase"
            ),
            Self::Folds { cv, smaller_class } => write!(
                f,
                "cv debe estar entre 2 y {smaller_class}, los ejemplos de la clase menor, y es {cv}"
            ),
            Self::Solver { c, message } => {
                write!(
                    f,
                    "linfa no pudo ajustar el modelo con C = {c:.1e}: {message}"
                )
            }
            Self::NotConverged { c } => write!(
                f,
                "linfa no llegó al mínimo con C = {c:.1e}: lleva las filas de X a escalas parecidas, cerca de 1"
            ),
        }
    }
}

impl std::error::Error for LogisticError {}

/// Refuses what no logistic regression can be fitted to.
pub(super) fn check_input(
    x: &Array2<f64>,
    y: &Array2<f64>,
    cv: usize,
) -> Result<(), LogisticError> {
    if x.is_empty() {
        return Err(LogisticError::Empty { shape: x.dim() });
    }
    expect_shape("Y", y, (1, x.ncols())).map_err(LogisticError::Labels)?;
    if let Some(((row, example), &value)) = x.indexed_iter().find(|(_, value)| !value.is_finite()) {
        return Err(LogisticError::NotFinite {
            row,
            example,
            value,
        });
    }
    let is_label = |label: f64| label == 0.0 || label == 1.0;
    if let Some(((_, example), &label)) = y.indexed_iter().find(|(_, label)| !is_label(**label)) {
        return Err(LogisticError::Label { example, label });
    }
    let ones = y.iter().filter(|&&label| label == 1.0).count();
    let smaller_class = ones.min(y.len() - ones);
    if smaller_class == 0 {
        return Err(LogisticError::OneClass { label: y[[0, 0]] });
    }
    if !(2..=smaller_class).contains(&cv) {
        return Err(LogisticError::Folds { cv, smaller_class });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use ndarray::{array, s};

    use super::*;
    use crate::logistic::logistic_regression_cv;

    fn four_examples() -> (Array2<f64>, Array2<f64>) {
        let x = array![[0.0, 1.0, 2.0, 3.0], [1.0, 0.0, 1.0, 0.0]];
        (x, array![[0.0, 0.0, 1.0, 1.0]])
    }

    fn refusal(x: &Array2<f64>, y: &Array2<f64>, cv: usize) -> String {
        let message = logistic_regression_cv(x, y, cv).unwrap_err().to_string();
        assert!(!message.contains('\n'), "{message}");
        message
    }

    #[test]
    fn refuses_labels_that_do_not_fit_x() {
        let (x, y) = four_examples();
        for wrong in [
            y.slice(s![.., ..3]).to_owned(),
            y.t().to_owned(),
            Array2::zeros((2, 4)),
        ] {
            let message = refusal(&x, &wrong, 2);
            assert!(message.contains("(1, 4)"), "{message}");
            assert!(message.contains(&format!("{:?}", wrong.dim())), "{message}");
        }
    }

    #[test]
    fn refuses_labels_other_than_0_and_1() {
        let (x, mut y) = four_examples();
        for wrong in [2.0, -1.0, 0.5, f64::NAN] {
            y[[0, 2]] = wrong;
            let message = refusal(&x, &y, 2);
            assert!(message.contains("0 o 1"), "{message}");
            assert!(
                message.contains(&format!("columna 2 (desde 0) es {wrong}")),
                "{message}"
            );
        }
    }

    #[test]
    fn refuses_a_single_class() {
        let (x, _) = four_examples();
        let message = refusal(&x, &Array2::ones((1, 4)), 2);
        assert!(message.contains("son 1: hacen falta"), "{message}");
    }

    #[test]
    fn refuses_values_that_are_not_finite() {
        let (mut x, y) = four_examples();
        for wrong in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            x[[1, 3]] = wrong;
            let message = refusal(&x, &y, 2);
            assert!(message.contains("fila 1, columna 3"), "{message}");
            assert!(message.contains(&wrong.to_string()), "{message}");
        }
    }

    #[test]
    fn refuses_a_number_of_folds_that_the_classes_do_not_allow() {
        let (x, y) = four_examples();
        for cv in [0, 1, 3, usize::MAX] {
            let message = refusal(&x, &y, cv);
            assert!(message.contains("entre 2 y 2"), "{message}");
            assert!(message.contains(&cv.to_string()), "{message}");
        }
        let message = refusal(&x, &array![[0.0, 1.0, 1.0, 1.0]], 2);
        assert!(message.contains("un solo ejemplo"), "{message}");
    }

    #[test]
    fn refuses_no_examples_and_no_features() {
        for shape in [(2, 0), (0, 4), (0, 0)] {
            let message = refusal(&Array2::zeros(shape), &Array2::zeros((1, shape.1)), 2);
            assert!(message.contains(&format!("{shape:?}")), "{message}");
        }
    }

    #[test]
    fn says_where_the_values_are_too_far_apart() {
        let (x, y) = four_examples();
        let message = refusal(&(x * 1e200), &y, 2);
        assert!(message.contains("C = 1.0e-4"), "{message}");
    }
}
