//! A text as a QR code, for a telephone's camera.

use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};

/// The white edge around it, in modules, which cameras need to find it (ISO/IEC 18004).
const EDGE: i32 = 4;

/// The code. Nothing where the text is too long for one. Black on white whatever the page's colours are: few cameras read the
/// reverse.
#[must_use]
pub fn qr_code(text: &str, described: &str) -> Markup {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return html! {} };
    let whole = code.size() + 2 * EDGE;
    let dark = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y))).filter(|(x, y)| code.get_module(*x, *y));
    let path: String = dark.map(|(x, y)| format!("M{},{}h1v1h-1z", x + EDGE, y + EDGE)).collect();
    html! {
        svg role="img" aria-label=(described) viewBox={ "0 0 " (whole) " " (whole) } width="200" height="200" shape-rendering="crispEdges" {
            rect width="100%" height="100%" fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_a_text_too_long_for_one_has_none() {
        let code = qr_code("otpauth://totp/x", "x").into_string();
        for corner in ["M4,4h", "M10,4h", "M4,10h"] {
            assert!(code.contains(corner), "{corner}");
        }
        assert_eq!(qr_code(&"x".repeat(5_000), "x").into_string(), "");
    }
}
