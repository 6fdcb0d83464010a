//! What other tests rely on in the harness: a browser that overlooks nothing.

use std::time::{Duration, Instant};
use tests::{Browser, Database, Device, Key, Motion, Network, Server, Settings, Theme, findings};

/// Puts a word into every place where a page can leave something.
const LEAVE_EVERYWHERE: &str = "
    return (async () => {
        sessionStorage.setItem('a', 'in-session');
        localStorage.setItem('b', 'in-local');
        document.cookie = 'c=in-cookie';
        history.pushState({ word: 'in-state' }, '', '/help?in-address');
        window.name = 'in-name';
        document.querySelector('input').value = 'in-field';
        const word = new TextEncoder().encode('in-bytes');
        const open = indexedDB.open('in-database');
        open.onupgradeneeded = () => open.result.createObjectStore('in-store').put(
            { deep: [new Map([['k', word]]), new Blob(['in-blob'])] }, 'in-key');
        await new Promise((done) => { open.onsuccess = done; });
        open.result.close();
        const cache = await caches.open('in-cache');
        await cache.put('/in-request', new Response('in-response'));
        const root = await navigator.storage.getDirectory();
        const file = await root.getFileHandle('in-file-name', { create: true });
        const writable = await file.createWritable();
        await writable.write('in-file');
        await writable.close();
    })();";

const WORDS: [&str; 16] = [
    "in-session",
    "in-local",
    "in-cookie",
    "in-state",
    "in-address",
    "in-name",
    "in-field",
    "in-bytes",
    "in-database",
    "in-store",
    "in-blob",
    "in-key",
    "in-cache",
    "in-request",
    "in-response",
    "in-file",
];

#[tokio::test]
async fn whatever_a_page_leaves_on_a_tablet_is_found() {
    let server = Server::start(Database::Sqlite).await;
    let browser = Browser::open_as(Settings::TABLET).await;
    browser.go(&server.url()).await;
    let before = browser.everything_stored().await;
    assert!(!before.contains("in-") && before.contains("Сенім"), "{before}");
    browser.run(LEAVE_EVERYWHERE, Vec::new()).await;
    let after = browser.everything_stored().await;
    for word in WORDS {
        assert!(after.contains(word), "{word} in {after}");
    }
    browser.go(&format!("{}/help", server.url())).await;
    let later = browser.everything_stored().await;
    assert!(later.contains("in-address"), "the history of the tab: {later}");
}

#[tokio::test]
async fn a_reopened_tab_has_its_own_storage_and_a_new_window_only_the_sites() {
    let server = Server::start(Database::Sqlite).await;
    let browser = Browser::open().await;
    browser.go(&server.url()).await;
    let leave = "sessionStorage.setItem('a', 'of-tab'); localStorage.setItem('b', 'of-site');";
    browser.run(leave, Vec::new()).await;
    let browser = browser.reopen().await;
    browser.wait_for("main").await;
    let stored = browser.everything_stored().await;
    assert!(stored.contains("of-tab") && stored.contains("of-site"), "{stored}");
    let browser = browser.start_again().await;
    browser.go(&server.url()).await;
    let stored = browser.everything_stored().await;
    assert!(!stored.contains("of-tab") && stored.contains("of-site"), "{stored}");
}

#[tokio::test]
async fn pages_see_the_device_and_the_reader_that_are_emulated() {
    let server = Server::start(Database::Sqlite).await;
    let [browser, other] = Browser::open_many(2, Settings::TABLET).await.try_into().ok().unwrap();
    let script = "
        const like = (query) => matchMedia(query).matches;
        return [innerWidth, devicePixelRatio, like('(pointer: coarse)'),
            like('(prefers-color-scheme: dark)'), like('(prefers-reduced-motion: reduce)')].join();";
    let dark = Settings { theme: Theme::Dark, motion: Motion::Reduced, ..Settings::default() };
    other.go(&server.url()).await;
    other.emulate(dark).await;
    browser.go(&server.url()).await;
    assert_eq!(browser.run(script, Vec::new()).await, "820,2,true,false,false");
    assert_eq!(other.run(script, Vec::new()).await, "900,1,false,true,true");
    browser.emulate(Settings { device: Device::PHONE, ..dark }).await;
    assert_eq!(browser.run(script, Vec::new()).await, "390,2,true,true,true");
    browser.emulate_nothing_else().await;
    assert_eq!(browser.run(script, Vec::new()).await, "820,2,true,false,false");
    let picture = browser.picture().await;
    assert_eq!(&picture[1..4], b"PNG");
    assert_eq!(&picture[16..20], &1640_u32.to_be_bytes(), "its width in pixels of the device");
}

