//! Text of others made visible. A name or a message may hold what a terminal or a page obeys instead of showing
//! it: line feeds, escape sequences, marks that turn the direction of a line around, characters without width.
//! Here each of them becomes a sign that can be read.

/// A text of one line, such as a name: what cannot be seen in it becomes the picture of a control (`␊`) or a code
/// (`\u{202e}`).
pub fn line(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    text.chars().for_each(|c| push(&mut shown, c));
    shown
}

/// A text of several lines: line feeds and tabs stay, and the rest is as in [`line()`].
pub fn text(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => shown.push(c),
            c => push(&mut shown, c),
        }
    }
    shown
}

fn push(shown: &mut String, c: char) {
    match c {
        // Unicode has a picture of each control, in the same order.
        '\0'..='\x1f' => shown.extend(char::from_u32(0x2400 + u32::from(c))),
        '\x7f' => shown.push('␡'),
        c if is_unseen(c) => shown.extend(c.escape_unicode()),
        c => shown.push(c),
    }
}

/// Controls above ASCII, marks of direction, separators of lines, and what takes no room at all, by which two names
/// that differ would look the same.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{600}'..='\u{605}'
        | '\u{61c}'
        | '\u{6dd}'
        | '\u{70f}'
        | '\u{890}'..='\u{891}'
        | '\u{8e2}'
        | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{110bd}'
        | '\u{110cd}'
        | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_obeyed_is_shown() {
        assert_eq!(line("ana\nmaría\t\r"), "ana␊maría␉␍");
        assert_eq!(line("\u{1b}[31mrojo\u{7f}\0"), "␛[31mrojo␡␀");
        assert_eq!(
            line("factura\u{202e}gpj.ipynb"),
            "factura\\u{202e}gpj.ipynb"
        );
        assert_eq!(line("\u{9b}31m"), "\\u{9b}31m");
        assert_eq!(text("a\n\tb\r\u{2066}"), "a\n\tb␍\\u{2066}");
    }

    #[test]
    fn what_is_seen_stays() {
        // With an accent that is a character of its own, as macOS writes names; in other scripts; with an emoji.
        for name in [
            "José Núñez",
            "Jose\u{301}",
            "李小龙",
            "محمد",
            "Ζωή",
            "♥\u{fe0f}",
            "a b",
        ] {
            assert_eq!(line(name), name);
            assert_eq!(text(name), name);
        }
    }

    /// The standard library's own table of what cannot be printed, but for spaces and what has no meaning.
    #[test]
    fn nothing_that_std_escapes_as_a_control_is_left() {
        let is_format = |c: char| {
            let escaped: String = format!("a{c}").escape_debug().skip(1).collect();
            escaped.starts_with('\\') && !"\\\"'".contains(c)
        };
        let mut unseen = 0;
        // Unassigned and private characters count as unprintable too: only the blocks that hold the others are looked at.
        let blocks = [0..0x378, 0x600..0x61d, 0x2000..0x2065, 0xfeff..0xff00];
        for c in blocks.into_iter().flatten().filter_map(char::from_u32) {
            if is_format(c) && !c.is_whitespace() {
                assert_ne!(
                    line(&c.to_string()),
                    c.to_string(),
                    "{}",
                    c.escape_unicode()
                );
                unseen += 1;
            }
        }
        assert!(unseen > 80, "{unseen}");
    }
}
