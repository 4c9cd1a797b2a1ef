//! What the query of a list asks for. A parameter that is not known is an error: a filter that does nothing misleads.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use lambda_http::Request;
use platform::store::Between;
use serde_json::Value;
use templates::api::Fault;

/// The most of a page.
const MOST: usize = 100;
/// What a page has where nothing is said.
const USUAL: usize = 20;
/// As far as a list is counted, and can be paged.
pub(crate) const COUNTED: usize = 1_000;

/// Which part of a list is wanted, and which attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Paging {
    pub(crate) offset: usize,
    pub(crate) limit: usize,
    pub(crate) fields: Fields,
}

/// The attributes that are wanted; `id` and `href` are there in any case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields(Option<Vec<String>>);

impl Fields {
    /// Leaves nothing in a resource but what is wanted.
    pub(crate) fn of(&self, mut resource: Value) -> Value {
        if let (Some(wanted), Value::Object(resource)) = (&self.0, &mut resource) {
            resource.retain(|name, _| ["id", "href"].contains(&name.as_str()) || wanted.contains(name));
        }
        resource
    }
}

/// The parameters of a query, each once.
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// Of a request.
    pub(crate) fn of(request: &Request) -> Result<Self, Fault> {
        let text = request.uri().query().unwrap_or_default();
        let parameters: Vec<(String, String)> = serde_html_form::from_str(text).unwrap_or_default();
        for (at, (name, _)) in parameters.iter().enumerate() {
            if parameters[..at].iter().any(|(other, _)| other == name) {
                return Err(wrong(name, "given once"));
            }
        }
        Ok(Self(parameters))
    }

    /// Takes a parameter out.
    pub(crate) fn take(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(known, _)| known == name)?;
        Some(self.0.remove(at).1)
    }

    /// Takes out which part is wanted.
    pub(crate) fn paging(&mut self) -> Result<Paging, Fault> {
        let mut number = |name: &str, usual: usize, least: usize, most: usize, expected| match self.take(name) {
            None => Ok(usual),
            Some(text) => {
                let number = text
                    .parse()
                    .ok()
                    .filter(|number| text.bytes().all(|b| b.is_ascii_digit()) && (least..=most).contains(number));
                number.ok_or_else(|| wrong(name, expected))
            }
        };
        let offset = number("offset", 0, 0, 1_000_000, "a whole number from 0")?;
        let limit = number("limit", USUAL, 1, MOST, "a whole number from 1 to 100")?;
        Ok(Paging { offset, limit, fields: self.fields() })
    }

    /// Takes out which attributes are wanted.
    pub(crate) fn fields(&mut self) -> Fields {
        Fields(self.take("fields").map(|names| names.split(',').map(|name| name.trim().to_owned()).collect()))
    }

    /// Takes out when something was ordered.
    pub(crate) fn between(&mut self, name: &str) -> Result<Between, Fault> {
        // What is compared is what is read: times to the millisecond.
        let (nanosecond, millisecond) = (SignedDuration::from_nanos(1), SignedDuration::from_millis(1));
        let whole = |time: Timestamp| Timestamp::from_millisecond(time.as_millisecond()).unwrap_or(time);
        let after = |time: Timestamp| whole(time).saturating_add(millisecond).unwrap_or(time);
        let mut between = Between { first: Timestamp::MIN, last: Timestamp::MAX };
        let (mut least, mut most) = (vec![], vec![]);
        for (suffix, is_least, beyond) in
            [(".gte", true, false), (".gt", true, true), (".lte", false, false), (".lt", false, true)]
        {
            let name = format!("{name}{suffix}");
            let Some(text) = self.take(&name) else { continue };
            let time = time(&text).ok_or_else(|| wrong(&name, "a time such as 2026-11-23T15:00:00Z, or a day"))?;
            match (is_least, beyond) {
                (true, false) => least.push(time),
                (true, true) => least.push(after(time)),
                (false, false) => most.push(after(time).saturating_sub(nanosecond).unwrap_or(time)),
                (false, true) => most.push(time.saturating_sub(nanosecond).unwrap_or(time)),
            }
        }
        between.first = least.into_iter().max().unwrap_or(between.first);
        between.last = most.into_iter().min().unwrap_or(between.last);
        Ok(between)
    }

    /// Nothing may be left.
    pub(crate) fn end(self) -> Result<(), Fault> {
        match self.0.into_iter().next() {
            None => Ok(()),
            Some((name, _)) => Err(Fault::UnknownParameter(name)),
        }
    }
}

/// A query parameter that means nothing.
pub(crate) fn wrong(name: &str, expected: &'static str) -> Fault {
    Fault::WrongParameter { name: name.to_owned(), expected }
}

/// A time, or a day's beginning in UTC. A plus sign that came unencoded is a blank by now.
fn time(text: &str) -> Option<Timestamp> {
    let text = text.replace(' ', "+");
    let day = || text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok().map(|day| day.timestamp());
    text.parse().ok().or_else(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Query {
        let mut request = Request::default();
        *request.uri_mut() = format!("/a?{text}").parse().expect("an address");
        Query::of(&request).unwrap_or_else(|fault| panic!("{fault:?}"))
    }

    #[test]
    fn a_page_is_within_its_bounds() {
        let paging = |text: &str| query(text).paging().map(|paging| (paging.offset, paging.limit));
        assert_eq!(paging(""), Ok((0, USUAL)));
        assert_eq!(paging("offset=40&limit=100"), Ok((40, 100)));
        for text in ["limit=0", "limit=101", "limit=+5", "limit=a", "offset=-1", "offset=1e3", "limit="] {
            assert!(paging(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_left_over_and_what_comes_twice_is_an_error() {
        let mut left = query("limit=5&color=red");
        left.paging().expect("a page");
        assert_eq!(left.end(), Err(Fault::UnknownParameter("color".to_owned())));
        let mut request = Request::default();
        *request.uri_mut() = "/a?id=1&id=2".parse().expect("an address");
        assert!(Query::of(&request).is_err());
    }

    #[test]
    fn a_range_of_times_is_read_from_either_end() {
        let between = query("orderDate.gte=2026-11-23&orderDate.lt=2026-11-24T01:00:00%2B01:00").between("orderDate");
        let between = between.unwrap_or_else(|fault| panic!("{fault:?}"));
        assert_eq!(between.first.to_string(), "2026-11-23T00:00:00Z");
        assert_eq!(between.last.to_string(), "2026-11-23T23:59:59.999999999Z");
        let between = query("orderDate.gt=2026-11-23T10:00:00.120Z&orderDate.lte=2026-11-23T10:00:00.130Z").between("orderDate");
        let between = between.unwrap_or_else(|fault| panic!("{fault:?}"));
        assert_eq!(between.first.to_string(), "2026-11-23T10:00:00.121Z");
        assert_eq!(between.last.to_string(), "2026-11-23T10:00:00.130999999Z");
        assert!(query("orderDate.gt=yesterday").between("orderDate").is_err());
    }
}
