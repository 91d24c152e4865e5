//! The mistakes that the check of `bpropagation` knows: how each changes the formula, and what a
//! student is told of it.

use ndarray::Axis;

use super::formula::{Formula, Matrix, Mean, sum_of_examples};
use crate::check::judging::table::Misconception;
use crate::check::report::Hint;

const DZ2: &str = "dZ^[2] = A^[2] − Y";
const LAYER_2: &str = "dW^[2] = (1/m) dZ^[2] A^[1]^T, db^[2] = (1/m) Σ dZ^[2] (suma sobre los ejemplos, axis = 1, keepdims)";
const DZ1: &str = "dZ^[1] = W^[2]^T dZ^[2] ⊙ g^[1]'(Z^[1]), con g^[1]'(z) = 1 − a^2 para tanh";
const LAYER_1: &str = "dW^[1] = (1/m) dZ^[1] X^T, db^[1] = (1/m) Σ dZ^[1] (suma sobre los ejemplos, axis = 1, keepdims)";
const WEIGHTS: &str = "dW^[2] = (1/m) dZ^[2] A^[1]^T, dW^[1] = (1/m) dZ^[1] X^T";
const BIASES: &str =
    "db^[l] = (1/m) np.sum(dZ^[l], axis = 1, keepdims = True), de la forma de b^[l]";

fn sigmoid_slope(z: f64) -> f64 {
    let a = 1.0 / (1.0 + (-z).exp());
    a * (1.0 - a)
}

/// Sets all four factors.
fn set_means(f: &mut Formula, mean: Mean) {
    f.mean_dw2 = mean;
    f.mean_db2 = mean;
    f.mean_dw1 = mean;
    f.mean_db1 = mean;
}

