//! What a kernel says to its pages, as Jupyter defines it, and what we change of it: lines that a cell
//! prints in a row become one message, and evcxr's own errors are told in Spanish.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::words;
use super::zmtp::Message;

const DELIMITER: &[u8] = b"<IDS|MSG>";
/// How far after the delimiter the parts of a message stand. Those from the header on are signed.
const SIGNATURE: usize = 1;
const HEADER: usize = 2;
const PARENT: usize = 3;
const CONTENT: usize = 5;

/// With which Jupyter signs (HMAC-SHA256); empty where it does not.
pub type Key = str;

/// How evcxr writes what was printed. It is read this way, and not as JSON, because there may be one a line.
const PRINTED: [&[u8]; 2] = [
    br#"{"name":"stdout","text":""#,
    br#"{"name":"stderr","text":""#,
];
const END: &[u8] = br#""}"#;

pub fn is_printed(message: &Message) -> bool {
    printed(message).is_some()
}

/// Puts a line at the end of others, if the same cell printed it to the same place. They are signed
/// when all are there.
pub fn add(lines: &mut Message, next: &Message) -> bool {
    let (Some((before, _)), Some((after, text))) = (printed(lines), printed(next)) else {
        return false;
    };
    let follows = before == after && part(lines, PARENT) == part(next, PARENT);
    if let (true, Some(at)) = (follows, delimiter(lines)) {
        let all = &mut lines[at + CONTENT];
        all.truncate(all.len() - END.len());
        all.extend_from_slice(text);
        all.extend_from_slice(END);
    }
    follows
}

/// Where it was printed to, and the text as JSON has it.
fn printed(message: &Message) -> Option<(&[u8], &[u8])> {
    let content = part(message, CONTENT)?.strip_suffix(END)?;
    PRINTED
        .iter()
        .find_map(|start| Some((*start, content.strip_prefix(*start)?)))
}

/// A message as the student is told it.
pub fn in_spanish(mut message: Message, key: &Key) -> Message {
    let Some(mut content) = error(&message) else {
        return message;
    };
    let told = content["evalue"].as_str().map(words::in_spanish);
    let lines = content["traceback"].as_array().into_iter().flatten();
    let lines: Vec<_> = lines.filter_map(Value::as_str).collect();
    content["traceback"] = json!([words::in_spanish(&lines.join("\n"))]);
    content["evalue"] = told.into();
    if let Some(at) = delimiter(&message) {
        message[at + CONTENT] = content.to_string().into_bytes();
    }
    sign(&mut message, key);
    message
}

/// The content of a message that is an error.
fn error(message: &Message) -> Option<Value> {
    let header: Value = serde_json::from_slice(part(message, HEADER)?).ok()?;
    if header["msg_type"] != "error" {
        return None;
    }
    serde_json::from_slice(part(message, CONTENT)?).ok()
}

fn part(message: &Message, which: usize) -> Option<&Vec<u8>> {
    message.get(delimiter(message)? + which)
}

fn delimiter(message: &Message) -> Option<usize> {
    message.iter().position(|frame| frame == DELIMITER)
}

/// Signs a message that has changed.
pub fn sign(message: &mut Message, key: &Key) {
    if key.is_empty() {
        return;
    }
    let Some(at) = delimiter(message) else { return };
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("any key is long enough");
    for part in &message[at + HEADER..=at + CONTENT] {
        mac.update(part);
    }
    let signature = mac.finalize().into_bytes();
    let digits: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
    message[at + SIGNATURE] = digits.into_bytes();
}
