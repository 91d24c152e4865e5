//! The types that the exercises pass around. Examples are columns.

#[cfg(test)]
mod bits;
pub(crate) mod passes;

use std::fmt;

use ndarray::Array2;

use crate::display::show;

/// How many units each layer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayerSize {
    /// Rows of X: the numbers that describe one example.
    pub n_x: usize,
    /// Units of the hidden layer: a choice.
    pub n_h: usize,
    /// Rows of Y: units of the output layer.
    pub n_y: usize,
}

/// What the network learns.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters {
    /// `W^[1]`, of shape (n_h, n_x).
    pub w1: Array2<f64>,
    /// `b^[1]`, of shape (n_h, 1).
    pub b1: Array2<f64>,
    /// `W^[2]`, of shape (n_y, n_h).
    pub w2: Array2<f64>,
    /// `b^[2]`, of shape (n_y, 1).
    pub b2: Array2<f64>,
}

/// What forward propagation computes and backpropagation needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Cache {
    /// `Z^[1] = W^[1] X + b^[1]`, of shape (n_h, m).
    pub z1: Array2<f64>,
    /// `A^[1] = tanh(Z^[1])`, of shape (n_h, m).
    pub a1: Array2<f64>,
    /// `Z^[2] = W^[2] A^[1] + b^[2]`, of shape (n_y, m).
    pub z2: Array2<f64>,
    /// `A^[2] = σ(Z^[2]) = Ŷ`, of shape (n_y, m).
    pub a2: Array2<f64>,
}

/// The derivatives of the cost with respect to each of [`Parameters`], each of the shape of its
/// parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradients {
    /// `dW^[1]`, of shape (n_h, n_x).
    pub dw1: Array2<f64>,
    /// `db^[1]`, of shape (n_h, 1).
    pub db1: Array2<f64>,
    /// `dW^[2]`, of shape (n_y, n_h).
    pub dw2: Array2<f64>,
    /// `db^[2]`, of shape (n_y, 1).
    pub db2: Array2<f64>,
}

/// A matrix has another shape than its neighbours need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeMismatch {
    /// The matrix, by its name in the exercise.
    pub matrix: &'static str,
    /// Rows and columns that would fit.
    pub expected: (usize, usize),
    /// Rows and columns that it has.
    pub got: (usize, usize),
}

impl fmt::Display for ShapeMismatch {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(
            f,
            "{} debería tener forma {:?}, y tiene {:?}",
            self.matrix, self.expected, self.got
        )
    }
}

impl std::error::Error for ShapeMismatch {}

/// Refuses a matrix of another shape than `expected`.
pub fn expect_shape(
    matrix: &'static str,
    values: &Array2<f64>,
    expected: (usize, usize),
) -> Result<(), ShapeMismatch> {
    let got = values.dim();
    if got == expected {
        Ok(())
    } else {
        Err(ShapeMismatch {
            matrix,
            expected,
            got,
        })
    }
}

impl Parameters {
    /// The layers that these parameters make: n_h and n_x are the rows and columns of W1, n_y the
    /// rows of W2.
    ///
    /// # Errors
    ///
    /// [`ShapeMismatch`] where b1, W2 or b2 do not fit W1.
    pub fn layer_size(&self) -> Result<LayerSize, ShapeMismatch> {
        let (n_h, n_x) = self.w1.dim();
        let n_y = self.w2.nrows();
        expect_shape("b1", &self.b1, (n_h, 1))?;
        expect_shape("W2", &self.w2, (n_y, n_h))?;
        expect_shape("b2", &self.b2, (n_y, 1))?;
        Ok(LayerSize { n_x, n_h, n_y })
    }
}

impl fmt::Display for LayerSize {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(
            f,
            "n_x = {}, n_h = {}, n_y = {}",
            self.n_x, self.n_h, self.n_y
        )
    }
}

impl fmt::Display for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write_matrices(
            f,
            &[
                ("W1", &self.w1),
                ("b1", &self.b1),
                ("W2", &self.w2),
                ("b2", &self.b2),
            ],
        )
    }
}

impl fmt::Display for Cache {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write_matrices(
            f,
            &[
                ("Z1", &self.z1),
                ("A1", &self.a1),
                ("Z2", &self.z2),
                ("A2", &self.a2),
            ],
        )
    }
}

impl fmt::Display for Gradients {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write_matrices(
            f,
            &[
                ("dW1", &self.dw1),
                ("db1", &self.db1),
                ("dW2", &self.dw2),
                ("db2", &self.db2),
            ],
        )
    }
}

fn write_matrices(f: &mut fmt::Formatter, matrices: &[(&str, &Array2<f64>)]) -> fmt::Result {
    for (i, (name, values)) in matrices.iter().enumerate() {
        let end_of_last = if i == 0 { "" } else { "\n" };
        writeln!(f, "{end_of_last}{name} {:?} =", values.dim())?;
        // A gradient of 1e-7 is not zero, and six decimals would say so.
        if values.iter().any(|&v| v != 0.0 && v.abs() < 5e-5) {
            write!(f, "{values:.3e}")?;
        } else {
            write!(f, "{values:.6}")?;
        }
    }
    Ok(())
}

/// evcxr compiles a cell's last expression once, not twice, where its type has this method.
macro_rules! show_in_notebooks {
    ($($shown:ty),+) => {$(
        impl $shown {
            #[doc(hidden)]
            pub fn evcxr_display(&self) {
                show(&[("text/plain", &self.to_string())]);
            }
        }
    )+};
}

show_in_notebooks!(LayerSize, Parameters, Cache, Gradients);

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters() -> Parameters {
        Parameters {
            w1: Array2::zeros((4, 2)),
            b1: Array2::zeros((4, 1)),
            w2: Array2::zeros((3, 4)),
            b2: Array2::zeros((3, 1)),
        }
    }

    #[test]
    fn the_layers_of_parameters() {
        let expected = LayerSize {
            n_x: 2,
            n_h: 4,
            n_y: 3,
        };
        assert_eq!(parameters().layer_size(), Ok(expected));
    }

    #[test]
    fn a_matrix_that_does_not_fit_is_named_with_both_shapes() {
        type Change = fn(&mut Parameters);
        let changes: [(Change, &str); 4] = [
            (
                |p| p.b1 = Array2::zeros((1, 4)),
                "b1 debería tener forma (4, 1), y tiene (1, 4)",
            ),
            (
                |p| p.w2 = Array2::zeros((3, 5)),
                "W2 debería tener forma (3, 4), y tiene (3, 5)",
            ),
            (
                |p| p.b2 = Array2::zeros((1, 1)),
                "b2 debería tener forma (3, 1), y tiene (1, 1)",
            ),
            (
                |p| p.w1 = Array2::zeros((5, 2)),
                "b1 debería tener forma (5, 1), y tiene (4, 1)",
            ),
        ];
        for (change, message) in changes {
            let mut parameters = parameters();
            change(&mut parameters);
            let mismatch = parameters.layer_size().unwrap_err();
            assert_eq!(mismatch.to_string(), message);
        }
    }

    #[test]
    fn shows_each_matrix_under_its_name_and_shape() {
        let text = parameters().to_string();
        for heading in [
            "W1 (4, 2) =\n",
            "b1 (4, 1) =\n",
            "W2 (3, 4) =\n",
            "b2 (3, 1) =\n",
        ] {
            assert!(text.contains(heading), "{text}");
        }
    }
}
