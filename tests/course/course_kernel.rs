//! The course's kernel, used as JupyterLab uses it: tests/kernel/course_kernel.py has the
//! scenarios.

use std::process::Command;

/// As setup pins it.
const EVCXR: &str = "0.22.0";

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn a_session_goes_as_on_the_stock_kernel() {
    scenario("a_session");
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn a_cell_calls_what_other_cells_have_defined_last() {
    scenario("functions_between_cells");
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn the_cells_that_the_course_gives_are_compiled_ahead() {
    scenario("given_cells");
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn types_are_found_and_names_completed_by_signatures_alone() {
    scenario("types_and_completions");
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn a_beginners_slips_are_told_in_spanish_and_lints_fail_no_cell() {
    scenario("slips");
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn after_a_crash_a_student_is_told_and_panics_are_explained_again() {
    scenario("after_a_crash");
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn printed_lines_in_a_row_are_one_message() {
    scenario("gathered_lines");
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn each_of_ten_thousand_printed_lines_arrives() {
    scenario("much_printed");
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
#[cfg(unix)]
fn pages_may_hang_up_while_others_connect() {
    scenario("pages_that_come_and_go");
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn a_students_functions_become_a_page_or_the_reason_why_not_is_told() {
    scenario("playground");
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn kernels_do_not_meet_and_a_killed_one_is_swept_up() {
    scenario("two_at_once_and_one_that_is_killed");
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn a_terminated_kernel_leaves_nothing() {
    scenario("terminated");
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn without_a_warm_folder_the_kernel_starts_the_plain_way() {
    let said = scenario("without_a_warm_folder");
    assert!(said.contains("arranca sin preparar"), "{said}");
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn each_notebook_gets_a_kernel_that_was_started_ahead() {
    scenario("ahead_of_each_notebook");
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
#[cfg(all(target_os = "linux", target_arch = "x86_64", target_env = "gnu"))]
fn a_released_kernel_is_downloaded_and_a_broken_archive_is_not_taken() {
    scenario("released");
}

/// What the scenario's kernels say on stderr.
fn scenario(name: &str) -> String {
    use std::sync::{Mutex, PoisonError};
    // One at a time: they count the folders of kernels.
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let root = ex03_base::project::root();
    let output = Command::new(env!("CARGO_BIN_EXE_ex03"))
        .arg("python")
        .arg(root.join("tests/kernel/course_kernel.py"))
        .args([name, EVCXR])
        .current_dir(root.join("notebooks/ejercicios"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success(),
        "{name}: is `cargo run -- setup` done?\n{said}"
    );
    said
}
