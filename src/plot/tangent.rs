//! A curve with the tangent at a point that a slider moves.

use ndarray::Array2;

use super::activation::{Chart, samples};
use super::figure::Figure;
use super::live::{Live, numerals};
use super::plotted::Plotted;
use super::style::{number, px};

/// In steps of 0.02.
const SAMPLES: usize = 501;
/// The still picture's: z = 1, where most functions bend.
const CHOSEN: usize = 300;
/// How far in z the tangent goes to each side.
const REACH: f64 = 1.6;
const TANGENT_STYLE: &str = "fill=\"none\" stroke=\"#222\" stroke-width=\"2.2\"";

/// An activation function and its derivative over z in [−5, 5], with a tangent that follows the
/// pointer, or a slider, and shows z, g(z) and g′(z). Both take and return a (1, k). Where scripts
/// do not run, the tangent at z = 1 is seen.
///
/// ```
/// # use ex03_utils::*;
/// plot_tangent("tanh", tanh, tanh_derivative);
/// ```
///
/// # Errors
///
/// [`PlotError`](super::PlotError) where one of them returns another shape, or a value that is not
/// finite.
pub fn plot_tangent(
    name: &str,
    function: impl Fn(&Array2<f64>) -> Array2<f64>,
    derivative: impl Fn(&Array2<f64>) -> Array2<f64>,
) -> Plotted {
    Plotted::of(|| {
        let z = samples(SAMPLES);
        let (values, slopes) = (function(&z), derivative(&z));
        let functions = [(name, values), ("derivada", slopes)];
        let chart = Chart::of("g(z), g′(z)", &z, &functions)?;
        let [(_, values), (_, slopes)] = functions;

        let at = (0, CHOSEN);
        let (z_now, value, slope) = (z[at], values[at], slopes[at]);
        let axes = &chart.axes;
        let end = |z: f64| {
            let (x, y) = axes.pixel(z, value + slope * (z - z_now));
            format!("{} {}", px(x), px(y))
        };
        let [left, top, width, height] = axes.frame();
        // The greater one is seen around the other, where the two coincide.
        let dot = |layer: &str, value: f64, style: &str| {
            let (x, y) = axes.pixel(z_now, value);
            format!(
                "<circle {style} data-layer=\"{layer}\" cx=\"{}\" cy=\"{}\"/>",
                px(x),
                px(y)
            )
        };
        let (x, _) = axes.pixel(z_now, value);
        let lines = [
            format!(
                "<path stroke=\"#999\" data-layer=\"z\" d=\"M{} {}v{}\"/>",
                px(x),
                px(top),
                px(height)
            ),
            format!(
                "<path {TANGENT_STYLE} data-layer=\"tangent\" d=\"M{}L{}\"/>",
                end(z_now - REACH),
                end(z_now + REACH)
            ),
        ];
        let dots = [
            dot("slope", slope, "r=\"8\" fill=\"#d55e00\" stroke=\"#fff\""),
            dot("value", value, "r=\"5\" fill=\"#0072b2\" stroke=\"#fff\""),
        ];

        let live = Live {
            show: include_str!("tangent.js"),
            data: format!(
                "{{frame:{},x:{},y:{},chosen:{CHOSEN},reach:{REACH},\nvalues:{},\nslopes:{}}}",
                numerals([left, top, width, height]),
                numerals([axes.x.start, axes.x.end]),
                numerals([axes.y.start, axes.y.end]),
                numerals(values.iter().copied()),
                numerals(slopes.iter().copied())
            ),
        };
        let description = format!(
            "{} La tangente en z = {} pasa por g(z) = {} con pendiente g′(z) = {}.",
            chart.description,
            number(z_now),
            number(value),
            number(slope)
        );
        let mut legend = chart.legend;
        legend.stroke(TANGENT_STYLE, "tangente en z");
        Ok(Figure::new(
            &format!("{name}: la derivada es la pendiente"),
            description,
            axes.panel(
                "",
                &(chart.lines + &axes.cut(&lines.concat()) + &dots.concat()),
            ),
            legend.drawing(),
        )
        .live(live))
    })
}
