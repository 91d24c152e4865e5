//! What a student writes out of habit: the slides' Python, or other languages.

use super::Diagnostic;

/// Names of Python, and what stands for them.
const NAMES: [(&str, &str); 19] = [
    (
        "axis",
        "no hay argumentos con nombre: la suma de cada fila es `a.sum_axis(Axis(1)).insert_axis(Axis(1))`",
    ),
    (
        "keepdims",
        "no hay argumentos con nombre: el eje que se pierde vuelve con `.insert_axis(Axis(1))`",
    ),
    (
        "np",
        "aquí no hay numpy: cada operación es un método de la matriz, como `a.sum()` o `a.mapv(f64::ln)`",
    ),
    (
        "numpy",
        "aquí no hay numpy: cada operación es un método de la matriz, como `a.sum()`",
    ),
    ("range", "los números de 0 a n - 1 se escriben `0..n`"),
    ("print", "se imprime con `println!(\"{a:?}\")`"),
    ("len", "la longitud es un método: `v.len()`"),
    ("sum", "la suma es un método: `a.sum()`"),
    (
        "exp",
        "es un método: `z.exp()` de un número, `z.mapv(f64::exp)` de una matriz",
    ),
    (
        "log",
        "el logaritmo natural es `a.ln()` de un número, `a.mapv(f64::ln)` de una matriz",
    ),
    (
        "ln",
        "es un método: `a.ln()` de un número, `a.mapv(f64::ln)` de una matriz",
    ),
    (
        "tanh",
        "es un método: `z.tanh()` de un número, `z.mapv(f64::tanh)` de una matriz",
    ),
    ("zeros", "se escribe `Array2::zeros((filas, columnas))`"),
    ("ones", "se escribe `Array2::ones((filas, columnas))`"),
    ("float", "se convierte con `as f64`"),
    ("True", "en Rust se escribe `true`"),
    ("False", "en Rust se escribe `false`"),
    (
        "null",
        "lo que puede faltar es un `Option`: `None` o `Some(valor)`",
    ),
    ("pi", "π está en `std::f64::consts::PI`"),
];

/// The fields of the exercises' types, which are no variables by themselves.
const FIELDS: [(&str, &str); 4] = [
    ("n_x n_h n_y", "size"),
    ("w1 b1 w2 b2", "parameters"),
    ("z1 a1 z2 a2", "cache"),
    ("dw1 db1 dw2 db2", "gradients"),
];

/// Words with which a line of another language begins.
const WORDS: [(&str, &str); 9] = [
    ("int", "una variable se define con `let`, como `let k = 3;`"),
    (
        "float",
        "una variable se define con `let`, como `let k = 3.0;`",
    ),
    (
        "double",
        "una variable se define con `let`, como `let k = 3.0;`",
    ),
    ("var", "una variable se define con `let`, como `let k = 3;`"),
    (
        "auto",
        "una variable se define con `let`, como `let k = 3;`",
    ),
    (
        "def",
        "una función se define con `fn`, como `fn f(x: f64) -> f64 { x }`",
    ),
    (
        "function",
        "una función se define con `fn`, como `fn f(x: f64) -> f64 { x }`",
    ),
    ("import", "lo de otro módulo se trae con `use`"),
    ("from", "lo de otro módulo se trae con `use`"),
];

/// Of a name that does not exist, what to write.
pub fn unknown_name(name: &str) -> Option<String> {
    let known = NAMES.iter().find(|(python, _)| *python == name);
    let field = FIELDS
        .iter()
        .find(|(fields, _)| fields.split(' ').any(|it| it == name));
    match (known, field) {
        (Some((_, instead)), _) => Some((*instead).to_owned()),
        (_, Some((_, owner))) => Some(format!(
            "¿es el campo `{owner}.{name}`, o falta definirlo antes?"
        )),
        _ => None,
    }
}

/// Of a field that a matrix does not have.
pub fn unknown_field(name: &str) -> Option<&'static str> {
    match name {
        "T" => Some("la transpuesta es `.t()`"),
        "size" => Some("el número de elementos es `.len()`"),
        "length" => Some("la longitud es `.len()`"),
        _ => None,
    }
}

/// Of a method that a value does not have.
pub fn unknown_method(name: &str) -> Option<&'static str> {
    match name {
        "transpose" | "T" => Some("la transpuesta es `.t()`"),
        "size" | "length" => Some("el número de elementos es `.len()`"),
        "log" => Some("el logaritmo natural es `.mapv(f64::ln)`"),
        "append" => Some("a un vector se le añade con `.push(valor)`"),
        "matmul" | "mul" => Some("el producto de matrices es `.dot(&b)`"),
        _ => None,
    }
}

/// What a whole line says that is no Rust.
pub fn line(error: &Diagnostic) -> Option<String> {
    let line = error.primary()?.text.trim_start();
    let first = line.split(|c: char| !c.is_alphanumeric()).next()?;
    let rest = &line[first.len()..];
    // `float(x)` and `from = 3` are something else.
    if rest.starts_with(' ') && rest.trim_start().starts_with(char::is_alphabetic) {
        let known = WORDS.iter().find(|(word, _)| *word == first);
        if let Some((_, instead)) = known {
            return Some(format!("`{first}` no es de Rust: {instead}"));
        }
    }
    if line.contains("**") {
        return Some("`**` no es de Rust: una potencia se escribe `a.powi(2)`, y de una matriz `a.mapv(|v| v.powi(2))`".to_owned());
    }
    None
}

/// `a1` where a line has `.dot(a1)`.
pub fn argument_of_dot(error: &Diagnostic) -> Option<&str> {
    let span = error.primary()?;
    let (_, after) = span.text.split_once(".dot(")?;
    let (argument, _) = after.split_once(')')?;
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    // Where there are more products in the line, we do not say which.
    let is_only = span.text.matches(".dot(").count() == 1;
    (is_only && !argument.is_empty() && argument.chars().all(is_name)).then_some(argument)
}
