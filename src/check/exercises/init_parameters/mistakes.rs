//! The mistakes that the check of `init_parameters` knows: how each changes the formula, and what a
//! student is told of it.

use ndarray::Axis;
use ndarray_rand::RandomExt;
use ndarray_rand::rand_distr::Uniform;

use super::formula::{Formula, Matrix, SCALE, Shape, gaussian};
use crate::check::judging::table::Misconception;
use crate::check::report::Hint;
use crate::random::RandomState;

const SHAPES: &str = "W^[1]: (n_h, n_x), b^[1]: (n_h, 1), W^[2]: (n_y, n_h), b^[2]: (n_y, 1)";
const WEIGHTS: &str = "W^[l] = randn(filas, columnas) · 0.01";
const BIASES: &str = "b^[1] = ceros de forma (n_h, 1), b^[2] = ceros de forma (n_y, 1)";

pub const MISCONCEPTIONS: &[Misconception<Formula>] = &[
    Misconception {
        hint: Hint {
            id: "weights_transposed",
            wrong: "W1 y W2 están transpuestas: cada fila de W^[l] es una unidad de su capa, cada columna una entrada.",
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
            wrong: "W1 está transpuesta: cada fila de W^[1] es una unidad oculta, cada columna una entrada.",
            question: "Z^[1] = W^[1] X tiene n_h filas. ¿Cuántas filas debe tener W^[1]?",
            formula: SHAPES,
        },
        changes: &[|f| f.w1_shape = |size| (size.n_x, size.n_h)],
    },
    Misconception {
        hint: Hint {
            id: "w2_transposed",
            wrong: "W2 está transpuesta: cada fila de W^[2] es una salida, cada columna una unidad oculta.",
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
            wrong: "Tus sesgos son un solo número; lleva uno cada unidad.",
            question: "¿Comparten las unidades de una capa su sesgo?",
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
            wrong: "Tus sesgos tienen la forma de los pesos; lleva uno cada unidad, no uno cada peso.",
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
            id: "w1_zero",
            wrong: "W1 es cero: así todas las unidades ocultas empiezan iguales, y A1 es cero.",
            question: "¿Qué hiciste con W2 que no hiciste con W1?",
            formula: WEIGHTS,
        },
        changes: &[|f| f.w1 = |shape, _| Matrix::zeros(shape)],
    },
    Misconception {
        hint: Hint {
            id: "w2_zero",
            wrong: "W2 es cero: así no vuelve ningún error a la capa oculta, y W1 no aprende al principio.",
            question: "¿Qué hiciste con W1 que no hiciste con W2?",
            formula: WEIGHTS,
        },
        changes: &[|f| f.w2 = |shape, _, _| Matrix::zeros(shape)],
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
            wrong: "Todas las filas de tus pesos son iguales: generas una unidad y la repites, así que nunca se distinguen.",
            question: "¿Cuántos números hay que generar para W^[1]?",
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
            wrong: "W1 y W2 tienen los mismos números: ¿clonas rng, o lo creas otra vez, antes de generar cada una?",
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
            question: "¿Por qué número multiplicas los valores que generas?",
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
            wrong: "Tus sesgos son aleatorios; empiezan en cero. Los pesos ya distinguen a las unidades.",
            question: "¿Qué valores iniciales pide el enunciado para los sesgos?",
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
            wrong: "Tus sesgos valen todos lo mismo, y no es cero; empiezan en cero.",
            question: "¿Qué valores iniciales pide el enunciado para los sesgos?",
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
