//! What is not measured.

use super::Told;

/// Settings, definitions, minutes, and the steps' numbers in the map.
pub fn chosen() -> Vec<Told> {
    [
        ("1 titulo", "unos 30 minutos"),
        ("1 primera-linea", "el punto (1, 2)"),
        ("1 pregunta-formas", "la capa oculta tiene 5 unidades"),
        ("1 autocomprobacion", "Llegan 1000 ejemplos más"),
        ("1 autocomprobacion", "ganan 1000 columnas"),
        ("2 titulo", "unos 20 minutos"),
        ("2 pregunta-apuesta", "en lugar del 50"),
        ("1 leaky-relu", "una pendiente de 0.1"),
        // How far "near" reaches.
        ("2 pregunta-bajo-el-azar", "menos de 0.05"),
        (
            "2 autocomprobacion",
            "una probabilidad de 0.51, y a los demás 0.49",
        ),
        ("3 titulo", "entre 60 y 90 minutos"),
        ("3 metodologia", "3.1 propagación"),
        ("3 metodologia", "3.2 costo"),
        ("3 metodologia", "3.3 propagación"),
        ("3 metodologia", "3.4 actualización"),
        ("3 ejercicio-3", "paso 3.1"),
        ("3 ejercicio-4", "paso 3.2"),
        ("3 ejercicio-5", "paso 3.3"),
        ("3 ejercicio-6", "paso 3.4"),
        ("3 ejercicio-1", "son 4 unidades ocultas"),
        ("3 pregunta-1", "¿Por qué 4 y no 40?"),
        ("3 pregunta-2", "Con la semilla 2"),
        // Points of the list above it.
        ("3 ejercicio-5", "Como 2 y 3, una capa antes"),
        ("3 antes-de-aprender", "pegadas a 0.5"),
        ("3 pregunta-4", "Si a todo le da 0.5"),
        ("3 pregunta-5", "cerca de 0.01"),
        ("3 entrenar", "10 000 iteraciones con tasa 1.2"),
        ("3 pregunta-7", "La tasa de 1.2"),
        // Numpy's run ends with the one, the library's with the other: rounding decides.
        ("3 pregunta-7", "90.50 o 90.75 %"),
        ("3 ejercicio-8", "valores 0.0 y 1.0"),
        ("3 frontera-entrenada", "una capa oculta de 4 unidades"),
        ("3 ver-aprender", "sus primeras 5000 iteraciones"),
        ("3 explorar-unidades", "¿por qué 4?"),
        (
            "3 explorar-unidades",
            "1, 2, 3, 4, 5, 20 y 50 unidades, y 5000 iteraciones",
        ),
        ("3 otra-apuesta", "de solo 40 puntos"),
        ("3 explorar-tasa", "0.01, 0.1, 5.0 y 20.0"),
        ("3 explorar-inicio", "Prueba también 1.0 y 10.0"),
        ("3 ver-la-simetria", "después de 5000 iteraciones"),
        ("3 ver-la-simetria", "empiezan aquí en 0.01"),
        ("3 lo-que-sigue", "capítulos 1 y 2"),
        ("3 lo-que-sigue", "capítulo 6"),
    ]
    .map(|(cell, phrase)| (cell, phrase.to_string()))
    .into()
}
