//! The compiler's commonest messages in Spanish; the others are left as they are.

use ex03_base::pasted;

use crate::program::Diagnostic;

pub fn message(error: &Diagnostic) -> String {
    let label = error.primary().map_or("", |span| span.label.as_str());
    by_code(error, label)
        .or_else(|| unknown_character(error))
        .or_else(|| by_words(&error.message))
        .unwrap_or_else(|| error.message.clone())
}

fn by_code(error: &Diagnostic, label: &str) -> Option<String> {
    let names = quoted(&error.message);
    let name = names.first().copied().unwrap_or_default();
    Some(match error.code.as_str() {
        "E0308" => mismatched(label),
        "E0382" => format!(
            "`{name}` ya se movió: su valor pasó a otra variable o función y aquí se usa otra vez; presta con `&{name}`, o copia con `{name}.clone()`"
        ),
        "E0425" => format!("no existe `{name}`: ¿está bien escrito, y definido antes de usarse?"),
        "E0412" | "E0433" | "E0432" => {
            format!("no existe `{name}`: ¿está bien escrito, y falta un `use`?")
        }
        "E0277" => trait_is_missing(&error.message, &names),
        "E0369" => operation(&names),
        "E0275" => "el compilador no encuentra esa operación para esos tipos: ¿falta un `&`, como en `.dot(&b)`?".to_owned(),
        "E0599" => match names[..] {
            [method, of, ..] => format!("`{}` no tiene `{method}`: ¿está bien escrito, y es ese su tipo?", short(of)),
            _ => return None,
        },
        "E0609" | "E0560" => match names[..] {
            [field, of, ..] => format!("`{}` no tiene el campo `{field}`", short(of)),
            _ => return None,
        },
        "E0063" => format!("faltan campos al construir el valor: {}", names.join(", ")),
        "E0502" | "E0499" | "E0506" => format!(
            "`{name}` está prestado y se necesita de otra manera a la vez: un préstamo `&mut` no convive con otros; haz una copia con `.clone()` o separa los pasos"
        ),
        "E0505" => format!("`{name}` se mueve mientras sigue prestado: presta con `&` o copia con `.clone()`"),
        "E0507" => format!("no se puede sacar `{name}` de detrás de un préstamo: usa `&` o `.clone()`"),
        "E0596" => format!("`{name}` no se puede modificar: decláralo con `let mut`, o recibe `&mut`"),
        "E0384" => format!("`{name}` no se puede volver a asignar: decláralo con `let mut`"),
        "E0597" | "E0515" | "E0716" => "se devuelve o se guarda un préstamo de algo que deja de existir: devuelve el valor, no `&`".to_owned(),
        "E0061" | "E0057" => arguments(&error.message),
        "E0614" => "se usa `*` sobre algo que no es un préstamo: quita el `*`".to_owned(),
        "E0608" => "se usa `[…]` sobre algo que no se puede indexar".to_owned(),
        "E0282" | "E0283" => "el compilador no puede deducir el tipo: escríbelo, por ejemplo `let a: Array2<f64> = …`".to_owned(),
        "E0423" | "E0424" => format!("`{name}` no es un valor"),
        "E0428" => format!("`{name}` está definido dos veces en la misma celda"),
        "E0604" | "E0605" | "E0606" => "esa conversión con `as` no es posible".to_owned(),
        "E0133" => "hace falta `unsafe`, que la calificación no admite".to_owned(),
        "E0601" => return None,
        _ => return None,
    })
}

/// Of a character that Rust does not know, such as a dash that was copied from a page: which one stands
/// where, and what to type.
fn unknown_character(error: &Diagnostic) -> Option<String> {
    let character = pasted::unknown_to_rustc(&error.message)?;
    let column = error.primary().map_or(1, |span| span.column);
    let explained = pasted::explained(character);
    Some(format!("en la columna {column} hay {explained}"))
}

fn by_words(message: &str) -> Option<String> {
    let found = || {
        quoted(message)
            .last()
            .copied()
            .unwrap_or_default()
            .to_owned()
    };
    let says = |words: &str| message.contains(words);
    Some(if says("unclosed delimiter") {
        "falta cerrar un paréntesis, un corchete o una llave".to_owned()
    } else if says("unexpected closing delimiter") {
        "sobra un paréntesis, un corchete o una llave de cierre".to_owned()
    } else if says("mismatched closing delimiter") {
        "lo que se cierra no es lo que se abrió: revisa (), [] y {}".to_owned()
    } else if says("expected `;`") || (says("expected one of") && says("`;`")) {
        format!(
            "falta un punto y coma, o un operador, antes de `{}`",
            found()
        )
    } else if says("expected `,`") || (says("expected one of") && says("`,`")) {
        format!("falta una coma antes de `{}`", found())
    } else if message.starts_with("expected ") && says("found") {
        format!(
            "esto no es lo que Rust espera aquí: sobra o falta algo antes de `{}`",
            found()
        )
    } else if says("cannot find macro") {
        format!("no existe la macro `{}!`", quoted(message).first()?)
    } else if says("couldn't read") {
        "intenta leer un archivo al compilar, y aquí no hay ninguno".to_owned()
    } else if says("environment variable") {
        "intenta leer una variable de entorno al compilar, y aquí no hay ninguna".to_owned()
    } else if says("recursion limit reached") {
        "una macro o un tipo se llama a sí mismo sin fin".to_owned()
    } else if says("unterminated double quote string") {
        "falta cerrar unas comillas".to_owned()
    } else {
        return None;
    })
}

