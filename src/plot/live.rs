//! A picture that a script brings to life where scripts run: in a trusted notebook and in an
//! exported page.

/// What the scripts of all live figures share.
pub(crate) const LIVE: &str = include_str!("live.js");

/// A script, and what it draws.
#[derive(Clone, PartialEq)]
pub(super) struct Live {
    /// JavaScript with a function `show(figure, data, top)`.
    pub show: &'static str,
    /// A JavaScript object, of numbers and of text of ours: nothing in it is the caller's.
    pub data: String,
}

impl Live {
    /// `top` is how far down the panel stands, under its title. The script finds its own figure: no
    /// figure of a page needs an id.
    pub fn script(&self, top: f64) -> String {
        let Live { show, data } = self;
        format!(
            "<script>\n(() => {{\n\"use strict\";\n{LIVE}\n{show}\nconst figure = document.currentScript?.closest(\"figure\");\n\
             if (figure?.querySelector(\"img\")) show(figure, {data}, {top});\n}})();\n</script>"
        )
    }
}

/// Six significant digits, as JavaScript reads them.
pub(super) fn numeral(value: f64) -> String {
    let rounded: f64 = format!("{value:.5e}").parse().unwrap_or(value);
    let (plain, scientific) = (format!("{rounded}"), format!("{rounded:e}"));
    if plain.len() <= scientific.len() {
        plain
    } else {
        scientific
    }
}

pub(super) fn numerals(values: impl IntoIterator<Item = f64>) -> String {
    let numerals: Vec<String> = values.into_iter().map(numeral).collect();
    format!("[{}]", numerals.join(","))
}
