use crate::keys::{PASSPHRASE, path, secret};
use crate::{directory, file};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use tempfile::TempDir;
use tests::{Finished, new_release_key, senim};

/// A key and its shares without passphrases.
struct Split {
    directory: TempDir,
    public: String,
    shares: Vec<String>,
}

impl Split {
    fn of(shares: usize, needed: usize) -> Self {
        let directory = directory();
        let (key, out) = (path(&directory, "key"), path(&directory, "shares"));
        let public = new_release_key(&key);
        let shares = split(&key, &out, shares, needed);
        Self { directory, public, shares }
    }

    fn check(&self, shares: &[usize]) -> Finished {
        let given: Vec<_> = shares.iter().map(|number| self.shares[number - 1].as_str()).collect();
        senim(&[&["keys", "check", "--public", &self.public], &given[..]].concat())
    }

    /// The first two shares of three needed, and this one.
    fn check_with(&self, third: &str) -> String {
        let given = [self.shares[0].as_str(), &self.shares[1], third];
        senim(&[&["keys", "check"], &given[..]].concat()).expect_failure()
    }
}

fn split(key: &str, out: &str, shares: usize, needed: usize) -> Vec<String> {
    let (n, k) = (shares.to_string(), needed.to_string());
    let of = ["keys", "split", key, "--shares", &n, "--needed", &k, "--out", out, "--unprotected"];
    senim(&of).expect_success();
    (1..=shares).map(|number| format!("{out}/share-{number}-of-{shares}")).collect()
}

#[test]
fn any_three_of_five_shares_open_the_key_and_two_do_not() {
    let split = Split::of(5, 3);
    for three in [[1, 2, 3], [5, 3, 1], [2, 4, 5]] {
        split.check(&three).expect_success();
    }
    split.check(&[1, 2, 3, 4, 5]).expect_success();
    for two in [[1, 2], [4, 5]] {
        let told = split.check(&two).expect_failure();
        assert!(told.contains("3 shares are needed and 2 are here; nothing was opened"), "{told}");
    }
    let share = fs::read_to_string(&split.shares[1]).unwrap();
    let head =
        format!("senim release key share 1\npublic: {}\nshare: 2 of 5, 3 needed\n", split.public);
    assert!(share.starts_with(&(head + "unprotected: ")), "{share}");
    for share in &split.shares {
        let mode = fs::metadata(share).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "others can read {share}");
        assert!(
            !fs::read_to_string(share).unwrap().contains(&secret(&path(&split.directory, "key")))
        );
        assert_eq!(senim(&["keys", "show", share]).expect_success().stdout.trim(), split.public);
    }
}

#[test]
fn shares_are_joined_into_a_key_file_again() {
    let split = Split::of(3, 2);
    let (key, joined) = (path(&split.directory, "key"), path(&split.directory, "joined"));
    let [one, _, three] = split.shares.as_slice() else { panic!() };
    let join = ["keys", "join", one, three, "--out", &joined, "--unprotected"];
    let said = senim(&join).expect_success().stdout;
    assert_eq!(said.trim(), split.public);
    assert_eq!(fs::read(&joined).unwrap(), fs::read(&key).unwrap());
    assert!(senim(&join).expect_failure().contains("exists already"));
    let again = path(&split.directory, "again");
    let told = senim(&["keys", "join", one, "--out", &again, "--unprotected"]).expect_failure();
    assert!(told.contains("2 shares are needed and 1 are here"), "{told}");
    assert!(!fs::exists(&again).unwrap());
}

