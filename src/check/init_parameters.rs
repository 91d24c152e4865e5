//! Exercise 2: small random weights, biases of zero. What is drawn may come in any way, so statistics of large layers are compared.

use std::collections::HashSet;

use ndarray::{Array2, Axis};
use ndarray_rand::RandomExt;
use ndarray_rand::rand_distr::Uniform;

use super::cases::{Case, draw};
use super::output::{Output, number, shape, statistic};
use super::report::Report;
use super::table::{Exercise, Hint, Misconception, Table};
use crate::network::{LayerSize, Parameters};
use crate::random::{Randn, RandomState};

type Student<'a> = &'a dyn Fn(&LayerSize, &mut RandomState) -> Parameters;
type Matrix = Array2<f64>;
type Shape = (usize, usize);

/// Of the weights: the slides' `np.random.randn(a, b) * 0.01`.
pub(super) const SCALE: f64 = 0.01;

/// The course's own; and one large enough for a mean and a spread to tell: 1,500 and 1,250 weights.
pub(super) const SIZES: &[(usize, usize, usize, usize)] = &[(2, 4, 1, 3), (30, 50, 25, 2)];
/// Weights of a layer above which statistics are compared.
const ENOUGH: usize = 1000;

#[derive(Clone, Copy)]
pub(super) struct Formula {
    w1_shape: fn(&LayerSize) -> Shape,
    b1_shape: fn(&LayerSize) -> Shape,
    w2_shape: fn(&LayerSize) -> Shape,
    b2_shape: fn(&LayerSize) -> Shape,
    /// Before scaling.
    w1: fn(Shape, &mut RandomState) -> Matrix,
    /// Before scaling; it may be made of W1.
    w2: fn(Shape, &mut RandomState, &Matrix) -> Matrix,
    scale_w1: f64,
    scale_w2: f64,
    b1: fn(Shape, &mut RandomState) -> Matrix,
    b2: fn(Shape, &mut RandomState) -> Matrix,
    /// The stream that is drawn from.
    stream: fn(&RandomState) -> RandomState,
}

const RIGHT: Formula = Formula {
    w1_shape: |size| (size.n_h, size.n_x),
    b1_shape: |size| (size.n_h, 1),
    w2_shape: |size| (size.n_y, size.n_h),
    b2_shape: |size| (size.n_y, 1),
    w1: gaussian,
    w2: |shape, rng, _| gaussian(shape, rng),
    scale_w1: SCALE,
    scale_w2: SCALE,
    b1: |shape, _| Matrix::zeros(shape),
    b2: |shape, _| Matrix::zeros(shape),
    stream: RandomState::clone,
};

pub(super) fn gaussian(shape: Shape, rng: &mut RandomState) -> Matrix {
    Matrix::random_using(shape, Randn::new(), rng)
}

/// The right answer, drawn as the notebook does.
pub(super) fn expected(size: &LayerSize, rng: &mut RandomState) -> Parameters {
    init(&RIGHT, size, rng)
}

fn init(formula: &Formula, size: &LayerSize, rng: &mut RandomState) -> Parameters {
    let mut stream = (formula.stream)(rng);
    let w1 = (formula.w1)((formula.w1_shape)(size), &mut stream);
    let w2 = (formula.w2)((formula.w2_shape)(size), &mut stream, &w1);
    let b1 = (formula.b1)((formula.b1_shape)(size), &mut stream);
    let b2 = (formula.b2)((formula.b2_shape)(size), &mut stream);
    *rng = stream;
    Parameters {
        w1: w1 * formula.scale_w1,
        b1,
        w2: w2 * formula.scale_w2,
        b2,
    }
}

pub(super) const TABLE: Table<Formula> = Table {
    exercise: Exercise {
        number: 2,
        name: "init_parameters",
        not_finite: "Los pesos salen de un generador y los bias son cero: ¿divides entre algo que vale 0?",
        look_also: "",
    },
    right: RIGHT,
    misconceptions: MISCONCEPTIONS,
    answer: |formula, case| outputs(case, &|size, rng| init(formula, size, rng)),
    remark: |_, _| None,
};

pub(super) fn judge(f: Student, rng: &mut RandomState) -> Report {
    TABLE.judge(&draw(SIZES, rng), &|case| outputs(case, f))
}

