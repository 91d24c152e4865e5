//! A finished figure: its picture, its description, and what a notebook shows of it.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::live::Live;
use super::style::{FONTS, INK, TEXT_SIZE, TITLE_SIZE, escape, px};
use crate::display::show;

/// SVG elements, and the size in pixels of what they cover.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Drawing {
    pub width: f64,
    pub height: f64,
    /// A title is centred between here and the width: above a chart's frame, not above its labels.
    pub title_from: f64,
    pub elements: String,
}

/// A drawn figure. A notebook shows it; [`Figure::svg`] and [`Figure::html`] write it.
#[derive(Clone, PartialEq)]
pub struct Figure {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) caption: String,
    pub(super) panel: Drawing,
    /// Stands at the panel's right. A grid of figures draws it once.
    pub(super) legend: Drawing,
    /// What takes the picture's place where scripts run.
    pub(super) live: Option<Live>,
}

impl Figure {
    pub(super) fn new(title: &str, description: String, panel: Drawing, legend: Drawing) -> Self {
        Figure {
            title: title.into(),
            description,
            caption: String::new(),
            panel,
            legend,
            live: None,
        }
    }

    pub(super) fn live(mut self, live: Live) -> Self {
        self.live = Some(live);
        self
    }

    /// The same figure under another title.
    pub fn titled(mut self, title: &str) -> Self {
        self.title = title.into();
        self
    }

    /// The same figure with a caption: what to look at.
    pub fn captioned(mut self, caption: &str) -> Self {
        self.caption = caption.into();
        self
    }

    /// A self-contained SVG file, on a light card of its own, with title and description for screen
    /// readers.
    pub fn svg(&self) -> String {
        let Drawing {
            width,
            height,
            elements,
            ..
        } = self.whole();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
             font-family=\"{FONTS}\" font-size=\"{TEXT_SIZE}\" fill=\"{INK}\"><title>{}</title><desc>{}</desc>\
             <rect width=\"{w}\" height=\"{h}\" rx=\"8\" fill=\"#fff\"/>{elements}</svg>\n",
            escape(&self.title),
            escape(&self.description),
            w = px(width),
            h = px(height),
        )
    }

    /// An HTML `<figure>`. The SVG is in an `<img>`: notebooks that are not trusted, and pages that
    /// others host, drop it anywhere else. The script of a live figure, which they drop too,
    /// takes it from there.
    pub fn html(&self) -> String {
        let caption = if self.caption.is_empty() {
            String::new()
        } else {
            format!("<figcaption>{}</figcaption>", escape(&self.caption))
        };
        let script = self.live.as_ref().map_or(String::new(), |live| {
            live.script(title_line(&self.title, 0.0, 1.0).height)
        });
        format!(
            "<figure style=\"margin:0\"><img src=\"data:image/svg+xml;base64,{}\" alt=\"{}\" width=\"{}\" style=\"max-width:100%\">{caption}{script}</figure>",
            STANDARD.encode(self.svg()),
            escape(&self.described()),
            px(self.whole().width),
        )
    }

    #[doc(hidden)]
    pub fn evcxr_display(&self) {
        show(&[
            ("text/html", &self.html()),
            ("text/plain", &self.to_string()),
        ]);
    }

    fn described(&self) -> String {
        match self.title.as_str() {
            "" => self.description.clone(),
            title => format!("{title}. {}", self.description),
        }
    }

    /// Title, panel and legend.
    pub(super) fn whole(&self) -> Drawing {
        let (panel, legend) = (&self.panel, &self.legend);
        let title = title_line(&self.title, panel.title_from, panel.width);
        Drawing {
            width: panel.width + legend.width,
            height: title.height + panel.height.max(legend.height),
            title_from: panel.title_from,
            elements: [
                title.elements,
                moved(0.0, title.height, &panel.elements),
                moved(panel.width, title.height, &legend.elements),
            ]
            .concat(),
        }
    }
}

/// What a reader without pictures gets.
impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.described())?;
        if !self.caption.is_empty() {
            write!(f, "\n{}", self.caption)?;
        }
        Ok(())
    }
}

/// The same: a notebook shows a `Result` by its `Debug`, and the SVG would bury it.
impl fmt::Debug for Figure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A title centred between `from` and `to`, in smaller type if it is too long for that.
pub(super) fn title_line(title: &str, from: f64, to: f64) -> Drawing {
    if title.is_empty() {
        return Drawing::default();
    }
    let mean_advance = 0.56;
    let size = TITLE_SIZE.min((to - from) / (mean_advance * title.chars().count() as f64));
    Drawing {
        width: to,
        height: 38.0,
        elements: format!(
            "<text x=\"{}\" y=\"27\" text-anchor=\"middle\" font-size=\"{}\" font-weight=\"600\">{}</text>",
            px((from + to) / 2.0),
            px(size),
            escape(title)
        ),
        ..Drawing::default()
    }
}

pub(super) fn moved(x: f64, y: f64, elements: &str) -> String {
    if elements.is_empty() {
        return String::new();
    }
    format!(
        "<g transform=\"translate({} {})\">{elements}</g>",
        px(x),
        px(y)
    )
}
