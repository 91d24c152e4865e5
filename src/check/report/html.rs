//! Reports as HTML that reads in light and dark themes and survives an untrusted notebook: inline
//! styles, no script.

use std::fmt::Write;

use ndarray::Array2;

use super::content::{Comparison, Report};
use super::hint::Hint;
use super::outcome::Outcome;
use super::summary::Summary;
use super::words::{capitalised, format_value};

/// Translucent, so that the theme's background shows through; the words carry the meaning.
fn tint(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Correct => "46,160,67",
        Outcome::Unsolved => "128,128,128",
        _ => "218,54,51",
    }
}

impl Report {
    /// For a notebook: works in light and dark themes and without trust.
    pub fn html(&self) -> String {
        let tint = tint(self.outcome);
        let mut html = format!(
            "<div style=\"border-left:4px solid rgb({tint});background:rgba({tint},0.1);padding:8px 12px;border-radius:4px;line-height:1.5;max-width:52em\">\
             <div><strong>{} {}: {}</strong> <span style=\"opacity:0.75\">({} de {})</span></div>\
             <div>{}</div>",
            self.outcome.mark(),
            escape(&self.title()),
            self.outcome.in_spanish(),
            self.points(),
            self.max_points(),
            prose(&self.difference),
        );
        html += &details(self);
        match &self.hints[..] {
            [one, other, ..] => {
                html += "<div style=\"margin-top:4px\">Hay dos errores a la vez.</div>";
                for (hint, ordinal) in [(one, "Uno"), (other, "Otro")] {
                    let _ = write!(
                        html,
                        "<div style=\"margin-top:4px\"><strong>{ordinal}</strong></div>"
                    );
                    html += &stages(hint);
                }
            }
            hints => html.extend(hints.iter().map(stages)),
        }
        html + "</div>"
    }
}

/// The stages of a hint, each behind the one before it: whoever wants the next one unfolds it.
fn stages(hint: &Hint) -> String {
    let mut html = String::new();
    for (title, text) in hint.stages() {
        let text = match text == hint.formula {
            true => format!(
                "<span style=\"font-family:serif;font-size:110%\">{}</span>",
                prose(text)
            ),
            false => prose(text),
        };
        html += &fold(title, &text);
    }
    html
}

fn fold(title: &str, body: &str) -> String {
    format!(
        "<details style=\"margin-top:4px\"><summary style=\"cursor:pointer\">{title}</summary><div style=\"padding:2px 0 2px 16px\">{body}</div></details>"
    )
}

/// Escaped, with what follows a `^` as a superscript: a group in brackets, whose round ones belong
/// to it, or one character.
#[doc(hidden)]
pub fn prose(text: &str) -> String {
    let mut parts = text.split('^');
    let mut html = escape(parts.next().unwrap_or_default());
    for part in parts {
        let end = match part.chars().next() {
            Some('[') => part.find(']').map_or(0, |at| at + 1),
            Some('(') => part.find(')').map_or(0, |at| at + 1),
            Some(c) => c.len_utf8(),
            None => 0,
        };
        let (superscript, rest) = part.split_at(end);
        let _ = write!(html, "<sup>{}</sup>{}", escape(superscript), escape(rest));
    }
    html
}

fn details(report: &Report) -> String {
    let mut body = String::new();
    for remark in &report.remarks {
        let _ = write!(body, "<div>{}</div>", prose(remark));
    }
    if let Some(comparison) = &report.comparison {
        body += &tables(comparison);
    }
    match (body.is_empty(), report.hints.is_empty()) {
        (true, _) => body,
        // Without a hint, the details are the help.
        (false, true) => body,
        (false, false) => fold("Detalles", &body),
    }
}

fn tables(comparison: &Comparison) -> String {
    format!(
        "<div style=\"margin-top:4px\"><strong>{}</strong> en el caso {}</div>\
         <div style=\"display:flex;flex-wrap:wrap;align-items:flex-start;gap:8px 28px\">{}{}</div>",
        escape(&capitalised(comparison.matrix)),
        escape(&comparison.case),
        table("esperado", comparison, &comparison.expected),
        table("obtenido", comparison, &comparison.got),
    )
}

/// The number of a row or a column, counted from 0 as in Rust.
const PLACE: &str = "padding:1px 8px;text-align:right;font-weight:normal;opacity:0.6";

fn table(title: &str, comparison: &Comparison, values: &Array2<f64>) -> String {
    let (rows, columns) = values.dim();
    let window = comparison.window(values);
    let mut html = format!(
        "<table style=\"border-collapse:collapse;margin:4px 0;color:inherit;font-size:inherit;font-variant-numeric:tabular-nums\"><caption style=\"text-align:left;white-space:nowrap;color:inherit;opacity:0.75;padding:0\">{title} ({rows}×{columns})</caption>"
    );
    html += "<tr style=\"background:transparent\"><td></td>";
    for column in window.columns.clone() {
        let _ = write!(html, "<th scope=\"col\" style=\"{PLACE}\">{column}</th>");
    }
    html += "</tr>";
    for row in window.rows.clone() {
        let _ = write!(
            html,
            "<tr style=\"background:transparent\"><th scope=\"row\" style=\"{PLACE}\">{row}</th>"
        );
        for column in window.columns.clone() {
            let value = format_value(values[(row, column)]);
            html += &if comparison.differs_at == Some((row, column)) {
                format!(
                    "<td style=\"padding:1px 8px;text-align:right;border:2px solid currentColor;background:rgba(218,54,51,0.25)\"><strong>{value}</strong></td>"
                )
            } else {
                format!(
                    "<td style=\"padding:1px 8px;text-align:right;border:1px solid rgba(128,128,128,0.4)\">{value}</td>"
                )
            };
        }
        if window.columns.len() < columns {
            html += "<td style=\"padding:1px 8px\">…</td>";
        }
        html += "</tr>";
    }
    if window.rows.len() < rows {
        html += "<tr style=\"background:transparent\"><td style=\"padding:1px 8px\">…</td></tr>";
    }
    html + "</table>"
}

impl Summary {
    /// A table, a row an exercise.
    pub fn html(&self) -> String {
        let cell = "padding:3px 10px;text-align:left;vertical-align:top";
        let mut html = String::from(
            "<div style=\"line-height:1.5;max-width:60em\"><table style=\"border-collapse:collapse;margin:0;color:inherit;font-size:inherit\">\
         <tr style=\"background:transparent\">",
        );
        for title in ["Ejercicio", "Resultado", "Puntos"] {
            let _ = write!(html, "<th scope=\"col\" style=\"{cell}\">{title}</th>");
        }
        html += "</tr>";
        for report in self.reports() {
            let message = if report.outcome.explains() {
                format!("<br>{}", prose(&report.difference))
            } else {
                String::new()
            };
            let _ = write!(
                html,
                "<tr style=\"background:rgba({},0.1)\"><th scope=\"row\" style=\"{cell};white-space:nowrap;font-weight:normal\">{}</th>\
             <td style=\"{cell};white-space:normal\"><strong>{} {}</strong>{message}</td>\
             <td style=\"{cell};white-space:nowrap\">{} de {}</td></tr>",
                tint(report.outcome),
                escape(&report.title()),
                report.outcome.mark(),
                report.outcome.in_spanish(),
                report.points(),
                report.max_points(),
            );
        }
        let _ = write!(
            html,
            "</table><div style=\"margin-top:6px\"><strong>{}.</strong> {}</div></div>",
            self.score(),
            escape(&self.next_step())
        );
        html
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
