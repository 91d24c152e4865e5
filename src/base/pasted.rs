//! Characters that come with text copied from a page or a PDF: they look like what Rust has, and are something else.
//! The grader and the kernel explain with this table what rustc calls an unknown start of a token.

/// Characters that are mistaken for the same thing.
struct Kind {
    characters: &'static str,
    /// With its article.
    called: &'static str,
    /// What to type in its place.
    typed: &'static str,
}

const fn kind(characters: &'static str, called: &'static str, typed: &'static str) -> Kind {
    Kind {
        characters,
        called,
        typed,
    }
}

/// What no screen shows: it is called by its code alone.
const UNSEEN: [Kind; 2] = [
    kind(
        "\u{a0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200a}\u{202f}\u{205f}\u{3000}",
        "un espacio que no es el del teclado",
        "un espacio",
    ),
    kind(
        "\u{ad}\u{180e}\u{200b}\u{200c}\u{200d}\u{2060}\u{2061}\u{2062}\u{2063}\u{2064}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{feff}",
        "un carácter que no se ve",
        "de nuevo lo que está junto a él",
    ),
];

const SEEN: [Kind; 27] = [
    kind("‐‑‒–—―−﹣", "una raya, que se parece al signo menos", "-"),
    kind("“”„‟″«»", "unas comillas de imprenta", "\""),
    kind("‘’‚‛′´", "una comilla de imprenta", "'"),
    kind(
        "×∗⋅·•⨯",
        "un signo de multiplicar",
        "* (de matrices, .dot(&b))",
    ),
    kind("÷∕⁄", "un signo de dividir", "/"),
    kind("≤⩽", "un signo de menor o igual", "<="),
    kind("≥⩾", "un signo de mayor o igual", ">="),
    kind("≠", "un signo de distinto", "!="),
    kind("≡", "un signo de idéntico", "=="),
    kind("→⟶", "una flecha", "->"),
    kind("⇒⟹", "una flecha doble", "=>"),
    kind("←⟵", "una flecha hacia atrás", "="),
    kind(
        "…",
        "unos puntos suspensivos en un solo carácter",
        ".. o ...",
    ),
    kind("²", "un exponente", ".powi(2)"),
    kind("³", "un exponente", ".powi(3)"),
    kind("⁰¹⁴⁵⁶⁷⁸⁹⁻⁺ⁿ", "un exponente", ".powi(…) o .powf(…)"),
    kind(
        "½⅓¼¾⅔",
        "una fracción en un solo carácter",
        "una división, como 1.0 / 2.0",
    ),
    kind("√", "una raíz", ".sqrt()"),
    kind("∑", "un sumatorio", ".sum()"),
    kind("∏", "un producto", ".product()"),
    kind(
        "∂∇",
        "un signo de derivada",
        "el nombre de la variable, como dw1",
    ),
    kind("∞", "un infinito", "f64::INFINITY"),
    kind("∧", "un signo de conjunción", "&&"),
    kind("∨", "un signo de disyunción", "||"),
    kind("¬", "un signo de negación", "!"),
    kind("\u{37e}", "un punto y coma griego", ";"),
    kind("¦∣｜│", "una barra", "|"),
];

/// What a character is that Rust does not know, and what to type in its place.
pub fn explained(c: char) -> String {
    let code = format!("U+{:04X}", u32::from(c));
    let told = |called: &str, typed: &str| {
        format!("{called}, de un texto copiado: bórralo y escribe {typed}")
    };
    let of = |kinds: &'static [Kind]| kinds.iter().find(|it| it.characters.contains(c));
    if let Some(it) = of(&UNSEEN) {
        return told(&format!("{} ({code})", it.called), it.typed);
    }
    if let Some(it) = of(&SEEN) {
        return told(&format!("«{c}» ({code}), {}", it.called), it.typed);
    }
    if let Some((called, typed)) = digit_or_wide(c) {
        return told(&format!("«{c}» ({code}), {called}"), &typed.to_string());
    }
    let shown = crate::visible::line(&c.to_string());
    format!(
        "«{shown}» ({code}), que no puede estar en el código de Rust: bórralo, o ponlo entre comillas si es parte de un texto"
    )
}

/// A digit below the line, or a sign as wide as a Chinese one, each of which has its own of ASCII.
fn digit_or_wide(c: char) -> Option<(&'static str, char)> {
    match c {
        '₀'..='₉' => Some((
            "un subíndice",
            char::from_digit(u32::from(c) - u32::from('₀'), 10)?,
        )),
        '！'..='～' => Some((
            "un signo ancho",
            char::from_u32(u32::from(c) - u32::from('！') + u32::from('!'))?,
        )),
        _ => None,
    }
}

/// The character that rustc does not know, where a message of its says so (`unknown start of token: \u{a0}`).
pub fn unknown_to_rustc(message: &str) -> Option<char> {
    let shown = message.strip_prefix("unknown start of token: ")?;
    let code = shown
        .strip_prefix("\\u{")
        .and_then(|it| it.split_once('}'))
        .map(|(code, _)| u32::from_str_radix(code, 16));
    match code {
        Some(code) => char::from_u32(code.ok()?),
        None => shown.chars().next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_pasted_is_named_with_what_to_type() {
        for (c, expected) in [
            (
                '\u{a0}',
                "un espacio que no es el del teclado (U+00A0), de un texto copiado: bórralo y escribe un espacio",
            ),
            (
                '–',
                "«–» (U+2013), una raya, que se parece al signo menos, de un texto copiado: bórralo y escribe -",
            ),
            (
                '\u{200b}',
                "un carácter que no se ve (U+200B), de un texto copiado: bórralo y escribe de nuevo lo que está junto a él",
            ),
            (
                '”',
                "«”» (U+201D), unas comillas de imprenta, de un texto copiado: bórralo y escribe \"",
            ),
            (
                '₂',
                "«₂» (U+2082), un subíndice, de un texto copiado: bórralo y escribe 2",
            ),
            (
                '（',
                "«（» (U+FF08), un signo ancho, de un texto copiado: bórralo y escribe (",
            ),
            (
                '¿',
                "«¿» (U+00BF), que no puede estar en el código de Rust: bórralo, o ponlo entre comillas si es parte de un texto",
            ),
        ] {
            assert_eq!(explained(c), expected);
        }
    }

    #[test]
    fn each_character_is_listed_once() {
        let all: Vec<char> = UNSEEN
            .iter()
            .chain(&SEEN)
            .flat_map(|it| it.characters.chars())
            .collect();
        for (i, c) in all.iter().enumerate() {
            assert!(
                !c.is_ascii() && !all[..i].contains(c),
                "{}",
                c.escape_unicode()
            );
        }
    }

    #[test]
    fn the_character_is_read_from_rustc_s_message() {
        assert_eq!(
            unknown_to_rustc("unknown start of token: \\u{2013}"),
            Some('–')
        );
        assert_eq!(unknown_to_rustc("unknown start of token: `"), Some('`'));
        assert_eq!(unknown_to_rustc("expected `;`, found `}`"), None);
        assert_eq!(
            unknown_to_rustc("unknown start of token: \\u{110000}"),
            None
        );
    }
}
