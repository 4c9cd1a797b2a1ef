//! What holds for every page: its words, its markup, and the weight of what it loads.

mod markup;
mod orders;
mod source;
mod words;

/// First view: document and stylesheet together stay under 14 KB, and near 6; this is the stylesheet's share, staff's pages included.
#[test]
fn the_stylesheet_is_small() {
    let bytes = crate::assets::STYLESHEET_GZIP.len();
    assert!(bytes <= 4200, "{bytes} bytes compressed");
}
