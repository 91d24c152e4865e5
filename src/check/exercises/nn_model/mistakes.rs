//! The mistakes that the check of `nn_model` knows: how each changes the formula, and what a
//! student is told of it.

use super::formula::{Draws, Formula};
use crate::check::exercises::init_parameters::SCALE;
use crate::check::judging::table::Misconception;
use crate::check::report::Hint;
use crate::network::{LayerSize, Parameters, passes};
use crate::random::RandomState;

const LOOP: &str =
    "repetir num_iterations veces: propagar hacia adelante, J, gradientes, θ := θ − α dθ";
const START: &str =
    "W^[l] = randn(filas, columnas) · 0.01, b^[l] = ceros, una sola vez, antes del bucle";
const COST: &str = "J = −(1/m) Σ ( y log a + (1 − y) log(1 − a) ), con a = a^[2](i)";

pub const MISCONCEPTIONS: &[Misconception<Formula>] = &[
    Misconception {
        hint: Hint {
            id: "drawn_again",
            wrong: "Generas parámetros nuevos en cada iteración: lo aprendido se pierde.",
            question: "¿Qué debe quedar de una iteración para la siguiente?",
            formula: START,
        },
        changes: &[
            |f| f.draws = Draws::EachButFirst,
            |f| f.draws = Draws::Each,
            |f| f.draws = Draws::AfterEach,
            |f| {
                f.draws = Draws::Each;
                f.returned = |history| &history[0];
            },
        ],
    },
    Misconception {
        hint: Hint {
            id: "update_lost",
            wrong: "Los parámetros nuevos no pasan a la siguiente iteración: todas parten de los iniciales, y esos devuelves. Un let dentro del bucle crea otra variable, que muere con él.",
            question: "¿Cambia la variable de fuera del bucle, o una nueva con el mismo nombre?",
            formula: LOOP,
        },
        changes: &[|f| f.update_is_kept = false],
    },
    Misconception {
        hint: Hint {
            id: "stale_cache",
            wrong: "Propagas hacia adelante una sola vez: la caché se queda vieja, y el costo no cambia.",
            question: "Cuando los parámetros cambian, ¿sigue valiendo la A^[2] de antes?",
            formula: LOOP,
        },
        changes: &[|f| f.forward_once = true],
    },
    Misconception {
        hint: Hint {
            id: "stale_gradients",
            wrong: "Calculas los gradientes una sola vez, y das siempre el mismo paso.",
            question: "Cuando los parámetros cambian, ¿sigue valiendo el gradiente de antes?",
            formula: LOOP,
        },
        changes: &[|f| f.gradients_once = true],
    },
    Misconception {
        hint: Hint {
            id: "one_iteration_too_few",
            wrong: "Haces una iteración de menos.",
            question: "¿Cuántas vueltas da 1..n, y cuántas 0..n?",
            formula: LOOP,
        },
        changes: &[|f| f.iterations = |n| n - 1],
    },
    Misconception {
        hint: Hint {
            id: "one_iteration_too_many",
            wrong: "Haces una iteración de más.",
            question: "¿Cuántas vueltas da 0..=n, y cuántas 0..n?",
            formula: LOOP,
        },
        changes: &[|f| f.iterations = |n| n + 1],
    },
    Misconception {
        hint: Hint {
            id: "iterations_fixed",
            wrong: "El número de iteraciones es siempre el mismo: no usas num_iterations.",
            question: "¿En qué línea aparece num_iterations?",
            formula: LOOP,
        },
        changes: &[|f| f.iterations = |_| 1, |f| f.iterations = |_| 10],
    },
    Misconception {
        hint: Hint {
            id: "rate_ignored",
            wrong: "Das el paso con tasa 1: no usas learning_rate.",
            question: "¿En qué línea aparece learning_rate?",
            formula: LOOP,
        },
        changes: &[|f| f.rate = |_| 1.0],
    },
    Misconception {
        hint: Hint {
            id: "rate_fixed",
            wrong: "Das el paso siempre con la misma tasa, también cuando learning_rate es otra.",
            question: "¿En qué línea aparece learning_rate?",
            formula: LOOP,
        },
        changes: &[
            |f| f.rate = |_| 1.2,
            |f| f.rate = |_| 0.001,
            |f| f.rate = |_| 0.005,
            |f| f.rate = |_| 0.01,
            |f| f.rate = |_| 0.05,
            |f| f.rate = |_| 0.1,
            |f| f.rate = |_| 0.5,
        ],
    },
    Misconception {
        hint: Hint {
            id: "divided_by_rate",
            wrong: "Das el paso dividido entre la tasa: con una tasa menor, tu paso sería mayor.",
            question: "¿Qué debe pasar con el paso si la tasa se hace muy pequeña?",
            formula: LOOP,
        },
        changes: &[|f| f.rate = |rate| 1.0 / rate],
    },
    Misconception {
        hint: Hint {
            id: "ascent",
            wrong: "Los parámetros se mueven a favor del gradiente, y el costo sube: es descenso, con signo menos.",
            question: "¿Baja el costo de una iteración a la siguiente?",
            formula: LOOP,
        },
        changes: &[|f| f.rate = |rate| -rate],
    },
    Misconception {
        hint: Hint {
            id: "cost_after_update",
            wrong: "Guardas el costo de después de cada actualización; va el de antes.",
            question: "Los pesos iniciales son casi cero. ¿Cuánto debe valer el primer costo con una salida? (ln 2 ≈ 0.693)",
            formula: LOOP,
        },
        changes: &[|f| f.cost_after_update = true],
    },
    Misconception {
        hint: Hint {
            id: "only_first_cost",
            wrong: "Solo guardas el costo de algunas iteraciones (¿cada 100 o cada 1000?); se guarda el de cada una. Imprimir de vez en cuando es otra cosa.",
            question: "Tras n iteraciones, ¿cuántos costos debe haber en la lista?",
            formula: LOOP,
        },
        changes: &[|f| f.costs = |costs| costs.into_iter().take(1).collect()],
    },
    Misconception {
        hint: Hint {
            id: "only_last_cost",
            wrong: "Solo devuelves el último costo; se devuelve el de cada iteración.",
            question: "¿Dónde creas la lista de costos, antes del bucle o dentro?",
            formula: LOOP,
        },
        changes: &[|f| {
            f.costs = |mut costs| {
                let last = costs.pop();
                last.into_iter().collect()
            };
        }],
    },
    Misconception {
        hint: Hint {
            id: "no_costs",
            wrong: "Tu lista de costos está vacía.",
            question: "¿En qué línea se añade el costo de cada iteración a la lista?",
            formula: LOOP,
        },
        changes: &[|f| f.costs = |_| Vec::new()],
    },
    Misconception {
        hint: Hint {
            id: "costs_reversed",
            wrong: "Tus costos están en orden inverso.",
            question: "¿Qué costo va primero, el de antes o el de después de aprender?",
            formula: LOOP,
        },
        changes: &[|f| f.costs = |costs| costs.into_iter().rev().collect()],
    },
    Misconception {
        hint: Hint {
            id: "cost_arguments_swapped",
            wrong: "Llamas a cost_function con los argumentos intercambiados: tomas el logaritmo de las \
                etiquetas, y el de 0 es −∞.",
            question: "¿De cuál de las dos, A2 o Y, toma el logaritmo la fórmula del costo?",
            formula: COST,
        },
        changes: &[|f| f.cost = |a2, y| passes::cost(y, a2)],
    },
    Misconception {
        hint: Hint {
            id: "last_update_missing",
            wrong: "Devuelves los parámetros de antes de la última actualización.",
            question: "¿Qué variable devuelves, y cuándo se le dio su último valor?",
            formula: LOOP,
        },
        changes: &[|f| f.returned = |history| &history[history.len().saturating_sub(2)]],
    },
    Misconception {
        hint: Hint {
            id: "initial_parameters_returned",
            wrong: "Entrenas bien, pero devuelves los parámetros iniciales.",
            question: "¿Qué variable devuelves, la de antes o la de después del bucle?",
            formula: LOOP,
        },
        changes: &[|f| f.returned = |history| &history[0]],
    },
    Misconception {
        hint: Hint {
            id: "size_ignored",
            wrong: "Tu red tiene siempre 4 unidades ocultas: no usas el size que recibes.",
            question: "Más adelante probarás 50 unidades ocultas. ¿De dónde lee tu función cuántas son?",
            formula: START,
        },
        changes: &[|f| f.size = |&size| LayerSize { n_h: 4, ..size }],
    },
    Misconception {
        hint: Hint {
            id: "zero_start",
            wrong: "Partes de pesos cero: todas las unidades ocultas son iguales, y W1 no aprende nunca.",
            question: "Con W^[2] = 0, ¿cuánto vale dZ^[1]?",
            formula: START,
        },
        changes: &[|f| {
            f.start = |p| Parameters {
                w1: p.w1 * 0.0,
                w2: p.w2 * 0.0,
                ..p
            };
        }],
    },
    Misconception {
        hint: Hint {
            id: "unscaled_start",
            wrong: "Partes de pesos 100 veces mayores: falta el factor 0.01 de init_parameters.",
            question: "¿Llamas a init_parameters, o sorteas los pesos otra vez?",
            formula: START,
        },
        changes: &[|f| {
            f.start = |p| Parameters {
                w1: p.w1 / SCALE,
                w2: p.w2 / SCALE,
                ..p
            };
        }],
    },
    Misconception {
        hint: Hint {
            id: "own_generator",
            wrong: "Creas tu propio generador, y los parámetros iniciales son siempre los mismos: usa el rng que recibes.",
            question: "Si se llama a tu función con otra semilla, ¿cambia el resultado?",
            formula: START,
        },
        changes: &[
            |f| f.stream = |_| RandomState::new(0),
            |f| f.stream = |_| RandomState::new(1),
            |f| f.stream = |_| RandomState::new(2),
            |f| f.stream = |_| RandomState::new(3),
            |f| f.stream = |_| RandomState::new(42),
        ],
    },
];