/// Of `expected `f64`, found `usize``.
fn mismatched(label: &str) -> String {
    let general = "los tipos no coinciden";
    let Some((expected, found)) = label
        .strip_prefix("expected ")
        .and_then(|it| it.split_once(", found "))
    else {
        return general.to_owned();
    };
    let (expected, found) = (kind(expected), kind(found));
    let advice = if [&expected, &found].iter().all(|it| {
        [
            "`f64`",
            "`usize`",
            "un número entero",
            "un número con decimales",
        ]
        .contains(&it.as_str())
    }) {
        ": convierte con `as f64` o `as usize`, y escribe 1.0 en lugar de 1"
    } else if expected.starts_with("`&") && !found.starts_with("`&") {
        ": ¿falta un `&`?"
    } else if found.starts_with("`&") && !expected.starts_with("`&") {
        ": ¿sobra un `&`, o falta `.clone()`?"
    } else if found == "`()`" {
        ": ¿hay un punto y coma después de lo que la función devuelve, o falta devolver algo?"
    } else {
        ""
    };
    format!("{general}: se esperaba {expected}, y hay {found}{advice}")
}

fn kind(rust: &str) -> String {
    let rust = rust.replace("reference ", "");
    match rust.as_str() {
        "integer" => "un número entero".to_owned(),
        "floating-point number" => "un número con decimales".to_owned(),
        other => match quoted(other)[..] {
            [name, ..] => format!("`{}`", short(name)),
            _ => other.to_owned(),
        },
    }
}

fn trait_is_missing(message: &str, names: &[&str]) -> String {
    if let ["?", ..] = names {
        return "`?` solo se puede usar en una función que devuelve `Result` u `Option`".to_owned();
    }
    if message.starts_with("cannot ") {
        return operation(names);
    }
    match names {
        [of, needed, ..] if needed.contains("Dot<") => format!(
            "`.dot(…)` no admite ese argumento ({}): pásale un préstamo, `.dot(&b)`",
            short(of)
        ),
        [of, needed, ..] => format!(
            "`{}` no sirve aquí: le falta `{}`; ¿falta un `&`, o es otro tipo?",
            short(of),
            short(needed)
        ),
        _ => message.to_owned(),
    }
}

/// Of `cannot multiply `usize` by `f64``, and of a binary operation.
fn operation(names: &[&str]) -> String {
    let types: Vec<String> = names
        .iter()
        .filter(|name| name.len() > 1 || name.chars().all(char::is_alphanumeric))
        .map(|name| format!("`{}`", short(name)))
        .collect();
    let advice = match names
        .iter()
        .any(|it| ["usize", "{integer}", "i32"].contains(it))
    {
        true => "convierte con `as f64`, y escribe 1.0 en lugar de 1",
        false => "¿falta un `&`, o es otro tipo?",
    };
    format!(
        "esa operación no existe entre {}: {advice}",
        types.join(" y ")
    )
}

fn arguments(message: &str) -> String {
    let numbers: Vec<&str> = message
        .split(|c: char| !c.is_ascii_digit())
        .filter(|it| !it.is_empty())
        .collect();
    match numbers[..] {
        [takes, given] => {
            format!("número de argumentos: la función recibe {takes}, y aquí se le dan {given}")
        }
        _ => "el número de argumentos no es el de la función".to_owned(),
    }
}

/// What stands between backquotes.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// ndarray's types as a student knows them.
fn short(name: &str) -> String {
    name.replace("ndarray::", "")
        .replace("ArrayBase<OwnedRepr<f64>, Dim<[usize; 2]>>", "Array2<f64>")
        .replace("ArrayBase<OwnedRepr<f64>, Dim<[usize; 1]>>", "Array1<f64>")
        .replace(
            "ArrayBase<OwnedRepr<f64>, Dim<[usize; 2]>, f64>",
            "Array2<f64>",
        )
        .replace(
            "ArrayBase<OwnedRepr<f64>, Dim<[usize; 1]>, f64>",
            "Array1<f64>",
        )
}
