//! A straight line that the reader turns and moves, to look for the best one by hand.

use ndarray::Array2;

use crate::metric::accuracy;
use crate::plot::{Plotted, expect_examples, plot_db};

/// Draws the line that makes `degrees` with the axis of x₁ and passes at the distance `offset` from
/// the origin, titled with what it gets right. Its sides are given the classes that fit `y` better.
///
/// `x` is (2, m), `y` is (1, m). An offset is in the units of x; a positive one moves the line to the
/// left of its direction: upwards, where the line runs to the right.
///
/// # Errors
///
/// [`PlotError`](crate::PlotError) where x and y do not fit each other.
pub fn explore_line(x: &Array2<f64>, y: &Array2<f64>, degrees: f64, offset: f64) -> Plotted {
    Plotted::of(|| {
        expect_examples(x, y)?;
        let left = left_of(x, degrees, offset);
        let right_is_one = accuracy(&left, y) < 0.5;
        let predict = |x: &Array2<f64>| {
            let left = left_of(x, degrees, offset);
            if right_is_one { 1.0 - left } else { left }
        };
        let title = format!(
            "Recta a {degrees}°, a {offset} del centro: {:.2} %",
            100.0 * accuracy(&predict(x), y)
        );
        Ok(plot_db(predict, x, y).into_result()?.titled(&title))
    })
}

/// 1.0 where an example is to the left of the line, else 0.0, of shape (1, m).
fn left_of(x: &Array2<f64>, degrees: f64, offset: f64) -> Array2<f64> {
    let (sin, cos) = degrees.to_radians().sin_cos();
    Array2::from_shape_fn((1, x.ncols()), |(_, i)| {
        f64::from(cos * x[[1, i]] - sin * x[[0, i]] > offset)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::load_planar_dataset;
    use ndarray::array;

    #[test]
    fn a_positive_offset_moves_a_horizontal_line_upwards() {
        let x = array![[0.0, 0.0, 0.0], [-1.0, 0.5, 2.0]];
        assert_eq!(left_of(&x, 0.0, 0.0), array![[0.0, 1.0, 1.0]]);
        assert_eq!(left_of(&x, 0.0, 1.0), array![[0.0, 0.0, 1.0]]);
    }

    #[test]
    fn the_diagonal_gets_274_of_the_flower() {
        let (x, y) = load_planar_dataset(1);
        let hits = 400.0 * accuracy(&left_of(&x, 45.0, 0.0), &y);
        assert_eq!(hits.max(400.0 - hits), 274.0); // diagonal_hits of tests/golden/story.json
        let figure = explore_line(&x, &y, 45.0, 0.0).into_result().unwrap();
        assert!(figure.svg().contains("68.50 %"));
    }
}
