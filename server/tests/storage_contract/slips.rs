use super::{Country, Empty, advance, random_bytes, wave_over};
use protocol::Base64;
use server::storage::Storage;
use server::storage::slips::{self, Redeem, Redeemed, SlipCounts};
use server::storage::wave_classes;
use server::storage::waves::WaveState;
use tests::{Database, on_both_databases};
use uuid::Uuid;

on_both_databases! {
    a_slip_is_redeemed_for_one_blinded_value,
    the_class_session_gates_unused_slips_alone,
    a_wave_that_is_closed_takes_no_slip,
    of_many_redemptions_at_once_one_wins,
    reprints_keep_within_what_is_allowed,
    reprints_at_once_keep_within_what_is_allowed,
}

async fn class(database: Database) -> (Empty, Uuid, Uuid) {
    let empty = Empty::new(database).await;
    let country = Country::make(&empty.storage).await;
    let (wave, _) = wave_over(&empty.storage, &country).await;
    advance(&empty.storage, wave.id, WaveState::Draft, WaveState::Open).await;
    let class = country.classes[0];
    wave_classes::set_open_until(&empty.storage, wave.id, class, NOW + 1).await.unwrap();
    (empty, wave.id, class)
}

/// A moment in an open class session.
const NOW: i64 = 1_000_000;

fn presented(wave: Uuid, hash: &Base64<32>, blinded_hash: &Base64<32>) -> Redeem {
    Redeem { wave, hash: *hash, blinded_hash: *blinded_hash, now: NOW }
}

async fn redeem(storage: &Storage, wave: Uuid, hash: &Base64<32>, by: &Base64<32>) -> Redeemed {
    slips::redeem(storage, presented(wave, hash, by)).await.unwrap()
}

async fn standing(storage: &Storage, wave: Uuid, hash: &Base64<32>, by: &Base64<32>) -> Redeemed {
    slips::standing(storage, presented(wave, hash, by)).await.unwrap()
}

/// Unused: it would be taken if its class session were open.
async fn is_unused(storage: &Storage, wave: Uuid, hash: &Base64<32>) -> bool {
    standing(storage, wave, hash, &random_bytes()).await == Redeemed::Closed
}

fn hashes<const N: usize>() -> [Base64<32>; N] {
    [(); N].map(|()| random_bytes())
}

async fn counts(storage: &Storage, wave: Uuid, class: Uuid) -> (u32, u32) {
    let SlipCounts { unused, used } = slips::counts(storage, wave, class).await.unwrap();
    (unused, used)
}

async fn a_slip_is_redeemed_for_one_blinded_value(database: Database) {
    let (empty, wave, class) = class(database).await;
    let (storage, [slip, unknown], [one, two]) = (&empty.storage, hashes(), hashes());
    slips::reprint(storage, wave, class, &[slip], 5).await.unwrap();
    assert_eq!(standing(storage, wave, &slip, &one).await, Redeemed::Closed);
    assert_eq!(redeem(storage, wave, &slip, &one).await, Redeemed::Granted);
    for _ in 0..2 {
        assert_eq!(redeem(storage, wave, &slip, &one).await, Redeemed::Granted);
        assert_eq!(redeem(storage, wave, &slip, &two).await, Redeemed::Used);
        assert_eq!(standing(storage, wave, &slip, &one).await, Redeemed::Granted);
        assert_eq!(standing(storage, wave, &slip, &two).await, Redeemed::Used);
    }
    assert_eq!(redeem(storage, wave, &unknown, &one).await, Redeemed::Unknown);
}