fn outputs(case: &Case, f: Student) -> Vec<Output> {
    let p = f(&case.size, &mut RandomState::new(case.seed));
    let mut outputs = vec![
        shape("W1", &p.w1),
        shape("b1", &p.b1),
        shape("W2", &p.w2),
        shape("b2", &p.b2),
    ];
    if case.size.n_x * case.size.n_h < ENOUGH {
        return outputs;
    }
    let again = f(&case.size, &mut RandomState::new(case.seed + 1));
    let (spread_1, spread_2) = (spread(&p.w1), spread(&p.w2));
    outputs.extend([
        // The spread of 1,250 draws is off by 2 %, their mean by 3 % of it.
        statistic(
            "la desviación típica de W1",
            spread_1,
            0.12 * spread_1.max(SCALE),
        ),
        statistic(
            "la media de W1 entre su tamaño típico",
            relative_mean(&p.w1),
            0.25,
        ),
        statistic(
            "la desviación típica de W2",
            spread_2,
            0.12 * spread_2.max(SCALE),
        ),
        statistic(
            "la media de W2 entre su tamaño típico",
            relative_mean(&p.w2),
            0.25,
        ),
        number("las filas distintas de W1", distinct_rows(&p.w1)),
        number("las filas distintas de W2", distinct_rows(&p.w2)),
        number("los pesos que valen exactamente 0", zeros(&p)),
        number(
            "los valores de W2 que están también en W1",
            shared(&p.w1, &p.w2),
        ),
        number(
            "los pesos que cambian con otra semilla",
            f64::from(p.w1 != again.w1),
        ),
        statistic(
            "el tamaño típico de b1",
            root_mean_square(&p.b1),
            0.5 * root_mean_square(&p.b1) + 1e-12,
        ),
        statistic(
            "la desviación típica de b1",
            spread(&p.b1),
            0.5 * spread(&p.b1) + 1e-12,
        ),
        statistic(
            "el tamaño típico de b2",
            root_mean_square(&p.b2),
            0.5 * root_mean_square(&p.b2) + 1e-12,
        ),
        statistic(
            "la desviación típica de b2",
            spread(&p.b2),
            0.5 * spread(&p.b2) + 1e-12,
        ),
    ]);
    outputs
}

fn mean(values: &Matrix) -> f64 {
    values.sum() / values.len().max(1) as f64
}

fn root_mean_square(values: &Matrix) -> f64 {
    mean(&(values * values)).sqrt()
}

/// Standard deviation; 0 up to round-off where all values are one.
pub(super) fn spread(values: &Matrix) -> f64 {
    let mean = mean(values);
    let spread = root_mean_square(&values.mapv(|v| v - mean));
    if spread > 1e-9 * mean.abs() {
        spread
    } else {
        0.0
    }
}

/// Between −1 and 1; 0 of zeros.
fn relative_mean(values: &Matrix) -> f64 {
    let size = root_mean_square(values);
    if size > 0.0 { mean(values) / size } else { 0.0 }
}

fn bits(row: impl IntoIterator<Item = f64>) -> Vec<u64> {
    row.into_iter().map(f64::to_bits).collect()
}

pub(super) fn distinct_rows(values: &Matrix) -> f64 {
    let rows: HashSet<Vec<u64>> = values
        .rows()
        .into_iter()
        .map(|row| bits(row.iter().copied()))
        .collect();
    rows.len() as f64
}

fn shared(w1: &Matrix, w2: &Matrix) -> f64 {
    let of_w1: HashSet<u64> = w1.iter().map(|value| value.to_bits()).collect();
    w2.iter()
        .filter(|value| **value != 0.0 && of_w1.contains(&value.to_bits()))
        .count() as f64
}

fn zeros(p: &Parameters) -> f64 {
    let weights = p.w1.iter().chain(&p.w2);
    weights.filter(|weight| **weight == 0.0).count() as f64
}

const SHAPES: &str = "W^[1]: (n_h, n_x), b^[1]: (n_h, 1), W^[2]: (n_y, n_h), b^[2]: (n_y, 1)";
const WEIGHTS: &str = "W^[l] = randn(filas, columnas) · 0.01";
const BIASES: &str = "b^[1] = ceros de forma (n_h, 1), b^[2] = ceros de forma (n_y, 1)";

