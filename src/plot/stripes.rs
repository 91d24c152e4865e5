//! Curves that coincide for a stretch: there, stripes of the colour of each.

use std::fmt::Write;
use std::ops::Range;

use super::axes::Axes;
use super::curve::colour_of;
use super::style::px;

/// Of one stripe, in pixels.
const LENGTH: usize = 12;

/// `curves` have their points at the same x. Where two points of a curve are `jump` apart, there is
/// no line between them.
pub(super) fn stripes(axes: &Axes, curves: &[Vec<(f64, f64)>], jump: f64) -> String {
    let mut stripes = String::new();
    for (stretch, sharers) in stretches(curves, jump) {
        let corners: Vec<String> = curves[sharers[0]][stretch]
            .iter()
            .map(|(x, y)| axes.pixel(*x, *y))
            .map(|(x, y)| format!("{} {}", px(x), px(y)))
            .collect();
        let gap = LENGTH * (sharers.len() - 1);
        for (place, curve) in sharers.iter().enumerate() {
            let _ = write!(
                stripes,
                "<path fill=\"none\" stroke=\"{}\" stroke-width=\"2.6\" stroke-dasharray=\"{LENGTH} {gap}\" stroke-dashoffset=\"-{}\" d=\"M{}\"/>",
                colour_of(*curve),
                LENGTH * place,
                corners.join("L")
            );
        }
    }
    stripes
}

/// Points from which to which, and the curves that coincide there, two or more.
fn stretches(curves: &[Vec<(f64, f64)>], jump: f64) -> Vec<(Range<usize>, Vec<usize>)> {
    let distance =
        |(a, i): (usize, usize), (b, j): (usize, usize)| (curves[a][i].1 - curves[b][j].1).abs();
    let same = |a: usize, b: usize, i: usize| distance((a, i), (b, i)) < 1e-6 * jump;
    let segments = curves
        .first()
        .map_or(0, |points| points.len().saturating_sub(1));
    let mut stretches: Vec<(Range<usize>, Vec<usize>)> = Vec::new();
    for leader in 0..curves.len() {
        for i in 0..segments {
            let share = |other: &usize| same(leader, *other, i) && same(leader, *other, i + 1);
            let sharers: Vec<usize> = (0..curves.len()).filter(share).collect();
            let is_line = distance((leader, i), (leader, i + 1)) < jump;
            if !is_line || sharers.len() < 2 || sharers[0] != leader {
                continue;
            }
            match stretches.last_mut() {
                Some((stretch, last)) if stretch.end == i + 1 && *last == sharers => {
                    stretch.end = i + 2;
                }
                _ => stretches.push((i..i + 2, sharers)),
            }
        }
    }
    stretches
}
