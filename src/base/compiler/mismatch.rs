//! What rustc says where a value, an operation or a call has other types than it needs.

use super::types::{named, short};
use super::{Diagnostic, habits};

/// Of `expected `f64`, found `usize``.
pub fn mismatched(error: &Diagnostic) -> String {
    let general = "los tipos no coinciden";
    let Some((expected, found)) = error
        .labels()
        .find_map(|it| it.strip_prefix("expected ")?.split_once(", found "))
    else {
        return general.to_owned();
    };
    if let Some(about) = dimensions(error, expected, found) {
        return format!("{general}: {about}");
    }
    let (expected, found) = (named(expected), named(found));
    let advice = advice(error, &expected, &found);
    format!("{general}: se esperaba {expected}, y hay {found}{advice}")
}

fn advice(error: &Diagnostic, expected: &str, found: &str) -> &'static str {
    const NUMBERS: [&str; 4] = [
        "`f64`",
        "`usize`",
        "un número entero",
        "un número con decimales",
    ];
    let is_array = |name: &str| name.starts_with("`Array");
    if NUMBERS.contains(&expected) && NUMBERS.contains(&found) {
        ": convierte con `as f64` o `as usize`, y escribe 1.0 en lugar de 1"
    } else if expected.starts_with("`&mut Vec")
        && error.notes.iter().any(|it| it.contains("`push`"))
    {
        ": para añadir un valor se escribe `.push(valor)`"
    } else if expected.starts_with("`&") && !found.starts_with("`&") {
        ": ¿falta un `&`?"
    } else if found.starts_with("`&") && !expected.starts_with("`&") {
        ": ¿sobra un `&`, o falta `.clone()`?"
    } else if expected == "`bool`" && found == "`()`" {
        ": para comparar se escribe `==`"
    } else if found == "`()`" {
        ": ¿hay un punto y coma después de lo que la función devuelve, o falta devolver algo?"
    } else if is_array(expected) && found.contains("{integer}") {
        ": escribe los números con decimales, 1.0 en lugar de 1"
    } else if is_array(expected) && found.starts_with("`Vec<") {
        ": una matriz se escribe `array![[1.0, 2.0]]`"
    } else {
        ""
    }
}

/// Of a vector in place of a matrix, or the other way round.
fn dimensions(error: &Diagnostic, expected: &str, found: &str) -> Option<&'static str> {
    let is = |text: &str, number: &str| text.ends_with(&format!("with a size of {number}"));
    let code = error.primary().map_or("", |it| it.text.as_str());
    match (expected, found) {
        (two, one) if is(two, "2") && is(one, "1") && code.contains("::zeros(") => Some(
            "las dos medidas van juntas entre paréntesis, como `Array2::zeros((filas, columnas))`",
        ),
        (two, one) if is(two, "2") && is(one, "1") => Some(
            "se esperaba una matriz (dos ejes), y hay un vector (uno): después de `.sum_axis(Axis(1))` devuelve el eje con `.insert_axis(Axis(1))`",
        ),
        (one, two) if is(one, "1") && is(two, "2") => {
            Some("se esperaba un vector (un eje), y hay una matriz (dos)")
        }
        _ => None,
    }
}

pub fn trait_is_missing(error: &Diagnostic, names: &[&str]) -> String {
    if let ["?", ..] = names {
        return "`?` solo se puede usar en una función que devuelve `Result` u `Option`".to_owned();
    }
    if error.message.starts_with("cannot ") || error.message.starts_with("can't ") {
        return operation(error, names);
    }
    match names {
        [of, needed, ..] if needed.contains("Dot<") => match dot(error) {
            told if told.starts_with("a `.dot") => told,
            _ => format!(
                "`.dot(…)` no admite ese argumento ({}): pásale un préstamo, `.dot(&b)`",
                short(of)
            ),
        },
        [of, needed, ..] if needed.contains("NdIndex<") => format!(
            "una matriz no se indexa con `{}`: la fila y la columna van en dos corchetes, como `a[[0, 1]]`",
            short(of)
        ),
        [of, needed, ..] if needed.contains("Display") => {
            format!("`{}` no se imprime con `{{}}`: escribe `{{:?}}`", short(of))
        }
        [of, by, ..] if error.message.contains("cannot be indexed by") => format!(
            "`{}` no se indexa con `{}`: el índice es un `usize`",
            short(of),
            short(by)
        ),
        [of, needed, ..] => format!(
            "`{}` no sirve aquí: le falta `{}`; ¿falta un `&`, o es otro tipo?",
            short(of),
            short(needed)
        ),
        _ => error.message.clone(),
    }
}

/// Of `cannot multiply `usize` by `f64``, and of a binary operation.
pub fn operation(error: &Diagnostic, names: &[&str]) -> String {
    const COMPARISONS: [&str; 6] = ["<", ">", "<=", ">=", "==", "!="];
    if let [sign, of, ..] = names
        && COMPARISONS.contains(sign)
        && of.contains("ArrayBase")
    {
        return format!(
            "`{sign}` no compara una matriz: compara cada elemento, como `a.mapv(|v| if v {sign} 0.5 {{ 1.0 }} else {{ 0.0 }})`"
        );
    }
    let others = error.spans.iter().filter(|it| !it.is_primary);
    let others = others.map(|it| it.label.as_str());
    let types = names
        .iter()
        .copied()
        .filter(|name| name.len() > 1 || name.chars().all(char::is_alphanumeric));
    // A binary operation names one type in the message, and both at the code.
    let mut types: Vec<String> = match names {
        [sign, _] if !sign.chars().any(char::is_alphanumeric) && others.clone().count() == 2 => {
            others.map(named).collect()
        }
        _ => types.map(named).collect(),
    };
    types.dedup();
    let is_whole = |it: &&str| ["usize", "{integer}", "i32"].contains(it);
    let advice = match names.iter().any(is_whole) {
        true => "convierte con `as f64`, y escribe 1.0 en lugar de 1",
        false => "¿falta un `&`, o es otro tipo?",
    };
    format!(
        "esa operación no existe entre {}: {advice}",
        types.join(" y ")
    )
}

pub fn arguments(error: &Diagnostic) -> String {
    let numbers: Vec<&str> = error
        .message
        .split(|c: char| !c.is_ascii_digit())
        .filter(|it| !it.is_empty())
        .collect();
    let code = error.primary().map_or("", |it| it.code.as_str());
    if let [_, "2"] = numbers[..]
        && let Some(name) = code.strip_prefix("Array2::")
    {
        return format!(
            "`{code}` recibe una forma: las dos medidas van juntas entre paréntesis, `Array2::{name}((filas, columnas))`"
        );
    }
    match numbers[..] {
        [takes, given] => {
            format!("número de argumentos: la función recibe {takes}, y aquí se le dan {given}")
        }
        _ => "el número de argumentos no es el de la función".to_owned(),
    }
}

/// A product that rustc finds no end to.
pub fn dot(error: &Diagnostic) -> String {
    match habits::argument_of_dot(error) {
        Some(argument) => {
            format!("a `.dot({argument})` le falta un `&`: escribe `.dot(&{argument})`")
        }
        None => "el compilador no encuentra esa operación para esos tipos: ¿falta un `&`, como en `.dot(&b)`?".to_owned(),
    }
}
