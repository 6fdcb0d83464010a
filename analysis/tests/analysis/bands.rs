use analysis::{Band, Tenths, band};
use std::collections::BTreeMap;

fn bands_of(valid: u32) -> BTreeMap<Band, u32> {
    let mut counts = BTreeMap::new();
    for hits in 0..=valid {
        *counts.entry(band(hits, valid).unwrap()).or_default() += 1;
    }
    counts
}

fn width(band: Band) -> u16 {
    band.high.0 - band.low.0
}

#[test]
fn under_ten_valid_answers_there_is_no_band() {
    for valid in 0..10 {
        assert!((0..=valid).all(|hits| band(hits, valid).is_none()));
    }
    assert_eq!(band(11, 10), None);
}

#[test]
fn every_band_under_a_thousand_holds_two_counts_and_the_outer_ones_nobody_and_some() {
    for valid in 10..1000 {
        let bands = bands_of(valid);
        assert!(bands.values().all(|counts| *counts >= 2), "{valid}: {bands:?}");
        assert_eq!(band(0, valid), band(1, valid), "{valid}");
        assert_eq!(band(valid, valid), band(valid - 1, valid), "{valid}");
    }
}

#[test]
fn bands_have_the_width_of_the_table_and_cover_everything_once() {
    let table = [(10, 19, 200), (20, 39, 100), (40, 99, 50), (100, 299, 20), (300, 999, 10)];
    for (from, to, expected) in table {
        for valid in from..=to {
            let bands: Vec<Band> = bands_of(valid).into_keys().collect();
            assert_eq!(bands.len(), usize::from(1000 / expected), "{valid}");
            assert!(bands.iter().all(|band| width(*band) == expected), "{valid}");
            assert_eq!((bands[0].low, bands[bands.len() - 1].high), (Tenths(0), Tenths(1000)));
            assert!(bands.windows(2).all(|pair| pair[0].high == pair[1].low), "{valid}");
        }
    }
}

#[test]
fn from_a_thousand_on_bands_are_a_tenth_wide_and_the_outer_ones_a_point() {
    for valid in [1000, 1001, 1234, 13_447, 3_900_000] {
        let bands: Vec<Band> = bands_of(valid).into_keys().collect();
        assert_eq!(bands[0], Band { low: Tenths(0), high: Tenths(10) });
        assert_eq!(bands[bands.len() - 1], Band { low: Tenths(990), high: Tenths(1000) });
        assert!(bands[1..bands.len() - 1].iter().all(|band| width(*band) == 1), "{valid}");
        assert!(bands.windows(2).all(|pair| pair[0].high == pair[1].low), "{valid}");
    }
}

#[test]
fn a_share_lies_in_its_band_and_the_last_band_is_closed() {
    for valid in (10..1500).chain([13_447]) {
        for hits in 0..=valid {
            let band = band(hits, valid).unwrap();
            let (share, low) = (u64::from(hits) * 1000, u64::from(band.low.0) * u64::from(valid));
            let high = u64::from(band.high.0) * u64::from(valid);
            assert!(low <= share, "{hits}/{valid}");
            assert!(share < high || (band.high == Tenths(1000) && share == high), "{hits}/{valid}");
        }
    }
}

#[test]
fn a_count_on_an_edge_lies_in_the_upper_band() {
    let expect = |hits, valid, low, high| {
        assert_eq!(band(hits, valid), Some(Band { low: Tenths(low), high: Tenths(high) }));
    };
    expect(2, 10, 200, 400);
    expect(10, 10, 800, 1000);
    expect(7, 24, 200, 300);
    expect(1, 40, 0, 50);
    expect(2, 40, 50, 100);
    expect(7, 100, 60, 80);
    expect(29, 100, 280, 300);
    expect(2703, 13_447, 201, 202);
}
