//! The page: a still picture, which a script brings to life.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::compiled::Compiled;
use crate::plot::{Figure, LIVE, escape};

const SCRIPT: &str = include_str!("playground.js");
const DRAWING: &str = include_str!("drawing.js");

pub(super) struct Page {
    pub picture: Figure,
    pub title: String,
    /// Of `nn_model`, to compare with.
    pub costs: Vec<f64>,
    pub compiled: Compiled,
}

impl Page {
    /// What a cell shows. Where scripts do not run, the picture stays.
    pub fn figure(&self) -> String {
        let below = match &self.compiled {
            Compiled::Nothing(why) => format!("<p>En vivo no se puede ver: {}.</p>", escape(why)),
            Compiled::Functions { module, .. } => self.script(module),
        };
        format!(
            "<figure class=\"ex03-playground\" style=\"margin:0\">{}{below}</figure>",
            self.picture.html()
        )
    }

    /// A whole document, with the functions' text.
    pub fn document(&self) -> String {
        let source = match &self.compiled {
            Compiled::Functions { source, .. } => source.as_str(),
            Compiled::Nothing(_) => "",
        };
        format!(
            "<!doctype html>\n<html lang=\"es\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n\
             <style>body {{ max-width: 800px; margin: 1rem auto; padding: 0 12px; font: 16px/1.5 system-ui, sans-serif; color: #222; background: #f4f4f2 }} \
             h1 {{ font-size: 1.4rem }} pre {{ overflow-x: auto; padding: 12px; background: #fff; border-radius: 8px; font-size: 13px }} \
             @media (prefers-color-scheme: dark) {{ body {{ color: #ddd; background: #1b1b1b }} pre {{ background: #262626 }} }}</style>\n\
             <h1>{title}</h1>\n\
             <p>Una red neuronal con una capa oculta, escrita a mano en Rust. Se entrena aquí mismo, en tu navegador: mueve los controles.</p>\n\
             {figure}\n<details><summary>El código</summary><pre>{source}</pre></details>\n</html>\n",
            title = escape(&self.title),
            figure = self.figure(),
            source = source.lines().map(escape).collect::<Vec<_>>().join("\n"),
        )
    }

    fn script(&self, module: &[u8]) -> String {
        let costs: Vec<u8> = self.costs.iter().flat_map(|it| it.to_le_bytes()).collect();
        format!(
            "<script>\n(() => {{\n\"use strict\";\n{LIVE}\n{DRAWING}\n{SCRIPT}\n\
             const figure = document.currentScript?.closest(\"figure\");\n\
             if (figure) playground(figure, \"{}\", \"{}\");\n}})();\n</script>",
            STANDARD.encode(module),
            STANDARD.encode(costs),
        )
    }
}
