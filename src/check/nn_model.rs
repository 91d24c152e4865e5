//! Exercise 7: forward, cost, backward, update, again and again.

use ndarray::Array2;
use ndarray_rand::RandomExt;
use ndarray_rand::rand_distr::StandardNormal;

use super::cases::{Case, SHAPES, draw};
use super::judge::Answer;
use super::output::{Output, list, matrix};
use super::panics::catch;
use super::report::{Outcome, Report};
use super::table::{Exercise, Hint, Misconception, Table};
use super::{bpropagation, cost_function, fpropagation, init_parameters, update_parameters};
use crate::network::{LayerSize, Parameters};
use crate::random::{Randn, RandomState};

pub(super) type Student<'a> = &'a dyn Fn(
    &Array2<f64>,
    &Array2<f64>,
    &LayerSize,
    usize,
    f64,
    &mut RandomState,
) -> (Parameters, Vec<f64>);
type Matrix = Array2<f64>;
type Draw = fn(&LayerSize, &mut RandomState) -> Parameters;

/// How many of the common cases: a student's function may print, and each call prints again.
pub(super) const CASES: usize = 2;

#[derive(Clone, Copy)]
pub(super) struct Formula {
    draw: Draw,
    stream: fn(&RandomState) -> RandomState,
    size: fn(&LayerSize) -> LayerSize,
    /// What is made of the draw.
    start: fn(Parameters) -> Parameters,
    iterations: fn(usize) -> usize,
    rate: fn(f64) -> f64,
    draws_again: bool,
    forward_once: bool,
    gradients_once: bool,
    update_is_kept: bool,
    cost_after_update: bool,
    costs: fn(Vec<f64>) -> Vec<f64>,
    /// Of the parameters before the first iteration and after each.
    returned: fn(&[Parameters]) -> &Parameters,
}

const RIGHT: Formula = Formula {
    draw: init_parameters::expected,
    stream: RandomState::clone,
    size: |&size| size,
    start: |drawn| drawn,
    iterations: |n| n,
    rate: |rate| rate,
    draws_again: false,
    forward_once: false,
    gradients_once: false,
    update_is_kept: true,
    cost_after_update: false,
    costs: |costs| costs,
    returned: last,
};

fn last(history: &[Parameters]) -> &Parameters {
    &history[history.len() - 1]
}

/// What a student's function is called with, but the stream.
struct Run<'a> {
    x: &'a Matrix,
    y: &'a Matrix,
    size: &'a LayerSize,
    iterations: usize,
    rate: f64,
    /// In place of a draw, where it is known.
    start: Option<&'a Parameters>,
}

fn train(formula: &Formula, run: &Run, rng: &RandomState) -> (Parameters, Vec<f64>) {
    let &Run { x, y, .. } = run;
    let size = (formula.size)(run.size);
    let mut stream = (formula.stream)(rng);
    let mut draw = || {
        let drawn = match run.start {
            Some(start) => start.clone(),
            None => (formula.draw)(&size, &mut stream),
        };
        (formula.start)(drawn)
    };
    let mut history = vec![draw()];
    let mut costs = Vec::new();
    let first_cache = fpropagation::expected(x, &history[0]);
    let first_gradients = bpropagation::expected(&history[0], &first_cache, x, y);
    for iteration in 0..(formula.iterations)(run.iterations) {
        let parameters = if formula.draws_again && iteration > 0 {
            draw()
        } else {
            last(&history).clone()
        };
        let cache = if formula.forward_once {
            first_cache.clone()
        } else {
            fpropagation::expected(x, &parameters)
        };
        let gradients = if formula.gradients_once {
            first_gradients.clone()
        } else {
            bpropagation::expected(&parameters, &cache, x, y)
        };
        let updated =
            update_parameters::expected(&parameters, &gradients, (formula.rate)(run.rate));
        costs.push(if formula.cost_after_update {
            cost_function::expected(&fpropagation::expected(x, &updated).a2, y)
        } else {
            cost_function::expected(&cache.a2, y)
        });
        if formula.update_is_kept {
            history.push(updated);
        }
    }
    ((formula.returned)(&history).clone(), (formula.costs)(costs))
}

