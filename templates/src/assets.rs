//! The files the site serves: one stylesheet and one icon, both embedded, both named by a hash of their content.

mod paths {
    #![allow(missing_docs, unreachable_pub)]
    include!(concat!(env!("OUT_DIR"), "/paths.rs"));
}

/// Where the stylesheet is: `/assets/site.<hash>.css`.
pub const STYLESHEET_PATH: &str = paths::STYLESHEET_PATH;

/// The stylesheet.
pub const STYLESHEET: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/site.css"));

/// The stylesheet, compressed with gzip.
pub const STYLESHEET_GZIP: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/site.css.gz"));

/// Where the icon is: `/assets/favicon.<hash>.svg`.
pub const FAVICON_PATH: &str = paths::FAVICON_PATH;

/// The icon.
pub const FAVICON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/favicon.svg"));

/// The icon, compressed with gzip.
pub const FAVICON_GZIP: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/favicon.svg.gz"));

/// A file the site serves. Its name changes with its content, so it may be kept for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its address.
    pub path: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Its content.
    pub bytes: &'static [u8],
    /// Its content, compressed with gzip.
    pub gzip: &'static [u8],
}

/// Every file the site serves.
pub const ASSETS: [Asset; 2] = [
    Asset { path: STYLESHEET_PATH, media_type: "text/css; charset=utf-8", bytes: STYLESHEET, gzip: STYLESHEET_GZIP },
    Asset { path: FAVICON_PATH, media_type: "image/svg+xml", bytes: FAVICON, gzip: FAVICON_GZIP },
];

/// The file at an address, `None` when there is none.
#[must_use]
pub fn at(path: &str) -> Option<Asset> {
    ASSETS.into_iter().find(|asset| asset.path == path)
}
