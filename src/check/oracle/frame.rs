//! Pieces of a stream: a length of four bytes, and as many bytes.

use std::io::{self, Read, Write};

/// The first frame of a program that serves an exercise: it runs, and no code of a student's has
/// yet.
pub const HELLO: &[u8] = b"ex03 oracle 1";

/// The most that an answer may take; the right ones take a few kilobytes.
pub const LARGEST: usize = 4 << 20;

/// A frame that claims more than [`LARGEST`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

pub fn write_frame(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    to.write_all(&[&length.to_le_bytes(), bytes].concat())
}

/// Refuses a length before it believes it.
pub fn read_frame(from: &mut impl Read) -> io::Result<Result<Vec<u8>, TooLarge>> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length) as usize;
    if length > LARGEST {
        return Ok(Err(TooLarge));
    }
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes)?;
    Ok(Ok(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_comes_back_and_a_petabyte_does_not() {
        let mut stream = Vec::new();
        write_frame(&mut stream, b"abc").unwrap();
        write_frame(&mut stream, b"").unwrap();
        let mut read = &stream[..];
        assert_eq!(read_frame(&mut read).unwrap().unwrap(), b"abc");
        assert_eq!(read_frame(&mut read).unwrap().unwrap(), b"");
        assert!(read_frame(&mut read).is_err());
        assert_eq!(read_frame(&mut &[255; 8][..]).unwrap(), Err(TooLarge));
    }
}