pub(super) const TABLE: Table<Formula> = Table {
    exercise: Exercise {
        number: 7,
        name: "nn_model",
        not_finite: "Si ocurre tras varias iteraciones, los parámetros divergen: mira el signo de la actualización y la tasa. Si ocurre en la primera, mira el logaritmo del costo.",
        look_also: "nn_model llama a tus otras funciones: comprueba antes que los ejercicios 2 a 6 estén correctos.",
    },
    right: RIGHT,
    misconceptions: MISCONCEPTIONS,
    answer: |formula, case| {
        let run = Run {
            x: &case.x,
            y: &case.y,
            size: &case.size,
            iterations: case.num_iterations,
            rate: case.learning_rate,
            start: case.start.as_ref(),
        };
        outputs(&train(formula, &run, &RandomState::new(case.seed)))
    },
    remark: where_it_parts,
};

pub(super) fn judge(f: Student, rng: &mut RandomState) -> Report {
    let mut cases = draw(&SHAPES[..CASES], rng);
    let got: Vec<Answer> = cases
        .iter()
        .map(|case| {
            catch(|| {
                outputs(&call(
                    f,
                    case,
                    case.num_iterations,
                    case.learning_rate,
                    case.seed,
                ))
            })
        })
        .collect();
    let from = |draw: Draw, cases: &[Case]| {
        let table = Table {
            right: Formula { draw, ..RIGHT },
            ..TABLE
        };
        table.judge_answers(cases, &got)
    };
    // Those who draw as the notebook does, and those who draw otherwise.
    let first = from(init_parameters::expected, &cases);
    if is_settled(&first) {
        return first;
    }
    for other in OTHER_DRAWS {
        let report = from(*other, &cases);
        if is_settled(&report) {
            return report;
        }
    }
    // Else from where the student's function says that it starts.
    let starts: Option<Vec<Start>> = cases.iter().map(|case| start_of(f, case)).collect();
    let Some(starts) = starts else { return first };
    let small = starts.iter().all(|start| start.is_small_and_random);
    for (case, start) in cases.iter_mut().zip(starts) {
        case.start = Some(start.parameters);
    }
    let report = from(init_parameters::expected, &cases);
    if report.outcome == Outcome::Correct && !small {
        let mut report = Report::new(TABLE.exercise, Outcome::Incorrect);
        report.message = "El bucle está bien, pero los parámetros de los que parte no: los pesos deben ser pequeños (· 0.01), distintos y sorteados del rng que recibes, y los bias cero. ¿Llamas a init_parameters con size y rng?".into();
        return report;
    }
    if small || is_settled(&report) {
        report
    } else {
        first
    }
}

/// Right, unsolved, or wrong with a known mistake.
fn is_settled(report: &Report) -> bool {
    !report.outcome.explains() || !report.hints.is_empty()
}

fn call(
    f: Student,
    case: &Case,
    iterations: usize,
    rate: f64,
    seed: u32,
) -> (Parameters, Vec<f64>) {
    f(
        &case.x,
        &case.y,
        &case.size,
        iterations,
        rate,
        &mut RandomState::new(seed),
    )
}

/// Right ways of drawing that give other numbers than the notebook's.
const OTHER_DRAWS: &[Draw] = &[
    |size, rng| {
        let normal =
            |shape, rng: &mut RandomState| Matrix::random_using(shape, StandardNormal, rng);
        let w1 = normal((size.n_h, size.n_x), rng);
        let w2 = normal((size.n_y, size.n_h), rng);
        with_zero_biases(w1, w2)
    },
    |size, rng| {
        let randn = Randn::new();
        let w1 = Matrix::random_using((size.n_h, size.n_x), &randn, rng);
        let w2 = Matrix::random_using((size.n_y, size.n_h), &randn, rng);
        with_zero_biases(w1, w2)
    },
];

fn with_zero_biases(w1: Matrix, w2: Matrix) -> Parameters {
    Parameters {
        b1: Matrix::zeros((w1.nrows(), 1)),
        b2: Matrix::zeros((w2.nrows(), 1)),
        w1: w1 * init_parameters::SCALE,
        w2: w2 * init_parameters::SCALE,
    }
}

struct Start {
    parameters: Parameters,
    is_small_and_random: bool,
}

