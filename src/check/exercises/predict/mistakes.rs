//! The mistakes that the check of `predict` knows: how each changes the formula, and what a student
//! is told of it.

use ndarray::Axis;

use super::formula::{Formula, Matrix};
use crate::activation::{sigmoid, tanh};
use crate::check::judging::table::Misconception;
use crate::check::report::Hint;
use crate::network::{Cache, Parameters};

const FORMULA: &str = "predicción^(i) = 1 si ŷ^(i) > 0.5, y 0 si no, con ŷ = A^[2]";

pub const MISCONCEPTIONS: &[Misconception<Formula>] = &[
    Misconception {
        hint: Hint {
            id: "probabilities_for_classes",
            wrong: "Devuelves las probabilidades A2; falta decidir la clase de cada ejemplo.",
            question: "¿Qué dos valores puede tener una predicción?",
            formula: FORMULA,
        },
        changes: &[|f| f.result = |scores, _| scores],
    },
    Misconception {
        hint: Hint {
            id: "threshold_at_0",
            wrong: "Comparas la probabilidad con 0: como siempre es positiva, todo sale 1. El umbral 0 es el de Z2.",
            question: "¿Qué probabilidad separa lo más probable de lo menos probable?",
            formula: FORMULA,
        },
        changes: &[|f| f.threshold = |_| 0.0],
    },
    Misconception {
        hint: Hint {
            id: "threshold_at_1",
            wrong: "Tu umbral es 1: ninguna probabilidad lo supera, y todo sale 0.",
            question: "¿Qué probabilidad separa lo más probable de lo menos probable?",
            formula: FORMULA,
        },
        changes: &[|f| f.threshold = |_| 1.0],
    },
    Misconception {
        hint: Hint {
            id: "other_threshold",
            wrong: "Tu umbral no es 0.5.",
            question: "¿Qué probabilidad separa lo más probable de lo menos probable?",
            formula: FORMULA,
        },
        changes: &[
            |f| f.threshold = |_| 0.1,
            |f| f.threshold = |_| 0.25,
            |f| f.threshold = |_| 0.3,
            |f| f.threshold = |_| 0.7,
            |f| f.threshold = |_| 0.75,
            |f| f.threshold = |_| 0.9,
        ],
    },
    Misconception {
        hint: Hint {
            id: "threshold_at_mean",
            wrong: "Tu umbral es la media de las probabilidades: la clase de un ejemplo dependería de los demás.",
            question: "¿Debe cambiar la predicción de un ejemplo si se le junta con otros?",
            formula: FORMULA,
        },
        changes: &[|f| f.threshold = |scores| scores.sum() / scores.len() as f64],
    },
    Misconception {
        hint: Hint {
            id: "classes_inverted",
            wrong: "Tus clases están al revés: das 0 donde la probabilidad supera 0.5.",
            question: "A^[2] es la probabilidad de la clase 1. Si es 0.9, ¿qué clase predices?",
            formula: FORMULA,
        },
        changes: &[|f| f.classes = (0.0, 1.0)],
    },
    Misconception {
        hint: Hint {
            id: "classes_minus_1_and_1",
            wrong: "Tus clases son −1 y 1; en Y son 0 y 1.",
            question: "¿Qué valores tiene Y, con la que vas a comparar?",
            formula: FORMULA,
        },
        changes: &[|f| f.classes = (1.0, -1.0)],
    },
    Misconception {
        hint: Hint {
            id: "classes_1_and_2",
            wrong: "Tus clases son 1 y 2; en Y son 0 y 1.",
            question: "¿Qué valores tiene Y, con la que vas a comparar?",
            formula: FORMULA,
        },
        changes: &[|f| f.classes = (2.0, 1.0)],
    },
    Misconception {
        hint: Hint {
            id: "z2_against_half",
            wrong: "Comparas Z2 con 0.5; se compara A2, la probabilidad.",
            question: "¿Qué vale A^[2] cuando Z^[2] = 0.5? ¿Es ya mayor que 0.5?",
            formula: FORMULA,
        },
        changes: &[|f| f.score = |cache| cache.z2.clone()],
    },
    Misconception {
        hint: Hint {
            id: "sigmoid_twice",
            wrong: "Aplicas la sigmoide a A2, que ya la lleva: el resultado siempre supera 0.5, y todo sale 1 (salvo que también cambie el umbral).",
            question: "¿Entre qué valores está σ(a) cuando a está entre 0 y 1?",
            formula: FORMULA,
        },
        // Its answer is that of the threshold at 0; with another threshold it is not.
        changes: &[|f| {
            f.score = |cache| sigmoid(&cache.a2);
            f.result = |scores, _| scores;
        }],
    },
    Misconception {
        hint: Hint {
            id: "tanh_at_output",
            wrong: "Comparas tanh(Z2) con 0.5; la probabilidad es σ(Z2).",
            question: "¿Qué activación tiene la salida?",
            formula: FORMULA,
        },
        changes: &[|f| f.score = |cache| tanh(&cache.z2)],
    },
    Misconception {
        hint: Hint {
            id: "most_likely_output",
            wrong: "Pones 1 en la salida más probable de cada ejemplo (argmax); aquí cada salida se decide por sí misma.",
            question: "Con una sola salida, ¿qué daría siempre tu función?",
            formula: FORMULA,
        },
        changes: &[|f| {
            f.result = |scores, _| {
                let highest = scores.fold_axis(Axis(0), f64::NEG_INFINITY, |a, &b| a.max(b));
                let mut classes = scores;
                for mut row in classes.rows_mut() {
                    row.zip_mut_with(&highest, |score, &highest| {
                        *score = f64::from(*score == highest);
                    });
                }
                classes
            };
        }],
    },
    Misconception {
        hint: Hint {
            id: "examples_in_rows",
            wrong: "Tu predicción está transpuesta: los ejemplos van en columnas, como en Y.",
            question: "¿Qué forma tiene Y? La exactitud compara las dos elemento a elemento.",
            formula: FORMULA,
        },
        changes: &[|f| f.result = |_, classes| classes.t().to_owned()],
    },
    Misconception {
        hint: Hint {
            id: "first_output_only",
            wrong: "Devuelves solo la primera fila: con varias salidas, la predicción tiene n_y filas.",
            question: "¿Qué forma tiene A^[2]?",
            formula: FORMULA,
        },
        changes: &[|f| f.result = |_, classes| classes.row(0).to_owned().insert_axis(Axis(0))],
    },
    Misconception {
        hint: Hint {
            id: "missing_biases",
            wrong: "Tu propagación no suma los sesgos.",
            question: "¿Puedes usar fpropagation, que ya lo hace?",
            formula: FORMULA,
        },
        changes: &[|f| f.forward = |x, p| other_forward(x, p, tanh, 0.0)],
    },
    Misconception {
        hint: Hint {
            id: "sigmoid_in_hidden_layer",
            wrong: "Tu propagación usa la sigmoide en la capa oculta; es tanh.",
            question: "¿Puedes usar fpropagation, que ya lo hace?",
            formula: FORMULA,
        },
        changes: &[|f| f.forward = |x, p| other_forward(x, p, sigmoid, 1.0)],
    },
    Misconception {
        hint: Hint {
            id: "linear_hidden_layer",
            wrong: "Tu propagación no aplica tanh en la capa oculta.",
            question: "¿Puedes usar fpropagation, que ya lo hace?",
            formula: FORMULA,
        },
        changes: &[|f| f.forward = |x, p| other_forward(x, p, Matrix::clone, 1.0)],
    },
];

/// A forward pass with one thing wrong, for those who write it out again.
fn other_forward(x: &Matrix, p: &Parameters, hidden: fn(&Matrix) -> Matrix, biases: f64) -> Cache {
    let z1 = p.w1.dot(x) + &p.b1 * biases;
    let a1 = hidden(&z1);
    let z2 = p.w2.dot(&a1) + &p.b2 * biases;
    let a2 = sigmoid(&z2);
    Cache { z1, a1, z2, a2 }
}
