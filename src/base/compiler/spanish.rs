//! The compiler's commonest messages in Spanish; the others are left as they are.

use super::mismatch::{arguments, dot, mismatched, operation, trait_is_missing};
use super::types::{quoted, short};
use super::{Diagnostic, habits, syntax};

/// One line on what is wrong, and what to write.
pub fn message(error: &Diagnostic) -> String {
    by_code(error)
        .or_else(|| syntax::message(error))
        .unwrap_or_else(|| error.message.clone())
}

fn by_code(error: &Diagnostic) -> Option<String> {
    let names = quoted(&error.message);
    let name = names.first().copied().unwrap_or_default();
    Some(match error.code.as_str() {
        "E0308" => mismatched(error),
        "E0271" if error.labels().any(|it| it.contains("an array with a size of")) => {
            mismatched(error)
        }
        "E0382" => format!(
            "`{name}` ya se movió: su valor pasó a otra variable o función y aquí se usa otra vez; presta con `&{name}`, o copia con `{name}.clone()`"
        ),
        "E0425" => unknown(error, name, "definido antes de usarse"),
        "E0412" | "E0433" | "E0432" => habits::unknown_name(name).map_or_else(
            || format!("no existe `{name}`: {}", meant(error, "¿está bien escrito, y falta un `use`?")),
            |instead| format!("no existe `{name}`: {instead}"),
        ),
        "E0277" => trait_is_missing(error, &names),
        "E0369" | "E0368" => operation(error, &names),
        "E0600" => match names[..] {
            [sign, of, ..] => format!("`{sign}` no se puede poner delante de `{}`", short(of)),
            _ => return None,
        },
        "E0275" => dot(error),
        "E0599" => match names[..] {
            [method, of, ..] => format!(
                "`{}` no tiene `{method}`: {}",
                short(of),
                habits::unknown_method(method).map_or_else(
                    || meant(error, "¿está bien escrito, y es ese su tipo?"),
                    str::to_owned
                )
            ),
            _ => return None,
        },
        "E0609" | "E0560" => match names[..] {
            [field, of, ..] => format!(
                "`{}` no tiene el campo `{field}`{}",
                short(of),
                habits::unknown_field(field).map_or(String::new(), |instead| format!(": {instead}"))
            ),
            _ => return None,
        },
        "E0615" => format!("`{name}` es un método: escríbelo con paréntesis, `.{name}()`"),
        "E0616" => format!("el campo `{name}` es privado"),
        "E0063" => missing_fields(&names)?,
        "E0502" | "E0499" | "E0506" => format!(
            "`{name}` está prestado y se necesita de otra manera a la vez: un préstamo `&mut` no convive con otros; haz una copia con `.clone()` o separa los pasos"
        ),
        "E0505" => format!("`{name}` se mueve mientras sigue prestado: presta con `&` o copia con `.clone()`"),
        "E0507" => format!("no se puede sacar `{name}` de detrás de un préstamo: usa `&{name}` o `{name}.clone()`"),
        "E0596" if error.message.contains("behind a `&` reference") => format!(
            "`{name}` llega prestado con `&` y no se puede modificar: calcula un valor nuevo con `let`, o recibe `&mut`"
        ),
        "E0594" if error.message.contains("behind a `&` reference") => format!(
            "`{name}` llega prestado con `&` y no se puede modificar: calcula un valor nuevo con `let`, o recibe `&mut`"
        ),
        "E0596" | "E0594" => format!("`{name}` no se puede modificar: decláralo con `let mut`, o recibe `&mut`"),
        "E0384" => format!("`{name}` no se puede volver a asignar: decláralo con `let mut`"),
        "E0597" | "E0515" | "E0716" => "se devuelve o se guarda un préstamo de algo que deja de existir: devuelve el valor, no `&`".to_owned(),
        "E0061" | "E0057" => arguments(error),
        "E0614" => habits::line(error)
            .unwrap_or_else(|| "se usa `*` sobre algo que no es un préstamo: quita el `*`".to_owned()),
        "E0608" => "se usa `[…]` sobre algo que no se puede indexar".to_owned(),
        "E0282" | "E0283" => "el compilador no puede deducir el tipo: escríbelo, por ejemplo `let a: Array2<f64> = …`".to_owned(),
        "E0317" => "a este `if` le falta su `else`, porque su valor se usa".to_owned(),
        "E0423" if error.message.contains("found macro") => {
            let name = names.last().copied().unwrap_or_default();
            habits::unknown_name(name)
                .unwrap_or_else(|| format!("`{name}` es una macro: escríbela con `!`, como `{name}!(…)`"))
        }
        "E0423" | "E0424" => format!("`{name}` no es un valor"),
        "E0428" => format!("`{name}` está definido dos veces en la misma celda"),
        "E0435" => "`[a; n]` repite `a` un número fijo de veces: las medidas de una matriz van entre paréntesis, `(filas, columnas)`".to_owned(),
        "E0604" | "E0605" | "E0606" => "esa conversión con `as` no es posible".to_owned(),
        "E0133" => "hace falta `unsafe`, que la calificación no admite".to_owned(),
        _ => return None,
    })
}

impl Diagnostic {
    /// What rustc writes at the code, and in its notes.
    pub(super) fn labels(&self) -> impl Iterator<Item = &str> {
        let primary = self.spans.iter().filter(|it| it.is_primary);
        primary
            .map(|it| it.label.as_str())
            .chain(self.notes.iter().map(String::as_str))
    }
}

fn unknown(error: &Diagnostic, name: &str, defined: &str) -> String {
    match habits::unknown_name(name).or_else(|| habits::line(error)) {
        Some(instead) => format!("no existe `{name}`: {instead}"),
        None => format!(
            "no existe `{name}`: {}",
            meant(error, &format!("¿está bien escrito, y {defined}?"))
        ),
    }
}

/// Asks whether a name that is much like it was meant, where there is one.
fn meant(error: &Diagnostic, otherwise: &str) -> String {
    // Of one letter, rustc finds many much like it.
    match error.similar.as_deref().filter(|it| it.chars().count() > 1) {
        Some(similar) => format!("¿quisiste escribir `{similar}`?"),
        None => otherwise.to_owned(),
    }
}

fn missing_fields(names: &[&str]) -> Option<String> {
    let (of, fields) = names.split_last()?;
    let fields: Vec<String> = fields.iter().map(|it| format!("`{it}`")).collect();
    Some(format!(
        "faltan campos al construir `{}`: {}",
        short(of),
        fields.join(", ")
    ))
}
