//! What a notebook shows of a value: evcxr calls `evcxr_display` and reads this form from stdout.

/// Prints one output of several representations, as pairs of MIME type and text. The front end
/// shows the richest that it knows.
pub(crate) fn show(representations: &[(&str, &str)]) {
    for (mime_type, text) in representations {
        println!("EVCXR_BEGIN_CONTENT {mime_type}\n{text}\nEVCXR_END_CONTENT");
    }
}
