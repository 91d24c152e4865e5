//! The mistakes that the check of `update_parameters` knows: how each changes the formula, and what
//! a student is told of it.

use super::formula::{Formula, keep};
use crate::check::judging::table::Misconception;
use crate::check::report::Hint;

const FORMULA: &str = "θ := θ − α dθ, para cada θ de W^[1], b^[1], W^[2], b^[2], con la tasa de aprendizaje α (learning_rate)";

/// The same for all four parameters.
fn set_all(f: &mut Formula, change: fn(f64, f64) -> f64) {
    f.w1 = change;
    f.b1 = change;
    f.w2 = change;
    f.b2 = change;
}

pub const MISCONCEPTIONS: &[Misconception<Formula>] = &[
    Misconception {
        hint: Hint {
            id: "ascent",
            wrong: "Sumas el gradiente: así el costo sube. El descenso va en sentido contrario.",
            question: "El gradiente señala hacia donde el costo crece. ¿Hacia dónde quieres ir?",
            formula: FORMULA,
        },
        changes: &[|f| set_all(f, |p, step| p + step)],
    },
    Misconception {
        hint: Hint {
            id: "rate_ignored",
            wrong: "Tu paso es el gradiente entero: falta multiplicarlo por learning_rate.",
            question: "¿En qué línea aparece learning_rate?",
            formula: FORMULA,
        },
        changes: &[|f| f.step = |gradient, _| gradient],
    },
    Misconception {
        hint: Hint {
            id: "rate_fixed",
            wrong: "Tu tasa es siempre la misma, también cuando learning_rate es otra.",
            question: "Si se llama a tu función con otra learning_rate, ¿cambia el paso?",
            formula: FORMULA,
        },
        changes: &[
            |f| f.step = |gradient, _| gradient * 1.2,
            |f| f.step = |gradient, _| gradient * 0.001,
            |f| f.step = |gradient, _| gradient * 0.005,
            |f| f.step = |gradient, _| gradient * 0.01,
            |f| f.step = |gradient, _| gradient * 0.05,
            |f| f.step = |gradient, _| gradient * 0.1,
            |f| f.step = |gradient, _| gradient * 0.5,
            |f| f.step = |gradient, _| gradient * 2.0,
        ],
    },
    Misconception {
        hint: Hint {
            id: "rate_twice",
            wrong: "La tasa multiplica dos veces: tu paso es α² dθ.",
            question: "¿Cuántas veces aparece α en la regla?",
            formula: FORMULA,
        },
        changes: &[|f| f.step = |gradient, rate| gradient * (rate * rate)],
    },
    Misconception {
        hint: Hint {
            id: "divided_by_rate",
            wrong: "Divides entre la tasa: con una tasa menor, tu paso sería mayor.",
            question: "¿Qué debe pasar con el paso si la tasa se hace muy pequeña?",
            formula: FORMULA,
        },
        changes: &[|f| f.step = |gradient, rate| gradient / rate],
    },
    Misconception {
        hint: Hint {
            id: "rate_added",
            wrong: "Sumas la tasa al gradiente; la tasa lo multiplica.",
            question: "Con gradiente cero, ¿debe moverse el parámetro?",
            formula: FORMULA,
        },
        changes: &[|f| f.step = |gradient, rate| gradient + rate],
    },
    Misconception {
        hint: Hint {
            id: "only_the_sign",
            wrong: "Tu paso solo usa el signo del gradiente, no su tamaño.",
            question: "Cerca del mínimo el gradiente es pequeño. ¿Lo es también tu paso?",
            formula: FORMULA,
        },
        changes: &[|f| f.step = |gradient, rate| gradient.signum() * rate],
    },
    Misconception {
        hint: Hint {
            id: "step_twice",
            wrong: "Das el paso dos veces: restas 2α dθ.",
            question: "¿Cuántas veces se actualiza cada parámetro en una llamada?",
            formula: FORMULA,
        },
        changes: &[|f| set_all(f, |p, step| p - step - step)],
    },
    Misconception {
        hint: Hint {
            id: "w1_forgotten",
            wrong: "W1 no cambia: la actualización se olvida de ella.",
            question: "¿Cuántos parámetros tiene la red? Cuenta los que actualizas.",
            formula: FORMULA,
        },
        changes: &[|f| f.w1 = keep],
    },
    Misconception {
        hint: Hint {
            id: "b1_forgotten",
            wrong: "b1 no cambia: la actualización se olvida de él.",
            question: "¿Cuántos parámetros tiene la red? Cuenta los que actualizas.",
            formula: FORMULA,
        },
        changes: &[|f| f.b1 = keep],
    },
    Misconception {
        hint: Hint {
            id: "w2_forgotten",
            wrong: "W2 no cambia: la actualización se olvida de ella.",
            question: "¿Cuántos parámetros tiene la red? Cuenta los que actualizas.",
            formula: FORMULA,
        },
        changes: &[|f| f.w2 = keep],
    },
    Misconception {
        hint: Hint {
            id: "b2_forgotten",
            wrong: "b2 no cambia: la actualización se olvida de él.",
            question: "¿Cuántos parámetros tiene la red? Cuenta los que actualizas.",
            formula: FORMULA,
        },
        changes: &[|f| f.b2 = keep],
    },
    Misconception {
        hint: Hint {
            id: "biases_forgotten",
            wrong: "b1 y b2 no cambian: los sesgos también se aprenden.",
            question: "¿Para qué calculó bpropagation db1 y db2?",
            formula: FORMULA,
        },
        changes: &[|f| {
            f.b1 = keep;
            f.b2 = keep;
        }],
    },
    Misconception {
        hint: Hint {
            id: "weights_forgotten",
            wrong: "W1 y W2 no cambian: solo actualizas los sesgos.",
            question: "¿Para qué calculó bpropagation dW1 y dW2?",
            formula: FORMULA,
        },
        changes: &[|f| {
            f.w1 = keep;
            f.w2 = keep;
        }],
    },
    Misconception {
        hint: Hint {
            id: "layer_1_forgotten",
            wrong: "W1 y b1 no cambian: solo actualizas la segunda capa.",
            question: "¿Aprende también la capa oculta?",
            formula: FORMULA,
        },
        changes: &[|f| {
            f.w1 = keep;
            f.b1 = keep;
        }],
    },
    Misconception {
        hint: Hint {
            id: "layer_2_forgotten",
            wrong: "W2 y b2 no cambian: solo actualizas la primera capa.",
            question: "¿Aprende también la capa de salida?",
            formula: FORMULA,
        },
        changes: &[|f| {
            f.w2 = keep;
            f.b2 = keep;
        }],
    },
    Misconception {
        hint: Hint {
            id: "nothing_updated",
            wrong: "Devuelves los parámetros tal como entraron.",
            question: "¿Guardas lo que calculas en los Parameters que devuelves?",
            formula: FORMULA,
        },
        changes: &[|f| set_all(f, keep)],
    },
    Misconception {
        hint: Hint {
            id: "only_the_step",
            wrong: "Devuelves solo el paso, sin el parámetro del que se parte.",
            question: "¿De qué se resta α dθ?",
            formula: FORMULA,
        },
        changes: &[
            |f| set_all(f, |_, step| step),
            |f| set_all(f, |_, step| -step),
        ],
    },
    Misconception {
        hint: Hint {
            id: "multiplied_by_step",
            wrong: "Multiplicas el parámetro por el paso; el paso se resta.",
            question: "Con gradiente cero, ¿cuánto debe valer el parámetro nuevo?",
            formula: FORMULA,
        },
        changes: &[
            |f| set_all(f, |p, step| p * step),
            |f| set_all(f, |p, step| p - p * step),
        ],
    },
    Misconception {
        hint: Hint {
            id: "subtraction_reversed",
            wrong: "Tu resta está al revés: al paso le quitas el parámetro.",
            question: "¿Qué va a la izquierda del menos?",
            formula: FORMULA,
        },
        changes: &[|f| set_all(f, |p, step| step - p)],
    },
];
