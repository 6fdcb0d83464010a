//! Not a test: `cargo xtask screens` runs this to take a picture of every kind of screen. Each
//! walk tells the camera where it is; a new kind of screen is a new line in a walk.

mod aside;
mod camera;
mod index;
mod pupil;

use camera::Camera;
use tests::{Browser, Tour, environment};

const LANGUAGES: [&str; 2] = ["kk", "ru"];

#[tokio::test]
async fn pictures_of_all_screens() {
    let mut camera = Camera::new(environment("SENIM_SCREENS").into());
    for form in ["junior", "senior"] {
        pupil::walk(&mut camera, form, &LANGUAGES).await;
        aside::walk(&mut camera, form, &LANGUAGES).await;
    }
    aside::leave_alone(&mut camera, "senior", &LANGUAGES).await;
    let tour = Tour::start(Browser::open().await).await;
    tour.show(&LANGUAGES, async |browser, kind, language| {
        camera.take(browser, kind, "page", language).await;
    })
    .await;
    camera.write_index();
}
