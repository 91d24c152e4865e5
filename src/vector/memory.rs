//! Where large arrays live between one epoch and the next.

/// From this call on, the C library keeps what is freed for the next array, in place of handing it
/// back to the system. The peak of memory is the same, but it is not given back before the process
/// ends. On other C libraries than glibc it does nothing.
pub fn keep_freed_memory() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        use std::ffi::c_int;

        // malloc.h of glibc.
        const M_TRIM_THRESHOLD: c_int = -1;
        const M_MMAP_MAX: c_int = -4;
        unsafe extern "C" {
            fn mallopt(parameter: c_int, value: c_int) -> c_int;
        }

        // SAFETY: it may be called at any time, from any thread, and refuses what it does not know.
        unsafe {
            mallopt(M_TRIM_THRESHOLD, c_int::MAX);
            mallopt(M_MMAP_MAX, 0);
        }
    }
}
