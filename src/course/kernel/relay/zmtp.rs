//! What is said on a connection of ZeroMQ (ZMTP 3.0, <https://rfc.zeromq.org/spec/23/>): a greeting of
//! each side, then messages, which are one or more frames.

use std::io::{self, BufRead, Read};

pub type Message = Vec<Vec<u8>>;

/// The flags of a frame: another follows, its length takes eight bytes, it says how to connect.
const MORE: u8 = 1;
const LONG: u8 = 2;
const COMMAND: u8 = 4;

const GREETING: usize = 64;

/// What a side says first: the version, that it asks for no password, and what kind of end it is, as `SUB`.
pub fn greeting(kind: &str) -> Vec<u8> {
    let mut greeting = vec![0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0];
    greeting.extend(b"NULL");
    greeting.resize(GREETING, 0);
    let mut ready = b"\x05READY\x0bSocket-Type\0\0\0".to_vec();
    ready.push(kind.len() as u8);
    ready.extend(kind.as_bytes());
    push_frame(&mut greeting, COMMAND, &ready);
    greeting
}

/// Reads what the other side says first, up to its version and password.
pub fn read_greeting(from: &mut impl Read) -> io::Result<()> {
    from.read_exact(&mut [0; GREETING])
}

/// Asks for all that is published.
pub fn subscription() -> Vec<u8> {
    written(&[vec![1]])
}

pub fn written(frames: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (at, frame) in frames.iter().enumerate() {
        push_frame(
            &mut bytes,
            if at + 1 < frames.len() { MORE } else { 0 },
            frame,
        );
    }
    bytes
}

fn push_frame(bytes: &mut Vec<u8>, flags: u8, frame: &[u8]) {
    match u8::try_from(frame.len()) {
        Ok(length) => bytes.extend([flags, length]),
        Err(_) => {
            bytes.push(flags | LONG);
            bytes.extend((frame.len() as u64).to_be_bytes());
        }
    }
    bytes.extend(frame);
}

/// The next message; none at the end of the connection.
pub fn read(from: &mut impl BufRead) -> io::Result<Option<Message>> {
    let mut message = Message::new();
    loop {
        if from.fill_buf()?.is_empty() {
            return Ok(None);
        }
        let [flags] = bytes(from)?;
        let length = match flags & LONG {
            0 => u64::from(bytes::<1>(from)?[0]),
            _ => u64::from_be_bytes(bytes(from)?),
        };
        let length = usize::try_from(length).map_err(io::Error::other)?;
        let mut frame = vec![0; length];
        from.read_exact(&mut frame)?;
        if flags & COMMAND != 0 {
            continue;
        }
        message.push(frame);
        if flags & MORE == 0 {
            return Ok(Some(message));
        }
    }
}

fn bytes<const N: usize>(from: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}
