//! The cost over the iterations of a training.

use ex03_vector::rounded::{exp10, log10};

use super::axes::{Axes, Axis, round_ticks, span_of};
use super::curve::{Curve, draw_curves};
use super::error::PlotError;
use super::figure::{Drawing, Figure};
use super::plotted::Plotted;
use super::style::number;

/// Of longer histories, only the least and the greatest cost of each of this many stretches of the
/// axis is drawn.
const STRETCHES: f64 = 400.0;

/// The cost J of each iteration. Both axes are logarithmic: the first hundreds of iterations are
/// most of what happens, and of the last ones the changes are small.
///
/// # Errors
///
/// [`PlotError`] where there is no cost, or one of them is not finite or not above 0, where a
/// logarithm would be.
pub fn plot_cost(costs: &[f64]) -> Plotted {
    Plotted::of(|| {
        let (Some(first), Some(last)) = (costs.first(), costs.last()) else {
            return Err(PlotError::Value("no hay ningún costo que dibujar".into()));
        };
        expect_costs(costs.iter().copied().enumerate())?;
        let x = iteration_axis(costs.len() - 1);
        let y = cost_axis(costs.iter().copied())?;
        let curve = Curve {
            name: "",
            pieces: vec![thinned(costs)],
        };
        let axes = Axes::draw(x, y)?;
        let (line, _) = draw_curves(&axes, &[curve]);
        let description = format!(
            "El costo J de cada iteración, en ejes logarítmicos: de {} en la primera a {} en la última, de {}.",
            number(*first),
            number(*last),
            costs.len()
        );
        Ok(Figure::new(
            "Costo por iteración",
            description,
            axes.panel("", &line),
            Drawing::default(),
        ))
    })
}

fn too_large() -> PlotError {
    PlotError::Value("los costos son demasiado grandes para dibujarlos".into())
}

/// Refuses, of pairs of an iteration and its cost, what has no place on a logarithmic axis.
pub(super) fn expect_costs(
    costs: impl Iterator<Item = (usize, f64)> + Clone,
) -> Result<(), PlotError> {
    if let Some((iteration, cost)) = costs.clone().find(|(_, cost)| !cost.is_finite()) {
        return Err(PlotError::Value(format!(
            "el costo de la iteración {iteration} es {cost}: ¿es demasiado grande la tasa de aprendizaje?"
        )));
    }
    match costs.clone().find(|(_, cost)| *cost <= 0.0) {
        Some((iteration, cost)) => Err(PlotError::Value(format!(
            "el costo de la iteración {iteration} es {cost}: en un eje logarítmico solo caben costos mayores que 0"
        ))),
        None => Ok(()),
    }
}

/// The logarithmic axis of some costs; a place on it is the cost's log10.
pub(super) fn cost_axis(
    costs: impl Iterator<Item = f64> + Clone,
) -> Result<Axis<'static>, PlotError> {
    let magnitudes = span_of(costs.map(log10)).ok_or_else(too_large)?;
    Ok(Axis {
        name: "Costo J",
        ticks: logarithmic_ticks(magnitudes.start, magnitudes.end),
        span: magnitudes,
        label: &|magnitude| number(exp10(*magnitude)),
    })
}

/// The logarithms of round numbers from 10^`low` to 10^`high`, between four and twelve of them
/// where that can be.
fn logarithmic_ticks(low: f64, high: f64) -> Vec<f64> {
    let decades = low.floor() as i32..=high.floor() as i32;
    let within = |tick: &f64| (low..=high).contains(tick);
    let of_each_decade = |steps: &[f64]| -> Vec<f64> {
        let tick = |decade: i32, step: &f64| f64::from(decade) + log10(*step);
        decades
            .clone()
            .flat_map(|decade| steps.iter().map(move |step| tick(decade, step)))
            .filter(within)
            .collect()
    };
    let coarse = of_each_decade(&[1.0, 2.0, 5.0]);
    let fine = of_each_decade(&[1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]);
    if coarse.len() > 12 {
        let stride = decades.clone().count().div_ceil(10);
        decades
            .step_by(stride)
            .map(f64::from)
            .filter(within)
            .collect()
    } else if coarse.len() >= 4 {
        coarse
    } else if fine.len() >= 4 {
        fine
    } else {
        let linear = round_ticks(&(exp10(low)..exp10(high)));
        linear.into_iter().map(log10).collect()
    }
}

/// Where an iteration stands on an axis that begins with 0 and is logarithmic further on.
pub(super) fn place_of(iteration: usize) -> f64 {
    log10(iteration as f64 + 1.0)
}

/// The axis of iterations from 0 to `last`, labelled at 0 and at powers of ten.
pub(super) fn iteration_axis(last: usize) -> Axis<'static> {
    let decades = last.max(1).ilog10();
    let stride = decades as usize / 6 + 1;
    let powers = (0..=decades)
        .step_by(stride)
        .map(|power| 10usize.pow(power));
    let ticks = [0].into_iter().chain(powers.filter(|power| *power <= last));
    Axis {
        name: "Iteración",
        span: span_of([0.0, place_of(last)].into_iter()).unwrap_or(0.0..1.0),
        ticks: ticks.map(place_of).collect(),
        label: &|place| number((exp10(*place) - 1.0).round()),
    }
}

/// (place of an iteration, log10 of its cost).
fn thinned(costs: &[f64]) -> Vec<(f64, f64)> {
    let iterations: Vec<usize> = (0..costs.len()).collect();
    let stretch = |i: usize| (STRETCHES * place_of(i) / place_of(costs.len())) as usize;
    let by_cost = |a: &&usize, b: &&usize| costs[**a].total_cmp(&costs[**b]);
    let mut points = Vec::new();
    for stretch in iterations.chunk_by(|a, b| stretch(*a) == stretch(*b)) {
        let (least, greatest) = (
            stretch.iter().min_by(by_cost),
            stretch.iter().max_by(by_cost),
        );
        for &i in [least.min(greatest), least.max(greatest)]
            .into_iter()
            .flatten()
        {
            points.push((place_of(i), log10(costs[i])));
        }
    }
    points.dedup();
    points
}
