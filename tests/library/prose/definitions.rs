//! Counts: of the data, of the parameters, of the exercises, and what the defaults are.

use ex03_utils::check::exercises::NAMES;
use ex03_utils::*;

use super::Told;

pub fn of_the_data(x: &Array2<f64>, y: &Array2<f64>) -> Vec<Told> {
    let (m, of_class_1) = (x.ncols(), y.sum());
    assert_eq!(m as f64, 2.0 * of_class_1);
    let (petals, sectors) = (petals(x), sectors(x, y));
    let words = [
        "?", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho",
    ];
    let (petals, sectors) = (words[petals], words[sectors]);
    vec![
        (
            "1 pregunta-vista-previa",
            format!("Los {petals} pétalos forman {sectors} sectores"),
        ),
        ("2 ver-datos", format!("La flor: {m} puntos")),
        (
            "2 ver-datos",
            format!("O{} pétalos, en {sectors} sectores", &petals[1..]),
        ),
        ("2 los-datos", format!("{of_class_1} puntos de cada clase")),
        ("2 trampa-uint8", format!("hasta {}.", u8::MAX)),
        ("2 trampa-uint8", format!("etiquetas de {} bits", u8::BITS)),
        ("2 trampa-uint8", format!("en {} bits solo cabe", u8::BITS)),
        ("2 trampa-uint8", format!("no pasa de {of_class_1};")),
        ("2 trampa-uint8", format!("pasa de {},", u8::MAX)),
        ("3 de-uno-a-m", format!("Con {m} ejemplos")),
        ("3 de-uno-a-m", format!("se suma a las {m}")),
        ("3 pregunta-5", format!("Hay {of_class_1} de cada una")),
        ("3 pregunta-unidades", format!("porque {m} puntos alcanzan")),
        (
            "3 pregunta-unidades",
            format!("{} sectores de colores alternos", capital(sectors)),
        ),
    ]
}

pub fn of_the_course() -> Vec<Told> {
    let size = LayerSize {
        n_x: 2,
        n_h: 4,
        n_y: 1,
    };
    let count = size.n_h * size.n_x + size.n_h + size.n_y * size.n_h + size.n_y;
    let exercises = NAMES.len();
    let Settings {
        n_h,
        learning_rate,
        num_iterations,
        seed,
        weight_scale,
        ..
    } = Settings::default();
    let moments = replay_iterations(num_iterations).len();
    let moments = match moments {
        38..=42 => "unos cuarenta momentos",
        _ => "?",
    };
    vec![
        ("1 titulo", "cuaderno 1 de 3".to_string()),
        ("2 titulo", "cuaderno 2 de 3".to_string()),
        ("3 titulo", "cuaderno 3 de 3".to_string()),
        (
            "1 autocomprobacion",
            format!(
                "<summary>({}, {})</summary>\n\nAl revés",
                size.n_h, size.n_y
            ),
        ),
        (
            "1 autocomprobacion",
            format!("<summary>({}, {})</summary>\n\nEso es", size.n_y, size.n_h),
        ),
        (
            "1 autocomprobacion",
            format!("<summary>({}, {})</summary>\n\nEsa es", size.n_h, size.n_x),
        ),
        (
            "3 titulo",
            format!("{exercises} ejercicios, {exercises} puntos"),
        ),
        ("3 los-17-gradientes", format!("Opcional: los {count}, y")),
        ("3 los-17-gradientes", format!("los {count} gradientes")),
        ("3 ver-aprender", moments.to_string()),
        (
            "3 explorar-lo-demas",
            format!(
                "{n_h} unidades, tanh, tasa {learning_rate}, {num_iterations} iteraciones, semilla {seed} y pesos de {weight_scale}"
            ),
        ),
    ]
}

/// How often the distance to the centre rises above what lies around it, once around.
fn petals(x: &Array2<f64>) -> usize {
    let mut farthest = [0.0_f64; 48];
    for example in x.columns() {
        let place = direction(example[0], example[1], farthest.len());
        farthest[place] = farthest[place].max(example[0].hypot(example[1]));
    }
    let is_long = farthest.map(|it| it > 2.5);
    changes(&is_long) / 2
}

/// How often the class changes once around the centre, beyond the middle where all meet.
fn sectors(x: &Array2<f64>, y: &Array2<f64>) -> usize {
    let mut balance = [0_i32; 16];
    for (example, &class) in x.columns().into_iter().zip(y) {
        if example[0].hypot(example[1]) > 2.0 {
            let place = direction(example[0], example[1], balance.len());
            balance[place] += if class == 1.0 { 1 } else { -1 };
        }
    }
    let classes: Vec<bool> = balance
        .into_iter()
        .filter(|it| *it != 0)
        .map(|it| it > 0)
        .collect();
    changes(&classes)
}

fn direction(x1: f64, x2: f64, parts: usize) -> usize {
    let share = x2.atan2(x1) / std::f64::consts::TAU + 0.5;
    (share * parts as f64) as usize % parts
}

/// Around a circle.
fn changes(values: &[bool]) -> usize {
    (0..values.len())
        .filter(|&i| values[i] != values[(i + 1) % values.len()])
        .count()
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}
