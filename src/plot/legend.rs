//! What the colours and marks of a figure mean.

use std::fmt::Write;

use super::figure::{Drawing, moved};
use super::points::{point, point_style};
use super::style::{Anchor, px, text};

const WIDTH: f64 = 172.0;
const LINE: f64 = 26.0;

/// What the signs of a figure mean, one a line.
pub(super) struct Legend {
    height: f64,
    elements: String,
}

impl Legend {
    pub fn new() -> Self {
        Legend {
            height: 8.0,
            elements: String::new(),
        }
    }

    /// `sign` is drawn around (0, 0), at most 14 to either side.
    pub fn line(&mut self, sign: &str, meaning: &str) {
        let elements = format!("{sign}{}", text(22.0, 5.0, Anchor::Start, meaning));
        self.height += LINE / 2.0;
        self.elements.push_str(&moved(20.0, self.height, &elements));
        self.height += LINE / 2.0;
    }

    /// Text that a script writes anew: it is marked with `data-layer`.
    pub fn said(&mut self, layer: &str, words: &str) {
        let line = text(8.0, 5.0, Anchor::Start, words);
        let marked = line.replacen("<text", &format!("<text data-layer=\"{layer}\""), 1);
        self.height += LINE / 2.0;
        self.elements.push_str(&moved(0.0, self.height, &marked));
        self.height += LINE / 2.0;
    }

    pub fn classes(&mut self) {
        for class in [0, 1] {
            let sign = format!(
                "<g {}>{}</g>",
                point_style(class, false),
                point(class, 0.0, 0.0)
            );
            self.line(&sign, &format!("clase {class}"));
        }
    }

    pub fn wrong(&mut self) {
        let sign = [(0, -7.0), (1, 7.0)].map(|(class, x)| {
            format!(
                "<g {}>{}</g>",
                point_style(class, true),
                point(class, x, 0.0)
            )
        });
        self.line(&sign.concat(), "mal clasificado");
    }

    pub fn swatch(&mut self, colour: &str, meaning: &str) {
        self.line(
            &format!("<path fill=\"{colour}\" d=\"M-12-8h24V8h-24z\"/>"),
            meaning,
        );
    }

    /// `style` is that of the line: `stroke`, `stroke-width` and the like.
    pub fn stroke(&mut self, style: &str, meaning: &str) {
        self.line(&format!("<path {style} d=\"M-14 0H14\"/>"), meaning);
    }

    /// The colours of probabilities from 0 to 1 side by side.
    pub fn colour_bar(&mut self, colours: &[String], meaning: &str) {
        let (left, length) = (8.0, 140.0);
        let mut bar = text(left, 16.0, Anchor::Start, meaning);
        let step = length / colours.len() as f64;
        for (i, colour) in colours.iter().enumerate() {
            let _ = write!(
                bar,
                "<path fill=\"{colour}\" d=\"M{} 26h{}v14h-{}z\"/>",
                px(left + step * i as f64),
                px(step),
                px(step)
            );
        }
        for (place, label) in [(0.0, "0"), (0.5, "0.5"), (1.0, "1")] {
            let x = left + length * place;
            let _ = write!(bar, "<path stroke=\"#222\" d=\"M{} 26v18\"/>", px(x));
            bar.push_str(&text(x, 59.0, Anchor::Middle, label));
        }
        self.elements.push_str(&moved(0.0, self.height + 6.0, &bar));
        self.height += 72.0;
    }

    pub fn drawing(self) -> Drawing {
        Drawing {
            width: WIDTH,
            height: self.height + 8.0,
            title_from: 0.0,
            elements: self.elements,
        }
    }
}
