//! Calls a student's function, and says in Spanish what it threw.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// What a student's function threw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::check) struct Panic {
    /// Rust's or ndarray's own words.
    pub message: String,
}

type Hook = dyn Fn(&PanicHookInfo) + Sync + Send;

/// How many calls are under way, in all threads, and the hook that was there before the first.
struct Installed {
    calls: usize,
    previous: Option<Arc<Box<Hook>>>,
}

static INSTALLED: Mutex<Installed> = Mutex::new(Installed {
    calls: 0,
    previous: None,
});

thread_local! {
    static CATCHING: Cell<bool> = const { Cell::new(false) };
    static MESSAGE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Calls `f`. What it throws is returned, and nothing is printed.
pub(in crate::check) fn catch<T>(f: impl FnOnce() -> T) -> Result<T, Panic> {
    let _quiet = Quiet::start();
    let outer = CATCHING.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(f));
    CATCHING.set(outer);
    result.map_err(|payload| {
        let message = MESSAGE
            .take()
            .or_else(|| text_of(&*payload))
            .unwrap_or_default();
        // A payload of the student's own may panic when it is dropped.
        std::mem::forget(payload);
        Panic { message }
    })
}

/// While one lives, panics inside [`catch`] print nothing; those of other threads go to the hook
/// that was there before.
struct Quiet {
    counted: bool,
}

impl Quiet {
    fn start() -> Quiet {
        // A panicking thread may not change the hook.
        if thread::panicking() {
            return Quiet { counted: false };
        }
        let mut installed = lock();
        if installed.calls == 0 {
            let previous = Arc::new(panic::take_hook());
            installed.previous = Some(Arc::clone(&previous));
            // Without our lock: whoever holds it may be waiting for this hook to end, to change it.
            panic::set_hook(Box::new(move |info| {
                if CATCHING.get() {
                    MESSAGE.set(text_of(info.payload()));
                } else {
                    previous(info);
                }
            }));
        }
        installed.calls += 1;
        Quiet { counted: true }
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        if !self.counted || thread::panicking() {
            return;
        }
        let mut installed = lock();
        installed.calls -= 1;
        if installed.calls == 0
            && let Some(previous) = installed.previous.take()
        {
            drop(panic::take_hook());
            panic::set_hook(Arc::try_unwrap(previous).unwrap_or_else(|kept| {
                // The function that was called has put our hook inside one of its own.
                Box::new(move |info| kept(info))
            }));
        }
    }
}

fn lock() -> MutexGuard<'static, Installed> {
    INSTALLED.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(in crate::check) fn text_of(payload: &(dyn Any + Send)) -> Option<String> {
    payload
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| payload.downcast_ref::<&str>().map(ToString::to_string))
}

impl Panic {
    /// `todo!()` or `unimplemented!()`.
    pub fn is_unsolved(&self) -> bool {
        self.message.starts_with("not yet implemented")
            || self.message.starts_with("not implemented")
    }

    /// Whether two came of the same mistake, as far as their words tell.
    pub fn is_like(&self, other: &Panic) -> bool {
        self == other || (self.is_between_elements() && other.is_between_elements())
    }

    /// `a + b` and `Zip` say the same in other words, without the shapes.
    fn is_between_elements(&self) -> bool {
        [
            "ShapeError",
            "equal_dim",
            "Zip: Producer dimension mismatch",
        ]
        .iter()
        .any(|words| self.message.contains(words))
    }

    /// Whether the message names shapes, and so tells one mistake from another.
    pub fn names_shapes(&self) -> bool {
        self.message.starts_with("ndarray: inputs")
            || self.message.starts_with("ndarray: could not broadcast")
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_of_another_thread_does_not_wait_for_ours() {
        thread::scope(|scope| {
            scope.spawn(|| {
                for _ in 0..300 {
                    let _ = panic::catch_unwind(|| panic!("of another thread"));
                }
            });
            for _ in 0..300 {
                assert_eq!(catch(|| panic!("ours")).unwrap_err().message, "ours");
            }
        });
    }
}
