/// What alpha and omega of a scale are computed from: sums over the pupils who answered every
/// item, of codes after reversal. They add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrossProducts {
    /// Pupils.
    pub n: u64,
    /// For each item the sum of its codes.
    pub sums: Vec<u64>,
    /// For each pair of items, one with itself included, the sum of the products: the upper
    /// triangle, row by row.
    pub products: Vec<u64>,
}

impl CrossProducts {
    /// Of nobody.
    pub(crate) fn none(items: usize) -> Self {
        Self { n: 0, sums: vec![0; items], products: vec![0; items * (items + 1) / 2] }
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.n += other.n;
        let more = other.sums.iter().chain(&other.products);
        for (sum, more) in self.sums.iter_mut().chain(&mut self.products).zip(more) {
            *sum += more;
        }
    }
}
