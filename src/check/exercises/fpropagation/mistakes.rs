//! The mistakes that the check of `fpropagation` knows: how each changes the formula, and what a
//! student is told of it.

use ndarray::Axis;

use super::formula::{Formula, Matrix};
use crate::activation::{relu, sigmoid, tanh};
use crate::check::judging::table::Misconception;
use crate::check::report::Hint;
use crate::network::Cache;

const LAYER_1: &str = "Z^[1] = W^[1] X + b^[1], A^[1] = tanh(Z^[1])";
const LAYER_2: &str = "Z^[2] = W^[2] A^[1] + b^[2], A^[2] = σ(Z^[2])";
const CACHE: &str =
    "Z^[1] = W^[1] X + b^[1], A^[1] = tanh(Z^[1]), Z^[2] = W^[2] A^[1] + b^[2], A^[2] = σ(Z^[2])";

pub const MISCONCEPTIONS: &[Misconception<Formula>] = &[
    Misconception {
        hint: Hint {
            id: "slide_w2_x",
            wrong: "Tu Z2 usa X. La diapositiva dice Z^[2] = W^[2] X + b^[2], y es una errata: la segunda capa recibe la salida de la primera, no los datos.",
            question: "W^[2] tiene n_h columnas. ¿Qué matriz tiene n_h filas: X o A^[1]?",
            formula: LAYER_2,
        },
        changes: &[|f| f.product_2 = |p, hidden| p.w2.dot(hidden.x)],
    },
    Misconception {
        hint: Hint {
            id: "z1_for_a1",
            wrong: "Tu Z2 usa Z1: te saltas la activación de la capa oculta.",
            question: "Sin activación, dos capas lineales son una sola. ¿Qué sale de la capa oculta, Z^[1] o A^[1]?",
            formula: LAYER_2,
        },
        changes: &[|f| f.product_2 = |p, hidden| p.w2.dot(hidden.z1)],
    },
    Misconception {
        hint: Hint {
            id: "missing_b1",
            wrong: "A tu Z1 le falta el sesgo b1.",
            question: "Si X fuera todo ceros, ¿cuánto valdría Z^[1]?",
            formula: LAYER_1,
        },
        changes: &[|f| f.bias_1 = |z, _| z],
    },
    Misconception {
        hint: Hint {
            id: "missing_b2",
            wrong: "A tu Z2 le falta el sesgo b2.",
            question: "Si A^[1] fuera todo ceros, ¿cuánto valdría Z^[2]?",
            formula: LAYER_2,
        },
        changes: &[|f| f.bias_2 = |z, _| z],
    },
    Misconception {
        hint: Hint {
            id: "b1_subtracted",
            wrong: "En tu Z1 restas el sesgo b1; en la ecuación se suma.",
            question: "¿Qué signo lleva b^[1] en la ecuación?",
            formula: LAYER_1,
        },
        changes: &[|f| f.bias_1 = |z, p| z - &p.b1],
    },
    Misconception {
        hint: Hint {
            id: "b2_subtracted",
            wrong: "En tu Z2 restas el sesgo b2; en la ecuación se suma.",
            question: "¿Qué signo lleva b^[2] en la ecuación?",
            formula: LAYER_2,
        },
        changes: &[|f| f.bias_2 = |z, p| z - &p.b2],
    },
    Misconception {
        hint: Hint {
            id: "sigmoid_in_hidden_layer",
            wrong: "Tu capa oculta usa la sigmoide; en esta red usa tanh.",
            question: "¿Entre qué valores está A^[1], y entre cuáles está la sigmoide?",
            formula: LAYER_1,
        },
        changes: &[|f| f.activation_1 = |z, _| sigmoid(z)],
    },
    Misconception {
        hint: Hint {
            id: "relu_in_hidden_layer",
            wrong: "Tu capa oculta usa ReLU; en esta red usa tanh.",
            question: "¿Puede ser negativo un valor de A^[1] en las ecuaciones? ¿Y en tu resultado?",
            formula: LAYER_1,
        },
        changes: &[|f| f.activation_1 = |z, _| relu(z)],
    },
    Misconception {
        hint: Hint {
            id: "linear_hidden_layer",
            wrong: "Tu A1 es igual a Z1: falta aplicar tanh en la capa oculta.",
            question: "¿Qué función va entre Z^[1] y A^[1]?",
            formula: LAYER_1,
        },
        changes: &[|f| f.activation_1 = |z, _| z.clone()],
    },
    Misconception {
        hint: Hint {
            id: "tanh_twice",
            wrong: "Tu A1 lleva la tanh dos veces.",
            question: "¿A qué matriz se aplica la activación, a Z^[1] o a algo que ya la lleva?",
            formula: LAYER_1,
        },
        changes: &[|f| f.activation_1 = |z, _| tanh(&tanh(z))],
    },
    Misconception {
        hint: Hint {
            id: "tanh_with_half_argument",
            wrong: "Tu tanh usa e^(−z) donde la fórmula tiene e^(−2z).",
            question: "tanh(z) = 2σ(2z) − 1: ¿dónde está ese 2 en tu fórmula?",
            formula: "tanh(z) = 2 / (1 + e^(−2z)) − 1",
        },
        changes: &[|f| f.activation_1 = |z, _| sigmoid(z) * 2.0 - 1.0],
    },
    Misconception {
        hint: Hint {
            id: "tanh_at_output",
            wrong: "Tu A2 usa tanh; la salida usa la sigmoide, porque es una probabilidad.",
            question: "¿Puede una probabilidad ser negativa?",
            formula: LAYER_2,
        },
        changes: &[|f| f.activation_2 = tanh],
    },
    Misconception {
        hint: Hint {
            id: "output_not_squashed",
            wrong: "Tu A2 es igual a Z2: falta aplicar la sigmoide a la salida.",
            question: "¿Están tus valores de A^[2] entre 0 y 1, como toda probabilidad?",
            formula: LAYER_2,
        },
        changes: &[|f| f.activation_2 = Matrix::clone],
    },
    Misconception {
        hint: Hint {
            id: "relu_at_output",
            wrong: "Tu A2 usa ReLU; la salida usa la sigmoide, porque es una probabilidad.",
            question: "¿Hay en tu A^[2] valores mayores que 1?",
            formula: LAYER_2,
        },
        changes: &[|f| f.activation_2 = relu],
    },
    Misconception {
        hint: Hint {
            id: "sigmoid_sign",
            wrong: "Tu A2 es 1 menos lo esperado: tu sigmoide usa e^z en lugar de e^(−z).",
            question: "Si Z^[2] crece, ¿debe A^[2] acercarse a 1 o a 0?",
            formula: "σ(z) = 1 / (1 + e^(−z))",
        },
        changes: &[|f| f.activation_2 = |z| sigmoid(&-z)],
    },
    Misconception {
        hint: Hint {
            id: "sigmoid_twice",
            wrong: "Tu A2 lleva la sigmoide dos veces.",
            question: "¿A qué matriz se aplica la sigmoide, a Z^[2] o a algo que ya la lleva?",
            formula: LAYER_2,
        },
        changes: &[|f| f.activation_2 = |z| sigmoid(&sigmoid(z))],
    },
    Misconception {
        hint: Hint {
            id: "softmax_at_output",
            wrong: "Tu A2 usa softmax: reparte 1 entre las salidas de cada ejemplo, y con una sola salida siempre da 1. Aquí cada salida lleva su sigmoide.",
            question: "Con n_y = 1, ¿qué valores puede dar un softmax?",
            formula: LAYER_2,
        },
        changes: &[|f| {
            f.activation_2 = |z| {
                let e = z.exp();
                &e / &e.sum_axis(Axis(0)).insert_axis(Axis(0))
            };
        }],
    },
    Misconception {
        hint: Hint {
            id: "classes_for_probabilities",
            wrong: "Tu A2 ya es la clase, 0 o 1. La propagación da la probabilidad; decidir viene después, en predict.",
            question: "Si A^[2] solo puede ser 0 o 1, ¿cuánto valdría el logaritmo del costo?",
            formula: LAYER_2,
        },
        changes: &[|f| f.activation_2 = |z| z.mapv(|z| f64::from(z > 0.0))],
    },
    Misconception {
        hint: Hint {
            id: "bias_after_activation",
            wrong: "Sumas b1 después de la tanh: el sesgo forma parte de Z1.",
            question: "En la ecuación, ¿está b^[1] dentro o fuera de la tanh?",
            formula: LAYER_1,
        },
        changes: &[|f| {
            f.bias_1 = |z, _| z;
            f.activation_1 = |z, p| tanh(z) + &p.b1;
        }],
    },
    Misconception {
        hint: Hint {
            id: "examples_in_rows",
            wrong: "Tus matrices tienen los ejemplos en filas. En esta red cada ejemplo es una columna: Z^[1] tiene forma (n_h, m).",
            question: "¿Qué va a la izquierda del producto, W^[1] o X?",
            formula: CACHE,
        },
        changes: &[|f| {
            f.product_1 = |p, x| x.t().dot(&p.w1.t());
            f.bias_1 = |z, p| z + p.b1.t();
            f.product_2 = |p, hidden| hidden.a1.dot(&p.w2.t());
            f.bias_2 = |z, p| z + p.b2.t();
        }],
    },
    Misconception {
        hint: Hint {
            id: "w1_transposed",
            wrong: "Traspones W1. W^[1] ya tiene una fila por unidad oculta: se multiplica tal como está.",
            question: "W^[1] tiene forma (n_h, n_x), y X (n_x, m). ¿Qué forma tiene su producto?",
            formula: LAYER_1,
        },
        changes: &[|f| f.product_1 = |p, x| p.w1.t().dot(x)],
    },
    Misconception {
        hint: Hint {
            id: "w2_transposed",
            wrong: "Traspones W2. W^[2] ya tiene una fila por salida: se multiplica tal como está.",
            question: "W^[2] tiene forma (n_y, n_h), y A^[1] (n_h, m). ¿Qué forma tiene su producto?",
            formula: LAYER_2,
        },
        changes: &[|f| f.product_2 = |p, hidden| p.w2.t().dot(hidden.a1)],
    },
    Misconception {
        hint: Hint {
            id: "x_times_w1",
            wrong: "Multiplicas X por W1: el orden es W1 por X.",
            question: "Un producto de matrices no se puede dar la vuelta. ¿Cuál tiene tantas columnas como la otra filas?",
            formula: LAYER_1,
        },
        changes: &[|f| f.product_1 = |p, x| x.dot(&p.w1)],
    },
    Misconception {
        hint: Hint {
            id: "a1_times_w2",
            wrong: "Multiplicas A1 por W2: el orden es W2 por A1.",
            question: "Un producto de matrices no se puede dar la vuelta. ¿Cuál tiene tantas columnas como la otra filas?",
            formula: LAYER_2,
        },
        changes: &[|f| f.product_2 = |p, hidden| hidden.a1.dot(&p.w2)],
    },
    Misconception {
        hint: Hint {
            id: "cache_layer_1_swapped",
            wrong: "En tu caché Z1 y A1 están intercambiadas.",
            question: "¿Cuál de las dos está siempre entre −1 y 1?",
            formula: CACHE,
        },
        changes: &[|f| {
            f.cache = |c| Cache {
                z1: c.a1,
                a1: c.z1,
                ..c
            };
        }],
    },
    Misconception {
        hint: Hint {
            id: "cache_layer_2_swapped",
            wrong: "En tu caché Z2 y A2 están intercambiadas.",
            question: "¿Cuál de las dos está siempre entre 0 y 1?",
            formula: CACHE,
        },
        changes: &[|f| {
            f.cache = |c| Cache {
                z2: c.a2,
                a2: c.z2,
                ..c
            };
        }],
    },
    Misconception {
        hint: Hint {
            id: "cache_layers_swapped",
            wrong: "En tu caché las dos capas están intercambiadas: guardas la segunda donde va la primera.",
            question: "¿Qué forma tiene A^[1], y qué forma tiene A^[2]?",
            formula: CACHE,
        },
        changes: &[|f| {
            f.cache = |c| Cache {
                z1: c.z2,
                a1: c.a2,
                z2: c.z1,
                a2: c.a1,
            };
        }],
    },
    Misconception {
        hint: Hint {
            id: "cache_z1_overwritten",
            wrong: "En tu caché Z1 es igual a A1: guardas la activación en los dos sitios.",
            question: "La caché tiene cuatro matrices. ¿Cuál de ellas es la anterior a tanh?",
            formula: CACHE,
        },
        changes: &[|f| {
            f.cache = |c| Cache {
                z1: c.a1.clone(),
                ..c
            };
        }],
    },
    Misconception {
        hint: Hint {
            id: "cache_z2_overwritten",
            wrong: "En tu caché Z2 es igual a A2: guardas la activación en los dos sitios.",
            question: "La caché tiene cuatro matrices. ¿Cuál de ellas es la anterior a la sigmoide?",
            formula: CACHE,
        },
        changes: &[|f| {
            f.cache = |c| Cache {
                z2: c.a2.clone(),
                ..c
            };
        }],
    },
    Misconception {
        hint: Hint {
            id: "cache_a1_overwritten",
            wrong: "En tu caché A1 es igual a Z1, aunque Z2 la usa bien: guardas la matriz anterior a tanh.",
            question: "¿Qué dos matrices distintas salen de la primera capa?",
            formula: CACHE,
        },
        changes: &[|f| {
            f.cache = |c| Cache {
                a1: c.z1.clone(),
                ..c
            };
        }],
    },
];
