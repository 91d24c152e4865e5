//! Zip files. Their members are read in memory and never written, and those that could harm the
//! disk or the memory are refused.

use std::io::{Cursor, Read, Seek};
use std::path::PathBuf;
use std::sync::Arc;

use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::file::{self, MOST_BYTES, Problem};

/// The most bytes of all members of one archive, unpacked, as the archive declares them.
const MOST_IN_ALL: u64 = 64 << 30;
const MOST_MEMBERS: usize = 50_000;

/// Where a file's bytes are.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    Disk(PathBuf),
    Member { archive: Arc<Place>, index: usize },
}

pub trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}
type Archive = ZipArchive<Box<dyn ReadSeek>>;

/// Reads files, and keeps the archive of the last one open.
#[derive(Default)]
pub struct Reader {
    open: Option<(Arc<Place>, Archive)>,
}

/// A member of an archive.
pub struct Member {
    pub index: usize,
    /// Folders and file name.
    pub parts: Vec<String>,
    /// Why it is not to be read.
    pub refused: Option<Problem>,
}

impl Reader {
    pub fn bytes(&mut self, place: &Place) -> Result<Vec<u8>, Problem> {
        match place {
            Place::Disk(path) => file::read(file::open(path)?, "no se puede leer"),
            Place::Member { archive, index } => {
                let member = self.archive(archive)?.by_index(*index);
                file::read(member.map_err(in_spanish)?, "está dañado en el zip")
            }
        }
    }

    /// The files in an archive, by name.
    pub fn members(&mut self, place: &Arc<Place>) -> Result<Vec<Member>, Problem> {
        let archive = self.archive(place)?;
        if archive.len() > MOST_MEMBERS {
            return Err(format!("el zip tiene más de {MOST_MEMBERS} archivos"));
        }
        // A header that cannot be read refuses its own member, below.
        if archive.has_overlapping_entries().unwrap_or(false) {
            return Err("el zip es una bomba: sus archivos se solapan".to_owned());
        }
        let mut in_all = 0_u64;
        let mut members = Vec::new();
        for index in 0..archive.len() {
            let name = match archive.name_for_index(index) {
                // Windows programs write backslashes.
                Some(Ok(name)) => name.replace('\\', "/"),
                _ => format!("archivo {}", index + 1),
            };
            let refused = match archive.by_index_raw(index) {
                Err(error) => Some(in_spanish(error)),
                Ok(member) if member.is_dir() => continue,
                Ok(member) => {
                    in_all = in_all.saturating_add(member.size());
                    refusal(&name, &member, in_all).map(str::to_owned)
                }
            };
            members.push(Member {
                index,
                parts: name
                    .split('/')
                    .filter(|part| !["", ".", ".."].contains(part))
                    .map(str::to_owned)
                    .collect(),
                refused,
            });
        }
        members.sort_by(|a, b| a.parts.cmp(&b.parts));
        Ok(members)
    }

    fn archive(&mut self, place: &Arc<Place>) -> Result<&mut Archive, Problem> {
        let is_open = matches!(&self.open, Some((open, _)) if open == place);
        if !is_open {
            let bytes: Box<dyn ReadSeek> = match &**place {
                Place::Disk(path) => Box::new(file::open(path)?),
                nested => Box::new(Cursor::new(Reader::default().bytes(nested)?)),
            };
            let archive = ZipArchive::new(bytes).map_err(in_spanish)?;
            self.open = Some((place.clone(), archive));
        }
        let (_, archive) = self.open.as_mut().expect("it was opened just now");
        Ok(archive)
    }
}

fn refusal<R: Read>(name: &str, member: &ZipFile<R>, in_all: u64) -> Option<&'static str> {
    if name.starts_with('/') || name.get(1..2) == Some(":") {
        Some("su nombre en el zip es una ruta absoluta")
    } else if name.split('/').any(|part| part == "..") {
        Some("su nombre en el zip sale de la carpeta, con «..»")
    } else if name.contains('\0') {
        Some("su nombre en el zip no es válido")
    } else if member.encrypted() {
        Some("está cifrado: el zip pide una contraseña")
    } else if let Some(what) = member.unix_mode().and_then(file::special) {
        Some(what)
    } else if member.size() > MOST_BYTES || in_all > MOST_IN_ALL {
        Some("ocupa demasiado al descomprimirlo")
    } else {
        None
    }
}

fn in_spanish(error: ZipError) -> Problem {
    match error {
        ZipError::UnsupportedArchive(what) if what.contains("assword") => {
            "está cifrado: el zip pide una contraseña".to_owned()
        }
        ZipError::UnsupportedArchive(what) => format!("el zip usa lo que no sé leer ({what})"),
        ZipError::InvalidArchive(_) => "no es un zip válido: ¿se cortó al descargarlo?".to_owned(),
        other => format!("el zip no se puede leer: {other}"),
    }
}
