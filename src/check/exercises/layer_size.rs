//! Exercise 1: n_x and n_y from the data, n_h = 4 by choice.

use ndarray::Array2;

use super::entry::Entry;
use crate::check::judging::answer::{Output, number};
use crate::check::judging::case::{SHAPES, draw, fixed};
use crate::check::judging::table::{Misconception, Table};
use crate::check::judging::trial::About;
use crate::check::oracle::{self, take};
use crate::check::report::{Heading, Hint, Report};
use crate::network::LayerSize;
use crate::random::RandomState;

/// The course's choice.
const HIDDEN: usize = 4;

type Student<'a> = &'a dyn Fn(&Array2<f64>, &Array2<f64>) -> LayerSize;
type Size = fn(&Array2<f64>, &Array2<f64>) -> usize;

#[derive(Clone, Copy)]
pub struct Formula {
    n_x: Size,
    n_h: Size,
    n_y: Size,
}

const RIGHT: Formula = Formula {
    n_x: |x, _| x.nrows(),
    n_h: |_, _| HIDDEN,
    n_y: |_, y| y.nrows(),
};

const FORMULA: &str =
    "X ∈ R^(n_x × m), Y ∈ R^(n_y × m): n_x = filas de X, n_y = filas de Y, n_h = 4";

fn size(formula: &Formula, x: &Array2<f64>, y: &Array2<f64>) -> LayerSize {
    LayerSize {
        n_x: (formula.n_x)(x, y),
        n_h: (formula.n_h)(x, y),
        n_y: (formula.n_y)(x, y),
    }
}

const TABLE: Table<Formula> = Table {
    exercise: About {
        heading: Heading {
            number: 1,
            name: "layer_size",
        },
        not_finite: "",
        look_also: "",
        several_outputs: None,
    },
    right: RIGHT,
    misconceptions: MISCONCEPTIONS,
    answer: |formula, case| outputs(&size(formula, &case.x, &case.y)),
    remark: |_, _| None,
};

/// Exercise 1: n_x, n_h, n_y from X and Y.
pub fn layer_size<F: Fn(&Array2<f64>, &Array2<f64>) -> LayerSize>(f: F) -> Report {
    judge(&f, &mut fixed())
}

/// Answers what the grader asks of a student's function.
pub fn serve(f: fn(&Array2<f64>, &Array2<f64>) -> LayerSize) {
    oracle::serve(|i| f(&take(i), &take(i)));
}

pub(super) static EXERCISE: Entry<Formula> = Entry {
    table: TABLE,
    calls_others: false,
    ask: |asker, rng| judge(&|x, y| asker.ask(&[x, y]), rng),
    #[cfg(test)]
    cases: |rng| draw(SHAPES, rng),
    #[cfg(test)]
    report_on,
};

fn judge(f: Student, rng: &mut RandomState) -> Report {
    TABLE.judge(&draw(SHAPES, rng), &|case| outputs(&f(&case.x, &case.y)))
}

fn outputs(size: &LayerSize) -> Vec<Output> {
    vec![
        number("n_x", size.n_x as f64),
        number("n_h", size.n_h as f64),
        number("n_y", size.n_y as f64),
    ]
}

