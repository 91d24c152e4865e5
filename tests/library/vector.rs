//! The functions of `activation` that training spends its time in, against mpmath:
//! tests/golden/vector.csv, by tests/golden/vector.py.

use ex03_utils::*;
use ex03_vector::{Function, Width, map_at};

/// Units in the last place that a result may be away from the correctly rounded one.
const ALLOWED: u64 = 2;

/// One column of the golden file beside its inputs, in rows of an odd length so that each place of
/// a vector sees each kind of input.
fn golden(column: &str) -> (Array2<f64>, Array2<f64>) {
    let mut lines = include_str!("../golden/vector.csv").lines();
    let column = lines
        .next()
        .unwrap()
        .split(',')
        .position(|name| name == column)
        .unwrap();
    let parse = |digits: &str| f64::from_bits(u64::from_str_radix(digits, 16).unwrap());
    let pairs: Vec<(f64, f64)> = lines
        .map(|line| line.split(',').collect::<Vec<_>>())
        .map(|f| (parse(f[0]), parse(f[column])))
        .collect();
    let whole_rows = pairs.len() / 7 * 7;
    assert!(whole_rows > 3_000);
    let shape = (7, whole_rows / 7);
    (
        Array2::from_shape_fn(shape, |(i, j)| pairs[j * 7 + i].0),
        Array2::from_shape_fn(shape, |(i, j)| pairs[j * 7 + i].1),
    )
}

/// How many doubles lie between the two; ±0 are as far from each other as neighbours are.
fn ulps_between(a: f64, b: f64) -> u64 {
    if a.is_nan() || b.is_nan() {
        return if a.is_nan() && b.is_nan() {
            0
        } else {
            u64::MAX
        };
    }
    let rank = |x: f64| {
        if x.is_sign_negative() {
            -1 - (x.abs().to_bits() as i64)
        } else {
            x.to_bits() as i64
        }
    };
    rank(a).abs_diff(rank(b))
}

fn assert_near(name: &str, f: impl Fn(&Array2<f64>) -> Array2<f64>) {
    let (inputs, expected) = golden(name);
    let got = f(&inputs);
    assert_eq!(got.dim(), inputs.dim());
    for ((&x, &got), &expected) in inputs.iter().zip(&got).zip(&expected) {
        let ulps = ulps_between(got, expected);
        assert!(
            ulps <= ALLOWED,
            "{name}({x:e}) = {got:e}, {ulps} ulp from {expected:e}"
        );
    }
}

#[test]
fn within_two_ulp_of_the_true_value() {
    assert_near("sigmoid", sigmoid);
    assert_near("sigmoid_derivative", sigmoid_derivative);
    assert_near("tanh", tanh);
    assert_near("tanh_derivative", tanh_derivative);
    assert_near("ln", ln);
}

#[test]
fn the_ruler_sees_a_wrong_last_digit() {
    assert_eq!(ulps_between(1.0, 1.0 + f64::EPSILON), 1);
    assert_eq!(ulps_between(0.0, -0.0), 1);
    assert_eq!(ulps_between(5e-324, -5e-324), 3);
    assert_eq!(ulps_between(f64::NAN, 1.0), u64::MAX);
}

#[test]
fn exact_where_mathematics_is() {
    let (inf, nan) = (f64::INFINITY, f64::NAN);
    assert_eq!(
        sigmoid(&array![[0.0, inf, -inf, 1000.0, -1000.0]]),
        array![[0.5, 1.0, 0.0, 1.0, 0.0]]
    );
    assert_eq!(
        tanh(&array![[20.0, -20.0, inf, -inf, 1e300]]),
        array![[1.0, -1.0, 1.0, -1.0, 1.0]]
    );
    assert!(tanh(&array![[-0.0]])[[0, 0]].is_sign_negative());
    assert_eq!(
        sigmoid_derivative(&array![[0.0, inf, -inf]]),
        array![[0.25, 0.0, 0.0]]
    );
    assert_eq!(
        tanh_derivative(&array![[0.0, inf, -inf]]),
        array![[1.0, 0.0, 0.0]]
    );
    assert_eq!(
        ln(&array![[1.0, 0.0, -0.0, inf]]),
        array![[0.0, -inf, -inf, inf]]
    );
    assert!(
        ln(&array![[-1.0, -inf, -5e-324, nan]])
            .iter()
            .all(|l| l.is_nan())
    );
    for f in [sigmoid, tanh, sigmoid_derivative, tanh_derivative] {
        assert!(f(&array![[nan]])[[0, 0]].is_nan());
    }
}

#[test]
fn odd_and_even_to_the_last_bit() {
    let (z, _) = golden("tanh");
    let z = z.mapv(|z| if z.is_nan() { 0.0 } else { z });
    assert_eq!(tanh(&-&z), -tanh(&z));
    assert_eq!(sigmoid_derivative(&-&z), sigmoid_derivative(&z));
    assert_eq!(tanh_derivative(&-&z), tanh_derivative(&z));
}

/// A transposed, reversed or cut-out matrix lies otherwise in memory than its rows say.
#[test]
fn the_shape_is_kept_whatever_the_layout() {
    let z = Array2::from_shape_fn((3, 5), |(i, j)| i as f64 - 0.3 * j as f64);
    let expected = z.mapv(f64::tanh);
    let near = |got: Array2<f64>, expected: Array2<f64>| {
        assert_eq!(got.dim(), expected.dim());
        assert!((got - expected).iter().all(|d| d.abs() < 1e-15));
    };
    near(tanh(&z.t().to_owned()), expected.t().to_owned());
    near(tanh(&z.clone().reversed_axes()), expected.t().to_owned());
    let mut reversed = z.clone();
    reversed.invert_axis(Axis(1));
    near(tanh(&reversed), expected.slice(s![.., ..;-1]).to_owned());
    near(
        tanh(&z.slice_move(s![..;2, 1..4])),
        expected.slice(s![..;2, 1..4]).to_owned(),
    );
    assert_eq!(tanh(&Array2::zeros((0, 5))).dim(), (0, 5));
}

/// A vector is a power of two long: a length that is not leaves some for the end of the loop.
#[test]
fn the_value_does_not_depend_on_the_place() {
    let alone = tanh(&array![[0.7]])[[0, 0]];
    for m in 1..40 {
        assert!(
            tanh(&Array2::from_elem((1, m), 0.7))
                .iter()
                .all(|&a| a == alone)
        );
    }
}

/// Over all doubles, and closer where the functions bend. One by one, nothing goes side by side.
#[test]
fn the_same_bits_at_every_width() {
    let all = (0..40_000_u64).map(|i| f64::from_bits(i.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
    let near = (-40_000..40_001).map(|i| f64::from(i) / 1009.0);
    let z: Vec<f64> = all.chain(near).collect();
    // NaN counts as one value: its bits are the processor's.
    let bits = |v: f64| {
        if v.is_nan() {
            f64::NAN.to_bits()
        } else {
            v.to_bits()
        }
    };
    for function in [
        Function::Sigmoid,
        Function::SigmoidDerivative,
        Function::Tanh,
        Function::TanhDerivative,
        Function::Ln,
    ] {
        let expected: Vec<u64> = z
            .iter()
            .map(|&z| bits(map_at(Width::Target, function, &[z])[0]))
            .collect();
        for width in [Width::Target, Width::Avx2, Width::Avx512]
            .into_iter()
            .filter(|width| width.is_available())
        {
            let got: Vec<u64> = map_at(width, function, &z).into_iter().map(bits).collect();
            assert!(got == expected, "{function:?} at {width:?}");
        }
    }
}