pub const MISCONCEPTIONS: &[Misconception<Formula>] = &[
    Misconception {
        hint: Hint {
            id: "missing_mean",
            wrong: "Tus gradientes son m veces los esperados: ¿falta el factor 1/m?",
            question: "El costo es una media sobre los ejemplos. ¿Qué factor hereda su derivada?",
            formula: WEIGHTS,
        },
        changes: &[|f| set_means(f, |_, _| 1.0)],
    },
    Misconception {
        hint: Hint {
            id: "half_mean",
            wrong: "Tus gradientes son la mitad de los esperados: divides entre 2m.",
            question: "¿Hay un 2 en el costo del que derivas?",
            formula: WEIGHTS,
        },
        changes: &[|f| set_means(f, |_, y| 0.5 / y.ncols() as f64)],
    },
    Misconception {
        hint: Hint {
            id: "mean_twice",
            wrong: "Tus gradientes llevan el factor 1/m dos veces.",
            question: "¿Divides entre m ya en dZ, y otra vez al final?",
            formula: WEIGHTS,
        },
        changes: &[|f| {
            set_means(f, |_, y| {
                let m = y.ncols() as f64;
                1.0 / (m * m)
            });
        }],
    },
    Misconception {
        hint: Hint {
            id: "mean_twice_in_layer_1",
            wrong: "Los gradientes de la capa 1 llevan el factor 1/m dos veces; los de la capa 2, una, como debe ser.",
            question: "dZ^[1] viene de dZ^[2]. Si una de las dos ya está dividida entre m, ¿qué pasa al dividir otra vez?",
            formula: LAYER_1,
        },
        changes: &[|f| {
            let twice: Mean = |_, y| {
                let m = y.ncols() as f64;
                1.0 / (m * m)
            };
            f.mean_dw1 = twice;
            f.mean_db1 = twice;
        }],
    },
    Misconception {
        hint: Hint {
            id: "mean_of_m_minus_1",
            wrong: "Divides entre m − 1 en lugar de entre m.",
            question: "El costo es una media de m pérdidas. ¿Entre cuánto se divide su derivada?",
            formula: WEIGHTS,
        },
        changes: &[|f| set_means(f, |_, y| 1.0 / (y.ncols() - 1) as f64)],
    },
    Misconception {
        hint: Hint {
            id: "mean_over_features",
            wrong: "Divides entre n_x, las filas de X, en lugar de entre m, sus columnas.",
            question: "¿En qué dimensión de X están los ejemplos?",
            formula: WEIGHTS,
        },
        changes: &[|f| set_means(f, |x, _| 1.0 / x.nrows() as f64)],
    },
    Misconception {
        hint: Hint {
            id: "mean_over_outputs",
            wrong: "Divides entre n_y, las filas de Y, en lugar de entre m, sus columnas.",
            question: "¿En qué dimensión de Y están los ejemplos?",
            formula: WEIGHTS,
        },
        changes: &[|f| set_means(f, |_, y| 1.0 / y.nrows() as f64)],
    },
    Misconception {
        hint: Hint {
            id: "missing_mean_in_biases",
            wrong: "A los gradientes de los sesgos les falta el factor 1/m: son m veces lo esperado.",
            question: "¿Qué factor llevan delante las sumas de dZ?",
            formula: BIASES,
        },
        changes: &[|f| {
            f.mean_db1 = |_, _| 1.0;
            f.mean_db2 = |_, _| 1.0;
        }],
    },
    Misconception {
        hint: Hint {
            id: "missing_mean_in_weights",
            wrong: "dW1 y dW2 son m veces lo esperado: a los gradientes de los pesos les falta el factor 1/m.",
            question: "Un producto de matrices suma sobre los ejemplos. ¿Qué falta para que sea una media?",
            formula: WEIGHTS,
        },
        changes: &[|f| {
            f.mean_dw1 = |_, _| 1.0;
            f.mean_dw2 = |_, _| 1.0;
        }],
    },
    Misconception {
        hint: Hint {
            id: "missing_mean_in_layer_1",
            wrong: "dW1 y db1 son m veces lo esperado: a la capa 1 le falta el factor 1/m.",
            question: "Compara las dos ecuaciones de la capa 1 con las de la capa 2: ¿qué tienen en común?",
            formula: LAYER_1,
        },
        changes: &[|f| {
            f.mean_dw1 = |_, _| 1.0;
            f.mean_db1 = |_, _| 1.0;
        }],
    },
    Misconception {
        hint: Hint {
            id: "missing_mean_in_layer_2",
            wrong: "dW2 y db2 son m veces lo esperado: a la capa 2 le falta el factor 1/m.",
            question: "Compara las dos ecuaciones de la capa 2 con las de la capa 1: ¿qué tienen en común?",
            formula: LAYER_2,
        },
        changes: &[|f| {
            f.mean_dw2 = |_, _| 1.0;
            f.mean_db2 = |_, _| 1.0;
        }],
    },
    Misconception {
        hint: Hint {
            id: "wrong_sign",
            wrong: "Todos tus gradientes tienen el signo contrario: ¿restaste A2 de Y, en lugar de Y de A2?",
            question: "Si la red dice 0.9 donde la etiqueta es 0, ¿debe ser dZ^[2] positivo o negativo?",
            formula: DZ2,
        },
        changes: &[|f| f.dz2 = |a, _, y| y - a],
    },
    Misconception {
        hint: Hint {
            id: "sigmoid_slope_in_dz2",
            wrong: "Tu dZ2 lleva el factor a(1 − a) de la sigmoide. Con la entropía cruzada ese factor se cancela.",
            question: "De la pérdida L de un ejemplo, dL/da = (a − y) / (a(1 − a)). ¿Qué queda al multiplicar por la derivada de la sigmoide?",
            formula: DZ2,
        },
        changes: &[|f| f.dz2 = |a, _, y| (a - y) * a * (1.0 - a)],
    },
    Misconception {
        hint: Hint {
            id: "da2_for_dz2",
            wrong: "Tu dZ2 es dA2, la derivada respecto de la salida: falta el paso por la sigmoide.",
            question: "De la pérdida L de un ejemplo tienes dL/da. ¿Por qué factor se multiplica para pasar de a^[2] a z^[2]?",
            formula: DZ2,
        },
        changes: &[|f| f.dz2 = |a, _, y| (a - y) / (a * (1.0 - a))],
    },
    Misconception {
        hint: Hint {
            id: "z2_for_a2",
            wrong: "Tu dZ2 resta Y de Z2; se resta de A2, la probabilidad.",
            question: "¿Cuál de las dos, Z^[2] o A^[2], se puede comparar con una etiqueta 0 o 1?",
            formula: DZ2,
        },
        changes: &[|f| f.dz2 = |_, z, y| z - y],
    },
    Misconception {
        hint: Hint {
            id: "squared_residual",
            wrong: "Tu dZ2 es (A2 − Y) al cuadrado: eso sería una pérdida, no su derivada.",
            question: "¿Puede un gradiente ser siempre positivo?",
            formula: DZ2,
        },
        changes: &[|f| f.dz2 = |a, _, y| (a - y) * (a - y)],
    },
    Misconception {
        hint: Hint {
            id: "twice_the_residual",
            wrong: "Tus gradientes son el doble de los esperados: ese 2 es de la derivada de un cuadrado, y aquí no hay ninguno.",
            question: "¿De qué costo derivas, del cuadrático o de la entropía cruzada?",
            formula: DZ2,
        },
        changes: &[|f| f.dz2 = |a, _, y| 2.0 * (a - y)],
    },
    Misconception {
        hint: Hint {
            id: "missing_slope",
            wrong: "A tu dZ1 le falta la derivada de la activación, 1 − A1².",
            question: "Entre W^[2]^T dZ^[2] y dZ^[1] está tanh. ¿Qué pone la regla de la cadena en ese paso?",
            formula: DZ1,
        },
        changes: &[|f| f.slope = |_, _| 1.0],
    },
    Misconception {
        hint: Hint {
            id: "slope_1_minus_a",
            wrong: "Usas 1 − A1 como derivada de tanh: falta el cuadrado.",
            question: "tanh'(0) = 1 y tanh' es simétrica. ¿Lo es tu derivada para a y para −a?",
            formula: DZ1,
        },
        changes: &[|f| f.slope = |a, _| 1.0 - a],
    },
    Misconception {
        hint: Hint {
            id: "slope_of_sigmoid",
            wrong: "Usas A1 (1 − A1) como derivada: esa es la de la sigmoide, y la capa oculta usa tanh.",
            question: "¿Qué activación lleva la capa oculta?",
            formula: DZ1,
        },
        changes: &[
            |f| f.slope = |a, _| a * (1.0 - a),
            |f| f.slope = |_, z| sigmoid_slope(z),
        ],
    },
    Misconception {
        hint: Hint {
            id: "slope_from_z",
            wrong: "Usas 1 − Z1² como derivada de tanh: es 1 menos el cuadrado de la activación, A1, no de Z1.",
            question: "¿Puede la pendiente de tanh ser negativa? ¿Lo es la tuya donde Z^[1] es grande?",
            formula: DZ1,
        },
        changes: &[|f| f.slope = |_, z| 1.0 - z * z],
    },
    Misconception {
        hint: Hint {
            id: "slope_of_activation",
            wrong: "Aplicas la derivada de tanh a A1: 1 − tanh²(A1). A1 ya es una tanh.",
            question: "¿En qué punto se evalúa g', en Z^[1] o en A^[1]?",
            formula: DZ1,
        },
        changes: &[|f| f.slope = |a, _| 1.0 - a.tanh().powi(2)],
    },
    Misconception {
        hint: Hint {
            id: "slope_1_plus_square",
            wrong: "Usas 1 + A1² como derivada de tanh: el signo es menos.",
            question: "¿Es la pendiente de tanh mayor o menor que 1 lejos de 0?",
            formula: DZ1,
        },
        changes: &[|f| f.slope = |a, _| 1.0 + a * a],
    },
    Misconception {
        hint: Hint {
            id: "slope_only_square",
            wrong: "Usas A1² como derivada de tanh: falta restarlo de 1.",
            question: "¿Cuánto vale la pendiente de tanh en z = 0, donde a = 0?",
            formula: DZ1,
        },
        changes: &[|f| f.slope = |a, _| a * a],
    },
    Misconception {
        hint: Hint {
            id: "activation_for_slope",
            wrong: "Multiplicas por A1 donde va la derivada de la activación.",
            question: "La regla de la cadena pide g'(Z^[1]). ¿Es eso A^[1]?",
            formula: DZ1,
        },
        changes: &[|f| f.slope = |a, _| a],
    },
    Misconception {
        hint: Hint {
            id: "w2_not_transposed",
            wrong: "En dZ1 falta transponer W2: el error va hacia atrás, de las salidas a las unidades ocultas.",
            question: "W^[2] tiene forma (n_y, n_h), y dZ^[2] (n_y, m). ¿Cómo se multiplican para dar (n_h, m)?",
            formula: DZ1,
        },
        changes: &[|f| f.da1 = |p, dz2, _| p.w2.dot(dz2)],
    },
    Misconception {
        hint: Hint {
            id: "w1_for_w2",
            wrong: "En dZ1 usas W1 donde va W2: el error llega a la capa oculta por los pesos que salen de ella.",
            question: "¿Qué matriz une la capa oculta con la salida?",
            formula: DZ1,
        },
        changes: &[
            |f| f.da1 = |p, dz2, _| p.w1.t().dot(dz2),
            |f| f.da1 = |p, dz2, _| p.w1.dot(dz2),
        ],
    },
    Misconception {
        hint: Hint {
            id: "a2_for_dz2_in_dz1",
            wrong: "En dZ1 multiplicas por A2 donde va dZ2: lo que vuelve hacia atrás es el error, no la salida.",
            question: "Si la red acertara del todo, ¿cuánto debería valer dZ^[1]?",
            formula: DZ1,
        },
        changes: &[|f| f.da1 = |p, _, cache| p.w2.t().dot(&cache.a2)],
    },
    Misconception {
        hint: Hint {
            id: "z1_for_a1",
            wrong: "Tu dW2 usa Z1 donde va A1: a la segunda capa le llega la activación.",
            question: "¿Qué matriz multiplica a W^[2] en la propagación hacia adelante?",
            formula: LAYER_2,
        },
        changes: &[|f| f.dw2 = |dz2, cache| dz2.dot(&cache.z1.t())],
    },
    Misconception {
        hint: Hint {
            id: "a1_not_transposed",
            wrong: "En dW2 falta transponer A1.",
            question: "dZ^[2] tiene forma (n_y, m), y A^[1] (n_h, m). ¿Cómo se multiplican para dar (n_y, n_h)?",
            formula: LAYER_2,
        },
        changes: &[|f| f.dw2 = |dz2, cache| dz2.dot(&cache.a1)],
    },
    Misconception {
        hint: Hint {
            id: "x_not_transposed",
            wrong: "En dW1 falta transponer X.",
            question: "dZ^[1] tiene forma (n_h, m), y X (n_x, m). ¿Cómo se multiplican para dar (n_h, n_x)?",
            formula: LAYER_1,
        },
        changes: &[|f| f.dw1 = |dz1, x| dz1.dot(x)],
    },
    Misconception {
        hint: Hint {
            id: "dw1_transposed",
            wrong: "Tu dW1 está transpuesta: cada gradiente tiene la forma de su parámetro.",
            question: "¿Qué forma tiene W^[1]? ¿En qué orden van los factores?",
            formula: LAYER_1,
        },
        changes: &[|f| f.dw1 = |dz1, x| x.dot(&dz1.t())],
    },
    Misconception {
        hint: Hint {
            id: "dw2_transposed",
            wrong: "Tu dW2 está transpuesta: cada gradiente tiene la forma de su parámetro.",
            question: "¿Qué forma tiene W^[2]? ¿En qué orden van los factores?",
            formula: LAYER_2,
        },
        changes: &[|f| f.dw2 = |dz2, cache| cache.a1.dot(&dz2.t())],
    },
    Misconception {
        hint: Hint {
            id: "biases_summed_over_units",
            wrong: "Sumas dZ sobre las unidades (axis 0) en lugar de sobre los ejemplos (axis 1).",
            question: "db tiene un número por unidad. ¿Sobre qué eje hay que sumar para que quede uno por fila?",
            formula: BIASES,
        },
        changes: &[
            |f| {
                f.db2 = |dz2| dz2.sum_axis(Axis(0)).insert_axis(Axis(0));
                f.db1 = |dz1, _, _| dz1.sum_axis(Axis(0)).insert_axis(Axis(0));
            },
            |f| {
                f.db2 = |dz2| dz2.sum_axis(Axis(0)).insert_axis(Axis(1));
                f.db1 = |dz1, _, _| dz1.sum_axis(Axis(0)).insert_axis(Axis(1));
            },
        ],
    },
    Misconception {
        hint: Hint {
            id: "biases_in_a_row",
            wrong: "db1 y db2 tienen los valores en una fila; b^[1] y b^[2] son columnas.",
            question: "Tras sumar sobre el eje 1, ¿en qué lugar hay que insertar el eje que se perdió (keepdims)?",
            formula: BIASES,
        },
        changes: &[|f| {
            f.db2 = |dz2| dz2.sum_axis(Axis(1)).insert_axis(Axis(0));
            f.db1 = |dz1, _, _| dz1.sum_axis(Axis(1)).insert_axis(Axis(0));
        }],
    },
    Misconception {
        hint: Hint {
            id: "biases_summed_over_everything",
            wrong: "Sumas dZ entero en un solo número: cada unidad tiene su propio sesgo, y su propio gradiente.",
            question: "¿Cuántos valores tiene b^[1]?",
            formula: BIASES,
        },
        changes: &[
            |f| {
                f.db2 = |dz2| Matrix::from_elem((1, 1), dz2.sum());
                f.db1 = |dz1, _, _| Matrix::from_elem((1, 1), dz1.sum());
            },
            |f| {
                f.db2 = |dz2| Matrix::from_elem((dz2.nrows(), 1), dz2.sum());
                f.db1 = |dz1, _, _| Matrix::from_elem((dz1.nrows(), 1), dz1.sum());
            },
        ],
    },
    Misconception {
        hint: Hint {
            id: "biases_not_summed",
            wrong: "db1 y db2 tienen una columna por ejemplo: falta sumar sobre los ejemplos.",
            question: "El mismo sesgo se suma a las m columnas. ¿Cómo se juntan sus m derivadas?",
            formula: BIASES,
        },
        changes: &[|f| {
            f.db2 = Matrix::clone;
            f.db1 = |dz1, _, _| dz1.clone();
        }],
    },
    Misconception {
        hint: Hint {
            id: "db1_without_slope",
            wrong: "Tu db1 suma W2ᵀ dZ2, sin la derivada de la activación; dW1 sí la lleva.",
            question: "¿De qué matriz es db^[1] la suma?",
            formula: LAYER_1,
        },
        changes: &[|f| f.db1 = |_, da1, _| sum_of_examples(da1)],
    },
    Misconception {
        hint: Hint {
            id: "db1_from_dz2",
            wrong: "Tu db1 suma dZ2, el error de la otra capa.",
            question: "¿De qué matriz es db^[1] la suma? ¿Cuántas filas tiene?",
            formula: LAYER_1,
        },
        changes: &[|f| f.db1 = |_, _, dz2| sum_of_examples(dz2)],
    },
    Misconception {
        hint: Hint {
            id: "zero_biases",
            wrong: "Los gradientes de los sesgos son cero: los sesgos también aprenden.",
            question: "¿Cambia el costo si mueves b^[2]? ¿Cuánto vale entonces su derivada?",
            formula: BIASES,
        },
        changes: &[|f| {
            f.db2 = |dz2| Matrix::zeros((dz2.nrows(), 1));
            f.db1 = |dz1, _, _| Matrix::zeros((dz1.nrows(), 1));
        }],
    },
];
