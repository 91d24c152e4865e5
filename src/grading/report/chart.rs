//! Bars, as SVG in the page's own colours: words on the left, a bar in parts on the right.

use maud::{Markup, html};

const WIDTH: usize = 960;
/// At the end of a bar, for its label.
const ROOM_FOR_LABEL: usize = 60;
const LINE: usize = 19;
/// Of a letter of the page's typeface, in pixels, on the safe side.
const LETTER: usize = 8;

/// What a picture is, to who sees it and to who does not.
pub struct Picture<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub described: &'a str,
    /// In pixels, for words.
    pub left: usize,
    /// How much fills the room for a bar.
    pub longest: usize,
}

pub struct Bar {
    pub words: String,
    pub parts: Vec<Part>,
    /// At the end of the bar.
    pub label: String,
}

pub struct Part {
    /// The colour's.
    pub class: &'static str,
    pub count: usize,
}

pub fn bars(picture: &Picture, bars: &[Bar]) -> Markup {
    let Picture { id, left, .. } = *picture;
    let mut y = 0;
    let rows: Vec<(usize, Vec<String>, &Bar)> = bars
        .iter()
        .map(|bar| {
            let lines = wrapped(&bar.words.replace('^', ""), left / LETTER);
            let top = y;
            y += lines.len() * LINE + 9;
            (top, lines, bar)
        })
        .collect();
    let length = |count: usize| count * (WIDTH - left - ROOM_FOR_LABEL) / picture.longest.max(1);
    html! {
        div.wide {
            svg viewBox={ "0 0 " (WIDTH) " " (y.max(1)) } role="img" aria-labelledby={ (id) "-title " (id) "-desc" } {
                title id={ (id) "-title" } { (picture.title) }
                desc id={ (id) "-desc" } { (picture.described) }
                @for (top, lines, bar) in &rows {
                    @for (i, line) in lines.iter().enumerate() {
                        text x="0" y=(top + i * LINE + 15) { (line) }
                    }
                    @let total: usize = bar.parts.iter().map(|part| part.count).sum();
                    @for (i, part) in bar.parts.iter().enumerate() {
                        @let before: usize = bar.parts[..i].iter().map(|part| part.count).sum();
                        @let start = left + length(before);
                        @let end = left + length(before + part.count);
                        rect class=(part.class) x=(start) y=(top + 2) width=(end - start) height="17" {}
                        @if end - start >= 24 && bar.parts.len() > 1 {
                            text class={ "on " (part.class) } x=((start + end) / 2) y=(top + 15) { (part.count) }
                        }
                    }
                    text.quiet x=(left + length(total) + 8) y=(top + 15) { (bar.label) }
                }
            }
        }
    }
}

/// In lines that fit, three at most.
fn wrapped(words: &str, letters: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= letters {
            *line = format!("{line} {word}");
        } else {
            lines.push(word.to_owned());
        }
    }
    if lines.len() > 3 {
        lines.truncate(3);
        lines[2].push('…');
    }
    for line in &mut lines {
        if line.chars().count() > letters + 1 {
            *line = line.chars().take(letters).chain(['…']).collect();
        }
    }
    lines
}
