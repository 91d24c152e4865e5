//! Damages notebooks, in the same way for the same seed.

use serde_json::{Value, json};

/// A small generator (SplitMix64), for damage alone.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// The notebook with one to five wounds, in its bytes or in its JSON.
pub fn damaged(good: &[u8], seed: u64) -> Vec<u8> {
    let mut random = Random(seed);
    let times = 1 + random.below(5);
    if random.below(2) == 0 {
        let mut bytes = good.to_vec();
        for _ in 0..times {
            wound_bytes(&mut bytes, &mut random);
        }
        return bytes;
    }
    let mut notebook: Value = serde_json::from_slice(good).expect("a good notebook");
    for _ in 0..times {
        let mut left = 1 + random.below(count(&notebook));
        wound(&mut notebook, &mut left, &mut random);
    }
    notebook.to_string().into_bytes()
}

fn wound_bytes(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(bytes.len());
    let length = random.below(200).min(bytes.len() - at);
    match random.below(6) {
        0 => bytes[at..at + length]
            .iter_mut()
            .for_each(|byte| *byte ^= 1 << random.below(8)),
        1 if !bytes.is_empty() => bytes[at] = random.next() as u8,
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(at..at + length)),
        4 => {
            let part = bytes[at..at + length].to_vec();
            bytes.splice(at..at, part);
        }
        _ => {
            let with = [
                &b"\xff\xfe"[..],
                b"\0",
                b"[[[[",
                b"}",
                b"\"",
                b"\\ud800",
                b"1e999",
            ][random.below(7)];
            bytes.splice(at..at, with.iter().copied());
        }
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// Changes the node that is `left` steps on in reading order.
fn wound(value: &mut Value, left: &mut usize, random: &mut Random) {
    *left -= 1;
    if *left == 0 {
        *value = replacement(value, random);
        return;
    }
    let children: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(members) => members.values_mut().collect(),
        _ => Vec::new(),
    };
    for child in children {
        if *left > 0 {
            wound(child, left, random);
        }
    }
}

fn replacement(value: &Value, random: &mut Random) -> Value {
    match random.below(9) {
        0 => Value::Null,
        1 => json!(random.next()),
        2 => json!([value, value]),
        3 => json!({"cells": value, "source": value}),
        4 => json!(value.to_string()),
        5 => (0..100).fold(value.clone(), |inner, _| json!([inner])),
        6 => match value {
            Value::Array(items) if !items.is_empty() => {
                let mut items = items.clone();
                let last = items.len() - 1;
                items.swap(0, last);
                items.remove(random.below(last + 1));
                Value::from(items)
            }
            Value::Object(members) if !members.is_empty() => {
                let gone = random.below(members.len());
                let kept = members.iter().enumerate().filter(|(i, _)| *i != gone);
                Value::Object(kept.map(|(_, (k, v))| (k.clone(), v.clone())).collect())
            }
            _ => json!([]),
        },
        7 => json!(-1.5e300),
        _ => json!(true),
    }
}
