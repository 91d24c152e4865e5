//! What the course's kernel has compiled for the page, in its folder, before the cell runs.

use std::fs;

use crate::cells::kernel_folder;

pub(super) enum Compiled {
    /// The functions as WebAssembly, packed by gzip, and their text.
    Functions { module: Vec<u8>, source: String },
    /// Why there are none, as a part of a sentence.
    Nothing(String),
}

pub(super) fn find() -> Compiled {
    let Some(folder) = kernel_folder() else {
        return Compiled::Nothing(
            "tus funciones solo se compilan para la página en el JupyterLab que abre `cargo run`"
                .into(),
        );
    };
    let folder = folder.join("playground");
    let module = fs::read(folder.join("module.wasm.gz"));
    match (module, fs::read_to_string(folder.join("functions.rs"))) {
        (Ok(module), Ok(source)) => Compiled::Functions { module, source },
        _ => {
            let why = fs::read_to_string(folder.join("why"));
            Compiled::Nothing(
                why.unwrap_or_else(|_| "el núcleo no compiló nada para la página".into()),
            )
        }
    }
}
