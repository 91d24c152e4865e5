//! What rustc says without a code: of text that is no Rust, of macros, and of what is printed.

use super::types::quoted;
use super::{Diagnostic, habits};
use crate::pasted;

pub fn message(error: &Diagnostic) -> Option<String> {
    let message = error.message.as_str();
    let found = quoted(message).last().copied().unwrap_or_default();
    let says = |words: &str| message.contains(words);
    if let Some(c) = pasted::unknown_to_rustc(message) {
        return Some(format!("hay {}", pasted::explained(c)));
    }
    if error.is_syntax()
        && let Some(told) = habits::line(error)
    {
        return Some(told);
    }
    Some(if says("unclosed delimiter") {
        "falta cerrar un paréntesis, un corchete o una llave".to_owned()
    } else if says("unexpected closing delimiter") {
        "sobra un paréntesis, un corchete o una llave de cierre".to_owned()
    } else if says("mismatched closing delimiter") {
        "lo que se cierra no es lo que se abrió: revisa (), [] y {}".to_owned()
    } else if says("expected `;`") || (says("expected one of") && says("`;`") && found != ",") {
        missing("un punto y coma, o un operador,", found)
    } else if says("expected one of") && found == "," && error.line_has('[') {
        "la fila y la columna de una matriz van en dos corchetes, como `a[[0, 1]]`".to_owned()
    } else if says("expected one of") && says("`;`") {
        "sobra una coma, o faltan paréntesis: varios valores juntos se escriben `(a, b)`".to_owned()
    } else if says("expected `,`") || (says("expected one of") && says("`,`")) {
        missing("una coma", found)
    } else if says("expected `{`") {
        missing("una llave `{`", found)
    } else if message.starts_with("expected ") && says("found") {
        format!(
            "esto no es lo que Rust espera aquí: sobra o falta algo antes de {}",
            there(found)
        )
    } else if says("cannot find macro") {
        let name = quoted(message).first().copied()?;
        match &error.similar {
            Some(similar) => {
                format!("no existe la macro `{name}!`: ¿quisiste escribir `{similar}!`?")
            }
            None => format!("no existe la macro `{name}!`"),
        }
    } else if says("in format string, but") {
        "no hay tantos valores como `{}` en el texto: a cada `{}` le corresponde uno".to_owned()
    } else if says("argument never used") || says("unused formatting argument") {
        "hay más valores que `{}` en el texto: a cada valor le corresponde uno".to_owned()
    } else if says("format argument must be a string literal") {
        "se imprime un texto con `{}`: escribe `println!(\"{}\", valor)`".to_owned()
    } else if says("comparison operators cannot be chained") {
        "las comparaciones no se encadenan: escribe `a < b && b < c`".to_owned()
    } else if says("is not a logical operator") {
        "en Rust, «y» es `&&`, y «o» es `||`".to_owned()
    } else if says("postfix increment") || says("postfix decrement") {
        "en Rust no hay `++` ni `--`: escribe `i += 1`".to_owned()
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

impl Diagnostic {
    fn line_has(&self, sign: char) -> bool {
        self.primary().is_some_and(|it| it.text.contains(sign))
    }
}

fn missing(what: &str, found: &str) -> String {
    format!("falta {what} antes de {}", there(found))
}

/// What comes next. The kernel's own code comes where a cell ends.
fn there(found: &str) -> String {
    match found {
        "evcxr_variable_store" | "<end of input>" | "<eof>" => "el final de la celda".to_owned(),
        found => format!("`{found}`"),
    }
}
