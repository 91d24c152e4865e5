//! What evcxr says by itself, without the compiler, and what a student is told.

/// Where the program of the notebook has ended.
const LOST: &str = "Las variables se perdieron, y las funciones no: vuelve a ejecutar las celdas que definen las variables \
    (en el menú, Run → Run All Above Selected Cell).";

/// A text of which we know better words has these from there on.
pub fn in_spanish(text: &str) -> String {
    let told = [
        from(text, "The variable `", borrowed),
        from(
            text,
            "Couldn't automatically determine type of variable `",
            untyped,
        ),
        from(text, "Subprocess terminated with status: ", ended),
        // What evcxr adds to it on macOS is about another cause.
        from(text, "Subprocess terminated with ", ended),
    ];
    told.into_iter()
        .flatten()
        .next()
        .unwrap_or_else(|| text.to_owned())
}

fn from(text: &str, start: &str, tell: fn(&str) -> Option<String>) -> Option<String> {
    let (before, rest) = text.split_once(start)?;
    Some(format!("{before}{}", tell(rest)?))
}

fn borrowed(rest: &str) -> Option<String> {
    let (name, why) = rest.split_once('`')?;
    why.contains("non-static lifetime").then(|| {
        format!(
            "`{name}` guarda un préstamo (`&…`, o algo como `x.iter()`), y un préstamo no pasa de una celda a otra: guarda una \
             copia, como `let {name} = v.clone();` o `.to_owned()`, o úsalo en la misma celda, entre llaves {{ … }}."
        )
    })
}

fn untyped(rest: &str) -> Option<String> {
    let (name, _) = rest.split_once('`')?;
    Some(format!(
        "No sé de qué tipo es `{name}`, y sin eso no pasa a otras celdas: escríbelo, como en `let {name}: Vec<f64> = …`."
    ))
}

/// Of how a program ended, as `signal: 11 (SIGSEGV)` or `exit status: 3`.
fn ended(status: &str) -> Option<String> {
    let said: Vec<&str> = status.split_whitespace().collect();
    let why = match said[..] {
        ["signal" | "signal:", number, ..] => by_signal(number)?.to_owned(),
        // So Windows tells what elsewhere is a signal.
        ["exit", "code:", code, ..] if code.starts_with("0xc") => OVERFLOW.to_owned(),
        ["exit", kind @ ("status:" | "code:"), code, ..] => format!(
            "El programa del cuaderno terminó por sí mismo, con `std::process::exit` o algo parecido (exit {kind} {code})."
        ),
        _ => return None,
    };
    Some(format!("{why} {LOST}"))
}

const OVERFLOW: &str = "El programa del cuaderno se detuvo: lo más probable es que una función se llame a sí misma sin fin.";

fn by_signal(number: &str) -> Option<&'static str> {
    match number.trim_end_matches('.') {
        "4" | "6" | "7" | "8" | "10" | "11" => Some(OVERFLOW),
        "2" | "9" | "15" => Some(
            "El programa del cuaderno se detuvo: lo paraste tú (■), o el sistema se quedó sin memoria.",
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::in_spanish;

    /// As evcxr 0.22 says it on Linux, Windows and macOS.
    const SAID: [(&str, &str); 8] = [
        (
            "The variable `r` contains a reference with a non-static lifetime so\ncan't be persisted.",
            "`r` guarda un préstamo",
        ),
        (
            "Couldn't automatically determine type of variable `x`.\nPlease give it an explicit type.",
            "No sé de qué tipo es `x`",
        ),
        (
            "Subprocess terminated with status: signal: 11 (SIGSEGV) (core dumped)",
            "se llame a sí misma sin fin",
        ),
        (
            "Subprocess terminated with status: exit code: 0xc00000fd",
            "se llame a sí misma sin fin",
        ),
        (
            "Subprocess terminated with status: signal: 9 (SIGKILL)",
            "lo paraste tú (■)",
        ),
        (
            "Subprocess terminated with signal 9. This is known to happen when evcxr is installed via a Homebrew shell.",
            "lo paraste tú (■)",
        ),
        (
            "Subprocess terminated with status: exit status: 3",
            "(exit status: 3)",
        ),
        (
            "Subprocess terminated with status: exit code: 1",
            "(exit code: 1)",
        ),
    ];

    #[test]
    fn what_evcxr_says_by_itself_is_told_in_spanish() {
        for (said, told) in SAID {
            let spanish = in_spanish(&format!("antes\n{said}"));
            assert!(
                spanish.starts_with("antes\n") && spanish.contains(told),
                "{spanish}"
            );
            assert!(!spanish.contains("Subprocess"), "{spanish}");
        }
        assert_eq!(in_spanish("mismatched types"), "mismatched types");
    }
}
