//! The values that exercises pass around as bytes, bit for bit.

use ndarray::Array2;

use crate::network::{Cache, Gradients, LayerSize, Parameters};
use crate::random::RandomState;

pub(in crate::check) trait Wire {
    fn put(&self, out: &mut Vec<u8>);

    /// None where the bytes are no such value.
    fn take(input: &mut &[u8]) -> Option<Self>
    where
        Self: Sized;
}

impl Wire for u64 {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    fn take(input: &mut &[u8]) -> Option<u64> {
        let (first, rest) = input.split_first_chunk()?;
        *input = rest;
        Some(u64::from_le_bytes(*first))
    }
}

impl Wire for usize {
    fn put(&self, out: &mut Vec<u8>) {
        (*self as u64).put(out);
    }

    fn take(input: &mut &[u8]) -> Option<usize> {
        usize::try_from(u64::take(input)?).ok()
    }
}

impl Wire for f64 {
    fn put(&self, out: &mut Vec<u8>) {
        self.to_bits().put(out);
    }

    fn take(input: &mut &[u8]) -> Option<f64> {
        u64::take(input).map(f64::from_bits)
    }
}

/// As many numbers as are said to be there, and no memory for more than there are.
fn take_numbers(count: usize, input: &mut &[u8]) -> Option<Vec<f64>> {
    (count <= input.len() / 8).then(|| (0..count).map_while(|_| f64::take(input)).collect())
}

impl Wire for Vec<f64> {
    fn put(&self, out: &mut Vec<u8>) {
        self.len().put(out);
        self.iter().for_each(|value| value.put(out));
    }

    fn take(input: &mut &[u8]) -> Option<Vec<f64>> {
        let count = usize::take(input)?;
        take_numbers(count, input)
    }
}

impl Wire for Array2<f64> {
    fn put(&self, out: &mut Vec<u8>) {
        self.nrows().put(out);
        self.ncols().put(out);
        self.iter().for_each(|value| value.put(out));
    }

    fn take(input: &mut &[u8]) -> Option<Array2<f64>> {
        let shape = (usize::take(input)?, usize::take(input)?);
        let values = take_numbers(shape.0.checked_mul(shape.1)?, input)?;
        Array2::from_shape_vec(shape, values).ok()
    }
}

impl Wire for LayerSize {
    fn put(&self, out: &mut Vec<u8>) {
        for size in [self.n_x, self.n_h, self.n_y] {
            size.put(out);
        }
    }

    fn take(input: &mut &[u8]) -> Option<LayerSize> {
        Some(LayerSize {
            n_x: Wire::take(input)?,
            n_h: Wire::take(input)?,
            n_y: Wire::take(input)?,
        })
    }
}

impl Wire for Parameters {
    fn put(&self, out: &mut Vec<u8>) {
        for matrix in [&self.w1, &self.b1, &self.w2, &self.b2] {
            matrix.put(out);
        }
    }

    fn take(input: &mut &[u8]) -> Option<Parameters> {
        Some(Parameters {
            w1: Wire::take(input)?,
            b1: Wire::take(input)?,
            w2: Wire::take(input)?,
            b2: Wire::take(input)?,
        })
    }
}

impl Wire for Cache {
    fn put(&self, out: &mut Vec<u8>) {
        for matrix in [&self.z1, &self.a1, &self.z2, &self.a2] {
            matrix.put(out);
        }
    }

    fn take(input: &mut &[u8]) -> Option<Cache> {
        Some(Cache {
            z1: Wire::take(input)?,
            a1: Wire::take(input)?,
            z2: Wire::take(input)?,
            a2: Wire::take(input)?,
        })
    }
}

impl Wire for Gradients {
    fn put(&self, out: &mut Vec<u8>) {
        for matrix in [&self.dw1, &self.db1, &self.dw2, &self.db2] {
            matrix.put(out);
        }
    }

    fn take(input: &mut &[u8]) -> Option<Gradients> {
        Some(Gradients {
            dw1: Wire::take(input)?,
            db1: Wire::take(input)?,
            dw2: Wire::take(input)?,
            db2: Wire::take(input)?,
        })
    }
}

impl Wire for (Parameters, Vec<f64>) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }

    fn take(input: &mut &[u8]) -> Option<(Parameters, Vec<f64>)> {
        Some((Wire::take(input)?, Wire::take(input)?))
    }
}

/// The seed rebuilds the stream, since the checks hand out one from which nothing has been drawn.
impl Wire for RandomState {
    fn put(&self, out: &mut Vec<u8>) {
        let seed = self
            .seed_if_fresh()
            .expect("nothing has been drawn from the stream");
        u64::from(seed).put(out);
    }

    fn take(input: &mut &[u8]) -> Option<RandomState> {
        Some(RandomState::new(u32::try_from(u64::take(input)?).ok()?))
    }
}

impl Wire for String {
    fn put(&self, out: &mut Vec<u8>) {
        self.len().put(out);
        out.extend(self.as_bytes());
    }

    fn take(input: &mut &[u8]) -> Option<String> {
        let length = usize::take(input)?;
        let (text, rest) = input.split_at_checked(length)?;
        *input = rest;
        String::from_utf8(text.to_vec()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(value: &dyn Wire) -> Vec<u8> {
        let mut out = Vec::new();
        value.put(&mut out);
        out
    }

    #[test]
    fn matrices_come_back_bit_for_bit() {
        let payload = f64::from_bits(0x7ff8_dead_beef_0001);
        let whole = Array2::from_shape_fn((3, 4), |(i, j)| match (i, j) {
            (0, 0) => payload,
            (1, 1) => -0.0,
            (2, 2) => f64::NEG_INFINITY,
            _ => (i * 4 + j) as f64,
        });
        for matrix in [
            whole.clone(),
            whole.reversed_axes(),
            Array2::zeros((0, 5)),
            Array2::zeros((2, 0)),
        ] {
            let sent = bytes(&matrix);
            let mut read = &sent[..];
            let back = Array2::take(&mut read).unwrap();
            assert!(read.is_empty() && back.dim() == matrix.dim());
            let bits = |m: &Array2<f64>| m.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(&back), bits(&matrix));
        }
    }

    #[test]
    fn what_claims_more_than_it_holds_is_no_value() {
        for (rows, columns) in [
            (1_usize << (usize::BITS - 24), 1_usize << 10),
            (usize::MAX, 2),
            (usize::MAX, 0),
            (2, 2),
        ] {
            let mut sent = bytes(&rows);
            columns.put(&mut sent);
            1.0_f64.put(&mut sent);
            assert_eq!(
                Array2::<f64>::take(&mut &sent[..]),
                None,
                "{rows}×{columns}"
            );
        }
        assert_eq!(Vec::take(&mut &bytes(&usize::MAX)[..]), None);
        assert_eq!(String::take(&mut &bytes(&usize::MAX)[..]), None);
    }

    #[test]
    fn a_stream_is_rebuilt() {
        let sent = bytes(&RandomState::new(7));
        let mut back = RandomState::take(&mut &sent[..]).unwrap();
        assert_eq!(back.uniform(), RandomState::new(7).uniform());
    }
}
