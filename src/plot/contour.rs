//! Where a function on a grid lies above a level: marching squares.

use std::fmt::Write;

use ndarray::{Array2, s};

use super::style::length;

/// Units of the drawn coordinates in one cell of the grid.
pub(super) const UNITS: i32 = 10;
/// Around the grid nothing is above any level, so that every outline closes.
const OUTSIDE: f64 = f64::NEG_INFINITY;

/// The path of an SVG that encloses, by the even-odd rule, where `values` exceed `level`. Row is y
/// and column is x, in units of 1/[`UNITS`] of a cell. An outline is simplified by at most
/// `tolerance` cells. Outlines that leave the grid close one cell outside it.
pub(super) fn region_above(values: &Array2<f64>, level: f64, tolerance: f64) -> String {
    let mut path = String::new();
    for ring in outlines(values, level) {
        write_ring(&mut path, &simplified(&ring, tolerance * f64::from(UNITS)));
    }
    path
}

/// The crossings of level and grid lines, joined to rings that keep what is above at the same side.
fn outlines(values: &Array2<f64>, level: f64) -> Vec<Vec<(i32, i32)>> {
    let (rows, columns) = (values.nrows() + 2, values.ncols() + 2);
    let mut padded = Array2::from_elem((rows, columns), OUTSIDE);
    padded
        .slice_mut(s![1..rows - 1, 1..columns - 1])
        .assign(values);
    let points = padded.into_raw_vec_and_offset().0;

    // The line from point i to its right neighbour is 2i, the one to its lower neighbour 2i + 1.
    let crossing = |line: usize| {
        let (point, goes_down) = (line / 2, line % 2 == 1);
        let neighbour = if goes_down {
            point + columns
        } else {
            point + 1
        };
        let (here, there) = (points[point], points[neighbour]);
        let along = if here == OUTSIDE {
            0
        } else if there == OUTSIDE {
            UNITS
        } else {
            (f64::from(UNITS) * (level - here) / (there - here)).round() as i32
        };
        let unpadded = |place: usize| UNITS * (place as i32 - 1);
        let (x, y) = (unpadded(point % columns), unpadded(point / columns));
        if goes_down {
            (x, y + along)
        } else {
            (x + along, y)
        }
    };

    // Each crossed line is left by one cell and entered by its neighbour.
    const NONE: usize = usize::MAX;
    let mut next = vec![NONE; 2 * rows * columns];
    for row in 0..rows - 1 {
        for i in row * columns..(row + 1) * columns - 1 {
            let corners = [
                points[i],
                points[i + 1],
                points[i + columns + 1],
                points[i + columns],
            ];
            let above = corners.map(|value| value > level);
            if above == [above[0]; 4] {
                continue;
            }
            let sides = [2 * i, 2 * (i + 1) + 1, 2 * (i + columns), 2 * i + 1];
            // Going around the cell, a side where it turns above is joined to one where it turns
            // below: the next one, or, where opposite corners are joined across the
            // cell's middle, the one before.
            let is_joined = above[0] == above[2] && corners.iter().sum::<f64>() > 4.0 * level;
            let steps = if is_joined { [3, 2, 1] } else { [1, 2, 3] };
            let turns = |side: usize, to_above: bool| {
                above[side] != to_above && above[(side + 1) % 4] == to_above
            };
            for enter in (0..4).filter(|side| turns(*side, true)) {
                let others = steps.map(|step| (enter + step) % 4);
                if let Some(leave) = others.into_iter().find(|side| turns(*side, false)) {
                    next[sides[enter]] = sides[leave];
                }
            }
        }
    }

    let mut rings = Vec::new();
    for start in 0..next.len() {
        let mut ring = Vec::new();
        let mut line = start;
        while next[line] != NONE {
            ring.push(crossing(line));
            line = std::mem::replace(&mut next[line], NONE);
        }
        if ring.len() > 2 {
            rings.push(ring);
        }
    }
    rings
}

/// Douglas and Peucker: of the points between two kept ones, the farthest is kept if it is too far
/// from their connection.
fn simplified(ring: &[(i32, i32)], tolerance: f64) -> Vec<(i32, i32)> {
    let at = |i: usize| ring[i % ring.len()];
    let mut kept = vec![0];
    let mut ahead = vec![ring.len()];
    while let Some(&end) = ahead.last() {
        let start = kept[kept.len() - 1];
        let farthest = (start + 1..end)
            .map(|i| (distance(at(i), at(start), at(end)), i))
            .fold((0.0, 0), |best, candidate| {
                if candidate.0 > best.0 {
                    candidate
                } else {
                    best
                }
            });
        if farthest.0 > tolerance {
            ahead.push(farthest.1);
        } else {
            kept.push(end);
            ahead.pop();
        }
    }
    kept.pop();
    kept.into_iter().map(at).collect()
}

/// Of a point to the segment from `a` to `b`.
fn distance(point: (i32, i32), a: (i32, i32), b: (i32, i32)) -> f64 {
    let minus = |p: (i32, i32), q: (i32, i32)| (f64::from(p.0 - q.0), f64::from(p.1 - q.1));
    let (p, ab) = (minus(point, a), minus(b, a));
    let length_squared = ab.0 * ab.0 + ab.1 * ab.1;
    let along = if length_squared == 0.0 {
        0.0
    } else {
        ((p.0 * ab.0 + p.1 * ab.1) / length_squared).clamp(0.0, 1.0)
    };
    length(p.0 - along * ab.0, p.1 - along * ab.1)
}

/// A start and then the way from each point to the next.
fn write_ring(path: &mut String, ring: &[(i32, i32)]) {
    if ring.len() < 3 {
        return;
    }
    let mut from = ring[0];
    let _ = write!(path, "M{} {}l", from.0, from.1);
    for (i, &to) in ring[1..].iter().enumerate() {
        let separator = if i == 0 || to.0 < from.0 { "" } else { " " };
        let space = if to.1 < from.1 { "" } else { " " };
        let _ = write!(path, "{separator}{}{space}{}", to.0 - from.0, to.1 - from.1);
        from = to;
    }
    path.push('z');
}
