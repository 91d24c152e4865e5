//! The functions of single numbers, which datasets, random numbers and axes are made of, against
//! mpmath: tests/golden/rounded.csv, by tests/golden/rounded.py.

use ex03_vector::rounded::{cos, exp10, ln, log10, sin};

type Function = fn(f64) -> f64;

const FUNCTIONS: [(&str, Function); 5] = [
    ("sin", sin),
    ("cos", cos),
    ("ln", ln),
    ("log10", log10),
    ("exp10", exp10),
];

#[test]
fn the_nearest_double_to_the_true_value() {
    let golden = include_str!("../golden/rounded.csv");
    for (name, function) in FUNCTIONS {
        let rows = golden.lines().map(|line| line.split(','));
        let mut seen = 0;
        for mut row in rows.filter(|row| row.clone().next() == Some(name)) {
            let mut number = || {
                let digits = row.next_back().unwrap();
                f64::from_bits(u64::from_str_radix(digits, 16).unwrap())
            };
            let (expected, x) = (number(), number());
            let got = function(x);
            assert!(got == expected, "{name}({x:e}) = {got:e}, not {expected:e}");
            seen += 1;
        }
        assert!(seen > 900, "{seen} rows of {name}");
    }
}

#[test]
fn exact_where_mathematics_is() {
    let (inf, nan) = (f64::INFINITY, f64::NAN);
    assert_eq!([sin(0.0), cos(0.0)], [0.0, 1.0]);
    assert_eq!(
        [ln(1.0), ln(0.0), ln(-0.0), ln(inf)],
        [0.0, -inf, -inf, inf]
    );
    assert_eq!(
        [log10(1.0), log10(1e3), log10(1e-5), log10(0.0), log10(inf)],
        [0.0, 3.0, -5.0, -inf, inf]
    );
    assert_eq!(
        [exp10(0.0), exp10(3.0), exp10(22.0), exp10(-inf), exp10(inf)],
        [1.0, 1e3, 1e22, 0.0, inf]
    );
    for function in [ln, log10] {
        assert!([-1.0, -inf, nan].iter().all(|&x| function(x).is_nan()));
    }
    for (name, function) in FUNCTIONS {
        assert!(function(nan).is_nan(), "{name}");
    }
    assert!([sin(inf), cos(-inf)].iter().all(|value| value.is_nan()));
}
