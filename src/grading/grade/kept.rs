//! Compiled programs that are kept for the next run, each in a folder that is named for what it was made of.

use std::fs;
use std::path::Path;
use std::time::Duration;

use sha2::{Digest, Sha256};

/// How many are kept, of about 2 MB each.
const PROGRAMS: usize = 2_500;

/// The name of something by all that it is made of. It is a cryptographic hash, because a student chooses the text of a program, and
/// could choose one that has the name of another's.
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

/// Forgets what was left half made, libraries of other versions, and of compiled programs those that have not been used for longest.
pub fn prune(folder: &Path, library: &Path) {
    const DAY: Duration = Duration::from_secs(24 * 3600);
    let mut programs = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let used = fs::metadata(path.join("messages")).or_else(|_| entry.metadata());
        let Ok(used) = used.and_then(|it| it.modified()) else {
            continue;
        };
        let age = used.elapsed().unwrap_or_default();
        let name = entry.file_name().to_string_lossy().into_owned();
        // Another run may be at work on one that is young.
        if name.contains('-') {
            if age > DAY && path != library {
                let _ = fs::remove_dir_all(path);
            }
        } else {
            programs.push((age, path));
        }
    }
    programs.sort();
    for (_, path) in programs.iter().skip(PROGRAMS) {
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
