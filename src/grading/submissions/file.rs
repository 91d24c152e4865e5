//! Opens and reads what may be hostile: only regular files, and never more of one than fits into memory.

use std::fs::{self, File, Metadata};
use std::io::Read;
use std::path::Path;

use ex03_base::{interrupt, system};

/// Why a file is not graded: the text of its row, and no failure of the tool.
pub type Problem = String;

/// Of one file, unpacked. What students hand in is of some 50 MB at most.
pub const MOST_BYTES: u64 = 256 << 20;

/// Opens a regular file. Of a pipe, a socket or a device it says what it is, and never waits for one.
pub fn open(path: &Path) -> Result<File, Problem> {
    let unreadable = |error| format!("no se puede leer: {error}");
    // Before, since opening some devices does something; and again when it is open, since another
    // file may have taken its place.
    expect_regular(&fs::metadata(path).map_err(unreadable)?)?;
    let file = system::open_without_waiting(path).map_err(unreadable)?;
    expect_regular(&file.metadata().map_err(unreadable)?)?;
    Ok(file)
}

/// All of a file that is not too large, whatever size it declares.
pub fn read(mut file: impl Read, unreadable: &str) -> Result<Vec<u8>, Problem> {
    const STEP: u64 = 1 << 20;
    let mut bytes = Vec::new();
    loop {
        if interrupt::is_raised() {
            return Err("interrumpido".to_owned());
        }
        let step = file.by_ref().take(STEP).read_to_end(&mut bytes);
        match step.map_err(|error| format!("{unreadable}: {error}"))? {
            0 => return Ok(bytes),
            _ if bytes.len() as u64 > MOST_BYTES => {
                return Err(format!("ocupa más de {} MB", MOST_BYTES >> 20));
            }
            _ => {}
        }
    }
}

/// What a file is that is no regular one, by its mode, as Unix and zip archives have it; a mode that
/// says nothing is a regular file's.
pub fn special(mode: u32) -> Option<&'static str> {
    const KIND: u32 = 0o170_000;
    match mode & KIND {
        0 | 0o100_000 => None,
        0o010_000 => Some("es una tubería entre programas, no un archivo"),
        0o020_000 | 0o060_000 => Some("es un dispositivo, no un archivo"),
        0o040_000 => Some("es una carpeta, no un cuaderno"),
        0o120_000 => Some("es un enlace, no un archivo"),
        0o140_000 => Some("es una conexión entre programas, no un archivo"),
        _ => Some("no es un archivo"),
    }
}

fn expect_regular(metadata: &Metadata) -> Result<(), Problem> {
    match special(system::mode(metadata)) {
        Some(what) => Err(what.to_owned()),
        None => Ok(()),
    }
}
