//! A report as a notebook shows it: one output that holds the HTML, the text and the JSON.

use super::content::Report;
use super::json::JSON_MIME_TYPE;
use super::summary::Summary;
use crate::display::show;

impl Report {
    #[doc(hidden)]
    pub fn evcxr_display(&self) {
        show(&[
            ("text/html", &self.html()),
            ("text/plain", &self.to_string()),
            (JSON_MIME_TYPE, &self.json()),
        ]);
    }
}

impl Summary {
    #[doc(hidden)]
    pub fn evcxr_display(&self) {
        show(&[
            ("text/html", &self.html()),
            ("text/plain", &self.to_string()),
            (JSON_MIME_TYPE, &self.json()),
        ]);
    }
}