const MISCONCEPTIONS: &[Misconception<Formula>] = &[
    Misconception {
        hint: Hint {
            id: "weights_transposed",
            wrong: "W1 y W2 están traspuestas: cada fila de W^[l] es una unidad de su capa, cada columna una entrada.",
            question: "Z^[1] = W^[1] X tiene n_h filas. ¿Cuántas filas debe tener W^[1]?",
            formula: SHAPES,
        },
        changes: &[|f| {
            f.w1_shape = |size| (size.n_x, size.n_h);
            f.w2_shape = |size| (size.n_h, size.n_y);
        }],
    },
    Misconception {
        hint: Hint {
            id: "w1_transposed",
            wrong: "W1 está traspuesta: cada fila de W^[1] es una unidad oculta, cada columna una entrada.",
            question: "Z^[1] = W^[1] X tiene n_h filas. ¿Cuántas filas debe tener W^[1]?",
            formula: SHAPES,
        },
        changes: &[|f| f.w1_shape = |size| (size.n_x, size.n_h)],
    },
    Misconception {
        hint: Hint {
            id: "w2_transposed",
            wrong: "W2 está traspuesta: cada fila de W^[2] es una salida, cada columna una unidad oculta.",
            question: "Z^[2] = W^[2] A^[1] tiene n_y filas. ¿Cuántas filas debe tener W^[2]?",
            formula: SHAPES,
        },
        changes: &[|f| f.w2_shape = |size| (size.n_h, size.n_y)],
    },
    Misconception {
        hint: Hint {
            id: "w2_from_inputs",
            wrong: "W2 tiene n_x columnas, como si recibiera los datos: recibe la salida de la capa oculta.",
            question: "¿Cuántos números le llegan a cada unidad de salida?",
            formula: SHAPES,
        },
        changes: &[|f| f.w2_shape = |size| (size.n_y, size.n_x)],
    },
    Misconception {
        hint: Hint {
            id: "biases_in_a_row",
            wrong: "b1 y b2 son filas; son columnas, con un valor por unidad, para poder sumarse a cada columna de Z.",
            question: "Z^[1] tiene forma (n_h, m). ¿Qué forma debe tener b^[1] para repetirse en sus m columnas?",
            formula: BIASES,
        },
        changes: &[|f| {
            f.b1_shape = |size| (1, size.n_h);
            f.b2_shape = |size| (1, size.n_y);
        }],
    },
    Misconception {
        hint: Hint {
            id: "b1_of_inputs",
            wrong: "b1 tiene un valor por entrada; lleva uno por unidad oculta.",
            question: "¿A qué matriz se suma b^[1], y cuántas filas tiene?",
            formula: BIASES,
        },
        changes: &[|f| f.b1_shape = |size| (size.n_x, 1)],
    },
    Misconception {
        hint: Hint {
            id: "b2_of_hidden_units",
            wrong: "b2 tiene un valor por unidad oculta; lleva uno por salida.",
            question: "¿A qué matriz se suma b^[2], y cuántas filas tiene?",
            formula: BIASES,
        },
        changes: &[|f| f.b2_shape = |size| (size.n_h, 1)],
    },
    Misconception {
        hint: Hint {
            id: "one_bias_per_layer",
            wrong: "Tus bias son un solo número; lleva uno cada unidad.",
            question: "¿Comparten las unidades de una capa su bias?",
            formula: BIASES,
        },
        changes: &[|f| {
            f.b1_shape = |_| (1, 1);
            f.b2_shape = |_| (1, 1);
        }],
    },
    Misconception {
        hint: Hint {
            id: "one_bias_per_weight",
            wrong: "Tus bias tienen la forma de los pesos; lleva uno cada unidad, no uno cada peso.",
            question: "¿Cuántos números se suman a z de una unidad, además de los productos?",
            formula: BIASES,
        },
        changes: &[|f| {
            f.b1_shape = |size| (size.n_h, size.n_x);
            f.b2_shape = |size| (size.n_y, size.n_h);
        }],
    },
    Misconception {
        hint: Hint {
            id: "hard_coded_sizes",
            wrong: "Tus formas son siempre las de la flor (n_x = 2, n_h = 4, n_y = 1), también cuando size dice otra cosa.",
            question: "Más adelante probarás 50 unidades ocultas. ¿De dónde lee tu función cuántas son?",
            formula: SHAPES,
        },
        changes: &[|f| {
            f.w1_shape = |_| (4, 2);
            f.b1_shape = |_| (4, 1);
            f.w2_shape = |_| (1, 4);
            f.b2_shape = |_| (1, 1);
        }],
    },
    Misconception {
        hint: Hint {
            id: "hard_coded_hidden_units",
            wrong: "Tu capa oculta tiene siempre 4 unidades, también cuando size.n_h dice otra cosa.",
            question: "Más adelante probarás 50 unidades ocultas. ¿De dónde lee tu función cuántas son?",
            formula: SHAPES,
        },
        changes: &[|f| {
            f.w1_shape = |size| (4, size.n_x);
            f.b1_shape = |_| (4, 1);
            f.w2_shape = |size| (size.n_y, 4);
        }],
    },
    Misconception {
        hint: Hint {
            id: "zero_weights",
            wrong: "Tus pesos son cero: así todas las unidades ocultas empiezan iguales, reciben el mismo gradiente, y nunca se distinguen.",
            question: "Si dos unidades calculan lo mismo y aprenden lo mismo, ¿de qué sirve la segunda?",
            formula: WEIGHTS,
        },
        changes: &[|f| {
            f.w1 = |shape, _| Matrix::zeros(shape);
            f.w2 = |shape, _, _| Matrix::zeros(shape);
        }],
    },
    Misconception {
        hint: Hint {
            id: "equal_weights",
            wrong: "Tus pesos son todos iguales: las unidades ocultas reciben el mismo gradiente, y nunca se distinguen.",
            question: "Si dos unidades calculan lo mismo y aprenden lo mismo, ¿de qué sirve la segunda?",
            formula: WEIGHTS,
        },
        changes: &[|f| {
            f.w1 = |shape, _| Matrix::ones(shape);
            f.w2 = |shape, _, _| Matrix::ones(shape);
        }],
    },
    Misconception {
        hint: Hint {
            id: "equal_units",
            wrong: "Todas las filas de tus pesos son iguales: sorteas una unidad y la repites, así que nunca se distinguen.",
            question: "¿Cuántos números hay que sortear para W^[1]?",
            formula: WEIGHTS,
        },
        changes: &[|f| {
            f.w1 = repeat_row;
            f.w2 = |shape, rng, _| repeat_row(shape, rng);
        }],
    },
    Misconception {
        hint: Hint {
            id: "shared_draws",
            wrong: "W1 y W2 tienen los mismos números: ¿clonas rng, o lo creas otra vez, antes de cada sorteo?",
            question: "Un generador avanza con cada número. ¿Qué pasa si lo devuelves al principio?",
            formula: WEIGHTS,
        },
        changes: &[|f| {
            f.w2 = |shape, _, w1| {
                let mut values = w1.iter().copied().cycle();
                Matrix::from_shape_simple_fn(shape, || values.next().unwrap_or(0.0))
            };
        }],
    },
    Misconception {
        hint: Hint {
            id: "unscaled_weights",
            wrong: "Tus pesos son unas 100 veces mayores de lo esperado: falta multiplicarlos por 0.01.",
            question: "Con pesos grandes, ¿en qué parte de la curva de tanh empiezan las unidades, y cuánta pendiente hay ahí?",
            formula: WEIGHTS,
        },
        changes: &[|f| {
            f.scale_w1 = 1.0;
            f.scale_w2 = 1.0;
        }],
    },
    Misconception {
        hint: Hint {
            id: "w1_unscaled",
            wrong: "W1 es unas 100 veces mayor de lo esperado: falta multiplicarla por 0.01.",
            question: "¿Qué hiciste con W2 que no hiciste con W1?",
            formula: WEIGHTS,
        },
        changes: &[|f| f.scale_w1 = 1.0],
    },
    Misconception {
        hint: Hint {
            id: "w2_unscaled",
            wrong: "W2 es unas 100 veces mayor de lo esperado: falta multiplicarla por 0.01.",
            question: "¿Qué hiciste con W1 que no hiciste con W2?",
            formula: WEIGHTS,
        },
        changes: &[|f| f.scale_w2 = 1.0],
    },
    Misconception {
        hint: Hint {
            id: "other_scale",
            wrong: "El tamaño de tus pesos no es el de la diapositiva: el factor es 0.01.",
            question: "¿Por qué número multiplicas los valores sorteados?",
            formula: WEIGHTS,
        },
        changes: &[
            |f| scaled(f, 0.1),
            |f| scaled(f, 0.001),
            |f| scaled(f, 0.0001),
            |f| scaled(f, 0.02),
            |f| scaled(f, 0.05),
            |f| scaled(f, 0.5),
            |f| scaled(f, 100.0),
        ],
    },
    Misconception {
        hint: Hint {
            id: "uniform_weights",
            wrong: "Tus pesos son uniformes, no gaussianos: randn es la distribución normal, con media 0.",
            question: "¿Cuántos de tus pesos son negativos? ¿Qué media y qué desviación tienen?",
            formula: WEIGHTS,
        },
        changes: &[
            |f| {
                f.w1 = |shape, rng| uniform(shape, 0.0, rng);
                f.w2 = |shape, rng, _| uniform(shape, 0.0, rng);
            },
            |f| {
                f.w1 = |shape, rng| uniform(shape, -1.0, rng);
                f.w2 = |shape, rng, _| uniform(shape, -1.0, rng);
            },
        ],
    },
    Misconception {
        hint: Hint {
            id: "positive_weights",
            wrong: "Todos tus pesos son positivos: ¿tomas su valor absoluto?",
            question: "¿Qué media debe tener randn?",
            formula: WEIGHTS,
        },
        changes: &[|f| {
            f.w1 = |shape, rng| gaussian(shape, rng).abs();
            f.w2 = |shape, rng, _| gaussian(shape, rng).abs();
        }],
    },
    Misconception {
        hint: Hint {
            id: "random_biases",
            wrong: "Tus bias son aleatorios; empiezan en cero. Los pesos ya distinguen a las unidades.",
            question: "¿Qué valores iniciales pide el enunciado para los bias?",
            formula: BIASES,
        },
        changes: &[
            |f| {
                f.b1 = |shape, rng| gaussian(shape, rng) * SCALE;
                f.b2 = |shape, rng| gaussian(shape, rng) * SCALE;
            },
            |f| {
                f.b1 = |shape, rng| gaussian(shape, rng);
                f.b2 = |shape, rng| gaussian(shape, rng);
            },
        ],
    },
    Misconception {
        hint: Hint {
            id: "biases_of_one",
            wrong: "Tus bias son unos; empiezan en cero.",
            question: "¿Qué valores iniciales pide el enunciado para los bias?",
            formula: BIASES,
        },
        changes: &[|f| {
            f.b1 = |shape, _| Matrix::ones(shape);
            f.b2 = |shape, _| Matrix::ones(shape);
        }],
    },
    Misconception {
        hint: Hint {
            id: "own_generator",
            wrong: "Tus pesos son los mismos con cualquier semilla: no usas el rng que recibes.",
            question: "¿Qué generador usas para sortear, el del argumento o uno que creas dentro?",
            formula: WEIGHTS,
        },
        changes: &[|f| f.stream = |_| RandomState::new(2)],
    },
];

fn scaled(f: &mut Formula, scale: f64) {
    f.scale_w1 = scale;
    f.scale_w2 = scale;
}

fn uniform(shape: Shape, low: f64, rng: &mut RandomState) -> Matrix {
    Matrix::random_using(shape, Uniform::new(low, 1.0), rng)
}

fn repeat_row((rows, columns): Shape, rng: &mut RandomState) -> Matrix {
    let row = gaussian((1, columns), rng);
    let views = vec![row.view(); rows];
    ndarray::concatenate(Axis(0), &views).expect("rows of one length")
}

/// The wrong formula as a student's function.
#[cfg(test)]
pub(super) fn report_on(formula: &Formula) -> Report {
    super::init_parameters(|size, rng| init(formula, size, rng))
}
