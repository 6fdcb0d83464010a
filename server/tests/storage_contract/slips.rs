use super::{Country, Empty, random_bytes, wave_over};
use protocol::Base64;
use server::storage::Storage;
use server::storage::slips::{self, Redeemed, SlipCounts};
use tests::{Database, on_both_databases};
use uuid::Uuid;

on_both_databases! {
    a_slip_is_redeemed_for_one_blinded_value,
    of_many_redemptions_at_once_one_wins,
    reprints_keep_within_what_is_allowed,
    reprints_at_once_keep_within_what_is_allowed,
}

async fn class(database: Database) -> (Empty, Uuid, Uuid) {
    let empty = Empty::new(database).await;
    let country = Country::make(&empty.storage).await;
    let (wave, _) = wave_over(&empty.storage, &country).await;
    (empty, wave.id, country.classes[0])
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
    assert!(slips::is_unused(storage, wave, &slip).await.unwrap());
    assert_eq!(slips::used(storage, wave, &slip, &one).await.unwrap(), Redeemed::Unknown);
    assert_eq!(slips::redeem(storage, wave, &slip, &one).await.unwrap(), Redeemed::Granted);
    assert!(!slips::is_unused(storage, wave, &slip).await.unwrap());
    for _ in 0..2 {
        assert_eq!(slips::redeem(storage, wave, &slip, &one).await.unwrap(), Redeemed::Granted);
        assert_eq!(slips::redeem(storage, wave, &slip, &two).await.unwrap(), Redeemed::Used);
        assert_eq!(slips::used(storage, wave, &slip, &one).await.unwrap(), Redeemed::Granted);
        assert_eq!(slips::used(storage, wave, &slip, &two).await.unwrap(), Redeemed::Used);
    }
    assert_eq!(slips::redeem(storage, wave, &unknown, &one).await.unwrap(), Redeemed::Unknown);
    assert!(!slips::is_unused(storage, wave, &unknown).await.unwrap());
}

async fn of_many_redemptions_at_once_one_wins(database: Database) {
    let (empty, wave, class) = class(database).await;
    let [slip] = hashes();
    slips::reprint(&empty.storage, wave, class, &[slip], 5).await.unwrap();
    let redeeming = (0..50).map(|_| {
        let storage = empty.storage.clone();
        tokio::spawn(
            async move { slips::redeem(&storage, wave, &slip, &random_bytes()).await.unwrap() },
        )
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
    slips::redeem(storage, wave, &first[0], &random_bytes()).await.unwrap();
    slips::redeem(storage, wave, &first[1], &random_bytes()).await.unwrap();
    assert_eq!(counts(storage, wave, class).await, (3, 2));

    let second: [_; 5] = hashes();
    assert_eq!(slips::reprint(storage, wave, class, &second, 5).await.unwrap(), 3);
    assert_eq!(counts(storage, wave, class).await, (3, 2));
    assert!(!slips::is_unused(storage, wave, &first[4]).await.unwrap());
    assert!(slips::is_unused(storage, wave, &second[2]).await.unwrap());
    assert!(!slips::is_unused(storage, wave, &second[3]).await.unwrap());
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
            let redeemed = slips::redeem(&storage, wave, &hashes[0], &random_bytes()).await;
            (kept, redeemed.unwrap())
        })
    });
    let printing: Vec<_> = printing.collect();
    for printed in printing {
        printed.await.unwrap();
    }
    let (unused, used) = counts(&empty.storage, wave, class).await;
    assert!(unused + used <= 5, "{unused} unused, {used} used");
}
