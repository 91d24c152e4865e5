//! Names and values as a reader is told them.

use ex03_vector::rounded::log10;

/// Whole numbers plainly, others with six significant digits.
pub(in crate::check) fn format_value(value: f64) -> String {
    if value.is_nan() {
        "NaN".into()
    } else if value.is_infinite() {
        if value > 0.0 { "∞" } else { "−∞" }.into()
    } else if value == value.trunc() && value.abs() < 1e9 {
        // Adding zero turns −0 into 0.
        format!("{}", value + 0.0)
    } else if (1e-4..1e6).contains(&value.abs()) {
        let digits = (5 - log10(value.abs()).floor() as i32).clamp(0, 9) as usize;
        format!("{value:.digits$}")
    } else {
        format!("{value:.3e}")
    }
}

/// A value without the zeros at its end.
pub(in crate::check) fn short(value: f64) -> String {
    let text = format_value(value);
    match text.contains('.') && !text.contains('e') {
        true => text.trim_end_matches('0').trim_end_matches('.').into(),
        false => text,
    }
}

/// Points of several exercises: their sum as they were added up, without the dust of binary
/// fractions.
pub(in crate::check) fn format_points(points: f64) -> String {
    short((points * 1e6).round() / 1e6)
}

/// "dW1, db1 y dW2"
pub(in crate::check) fn in_words(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).into(),
        [first @ .., last] => format!("{} y {last}", first.join(", ")),
    }
}

/// A name at the start of a sentence: words such as "los costos" take a capital; a symbol such as
/// "dW1" stays as it is.
pub(in crate::check) fn capitalised(text: &str) -> String {
    let is_words = ["el ", "la ", "los ", "las "]
        .iter()
        .any(|article| text.starts_with(article));
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if is_words => first.to_uppercase().chain(chars).collect(),
        _ => text.into(),
    }
}