const MISCONCEPTIONS: &[Misconception<Formula>] = &[
    Misconception {
        hint: Hint {
            id: "n_x_counts_examples",
            wrong: "Tu n_x es m, el número de ejemplos: estás contando las columnas de X.",
            question: "En X cada ejemplo es una columna. ¿Qué cuentan entonces sus filas?",
            formula: FORMULA,
        },
        changes: &[|f| f.n_x = |x, _| x.ncols()],
    },
    Misconception {
        hint: Hint {
            id: "n_y_counts_examples",
            wrong: "Tu n_y es m, el número de ejemplos: estás contando las columnas de Y.",
            question: "Y tiene una columna por ejemplo. ¿Cuántos números describen la etiqueta de uno solo?",
            formula: FORMULA,
        },
        changes: &[|f| f.n_y = |_, y| y.ncols()],
    },
    Misconception {
        hint: Hint {
            id: "n_x_counts_values",
            wrong: "Tu n_x cuenta todos los valores de X, n_x · m, y no solo los de un ejemplo.",
            question: "Si añades ejemplos a los datos, ¿debería crecer la capa de entrada?",
            formula: FORMULA,
        },
        changes: &[|f| f.n_x = |x, _| x.len()],
    },
    Misconception {
        hint: Hint {
            id: "n_y_counts_values",
            wrong: "Tu n_y cuenta todos los valores de Y, n_y · m, y no solo los de un ejemplo.",
            question: "Si añades ejemplos a los datos, ¿debería crecer la capa de salida?",
            formula: FORMULA,
        },
        changes: &[|f| f.n_y = |_, y| y.len()],
    },
    Misconception {
        hint: Hint {
            id: "x_and_y_swapped",
            wrong: "Has intercambiado las capas: tu n_x sale de Y, y tu n_y sale de X.",
            question: "¿Qué matriz entra en la red, y cuál dice lo que debería salir?",
            formula: FORMULA,
        },
        changes: &[|f| {
            f.n_x = |_, y| y.nrows();
            f.n_y = |x, _| x.nrows();
        }],
    },
    Misconception {
        hint: Hint {
            id: "n_x_from_y",
            wrong: "Tu n_x sale de Y; la capa de entrada la fija X.",
            question: "¿Qué matriz entra en la red?",
            formula: FORMULA,
        },
        changes: &[|f| f.n_x = |_, y| y.nrows()],
    },
    Misconception {
        hint: Hint {
            id: "n_y_from_x",
            wrong: "Tu n_y sale de X; la capa de salida la fija Y.",
            question: "¿Qué matriz dice lo que debería salir de la red?",
            formula: FORMULA,
        },
        changes: &[|f| f.n_y = |x, _| x.nrows()],
    },
    Misconception {
        hint: Hint {
            id: "n_x_hard_coded",
            wrong: "Tu n_x es siempre el mismo número: vale para la flor (n_x = 2), pero no para otros datos.",
            question: "¿De dónde puedes leer cuántos números describen cada ejemplo?",
            formula: FORMULA,
        },
        changes: &[
            |f| f.n_x = |_, _| 2,
            |f| f.n_x = |_, _| 1,
            |f| f.n_x = |_, _| 400,
        ],
    },
    Misconception {
        hint: Hint {
            id: "n_y_hard_coded",
            wrong: "Tu n_y es siempre el mismo número: vale para la flor (n_y = 1), pero no para otros datos.",
            question: "¿De dónde puedes leer cuántas salidas tiene cada ejemplo?",
            formula: FORMULA,
        },
        changes: &[|f| f.n_y = |_, _| 1],
    },
    Misconception {
        hint: Hint {
            id: "n_y_counts_classes",
            wrong: "Tu n_y es el número de clases. n_y es el tamaño de la salida: con dos clases basta una unidad, que dice la probabilidad de la clase 1.",
            question: "¿Cuántas filas tiene Y, y cuántos valores distintos hay en ella? ¿Cuál de los dos es el tamaño de la salida?",
            formula: FORMULA,
        },
        changes: &[|f| f.n_y = |_, _| 2],
    },
    Misconception {
        hint: Hint {
            id: "n_h_from_input",
            wrong: "Tu n_h es n_x. Las unidades ocultas no salen de los datos: son una elección, y este ejercicio la fija en 4.",
            question: "¿Qué tamaños fijan los datos, y cuál eliges tú?",
            formula: FORMULA,
        },
        changes: &[|f| f.n_h = |x, _| x.nrows()],
    },
    Misconception {
        hint: Hint {
            id: "n_h_from_output",
            wrong: "Tu n_h es n_y. Las unidades ocultas no salen de los datos: son una elección, y este ejercicio la fija en 4.",
            question: "¿Qué tamaños fijan los datos, y cuál eliges tú?",
            formula: FORMULA,
        },
        changes: &[|f| f.n_h = |_, y| y.nrows()],
    },
    Misconception {
        hint: Hint {
            id: "n_h_counts_examples",
            wrong: "Tu n_h es m, el número de ejemplos. Las unidades ocultas son una elección, y este ejercicio la fija en 4.",
            question: "¿Debería la red tener más unidades por tener más ejemplos?",
            formula: FORMULA,
        },
        changes: &[|f| f.n_h = |x, _| x.ncols()],
    },
    Misconception {
        hint: Hint {
            id: "n_h_other_choice",
            wrong: "Tu n_h es otro número: n_h es una elección, y este ejercicio la fija en 4. Más adelante probarás otras.",
            question: "¿Qué valor de n_h da el enunciado?",
            formula: FORMULA,
        },
        changes: &[
            |f| f.n_h = |_, _| 0,
            |f| f.n_h = |_, _| 1,
            |f| f.n_h = |_, _| 2,
            |f| f.n_h = |_, _| 3,
            |f| f.n_h = |_, _| 5,
            |f| f.n_h = |_, _| 6,
            |f| f.n_h = |_, _| 8,
            |f| f.n_h = |_, _| 10,
            |f| f.n_h = |_, _| 20,
            |f| f.n_h = |_, _| 50,
        ],
    },
    Misconception {
        hint: Hint {
            id: "bias_counted_as_input",
            wrong: "Tu n_x tiene uno de más. El sesgo no es una entrada: tiene su propio vector b.",
            question: "¿Cuántas filas tiene X? ¿Hay entre ellas una fila de unos?",
            formula: FORMULA,
        },
        changes: &[|f| f.n_x = |x, _| x.nrows() + 1],
    },
];

/// The wrong formula as a student's function.
#[cfg(test)]
fn report_on(formula: &Formula) -> Report {
    self::layer_size(|x, y| size(formula, x, y))
}
