//! Where a function on a grid lies above a level: marching squares.

use std::fmt::Write;

use ndarray::Array2;

/// Units of the drawn coordinates in one cell of the grid.
pub(super) const UNITS: i32 = 10;
/// Around the grid nothing is above any level, so that every outline closes.
const OUTSIDE: f64 = f64::NEG_INFINITY;

/// The path of an SVG that encloses, by the even-odd rule, where `values` exceed `level`. Row is y and column is x, in units of
/// 1/[`UNITS`] of a cell. An outline is simplified by at most `tolerance` cells. Outlines that leave the grid close one cell outside it.
pub(super) fn region_above(values: &Array2<f64>, level: f64, tolerance: f64) -> String {
    let mut path = String::new();
    for ring in outlines(values, level) {
        write_ring(&mut path, &simplified(&ring, tolerance * f64::from(UNITS)));
    }
    path
}

/// The crossings of level and grid lines, joined to rings that keep what is above at the same side.
fn outlines(values: &Array2<f64>, level: f64) -> Vec<Vec<(i32, i32)>> {
    let (rows, columns) = (values.nrows() as i32, values.ncols() as i32);
    let at = |x: i32, y: i32| {
        if (0..columns).contains(&x) && (0..rows).contains(&y) {
            values[[y as usize, x as usize]]
        } else {
            OUTSIDE
        }
    };
    // The line from a grid point to its right neighbour has an even number, the one to its lower neighbour an odd one.
    let width = columns + 1;
    let line = |x: i32, y: i32, down: i32| (2 * ((y + 1) * width + x + 1) + down) as usize;
    let crossing = |line: usize| {
        let (point, down) = (line as i32 / 2, line as i32 % 2);
        let (x, y) = (point % width - 1, point / width - 1);
        let (here, there) = (at(x, y), at(x + 1 - down, y + down));
        let along = if here == OUTSIDE {
            0
        } else if there == OUTSIDE {
            UNITS
        } else {
            (f64::from(UNITS) * (level - here) / (there - here)).round() as i32
        };
        (UNITS * x + along * (1 - down), UNITS * y + along * down)
    };

    // Each crossed line is left by one cell and entered by its neighbour.
    const NONE: usize = usize::MAX;
    let mut next = vec![NONE; line(columns - 1, rows - 1, 1) + 2 * (columns as usize + 3)];
    for y in -1..rows {
        for x in -1..columns {
            let corners = [at(x, y), at(x + 1, y), at(x + 1, y + 1), at(x, y + 1)];
            let above = corners.map(|value| value > level);
            let sides = [
                line(x, y, 0),
                line(x + 1, y, 1),
                line(x, y + 1, 0),
                line(x, y, 1),
            ];
            // Going around the cell, a side where it turns above is joined to one where it ends.
            let enters: Vec<usize> = (0..4)
                .filter(|&i| !above[i] && above[(i + 1) % 4])
                .collect();
            let joined = above == [above[0], !above[0], above[0], !above[0]]
                && corners.iter().sum::<f64>() > 4.0 * level;
            for &enter in &enters {
                let steps: &[usize] = if joined { &[3, 2, 1] } else { &[1, 2, 3] };
                let leave = steps
                    .iter()
                    .map(|step| (enter + step) % 4)
                    .find(|&i| above[i] && !above[(i + 1) % 4]);
                if let Some(leave) = leave {
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

/// Douglas and Peucker: of the points between two kept ones, the farthest is kept if it is too far from their connection.
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
    (p.0 - along * ab.0).hypot(p.1 - along * ab.1)
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
