//! The folder of compiled programs: what has been compiled before is taken from where it lies.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Result, bail};
use ex03_base::files;
use sha2::{Digest, Sha256};

/// How many compiled programs are kept, of about 300 KB each.
const PROGRAMS: usize = 2_500;

/// Half-made folders of another run are left alone until they are that old.
const DAY: Duration = Duration::from_secs(24 * 3600);

/// What the compiler said of a program: it is written last, and its time tells when the program was last of use.
pub const MESSAGES: &str = "messages";

/// The name of something by all that it is made of. It is a cryptographic hash, because a student
/// chooses the text of a program, and could choose one that has the name of another's.
#[derive(Default)]
pub struct Key(Sha256);

impl Key {
    /// Adds a part. Its length goes before it, so that no two lists of parts are the same bytes.
    pub fn add(&mut self, part: impl AsRef<[u8]>) {
        let part = part.as_ref();
        self.0.update(part.len().to_le_bytes());
        self.0.update(part);
    }

    pub fn name(self) -> String {
        let digest = self.0.finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What the compiler said, where a program of that folder has been compiled before.
pub fn messages(folder: &Path) -> Option<String> {
    let path = folder.join(MESSAGES);
    let text = fs::read_to_string(&path).ok()?;
    let _ = fs::File::open(&path).and_then(|file| file.set_modified(SystemTime::now()));
    Some(text)
}

/// An empty folder beside the programs, of this thread's own: a program that is interrupted is not taken for a whole one.
pub fn unfinished(programs: &Path) -> PathBuf {
    let (process, thread) = (std::process::id(), std::thread::current().id());
    let folder = programs.join(format!("unfinished-{process}-{thread:?}"));
    let _ = fs::remove_dir_all(&folder);
    folder
}

/// Makes `folder` of the half-made one, in which only the program and the compiler's messages stay.
pub fn keep(unfinished: &Path, folder: &Path, program: Option<&str>, messages: &str) -> Result<()> {
    for file in fs::read_dir(unfinished).into_iter().flatten().flatten() {
        if program.is_none_or(|it| file.file_name() != it) {
            let _ = fs::remove_file(file.path());
        }
    }
    files::write(&unfinished.join(MESSAGES), messages)?;
    // Another worker may have made the same.
    if fs::rename(unfinished, folder).is_err() && !folder.exists() {
        bail!("{}", files::unwritable(folder));
    }
    Ok(())
}

/// Forgets what was left half made, and of compiled programs those that have not been used for longest. `library` lies beside them.
pub fn prune(programs: &Path, library: &Path) {
    let mut kept = Vec::new();
    for entry in fs::read_dir(programs).into_iter().flatten().flatten() {
        let path = entry.path();
        let used = fs::metadata(path.join(MESSAGES)).or_else(|_| entry.metadata());
        let Ok(used) = used.and_then(|it| it.modified()) else {
            continue;
        };
        let age = used.elapsed().unwrap_or_default();
        // Programs have a name without a dash.
        if !entry.file_name().to_string_lossy().contains('-') {
            kept.push((age, path));
        } else if age > DAY && path != library {
            let _ = fs::remove_dir_all(path);
        }
    }
    kept.sort();
    for (_, path) in kept.iter().skip(PROGRAMS) {
        let _ = fs::remove_dir_all(path);
    }
}

#[cfg(test)]
mod tests {
    use super::Key;

    fn name(parts: &[&str]) -> String {
        let mut key = Key::default();
        parts.iter().for_each(|part| key.add(part));
        key.name()
    }

    #[test]
    fn parts_that_are_cut_elsewhere_have_another_name() {
        assert_eq!(name(&["ab", "c"]), name(&["ab", "c"]));
        assert_ne!(name(&["ab", "c"]), name(&["a", "bc"]));
        assert_ne!(name(&["ab"]), name(&["ab", ""]));
    }
}