#[tokio::test]
async fn taps_are_touches_and_keys_move_the_focus() {
    let server = Server::start(Database::Sqlite).await;
    let browser = Browser::open_as(Settings::TABLET).await;
    browser.go(&server.url()).await;
    browser.keys(&[Key::Tab]).await;
    let skip = browser.focused().await;
    assert!(skip.starts_with("a.skip "), "{skip}");
    browser.run("document.querySelector('#part').focus()", Vec::new()).await;
    browser.type_text("zz").await;
    assert!(browser.everything_stored().await.contains("field part zz"));
    browser.run("addEventListener('click', (event) => event.preventDefault())", Vec::new()).await;
    let listen = "addEventListener('click', (event) => { window.by = event.pointerType; })";
    browser.run(listen, Vec::new()).await;
    browser.tap("a[href='/help']").await;
    let by = async || {
        let by = browser.run("return window.by ?? ''", Vec::new()).await;
        (by == "touch").then_some(())
    };
    tests::wait_until("a touch", 5, by).await;
}

#[tokio::test]
async fn the_network_can_be_slow_and_away_and_the_cache_forgotten() {
    let server = Server::start(Database::Sqlite).await;
    let browser = Browser::open().await;
    let from_cache = "return performance.getEntriesByType('resource')
        .filter((one) => one.name.endsWith('.css')).map((one) => one.transferSize === 0).join()";
    browser.go(&server.url()).await;
    browser.go(&server.url()).await;
    assert_eq!(browser.run(from_cache, Vec::new()).await, "true");
    browser.clear_cache().await;
    browser.go(&server.url()).await;
    assert_eq!(browser.run(from_cache, Vec::new()).await, "false");

    browser.emulate(Settings { network: Network::SLOW, ..Settings::default() }).await;
    let start = Instant::now();
    browser.go(&format!("{}/help", server.url())).await;
    assert!(start.elapsed() >= Duration::from_millis(400), "{:?}", start.elapsed());
    browser.emulate(Settings { network: Network::None, ..Settings::default() }).await;
    let reached = "return fetch('/health').then(() => true, () => false)";
    assert_eq!(browser.run(reached, Vec::new()).await, false);
    browser.emulate_nothing_else().await;
    assert_eq!(browser.run(reached, Vec::new()).await, true);
}

/// Pale words, a picture without words, and a box wider than a telephone inside something folded.
const SPOIL: &str = "
    const words = document.createElement('p');
    words.textContent = 'pale';
    words.style.color = '#999';
    const picture = document.createElement('img');
    const folded = document.createElement('details');
    const box = document.createElement('div');
    box.className = 'box';
    box.style.width = '600px';
    box.style.height = '9px';
    folded.append(box);
    document.querySelector('main').append(words, picture, folded);";

#[tokio::test]
async fn an_audit_finds_what_bars_people() {
    let server = Server::start(Database::Sqlite).await;
    let browser = Browser::open().await;
    browser.go(&server.url()).await;
    assert_eq!(findings(&browser, "home").await, Vec::<String>::new());
    browser.run(SPOIL, Vec::new()).await;
    let found = findings(&browser, "home").await.join("\n");
    for wanted in [
        "home, 320: 6",
        "div.box",
        "home, 320, Light: color-contrast: p",
        "home, 1280, Dark: image-alt: img",
    ] {
        assert!(found.contains(wanted), "{wanted} in {found}");
    }
    assert!(!found.contains("1280: "), "{found}");
    assert_eq!(browser.count("details[open]").await, 0);
}