async fn the_class_session_gates_unused_slips_alone(database: Database) {
    let (empty, wave, class) = class(database).await;
    let (storage, [early, late], [one, two]) = (&empty.storage, hashes(), hashes());
    slips::reprint(storage, wave, class, &[early, late], 5).await.unwrap();
    assert_eq!(redeem(storage, wave, &early, &one).await, Redeemed::Granted);
    wave_classes::set_open_until(storage, wave, class, NOW).await.unwrap();
    assert_eq!(redeem(storage, wave, &late, &one).await, Redeemed::Closed);
    assert_eq!(redeem(storage, wave, &early, &one).await, Redeemed::Granted);
    assert_eq!(redeem(storage, wave, &early, &two).await, Redeemed::Used);
    assert_eq!(counts(storage, wave, class).await, (1, 1));
}

async fn a_wave_that_is_closed_takes_no_slip(database: Database) {
    let (empty, wave, class) = class(database).await;
    let (storage, [early, late], one) = (&empty.storage, hashes(), random_bytes());
    slips::reprint(storage, wave, class, &[early, late], 5).await.unwrap();
    assert_eq!(redeem(storage, wave, &early, &one).await, Redeemed::Granted);
    advance(storage, wave, WaveState::Open, WaveState::Closed).await;
    for slip in [early, late] {
        assert_eq!(redeem(storage, wave, &slip, &one).await, Redeemed::Ended);
    }
    assert_eq!(counts(storage, wave, class).await, (1, 1));
}

async fn of_many_redemptions_at_once_one_wins(database: Database) {
    let (empty, wave, class) = class(database).await;
    let [slip] = hashes();
    slips::reprint(&empty.storage, wave, class, &[slip], 5).await.unwrap();
    let redeeming = (0..50).map(|_| {
        let storage = empty.storage.clone();
        tokio::spawn(async move { redeem(&storage, wave, &slip, &random_bytes()).await })
    });
    let redeeming: Vec<_> = redeeming.collect();
    let mut granted = 0;
    for redeemed in redeeming {
        granted += usize::from(redeemed.await.unwrap() == Redeemed::Granted);
    }
    assert_eq!(granted, 1);
}

async fn reprints_keep_within_what_is_allowed(database: Database) {
    let (empty, wave, class) = class(database).await;
    let storage = &empty.storage;
    let first: [_; 5] = hashes();
    assert_eq!(slips::reprint(storage, wave, class, &first, 5).await.unwrap(), 5);
    assert_eq!(counts(storage, wave, class).await, (5, 0));
    redeem(storage, wave, &first[0], &random_bytes()).await;
    redeem(storage, wave, &first[1], &random_bytes()).await;
    assert_eq!(counts(storage, wave, class).await, (3, 2));

    let second: [_; 5] = hashes();
    assert_eq!(slips::reprint(storage, wave, class, &second, 5).await.unwrap(), 3);
    assert_eq!(counts(storage, wave, class).await, (3, 2));
    assert!(!is_unused(storage, wave, &first[4]).await);
    assert!(is_unused(storage, wave, &second[2]).await);
    assert!(!is_unused(storage, wave, &second[3]).await);
    assert_eq!(slips::reprint(storage, wave, class, &hashes::<1>(), 5).await.unwrap(), 1);
    assert_eq!(slips::reprint(storage, wave, class, &hashes::<5>(), 1).await.unwrap(), 0);
    assert_eq!(counts(storage, wave, class).await, (0, 2));
    assert_eq!(counts(storage, wave, Uuid::new_v4()).await, (0, 0));
}

async fn reprints_at_once_keep_within_what_is_allowed(database: Database) {
    let (empty, wave, class) = class(database).await;
    let printing = (0..20).map(|_| {
        let (storage, hashes) = (empty.storage.clone(), hashes::<5>());
        tokio::spawn(async move {
            let kept = slips::reprint(&storage, wave, class, &hashes, 5).await.unwrap();
            (kept, redeem(&storage, wave, &hashes[0], &random_bytes()).await)
        })
    });
    let printing: Vec<_> = printing.collect();
    for printed in printing {
        printed.await.unwrap();
    }
    let (unused, used) = counts(&empty.storage, wave, class).await;
    assert!(unused + used <= 5, "{unused} unused, {used} used");
}
