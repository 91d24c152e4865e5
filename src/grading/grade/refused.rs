//! Words that no exercise needs, and that would give a program more than what safe Rust can do.

use std::collections::HashSet;

/// The word, and as it is shown.
const WORDS: [(&str, &str); 14] = [
    ("unsafe", "`unsafe`"),
    ("extern", "`extern`"),
    ("no_mangle", "`no_mangle`"),
    ("link_section", "`link_section`"),
    ("link_name", "`link_name`"),
    ("export_name", "`export_name`"),
    ("global_allocator", "`global_allocator`"),
    ("panic_handler", "`panic_handler`"),
    ("asm", "ensamblador (`asm!`)"),
    ("global_asm", "ensamblador (`global_asm!`)"),
    ("naked_asm", "ensamblador (`naked_asm!`)"),
    ("unsafe_code", "`unsafe_code`"),
    ("ex03_grading", "`ex03_grading`"),
    ("ex03_reference", "`ex03_reference`"),
];

/// What of this a piece of code uses.
pub fn word_in(words: &HashSet<String>) -> Option<&'static str> {
    WORDS
        .iter()
        .find(|(word, _)| words.contains(*word))
        .map(|(_, shown)| *shown)
}
