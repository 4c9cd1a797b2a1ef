//! Every page on three screens: on the narrowest nothing may reach over the side; of the others there are pictures.

use std::path::{Path, PathBuf};

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use thirtyfour::{By, WebDriver};

/// Width and height.
type Screen = (u64, u64);

const NARROWEST: Screen = (320, 640);
const PICTURED: [Screen; 2] = [(375, 812), (1280, 800)];

/// Looks at pages, on the narrowest screen.
pub(crate) struct Album {
    folder: Option<PathBuf>,
}

impl Album {
    /// Pictures go to the folder that `SCREENSHOTS` names, from the repository's root; without it none are taken.
    pub(crate) async fn of(browser: &WebDriver) -> Self {
        let named = std::env::var_os("SCREENSHOTS").filter(|folder| !folder.is_empty());
        let folder = named.map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder));
        if let Some(folder) = &folder {
            std::fs::create_dir_all(folder).expect("the folder for the pictures");
        }
        have(browser, NARROWEST).await;
        Self { folder }
    }

    /// Looks at the page as it stands.
    pub(crate) async fn look(&self, browser: &WebDriver, name: &str) {
        let (width, _) = page(browser).await;
        assert!(width <= NARROWEST.0, "{name} is {width} pixels wide on a screen of {}", NARROWEST.0);
        dialog_fits(browser, name).await;
        let Some(folder) = &self.folder else { return };
        for screen @ (width, height) in PICTURED {
            have(browser, screen).await;
            take(browser, &folder.join(format!("{name}-{width}.png"))).await;
            let (_, whole) = page(browser).await;
            if whole > height {
                have(browser, (width, whole)).await;
                take(browser, &folder.join(format!("{name}-{width}-whole.png"))).await;
            }
        }
        have(browser, NARROWEST).await;
    }

    /// Looks at the page as it is printed.
    pub(crate) async fn look_printed(&self, browser: &WebDriver, name: &str) {
        let Some(folder) = &self.folder else { return };
        ask(browser, "Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
        // Letter paper between its margins, at 96 pixels an inch.
        have(browser, (720, 960)).await;
        let (_, whole) = page(browser).await;
        have(browser, (720, whole)).await;
        take(browser, &folder.join(format!("{name}.png"))).await;
        ask(browser, "Emulation.setEmulatedMedia", json!({ "media": "" })).await;
        have(browser, NARROWEST).await;
    }
}

/// What is in an open dialog is not part of the page's width.
async fn dialog_fits(browser: &WebDriver, name: &str) {
    let inside = By::Css("dialog[open], dialog[open] :is(h2, p, label, legend, summary, input, select, textarea, button)");
    for element in browser.find_all(inside).await.expect("the page can be searched") {
        let at = element.rect().await.expect("a place on the page");
        let what = element.outer_html().await.unwrap_or_default();
        assert!(at.x >= 0.0 && at.x + at.width <= NARROWEST.0 as f64, "in the dialog of {name}, over the side: {what}");
    }
}

async fn have(browser: &WebDriver, (width, height): Screen) {
    let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    ask(browser, "Emulation.setDeviceMetricsOverride", screen).await;
}

/// Width and height of all there is to scroll.
async fn page(browser: &WebDriver) -> Screen {
    let metrics = ask(browser, "Page.getLayoutMetrics", json!({})).await;
    let side = |name: &str| metrics["cssContentSize"][name].as_u64().expect("a length");
    (side("width"), side("height"))
}

async fn take(browser: &WebDriver, file: &Path) {
    let picture = ask(browser, "Page.captureScreenshot", json!({ "format": "png" })).await;
    let picture = picture["data"].as_str().and_then(|data| BASE64_STANDARD.decode(data).ok()).expect("a picture");
    std::fs::write(file, picture).expect("the picture is written");
}

async fn ask(browser: &WebDriver, what: &str, how: Value) -> Value {
    browser.cdp().send_raw(what, how).await.unwrap_or_else(|error| panic!("{what}: {error}"))
}
