//! Exercise 7: forward, cost, backward, update, again and again.

mod formula;
mod mistakes;
mod starts;

use ndarray::Array2;

use self::formula::{Draw, Formula, RIGHT, Run, SHAPES, train};
use self::mistakes::MISCONCEPTIONS;
use self::starts::{OTHER_DRAWS, Start, Student, call, start_of};
use super::entry::Entry;
use crate::check::judging::answer::{Answer, Output, list, matrix};
use crate::check::judging::case::{Case, draw, fixed};
use crate::check::judging::panics::catch;
use crate::check::judging::table::Table;
use crate::check::judging::trial::About;
use crate::check::oracle::{self, take};
use crate::check::report::{Heading, Outcome, Report};
use crate::network::{LayerSize, Parameters};
use crate::random::RandomState;

/// Exercise 7: the trained parameters, and the cost before each update. Judged from the initial
/// parameters that the student's own function draws.
pub fn nn_model<
    F: Fn(
        &Array2<f64>,
        &Array2<f64>,
        &LayerSize,
        usize,
        f64,
        &mut RandomState,
    ) -> (Parameters, Vec<f64>),
>(
    f: F,
) -> Report {
    judge(&f, &mut fixed())
}

/// A training loop as a function pointer.
pub type Model = fn(
    &Array2<f64>,
    &Array2<f64>,
    &LayerSize,
    usize,
    f64,
    &mut RandomState,
) -> (Parameters, Vec<f64>);

/// Answers what the grader asks of a student's function.
pub fn serve(f: Model) {
    oracle::serve(|i| f(&take(i), &take(i), &take(i), take(i), take(i), &mut take(i)));
}

pub(super) static EXERCISE: Entry<Formula> = Entry {
    table: TABLE,
    calls_others: true,
    ask: |asker, rng| {
        judge(
            &|x, y, size, n, rate, rng| asker.ask(&[x, y, size, &n, &rate, rng]),
            rng,
        )
    },
    #[cfg(test)]
    cases: |rng| draw(SHAPES, rng),
    #[cfg(test)]
    report_on,
};

const TABLE: Table<Formula> = Table {
    exercise: About {
        heading: Heading {
            number: 7,
            name: "nn_model",
        },
        not_finite: "Si ocurre tras varias iteraciones, los parámetros divergen: mira el signo de la actualización y la tasa. Si ocurre en la primera, mira el logaritmo del costo.",
        look_also: "nn_model llama a tus otras funciones: comprueba antes que los ejercicios 2 a 6 estén correctos.",
        several_outputs: None,
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
    let mut cases = draw(SHAPES, rng);
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
    let first = from(RIGHT.draw, &cases);
    if first.is_settled() {
        return first;
    }
    for other in OTHER_DRAWS {
        let report = from(*other, &cases);
        if report.is_settled() {
            return report;
        }
    }
    // Else from where the student's function says that it starts.
    let starts: Option<Vec<Start>> = cases.iter().map(|case| start_of(f, case)).collect();
    let Some(starts) = starts else {
        return first;
    };
    let small = starts.iter().all(|start| start.is_small_and_random);
    for (case, start) in cases.iter_mut().zip(starts) {
        case.start = Some(start.parameters);
    }
    let report = from(RIGHT.draw, &cases);
    if report.outcome() == Outcome::Correct && !small {
        let said = "El bucle está bien, pero los parámetros de los que parte no: los pesos deben ser pequeños (· 0.01), distintos y sorteados del rng que recibes, y los sesgos cero. ¿Llamas a init_parameters con size y rng?";
        return Report::new(TABLE.exercise.heading, Outcome::Incorrect, said.into());
    }
    if small || report.is_settled() {
        report
    } else {
        first
    }
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

/// The wrong formula as a student's function.
#[cfg(test)]
fn report_on(formula: &Formula) -> Report {
    self::nn_model(|x, y, size, iterations, rate, rng| {
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

/// The right answer, which golden numbers hold.
#[cfg(test)]
pub(super) fn expected(
    x: &Array2<f64>,
    y: &Array2<f64>,
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
