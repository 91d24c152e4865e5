//! What a student's function threw, told in Spanish.

use super::panics::Panic;

impl Panic {
    /// In Spanish. `symbol` names a number of rows or columns, such as n_h, where it can.
    pub fn in_spanish(&self, symbol: &dyn Fn(usize) -> Option<&'static str>) -> String {
        let text = self.message.as_str();
        let numbers = numbers_in(text);
        if text.starts_with("ndarray: inputs")
            && let [a, b, c, d, ..] = numbers[..]
        {
            return incompatible_product([a, b, c, d], symbol);
        }
        if text.starts_with("ndarray: could not broadcast") {
            return broadcast(text, symbol);
        }
        if self.is_between_elements() {
            return match numbers[..] {
                [a, b, c, d] => format!(
                    "operación elemento a elemento entre una matriz ({a}×{b}) y otra ({c}×{d}): sus formas no son compatibles"
                ),
                _ => "operación elemento a elemento entre matrices cuyas formas no son compatibles: imprime la forma de cada una con .dim()".into(),
            };
        }
        if OUT_OF_RANGE.iter().any(|words| text.contains(words)) {
            return index(text, &numbers);
        }
        if text.contains("on a `None` value") {
            return "se llamó a unwrap() sobre un None: no había ningún valor que sacar (¿una media de cero elementos, un next() de más?)".into();
        }
        if text.starts_with("called `Result::unwrap") {
            return "se llamó a unwrap() sobre un Err: una operación de tu función falló y su error no se trató".into();
        }
        arithmetic(text).unwrap_or_else(|| other(text))
    }
}

fn incompatible_product(
    [a, b, c, d]: [usize; 4],
    symbol: &dyn Fn(usize) -> Option<&'static str>,
) -> String {
    let mut text = format!("producto de matrices incompatible: ({a}×{b})·({c}×{d})");
    if let (Some(a), Some(b), Some(c), Some(d)) = (symbol(a), symbol(b), symbol(c), symbol(d)) {
        text += &format!(", es decir, ({a} × {b})·({c} × {d})");
    }
    text + &format!(
        ". Las columnas de la izquierda ({b}) deben ser tantas como las filas de la derecha ({c})"
    )
}

/// `… from shape: [2, 1] to: [5, 7]`
fn broadcast(text: &str, symbol: &dyn Fn(usize) -> Option<&'static str>) -> String {
    let (from, to) = text.split_once(" to: ").unwrap_or((text, ""));
    let shape = |text: &str| {
        let lengths = numbers_in(text);
        let plain: Vec<String> = lengths.iter().map(ToString::to_string).collect();
        let named: Option<Vec<&str>> = lengths.iter().map(|&n| symbol(n)).collect();
        match named {
            Some(named) => format!("({}) = ({})", named.join(" × "), plain.join("×")),
            None => format!("({})", plain.join("×")),
        }
    };
    format!(
        "una matriz de forma {} no se puede extender a la forma {}: solo se repite una dimensión que mide 1",
        shape(from),
        shape(to)
    )
}

/// Of slices, vectors and ndarray.
const OUT_OF_RANGE: &[&str] = &[
    "out of bounds",
    "out of range for slice",
    "must be less than axis length",
    "is past end of axis",
    "but it ends at",
    "must be less than length of Axis",
    "self.ndim()",
];

fn index(text: &str, numbers: &[usize]) -> String {
    match numbers {
        [index, length, ..] if text.starts_with("collapse_axis: Index") => {
            format!("índice fuera de rango: se pidió la fila o columna {index} donde hay {length} (se cuenta desde 0)")
        }
        [length, index] if text.starts_with("index out of bounds: the len is") => {
            format!("índice fuera de rango: se pidió la posición {index} donde hay {length} elementos (se cuenta desde 0)")
        }
        _ => "índice fuera de rango: se pidió una fila, columna o eje que la matriz no tiene (se cuenta desde 0)".into(),
    }
}

fn arithmetic(text: &str) -> Option<String> {
    let operation = |text: &str| {
        [
            ("add", "una suma"),
            ("subtract", "una resta"),
            ("multiply", "una multiplicación"),
            ("negate", "un cambio de signo"),
            ("divide", "una división"),
        ]
        .into_iter()
        .find(|(english, _)| text.contains(english))
        .map_or("una operación", |(_, spanish)| spanish)
    };
    if text == "attempt to divide by zero" || text.contains("divisor of zero") {
        Some("división entera por cero".into())
    } else if text.starts_with("attempt to") && text.contains("overflow") {
        Some(format!(
            "desbordamiento aritmético en {}: el resultado no cabe en su tipo entero (¿una resta de usize por debajo de 0?)",
            operation(text)
        ))
    } else {
        None
    }
}

/// Words of the student's own are quoted; what is left of Rust's own is told in general.
fn other(text: &str) -> String {
    let rusts_own = [
        (
            "assertion ",
            "no se cumplió una comprobación (assert) de tu función",
        ),
        ("explicit panic", "tu función llamó a panic!()"),
        (
            "internal error: entered unreachable code",
            "tu función llegó a un unreachable!()",
        ),
        (
            "already borrowed",
            "un mismo valor se tomó prestado dos veces a la vez",
        ),
        (
            "already mutably borrowed",
            "un mismo valor se tomó prestado dos veces a la vez",
        ),
        (
            "capacity overflow",
            "se pidió más memoria de la que puede haber",
        ),
        (
            "Uniform::new",
            "Uniform::new necesita un límite inferior menor que el superior",
        ),
    ];
    if let Some((_, spanish)) = rusts_own
        .iter()
        .find(|(english, _)| text.starts_with(english))
    {
        (*spanish).into()
    } else if text.starts_with("ndarray: ") {
        "ndarray no pudo hacer una operación con las formas que recibió".into()
    } else if text.is_empty() {
        "sin decir por qué".into()
    } else {
        format!("su mensaje es «{text}»")
    }
}

fn numbers_in(text: &str) -> Vec<usize> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect()
}
