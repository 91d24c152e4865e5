//! Where arrays larger than a cache live.

/// From the first call on, the C library keeps what is freed for the next array.
///
/// By default glibc hands each large array back to the system, and the next one, of the same size, comes as pages that fault one by
/// one when they are first written. An epoch of training makes a dozen such arrays and drops them: at m = 40,000 the faults
/// were two thirds of its time. The peak is the same; it is not given back before the process ends.
pub(super) fn keep_freed() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        use std::ffi::c_int;
        use std::sync::Once;

        // malloc.h of glibc.
        const M_TRIM_THRESHOLD: c_int = -1;
        const M_MMAP_MAX: c_int = -4;
        unsafe extern "C" {
            fn mallopt(parameter: c_int, value: c_int) -> c_int;
        }

        static KEPT: Once = Once::new();
        KEPT.call_once(|| {
            // SAFETY: it may be called at any time, from any thread, and refuses what it does not know.
            unsafe {
                mallopt(M_TRIM_THRESHOLD, c_int::MAX);
                mallopt(M_MMAP_MAX, 0);
            }
        });
    }
}
