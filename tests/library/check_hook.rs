//! A check leaves the panic hook as it was. Alone in its process, since the hook is one for all
//! threads.

use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};

use ex03_utils::check;

static PRINTED: AtomicUsize = AtomicUsize::new(0);

#[test]
fn the_panic_hook_is_left_as_it_was() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(|_| {
        PRINTED.fetch_add(1, Ordering::SeqCst);
    }));
    let printed = || PRINTED.load(Ordering::SeqCst);
    // Nested: a student's function that checks another.
    let report = check::cost_function(|_, _| {
        let inner = check::cost_function(|_, _| panic!("dentro"));
        assert!(inner.message().contains("dentro"));
        assert!(panic::catch_unwind(|| panic!("su propia")).is_err());
        panic!("fuera")
    });
    assert!(report.message().contains("fuera"), "{report}");
    assert_eq!(printed(), 0, "a panic inside a check was printed");
    // Another thread's is not the check's affair.
    let report = check::cost_function(|_, _| {
        let other = std::thread::spawn(|| panic!("en otro hilo"));
        f64::from(u8::from(other.join().is_err()))
    });
    assert_eq!(report.points(), 0.0);
    let of_threads = printed();
    assert!(of_threads > 0, "another thread's panic was hidden");
    assert!(panic::catch_unwind(|| panic!("después")).is_err());
    assert_eq!(printed(), of_threads + 1, "a later panic is hidden");
    panic::set_hook(before);
}
