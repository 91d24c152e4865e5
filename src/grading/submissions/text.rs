//! From a file's bytes to its text, and what a file is that holds none of a notebook's.

use std::borrow::Cow;

use serde_json::error::Category;

/// Text in any encoding that editors write. Bytes that fit none of them are replaced; they mostly
/// stand in comments.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        [0xff, 0xfe, rest @ ..] => from_utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => from_utf16(rest, u16::from_be_bytes),
        [b'{', 0, ..] => from_utf16(bytes, u16::from_le_bytes),
        [0, b'{', ..] => from_utf16(bytes, u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes),
    }
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Cow<'_, str> {
    let units: Vec<u16> = bytes.as_chunks().0.iter().map(|pair| unit(*pair)).collect();
    Cow::Owned(String::from_utf16_lossy(&units))
}

/// Says what a file is if it is no JSON.
pub fn not_json(bytes: &[u8], error: &serde_json::Error) -> String {
    let start = bytes.trim_ascii_start();
    let lower = start[..start.len().min(20)].to_ascii_lowercase();
    let kind = match start {
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] | [b'G', b'I', b'F', b'8', ..] => {
            "una imagen"
        }
        [b'%', b'P', b'D', b'F', ..] => "un PDF",
        [b'P', b'K', 3, 4, ..] => "un archivo comprimido, o de Word",
        [b'R', b'a', b'r', b'!', ..] | [b'7', b'z', 0xbc, ..] | [0x1f, 0x8b, ..] => {
            "un archivo comprimido"
        }
        _ if lower.starts_with(b"<!doctype") || lower.starts_with(b"<html") => {
            "una página web; el cuaderno se descarga desde JupyterLab con File > Download"
        }
        _ if error.classify() == Category::Eof => {
            return "no es un cuaderno completo: se corta antes del final".to_owned();
        }
        _ => {
            return format!(
                "no es un cuaderno de Jupyter: su JSON no es válido en la línea {}, columna {}",
                error.line(),
                error.column()
            );
        }
    };
    format!("no es un cuaderno de Jupyter: es {kind}")
}
