//! The mistakes that the check of `cost_function` knows: how each changes the formula, and what a
//! student is told of it.

use super::formula::Formula;
use crate::check::judging::table::Misconception;
use crate::check::report::Hint;

const FORMULA: &str =
    "J = −(1/m) Σ ( y log a + (1 − y) log(1 − a) ), con la suma de i = 1 a m y a = a^[2](i)";

pub const MISCONCEPTIONS: &[Misconception<Formula>] = &[
    Misconception {
        hint: Hint {
            id: "missing_mean",
            wrong: "Tu costo es m veces el esperado: ¿falta el factor 1/m?",
            question: "Si duplicas los datos repitiéndolos, ¿debería duplicarse el costo?",
            formula: FORMULA,
        },
        changes: &[|f| f.divide = |sum, _| sum],
    },
    Misconception {
        hint: Hint {
            id: "half_mean",
            wrong: "Tu costo es la mitad del esperado: divides entre 2m. Ese 2 es del error cuadrático; la entropía cruzada no lo lleva.",
            question: "¿Qué factor hay delante de la suma?",
            formula: FORMULA,
        },
        changes: &[|f| f.divide = |sum, y| sum / (2.0 * y.ncols() as f64)],
    },
    Misconception {
        hint: Hint {
            id: "mean_over_rows",
            wrong: "Divides entre las filas de Y, n_y, en lugar de entre sus columnas, m.",
            question: "¿En qué dimensión de Y están los ejemplos?",
            formula: FORMULA,
        },
        changes: &[|f| f.divide = |sum, y| sum / y.nrows() as f64],
    },
    Misconception {
        hint: Hint {
            id: "mean_twice",
            wrong: "Tu costo es el esperado dividido otra vez entre m: usas 1/m dos veces.",
            question: "¿Tomas una media, y después divides de nuevo?",
            formula: FORMULA,
        },
        changes: &[|f| {
            f.divide = |sum, y| {
                let m = y.ncols() as f64;
                sum / m / m
            };
        }],
    },
    Misconception {
        hint: Hint {
            id: "mean_of_m_minus_1",
            wrong: "Divides entre m − 1 en lugar de entre m.",
            question: "La suma va de i = 1 a m: ¿cuántos sumandos son?",
            formula: FORMULA,
        },
        changes: &[|f| f.divide = |sum, y| sum / (y.ncols() - 1) as f64],
    },
    Misconception {
        hint: Hint {
            id: "wrong_sign",
            wrong: "Tu costo tiene el signo contrario: falta el menos de delante, y un costo nunca es negativo.",
            question: "¿Qué signo tiene el logaritmo de un número entre 0 y 1?",
            formula: FORMULA,
        },
        changes: &[|f| f.sign = 1.0],
    },
    Misconception {
        hint: Hint {
            id: "logarithm_base_10",
            wrong: "Usas el logaritmo en base 10; la fórmula es con el natural.",
            question: "¿Cuánto vale el costo de una moneda, con a = 0.5 siempre? Debería ser ln 2 ≈ 0.693.",
            formula: FORMULA,
        },
        changes: &[|f| f.logarithm = f64::log10],
    },
    Misconception {
        hint: Hint {
            id: "logarithm_base_2",
            wrong: "Usas el logaritmo en base 2; la fórmula es con el natural.",
            question: "¿Cuánto vale el costo de una moneda, con a = 0.5 siempre? Debería ser ln 2 ≈ 0.693.",
            formula: FORMULA,
        },
        changes: &[|f| f.logarithm = f64::log2],
    },
    Misconception {
        hint: Hint {
            id: "logarithm_of_1_plus",
            wrong: "ln_1p(a) es ln(1 + a), no ln(a).",
            question: "¿Qué número está dentro del logaritmo en la fórmula?",
            formula: FORMULA,
        },
        changes: &[|f| f.logarithm = f64::ln_1p],
    },
    Misconception {
        hint: Hint {
            id: "only_term_of_1",
            wrong: "Falta el segundo término: tu costo solo cuenta los ejemplos de clase 1.",
            question: "Donde y = 0, ¿cuánto aporta un ejemplo a tu costo, aunque la red se equivoque?",
            formula: FORMULA,
        },
        changes: &[|f| f.term_of_0 = |_, _, _| 0.0],
    },
    Misconception {
        hint: Hint {
            id: "only_term_of_0",
            wrong: "Falta el primer término: tu costo solo cuenta los ejemplos de clase 0.",
            question: "Donde y = 1, ¿cuánto aporta un ejemplo a tu costo, aunque la red se equivoque?",
            formula: FORMULA,
        },
        changes: &[|f| f.term_of_1 = |_, _, _| 0.0],
    },
    Misconception {
        hint: Hint {
            id: "terms_subtracted",
            wrong: "Restas un término del otro; en la fórmula se suman, y el menos va delante de los dos, con paréntesis.",
            question: "Al quitar el paréntesis, ¿a cuántos términos cambia el signo el menos de delante?",
            formula: FORMULA,
        },
        changes: &[
            |f| f.term_of_0 = |a, y, log| -(1.0 - y) * log(1.0 - a),
            |f| {
                f.sign = 1.0;
                f.term_of_0 = |a, y, log| -(1.0 - y) * log(1.0 - a);
            },
        ],
    },
    Misconception {
        hint: Hint {
            id: "second_log_of_a",
            wrong: "En el segundo término tomas log(a) donde va log(1 − a).",
            question: "Si y = 0 y a está cerca de 0, la red acierta. ¿Es pequeño tu costo?",
            formula: FORMULA,
        },
        changes: &[|f| f.term_of_0 = |a, y, log| (1.0 - y) * log(a)],
    },
    Misconception {
        hint: Hint {
            id: "second_factor_missing",
            wrong: "Al segundo término le falta el factor (1 − y): así también cuenta en los ejemplos de clase 1.",
            question: "Donde y = 1, ¿cuál de los dos términos debería desaparecer?",
            formula: FORMULA,
        },
        changes: &[|f| f.term_of_0 = |a, _, log| log(1.0 - a)],
    },
    Misconception {
        hint: Hint {
            id: "second_factor_y",
            wrong: "Al segundo término lo multiplica y donde va 1 − y.",
            question: "Donde y = 0, ¿qué queda de tu segundo término?",
            formula: FORMULA,
        },
        changes: &[|f| f.term_of_0 = |a, y, log| y * log(1.0 - a)],
    },
    Misconception {
        hint: Hint {
            id: "first_factor_missing",
            wrong: "Al primer término le falta el factor y: así también cuenta en los ejemplos de clase 0.",
            question: "Donde y = 0, ¿cuál de los dos términos debería desaparecer?",
            formula: FORMULA,
        },
        changes: &[|f| f.term_of_1 = |a, _, log| log(a)],
    },
    Misconception {
        hint: Hint {
            id: "classes_swapped",
            wrong: "Tus dos términos tienen las clases al revés: y acompaña a log(1 − a), y (1 − y) a log(a).",
            question: "Si y = 1 y a está cerca de 1, la red acierta. ¿Es pequeño tu costo?",
            formula: FORMULA,
        },
        changes: &[|f| {
            f.term_of_1 = |a, y, log| (1.0 - y) * log(a);
            f.term_of_0 = |a, y, log| y * log(1.0 - a);
        }],
    },
    Misconception {
        hint: Hint {
            id: "a2_and_y_swapped",
            wrong: "Has intercambiado A2 e Y: tomas el logaritmo de las etiquetas, y el logaritmo de 0 es −∞.",
            question: "¿Cuál de las dos, A2 o Y, no vale nunca exactamente 0 ni 1?",
            formula: FORMULA,
        },
        changes: &[
            |f| swap_a2_and_y(f, |x| x.ln()),
            // Those who keep the logarithm away from 0.
            |f| swap_a2_and_y(f, |x| (x + 1e-15).ln()),
            |f| swap_a2_and_y(f, |x| (x + 1e-12).ln()),
            |f| swap_a2_and_y(f, |x| (x + 1e-10).ln()),
            |f| swap_a2_and_y(f, |x| (x + 1e-9).ln()),
            |f| swap_a2_and_y(f, |x| (x + 1e-8).ln()),
        ],
    },
    Misconception {
        hint: Hint {
            id: "squared_error",
            wrong: "Tu costo es el error cuadrático. Aquí la pérdida es la entropía cruzada, que castiga mucho más estar seguro y equivocarse.",
            question: "Si y = 1 y a se acerca a 0, ¿hasta dónde crece tu pérdida, y hasta dónde la de la fórmula?",
            formula: FORMULA,
        },
        changes: &[
            |f| {
                f.sign = 1.0;
                f.term_of_1 = |a, y, _| (a - y) * (a - y);
                f.term_of_0 = |_, _, _| 0.0;
            },
            |f| {
                f.sign = 0.5;
                f.term_of_1 = |a, y, _| (a - y) * (a - y);
                f.term_of_0 = |_, _, _| 0.0;
            },
        ],
    },
    Misconception {
        hint: Hint {
            id: "absolute_error",
            wrong: "Tu costo es el error absoluto medio. Aquí la pérdida es la entropía cruzada.",
            question: "¿Dónde están los logaritmos de la fórmula?",
            formula: FORMULA,
        },
        changes: &[|f| {
            f.sign = 1.0;
            f.term_of_1 = |a, y, _| (a - y).abs();
            f.term_of_0 = |_, _, _| 0.0;
        }],
    },
    Misconception {
        hint: Hint {
            id: "last_example_missing",
            wrong: "A tu suma le falta el último ejemplo.",
            question: "La suma va de i = 1 a m. En Rust, que cuenta desde 0, ¿cuál es el último índice?",
            formula: FORMULA,
        },
        changes: &[|f| {
            f.reduce = |values| values.sum() - values.column(values.ncols() - 1).sum();
        }],
    },
    Misconception {
        hint: Hint {
            id: "first_example_missing",
            wrong: "A tu suma le falta el primer ejemplo.",
            question: "La suma va de i = 1 a m. En Rust, que cuenta desde 0, ¿cuál es el primer índice?",
            formula: FORMULA,
        },
        changes: &[|f| f.reduce = |values| values.sum() - values.column(0).sum()],
    },
];

fn swap_a2_and_y(f: &mut Formula, logarithm: fn(f64) -> f64) {
    f.logarithm = logarithm;
    f.term_of_1 = |a, y, log| a * log(y);
    f.term_of_0 = |a, y, log| (1.0 - a) * log(1.0 - y);
}
