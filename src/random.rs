//! numpy's legacy random stream (`numpy.random.seed` and `RandomState`), so that a student of the
//! Python original sees the same numbers.
//!
//! Uniform numbers and permutations are numpy's bit for bit. So are Gaussians, except for the few
//! where the logarithm of numpy's C library is not the double nearest to the true value. Here it
//! always is, so that the bits are the same on every system.

use std::cell::Cell;
use std::fmt;

use ex03_vector::rounded::ln;
use ndarray_rand::rand::distributions::Distribution;
use ndarray_rand::rand::{Error, Rng, RngCore};
use rand_mt::Mt19937GenRand32;

/// `numpy.random.RandomState(seed)`: MT19937 with numpy's way of making floats, Gaussians and
/// permutations of it.
#[derive(Clone)]
pub struct RandomState {
    seed: u32,
    generator: Mt19937GenRand32,
    /// The polar method makes Gaussians in pairs; numpy keeps the second for the next call.
    spare_gaussian: Option<f64>,
}

impl RandomState {
    pub fn new(seed: u32) -> Self {
        RandomState {
            seed,
            generator: Mt19937GenRand32::new(seed),
            spare_gaussian: None,
        }
    }

    /// Uniform in [0, 1), of 53 random bits: numpy's `random_sample()` and `rand()`.
    pub fn uniform(&mut self) -> f64 {
        uniform(self)
    }

    /// Mean 0, standard deviation 1: numpy's `randn()` and `standard_normal()`.
    pub fn standard_normal(&mut self) -> f64 {
        if let Some(second) = self.spare_gaussian.take() {
            return second;
        }
        let (first, second) = gaussian_pair(self);
        self.spare_gaussian = Some(second);
        first
    }

    /// Permutes in place: numpy's `shuffle` of a one-dimensional array.
    pub fn shuffle<T>(&mut self, values: &mut [T]) {
        for i in (1..values.len()).rev() {
            let j = self.at_most(i);
            values.swap(i, j);
        }
    }

    /// The seed, which rebuilds the stream where nothing has been drawn from it.
    pub(crate) fn seed_if_fresh(&self) -> Option<u32> {
        let is_fresh =
            self.spare_gaussian.is_none() && self.generator == Mt19937GenRand32::new(self.seed);
        is_fresh.then_some(self.seed)
    }

    /// Uniform in 0..=limit: numpy's masked rejection.
    fn at_most(&mut self, limit: usize) -> usize {
        let limit = u32::try_from(limit).expect("fewer than 2^32 values to shuffle");
        let mask = u32::MAX.checked_shr(limit.leading_zeros()).unwrap_or(0);
        loop {
            let candidate = self.next_u32() & mask;
            if candidate <= limit {
                return candidate as usize;
            }
        }
    }
}

impl fmt::Display for RandomState {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "semilla {}", self.seed)
    }
}

impl fmt::Debug for RandomState {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "RandomState({self})")
    }
}

impl RngCore for RandomState {
    fn next_u32(&mut self) -> u32 {
        self.generator.next_u32()
    }

    fn next_u64(&mut self) -> u64 {
        self.generator.next_u64()
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.generator.fill_bytes(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

/// numpy's Gaussian as a distribution for ndarray-rand: `Array2::random_using((a, b), Randn::new(),
/// rng)` holds what `numpy.random.randn(a, b)` does.
///
/// It keeps the second value of a pair itself. Where an odd number of values is followed by more,
/// pass the same one by reference (`&randn`) to go on as numpy does.
#[derive(Clone, Debug, Default)]
pub struct Randn {
    spare: Cell<Option<f64>>,
}

impl Randn {
    pub fn new() -> Self {
        Randn::default()
    }
}

impl Distribution<f64> for Randn {
    fn sample<R: Rng + ?Sized>(&self, rng: &mut R) -> f64 {
        if let Some(second) = self.spare.take() {
            return second;
        }
        let (first, second) = gaussian_pair(rng);
        self.spare.set(Some(second));
        first
    }
}

fn uniform<R: Rng + ?Sized>(rng: &mut R) -> f64 {
    let high = f64::from(rng.next_u32() >> 5);
    let low = f64::from(rng.next_u32() >> 6);
    (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0
}

/// Marsaglia's polar method, in the order in which numpy's `legacy_gauss` returns the two values.
fn gaussian_pair<R: Rng + ?Sized>(rng: &mut R) -> (f64, f64) {
    loop {
        let x1 = 2.0 * uniform(rng) - 1.0;
        let x2 = 2.0 * uniform(rng) - 1.0;
        let r2 = x1 * x1 + x2 * x2;
        if r2 < 1.0 && r2 != 0.0 {
            let scale = (-2.0 * ln(r2) / r2).sqrt();
            return (scale * x2, scale * x1);
        }
    }
}

#[cfg(test)]
mod tests {
    use ndarray::Array1;
    use ndarray_rand::RandomExt;

    use super::*;

    /// The values are numpy's by tests/golden.rs. `Randn` must be the same Gaussian, with a spare
    /// or without.
    #[test]
    fn randn_is_the_standard_normal_of_the_stream() {
        let mut rng = RandomState::new(5);
        let expected: Vec<f64> = (0..7).map(|_| rng.standard_normal()).collect();

        let mut rng = RandomState::new(5);
        let randn = Randn::new();
        let first = Array1::random_using(3, &randn, &mut rng);
        let rest = Array1::random_using(4, &randn, &mut rng);
        assert_eq!([first.to_vec(), rest.to_vec()].concat(), expected);
    }

    #[test]
    fn shuffle_of_none_or_one_draws_nothing() {
        let mut rng = RandomState::new(5);
        rng.shuffle::<u8>(&mut []);
        rng.shuffle(&mut [1]);
        assert_eq!(rng.uniform(), RandomState::new(5).uniform());
    }

    #[test]
    fn shuffle_keeps_every_value() {
        let mut values: Vec<usize> = (0..257).collect();
        RandomState::new(5).shuffle(&mut values);
        assert!(!values.is_sorted());
        values.sort_unstable();
        assert!(values.into_iter().eq(0..257));
    }

    /// As a rand RNG: rand's own distributions work on it.
    #[test]
    fn serves_rands_distributions() {
        let mut rng = RandomState::new(5);
        let values: Vec<f64> = (0..1000).map(|_| rng.gen_range(-1.0..3.0)).collect();
        let mean = values.iter().sum::<f64>() / 1000.0;
        assert!(values.iter().all(|value| (-1.0..3.0).contains(value)));
        // 4 standard errors of a uniform of width 4.
        assert!(
            (mean - 1.0).abs() < 4.0 * 4.0 / 12.0_f64.sqrt() / 1000.0_f64.sqrt(),
            "{mean}"
        );
    }
}
