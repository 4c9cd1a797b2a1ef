//! Text in which references and telephone numbers stay on one line, and e-mail addresses break where they may.

use maud::{Markup, html};

/// The text, with every `6GG1-TCSJ` and every `(404) 555-0142` in it kept together, and a break after the `@` of every e-mail address
/// before there is one anywhere else in it.
#[must_use]
pub fn unbroken(text: &str) -> Markup {
    let words: Vec<_> = text.split(' ').collect();
    let pieces = std::iter::successors(piece(&words), |(_, _, rest)| piece(rest));
    html! {
        @for (said, whole, rest) in pieces {
            @if whole { span .whole { (said) } }
            @else if let Some((local, domain)) = said.split_once('@') { (local) "@" wbr; (domain) }
            @else { (said) }
            @if !rest.is_empty() { " " }
        }
    }
}

/// What comes next, whether it stays together, and the words after it; `None` after the last.
fn piece<'a>(words: &'a [&'a str]) -> Option<(String, bool, &'a [&'a str])> {
    let number = |words: &[&str]| matches!(words, [area, number, ..] if is_area_code(area) && is_code(number));
    let (count, whole) = match words {
        [] => return None,
        ["1", rest @ ..] if number(rest) => (3, true),
        _ if number(words) => (2, true),
        [first, ..] => (1, is_code(first)),
    };
    let (next, rest) = words.split_at(count);
    Some((next.join(" "), whole, rest))
}

/// `(404)`.
fn is_area_code(word: &str) -> bool {
    let digits = word.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    digits.is_some_and(|digits| digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Capitals and digits, at least one of them a digit, with a hyphen among them.
fn is_code(word: &str) -> bool {
    let code = word.trim_matches(|c: char| !c.is_alphanumeric());
    code.len() <= 24
        && code.contains('-')
        && code.bytes().any(|byte| byte.is_ascii_digit())
        && code.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_telephone_numbers_stay_whole_and_all_else_as_it_is() {
        let shown = |text| unbroken(text).into_string();
        assert_eq!(shown("Order 6GG1-TCSJ."), "Order <span class=\"whole\">6GG1-TCSJ.</span>");
        assert_eq!(shown("At (404) 555-0142, please"), "At <span class=\"whole\">(404) 555-0142,</span> please");
        assert_eq!(shown("1 (800) 555-0142"), "<span class=\"whole\">1 (800) 555-0142</span>");
        assert_eq!(shown("To dana@example.com"), "To dana@<wbr>example.com");
        for plain in ["", "First  bill", "long-distance (also) at 5 p.m.", "E-Access", "1 (a) b"] {
            assert_eq!(shown(plain), plain);
        }
    }
}
