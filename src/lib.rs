//! Support for Ex03: classify a planar dataset, first with logistic regression, then with a network
//! of one hidden layer.
//!
//! A notebook imports everything with `use ex03_utils::*;`. Where things are:
//!
//! | module | holds |
//! |---|---|
//! | [`activation`] | sigmoid, tanh, ReLU, Leaky ReLU, ELU, and their derivatives |
//! | [`dataset`] | the planar flower, and five further planar sets |
//! | [`random`] | numpy's legacy random stream |
//! | [`logistic`] | cross-validated logistic regression, on linfa |
//! | [`metric`] | accuracy |
//! | [`network`] | the types that the exercises pass around |
//! | [`plot`] | figures |
//! | [`check`] | one check per exercise |
//! | [`start_notebook`] | what the first cell sets up |
//! | [`explore`](mod@explore) | networks to look at, before and after the exercises |
//! | [`playground`](mod@playground) | a student's own network, trained in a page |
//!
//! Examples are columns: `x` is `(n_x, m)` and `y` is `(n_y, m)`.
//!
//! ```
//! use ex03_utils::*;
//!
//! let (x, y) = load_planar_dataset(1);
//! assert_eq!((x.dim(), y.dim()), ((2, 400), (1, 400)));
//! assert_eq!(sigmoid(&array![[0.0]]), array![[0.5]]);
//! ```

pub mod activation;
#[doc(hidden)]
pub mod cells;
pub mod check;
pub mod dataset;
mod display;
pub mod explore;
// The library's own tests need no code for others.
#[cfg(not(test))]
#[doc(hidden)]
pub mod instances;
pub mod logistic;
pub mod metric;
pub mod network;
mod parallel;
pub mod playground;
pub mod plot;
pub mod random;
mod start;

pub use activation::*;
pub use check::{Attempt, attempt, explain_panics};
pub use dataset::*;
pub use explore::*;
pub use logistic::*;
pub use metric::*;
pub use network::*;
pub use parallel::on_all_cores;
pub use playground::{compartir, playground};
pub use plot::*;
pub use random::*;
pub use start::start_notebook;

pub use linfa;
pub use linfa_logistic;
pub use ndarray;
pub use ndarray_rand;
pub use plotters;

pub use ndarray::{Array1, Array2, Axis, Zip, array, s};
pub use ndarray_rand::RandomExt;
pub use ndarray_rand::rand_distr::StandardNormal;
