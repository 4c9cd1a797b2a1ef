//! What the site's own forms ask, beside the catalogue's questions.

use super::line;
use crate::characteristic::Lines;
use crate::entered::{Entered, FieldError, Reason};

impl Entered {
    /// The one entry of a field that has to have one, trimmed.
    ///
    /// # Errors
    /// [`Reason::Missing`] and [`Reason::Doubled`], at the field.
    pub fn required(&self, name: &str) -> Result<&str, FieldError> {
        self.one(name).and_then(|text| text.ok_or(Reason::Missing)).map_err(|reason| FieldError::new(name, reason))
    }

    /// A line of text that has to be there, of so many characters at most.
    ///
    /// # Errors
    /// What is wrong with it, at the field.
    pub fn line(&self, name: &str, max: usize) -> Result<Box<str>, FieldError> {
        let text = line::text(self.required(name)?, (1, max), None, Lines::Single);
        text.map(Into::into).map_err(|reason| FieldError::new(name, reason))
    }

    /// One of some choices, by what the form calls it; one of them has to be chosen.
    ///
    /// # Errors
    /// What is wrong with it, at the field.
    pub fn choice<T: Copy>(
        &self,
        name: &str,
        choices: impl IntoIterator<Item = T>,
        called: impl Fn(T) -> &'static str,
    ) -> Result<T, FieldError> {
        let text = self.required(name)?;
        let chosen = choices.into_iter().find(|choice| called(*choice) == text);
        chosen.ok_or_else(|| FieldError::new(name, Reason::NotAChoice))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_has_to_be_filled_in_says_what_is_wrong_with_it() {
        let entered = Entered::from_iter([("a", " text "), ("b", ""), ("c", "one"), ("c", "two"), ("d", "a\u{202e}b")]);
        let wrong = |name: &str| entered.line(name, 3).map_err(|error| (error.field, error.reason));
        assert_eq!(entered.required("a"), Ok("text"));
        assert_eq!(entered.line("a", 4), Ok("text".into()));
        assert_eq!(wrong("a"), Err(("a".into(), Reason::TooLong { max: 3 })));
        assert_eq!(wrong("b"), Err(("b".into(), Reason::Missing)));
        assert_eq!(wrong("c"), Err(("c".into(), Reason::Doubled)));
        assert_eq!(wrong("d"), Err(("d".into(), Reason::UnreadableText)));
        assert_eq!(wrong("e"), Err(("e".into(), Reason::Missing)));
    }

    #[test]
    fn a_choice_is_one_of_those_there_are() {
        let entered = Entered::from_iter([("a", "two"), ("b", "three")]);
        let chosen = |name: &str| entered.choice(name, [1, 2], |choice| if choice == 1 { "one" } else { "two" });
        assert_eq!(chosen("a"), Ok(2));
        assert_eq!(chosen("b"), Err(FieldError::new("b", Reason::NotAChoice)));
        assert_eq!(chosen("c"), Err(FieldError::new("c", Reason::Missing)));
    }
}
