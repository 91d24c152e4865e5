//! One palette and one typography for every figure, and how numbers and text are written into SVG.

/// Class 0 and class 1: vermillion and blue of Okabe and Ito, which colour-blind readers tell
/// apart.
pub(super) const CLASS_COLOURS: [[u8; 3]; 2] = [[0xd5, 0x5e, 0x00], [0x00, 0x72, 0xb2]];
pub(super) const INK: &str = "#222";
pub(super) const FONTS: &str =
    "system-ui,'Segoe UI','Helvetica Neue',Arial,'DejaVu Sans',sans-serif";
pub(super) const TEXT_SIZE: u32 = 14;
pub(super) const TITLE_SIZE: f64 = 18.0;

pub(super) fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// `colour` on white paper with the given opacity.
pub(super) fn tint(colour: [u8; 3], opacity: f64) -> String {
    hex(colour.map(|c| (255.0 - (255.0 - f64::from(c)) * opacity).round() as u8))
}

/// The length of an arrow. `f64::hypot` may differ by system in the last bit.
pub(super) fn length(dx: f64, dy: f64) -> f64 {
    (dx * dx + dy * dy).sqrt()
}

/// A length in pixels, to a tenth.
pub(super) fn px(length: f64) -> String {
    let tenths = (length * 10.0).round() as i64;
    if tenths % 10 == 0 {
        format!("{}", tenths / 10)
    } else {
        format!("{}", tenths as f64 / 10.0)
    }
}

/// A number as a reader wants it: at most four significant digits, a true minus sign.
pub(super) fn number(value: f64) -> String {
    if value == 0.0 {
        return "0".into();
    }
    let scientific = format!("{value:.3e}");
    let rounded: f64 = scientific.parse().unwrap_or(value);
    if (1e-3..1e6).contains(&rounded.abs()) {
        return format!("{rounded}").replace('-', "−");
    }
    let shortest = format!("{rounded:e}");
    let (mantissa, exponent) = shortest.split_once('e').unwrap_or((&shortest, "0"));
    let exponent: String = exponent.chars().map(superscript).collect();
    match mantissa {
        "1" => format!("10{exponent}"),
        "-1" => format!("−10{exponent}"),
        _ => format!("{}×10{exponent}", mantissa.replace('-', "−")),
    }
}

fn superscript(digit: char) -> char {
    match digit {
        '-' => '⁻',
        _ => digit
            .to_digit(10)
            .and_then(|digit| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit as usize))
            .unwrap_or(digit),
    }
}

/// Text of the caller's that is safe as content and as attribute of HTML and XML.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // XML has no way to write these.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Where a text's `x` lies in it.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
}

/// One line of text, in the figure's own size and ink.
pub(super) fn text(x: f64, y: f64, anchor: Anchor, content: &str) -> String {
    let anchor = match anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
    };
    format!(
        "<text x=\"{}\" y=\"{}\"{anchor}>{}</text>",
        px(x),
        px(y),
        escape(content)
    )
}
