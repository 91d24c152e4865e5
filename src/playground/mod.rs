//! A student's own network, alive in a page: their functions, compiled to WebAssembly by the course's
//! kernel, train in the browser.
//!
//! | module | does |
//! |---|---|
//! | [`engine`] | trains, in WebAssembly, with a student's functions |
//! | `compiled` | finds what the course's kernel has compiled |
//! | `page` | puts it into a page, with `playground.js` |

mod compiled;
#[doc(hidden)]
pub mod engine;
mod page;

use std::fmt;
use std::fs;

use ndarray::Array2;

use self::compiled::Compiled;
use self::page::Page;
use crate::check::or_line;
use crate::dataset::load_planar_dataset;
use crate::display::show;
use crate::network::{LayerSize, Parameters, passes};
use crate::plot::{Figure, plot_db};
use crate::random::RandomState;

/// How many costs the page compares with those of `nn_model`.
const COMPARED: usize = 1_000;

/// A page in which the functions of this notebook train live: `init_parameters`, `fpropagation`,
/// `cost_function`, `bpropagation`, `update_parameters` and `predict`, compiled to WebAssembly by the
/// course's kernel. The first 1,000 costs on the flower, with 4 units, a rate of 1.2 and seed 2, are
/// compared with those of `nn_model`, bit for bit.
///
/// Where the kernel has compiled nothing, a still picture and one line on why stand in its place.
pub fn playground<N>(nn_model: N) -> Playground
where
    N: Fn(
        &Array2<f64>,
        &Array2<f64>,
        &LayerSize,
        usize,
        f64,
        &mut RandomState,
    ) -> (Parameters, Vec<f64>),
{
    Playground(page_of(nn_model, ""))
}

/// Writes the same as one file, which needs nothing else, for anyone's browser: the network trains as
/// soon as it is opened, and the functions' text lies folded below. `name` may be empty.
///
/// It says what it wrote, or why it did not, in one line.
pub fn compartir<N>(path: &str, name: &str, nn_model: N)
where
    N: Fn(
        &Array2<f64>,
        &Array2<f64>,
        &LayerSize,
        usize,
        f64,
        &mut RandomState,
    ) -> (Parameters, Vec<f64>),
{
    let said = match page_of(nn_model, name) {
        Err(line) => line,
        Ok(Page {
            compiled: Compiled::Nothing(why),
            ..
        }) => format!("No escribo {path}: {why}."),
        Ok(page) => {
            let text = page.document();
            match fs::write(path, &text) {
                Ok(()) => format!(
                    "Escribí {path} ({} kB). Se abre en cualquier navegador, también en un teléfono y sin red.",
                    text.len() / 1000
                ),
                Err(error) => format!("No puedo escribir {path}: {error}. Prueba con otro nombre."),
            }
        }
    };
    println!("{said}");
}

fn page_of<N>(nn_model: N, name: &str) -> Result<Page, String>
where
    N: Fn(
        &Array2<f64>,
        &Array2<f64>,
        &LayerSize,
        usize,
        f64,
        &mut RandomState,
    ) -> (Parameters, Vec<f64>),
{
    let (x, y) = load_planar_dataset(1);
    let size = LayerSize {
        n_x: 2,
        n_h: 4,
        n_y: 1,
    };
    let (parameters, costs) =
        or_line(|| nn_model(&x, &y, &size, COMPARED, 1.2, &mut RandomState::new(2)))?;
    let picture = or_line(|| {
        let output = |x: &Array2<f64>| passes::forward(x, &parameters, passes::TANH).a2;
        plot_db(output, &x, &y).into_result()
    })?;
    let title = match name.trim() {
        "" => "Tu red, en vivo".to_owned(),
        name => format!("La red de {name}"),
    };
    let picture: Figure = picture.map_err(|error| format!("No hay figura: {error}"))?;
    Ok(Page {
        picture: picture.titled(&format!("Tu red después de {COMPARED} iteraciones")),
        title,
        costs,
        compiled: compiled::find(),
    })
}

/// What [`playground`] shows.
pub struct Playground(Result<Page, String>);

impl Playground {
    #[doc(hidden)]
    pub fn evcxr_display(&self) {
        match &self.0 {
            Ok(page) => show(&[
                ("text/html", &page.figure()),
                ("text/plain", &page.picture.to_string()),
            ]),
            Err(line) => show(&[("text/plain", line)]),
        }
    }
}

impl fmt::Debug for Playground {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match &self.0 {
            Ok(page) => page.picture.fmt(f),
            Err(line) => f.write_str(line),
        }
    }
}
