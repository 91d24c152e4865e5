//! Runs a cell's compiled program, whatever number the cell has.
//!
//! evcxr numbers the programs of a kernel, and calls each by its number. A program that was compiled
//! before, when its cell was another in the row, is called here by the only name that it has.

use std::ffi::c_void;
use std::path::Path;
use std::{fs, mem};

use super::kernel_folder;

/// evcxr's store of a notebook's variables, which a program takes and gives back.
type Store = *mut c_void;

/// Runs the programs that the kernel has named in its folder, a line each. The first says where the
/// functions are that the cell's own calls.
pub fn run(store: Store) -> Store {
    let programs = kernel_folder().and_then(|folder| fs::read_to_string(folder.join("cell")).ok());
    let programs = programs.unwrap_or_default();
    let found: Option<Vec<Program>> = programs.lines().map(program).collect();
    match found {
        Some(found) if !found.is_empty() => found.iter().fold(store, |store, run| run(store)),
        _ => {
            // The kernel made the files just now.
            eprintln!(
                "No encuentro esta celda ya compilada: reinicia el núcleo (Kernel → Restart)."
            );
            store
        }
    }
}

type Program = extern "C" fn(Store) -> Store;

fn program(library: &str) -> Option<Program> {
    let program = system::symbol(Path::new(library), c"run_user_code")?;
    // SAFETY: the kernel has compiled the library, with this type of this function.
    Some(unsafe { mem::transmute::<*const c_void, Program>(program) })
}

#[cfg(unix)]
mod system {
    use std::ffi::{CStr, CString, c_char, c_int, c_void};
    use std::os::unix::ffi::OsStrExt;
    use std::path::Path;

    unsafe extern "C" {
        fn dlopen(path: *const c_char, flags: c_int) -> *mut c_void;
        fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
    }

    /// RTLD_NOW, the same number on Linux and macOS.
    const NOW: c_int = 2;

    /// Loads a library, for as long as the process lives, and finds a function in it.
    pub fn symbol(library: &Path, name: &CStr) -> Option<*const c_void> {
        let path = CString::new(library.as_os_str().as_bytes()).ok()?;
        // SAFETY: both texts end with a zero, and the library is one that the kernel has compiled: what it does
        // when it is loaded is what any cell's does.
        let found = unsafe {
            let library = dlopen(path.as_ptr(), NOW);
            if library.is_null() {
                return None;
            }
            dlsym(library, name.as_ptr())
        };
        (!found.is_null()).then_some(found.cast_const())
    }
}

#[cfg(windows)]
mod system {
    use std::ffi::{CStr, c_char, c_void};
    use std::os::windows::ffi::OsStrExt;
    use std::path::Path;

    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn LoadLibraryW(path: *const u16) -> *mut c_void;
        fn GetProcAddress(library: *mut c_void, name: *const c_char) -> *mut c_void;
    }

    /// Loads a library, for as long as the process lives, and finds a function in it.
    pub fn symbol(library: &Path, name: &CStr) -> Option<*const c_void> {
        let path: Vec<u16> = library.as_os_str().encode_wide().chain([0]).collect();
        // SAFETY: both texts end with a zero, and the library is one that the kernel has compiled: what it does
        // when it is loaded is what any cell's does.
        let found = unsafe {
            let library = LoadLibraryW(path.as_ptr());
            if library.is_null() {
                return None;
            }
            GetProcAddress(library, name.as_ptr())
        };
        (!found.is_null()).then_some(found.cast_const())
    }
}

#[cfg(not(any(unix, windows)))]
mod system {
    use std::ffi::{CStr, c_void};
    use std::path::Path;

    /// There are no libraries to load where there is no kernel.
    pub fn symbol(_library: &Path, _name: &CStr) -> Option<*const c_void> {
        None
    }
}