#[test]
fn a_damaged_doubled_or_foreign_share_is_named() {
    let split = Split::of(5, 3);
    let third = fs::read_to_string(&split.shares[2]).unwrap();
    let secret = secret(&split.shares[2]);
    let other = if secret.starts_with('A') { "B" } else { "A" };
    let damaged = third.replace(&secret, &(other.to_owned() + &secret[1..]));
    let told = split.check_with(&file(&split.directory, "damaged", damaged));
    assert!(told.contains("damaged: share 3 of 5, 3 needed is damaged"), "{told}");
    let renumbered = third.replace("share: 3 of 5", "share: 4 of 5");
    let told = split.check_with(&file(&split.directory, "renumbered", renumbered));
    assert!(told.contains("renumbered: share 4 of 5, 3 needed is damaged"), "{told}");
    for impossible in ["share: 6 of 5, 3 needed", "share: 3 of 5, 1 needed", "share: 3"] {
        let impossible = third.replace("share: 3 of 5, 3 needed", impossible);
        let told = split.check_with(&file(&split.directory, "impossible", impossible));
        assert!(told.contains("impossible, line 3: "), "{told}");
    }
    let told = split.check_with(&split.shares[1]);
    assert!(told.contains("are the same share, share 2 of 5"), "{told}");
    let told = split.check_with(&Split::of(5, 3).shares[2]);
    assert!(told.contains("belongs to another release key than"), "{told}");
    let key = path(&split.directory, "key");
    let told = split.check_with(&key);
    assert!(told.contains("key is a whole key beside other files"), "{told}");
    let again = super::shares::split(&key, &path(&split.directory, "again"), 5, 3);
    let told = split.check_with(&again[2]);
    assert!(told.contains("they come from two splits"), "{told}");
    let finer = super::shares::split(&key, &path(&split.directory, "finer"), 5, 4);
    let told = split.check_with(&finer[2]);
    assert!(told.contains("they were not split together"), "{told}");
}

#[test]
fn each_share_may_have_its_holders_passphrase() {
    let directory = directory();
    let (key, out) = (path(&directory, "key"), path(&directory, "shares"));
    let own = file(&directory, "own", PASSPHRASE);
    senim(&["keys", "new", "--out", &key, "--passphrase-file", &own]).expect_success();
    let holders = ["first holder's passphrase", "second holder's passphrase"];
    let holders: Vec<_> =
        (1..).zip(holders).map(|(n, text)| file(&directory, &format!("of-{n}"), text)).collect();
    let of = ["keys", "split", &key, "--shares", "2", "--needed", "2", "--out", &out];
    let opening = ["--passphrase-file", &own];
    let writing = ["--new-passphrase-file", &holders[0], "--new-passphrase-file", &holders[1]];
    let told = senim(&[&of[..], &opening, &writing[..2]].concat()).expect_failure();
    assert!(told.contains("2 passphrases are needed") && told.contains("got 1"), "{told}");
    assert!(!fs::exists(&out).unwrap());
    senim(&[&of[..], &opening, &writing].concat()).expect_success();
    let told = senim(&[&of[..], &opening, &writing].concat()).expect_failure();
    assert!(told.contains("exists already"), "{told}");

    let shares = [1, 2].map(|number| format!("{out}/share-{number}-of-2"));
    let check = |first: &str, second: &str| {
        let passphrases = ["--passphrase-file", first, "--passphrase-file", second];
        senim(&[&["keys", "check", &shares[0], &shares[1]], &passphrases[..]].concat())
    };
    check(&holders[0], &holders[1]).expect_success();
    let told = check(&holders[1], &holders[0]).expect_failure();
    assert!(told.contains("share-1-of-2: the passphrase does not open it"), "{told}");
}

#[test]
fn a_split_that_cannot_be_is_refused_and_leaves_nothing() {
    let directory = directory();
    let (key, out) = (path(&directory, "key"), path(&directory, "shares"));
    new_release_key(&key);
    for (shares, needed) in [("5", "1"), ("5", "6"), ("1", "1"), ("17", "3"), ("0", "0")] {
        let of = ["--shares", shares, "--needed", needed, "--out", &out, "--unprotected"];
        let told = senim(&[&["keys", "split", &key], &of[..]].concat()).expect_failure();
        assert!(told.contains("2 to 16 shares"), "{told}");
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
    }
    let shares = split(&key, &out, 2, 2);
    let of = ["--shares", "2", "--needed", "2", "--out", "elsewhere", "--unprotected"];
    let told = senim(&[&["keys", "split", &shares[0]], &of[..]].concat()).expect_failure();
    assert!(told.contains("is a share; only a whole key can be split"), "{told}");
}