/// What the student's function starts from: what it returns after no iteration, or else after iterations of rate 0.
fn start_of(f: Student, case: &Case) -> Option<Start> {
    let fits =
        |parameters: &Parameters| parameters.layer_size().is_ok_and(|size| size == case.size);
    let probes = [(0, case.learning_rate), (case.num_iterations, 0.0)];
    probes.iter().find_map(|&(iterations, rate)| {
        let start = |seed| {
            catch(|| call(f, case, iterations, rate, seed).0)
                .ok()
                .filter(fits)
        };
        let parameters = start(case.seed)?;
        let other = start(case.seed + 1)?;
        let small = |w: &Matrix| (0.001..0.05).contains(&init_parameters::spread(w));
        Some(Start {
            is_small_and_random: small(&parameters.w1)
                && small(&parameters.w2)
                && init_parameters::distinct_rows(&parameters.w1) == case.size.n_h as f64
                && parameters
                    .b1
                    .iter()
                    .chain(&parameters.b2)
                    .all(|&b| b == 0.0)
                && parameters.w1 != other.w1,
            parameters,
        })
    })
}

fn outputs((parameters, costs): &(Parameters, Vec<f64>)) -> Vec<Output> {
    vec![
        list("los costos", costs),
        matrix("W1", &parameters.w1),
        matrix("b1", &parameters.b1),
        matrix("W2", &parameters.w2),
        matrix("b2", &parameters.b2),
    ]
}

/// In which iteration an answer leaves the right path, and so which function to look at.
fn where_it_parts(case: &Case, got: &[Output]) -> Option<String> {
    let right = TABLE.answer_with(&[], case);
    let (expected, got) = (&right[0], &got[0]);
    let pairs = || expected.values.iter().zip(&got.values);
    let alike = pairs().take_while(|&(&e, &g)| expected.close(e, g)).count();
    let text = if got.values.is_empty() {
        "No guardas ningún costo: uno por iteración, antes de su actualización."
    } else if alike == 0 && case.start.is_none() {
        "Ya el primer costo es otro: mira los parámetros iniciales, fpropagation y cost_function."
    } else if alike == 0 {
        "Ya el primer costo es otro: mira fpropagation, cost_function, y si lo calculas antes de la primera actualización."
    } else if alike < expected.values.len().min(got.values.len()) {
        "El primer costo está bien: la diferencia viene después, de bpropagation, de update_parameters, o de lo que el bucle guarda entre una iteración y la siguiente."
    } else {
        "Los costos que hay coinciden: mira cuántas iteraciones son, y qué parámetros devuelves."
    };
    Some(text.into())
}

const LOOP: &str =
    "repetir num_iterations veces: propagar hacia adelante, J, gradientes, θ := θ − α dθ";
const START: &str =
    "W^[l] = randn(filas, columnas) · 0.01, b^[l] = ceros, una sola vez, antes del bucle";

const MISCONCEPTIONS: &[Misconception<Formula>] = &[
    Misconception {
        hint: Hint {
            id: "drawn_again",
            wrong: "Sorteas parámetros nuevos en cada iteración: lo aprendido se pierde.",
            question: "¿Qué debe quedar de una iteración para la siguiente?",
            formula: START,
        },
        changes: &[|f| f.draws_again = true],
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
            wrong: "Propagas hacia adelante una sola vez: la cache se queda vieja, y el costo no cambia.",
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
                w1: p.w1 / init_parameters::SCALE,
                w2: p.w2 / init_parameters::SCALE,
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

/// The right answer, drawn as the notebook does.
#[cfg(test)]
pub(super) fn expected(
    x: &Matrix,
    y: &Matrix,
    size: &LayerSize,
    iterations: usize,
    rate: f64,
    rng: &mut RandomState,
) -> (Parameters, Vec<f64>) {
    let run = Run {
        x,
        y,
        size,
        iterations,
        rate,
        start: None,
    };
    train(&RIGHT, &run, rng)
}

/// The wrong formula as a student's function.
#[cfg(test)]
pub(super) fn report_on(formula: &Formula) -> Report {
    super::nn_model(|x, y, size, iterations, rate, rng| {
        let run = Run {
            x,
            y,
            size,
            iterations,
            rate,
            start: None,
        };
        train(formula, &run, rng)
    })
}
