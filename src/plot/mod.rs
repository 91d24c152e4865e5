//! Figures, as SVG with Spanish text. plotters draws axes, mesh and labels; inside them are a few
//! compact SVG elements, since a figure travels inside the notebook.
//!
//! Every function that draws returns a [`Plotted`]: a [`Figure`], or a [`PlotError`], which says in
//! one line what does not fit. A notebook shows either. To add a figure, write a file like `cost.rs`,
//! name it below, and list it in `every_figure` of tests/library/plot/main.rs.

mod activation;
mod axes;
mod boundary;
mod contour;
mod cost;
mod curve;
mod dataset;
mod error;
mod figure;
mod grid;
mod layers;
mod legend;
mod line;
mod live;
mod moments;
mod network;
mod network_weights;
mod plotted;
mod points;
mod replay;
mod stripes;
mod style;
mod tangent;
mod unit_lines;

pub use activation::{plot_activation, plot_activations};
pub use boundary::plot_db;
pub use cost::plot_cost;
pub use dataset::plot_dataset;
pub use error::PlotError;
pub use figure::Figure;
pub use grid::plot_grid;
pub use line::explore_line;
pub(crate) use live::LIVE;
pub use moments::{Moment, replay_iterations};
pub use network::plot_network;
pub use network_weights::plot_network_weights;
pub use plotted::Plotted;
pub(crate) use points::expect_examples;
pub use replay::plot_replay;
pub(crate) use style::escape;
pub use tangent::plot_tangent;
