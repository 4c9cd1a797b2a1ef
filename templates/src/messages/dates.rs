//! Dates and times for people.

use jiff::civil::{Date, DateTime, Time, Weekday};

use super::Words;

impl Words {
    /// A day in full: `Monday, November 30, 2026`.
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        let (weekday, month) = (self.weekday(date.weekday()), self.month(date.month()));
        let arguments =
            [("weekday", weekday.into()), ("month", month.into()), ("day", date.day().into()), ("year", year(date).into())];
        self.with("date-full", &arguments).into_owned()
    }

    /// A day without its weekday, for tables and lists: `November 30, 2026`.
    #[must_use]
    pub fn short_date(&self, date: Date) -> String {
        let arguments = [("month", self.month(date.month()).into()), ("day", date.day().into()), ("year", year(date).into())];
        self.with("date-short", &arguments).into_owned()
    }

    /// A day as people type it: `11/30/2026`.
    #[must_use]
    pub fn typed_date(&self, date: Date) -> String {
        let (month, day) = (format!("{:02}", date.month()), format!("{:02}", date.day()));
        let arguments = [("month", month.into()), ("day", day.into()), ("year", year(date).into())];
        self.with("date-typed", &arguments).into_owned()
    }

    /// A time of day: `1:05 p.m.`.
    #[must_use]
    pub fn time(&self, time: Time) -> String {
        let hour = match time.hour() % 12 {
            0 => 12,
            hour => hour,
        };
        // As text, because a number would lose the nought of five past.
        let arguments = [("hour", hour.into()), ("minute", format!("{:02}", time.minute()).into())];
        if time.hour() < 12 {
            self.with("time-morning", &arguments).into_owned()
        } else {
            self.with("time-afternoon", &arguments).into_owned()
        }
    }

    /// A time of day on a day: `Monday, November 30, 2026 at 1:05 p.m.`.
    #[must_use]
    pub fn moment(&self, moment: DateTime) -> String {
        self.with("date-moment", &[("date", self.date(moment.date()).into()), ("time", self.time(moment.time()).into())])
            .into_owned()
    }

    /// From one time of day to another: `8:00 a.m. to 12:00 p.m.`.
    #[must_use]
    pub fn window(&self, from: Time, to: Time) -> String {
        self.with("time-window", &[("from", self.time(from).into()), ("to", self.time(to).into())]).into_owned()
    }

    fn weekday(&self, day: Weekday) -> String {
        match day {
            Weekday::Monday => self.text("weekday-monday"),
            Weekday::Tuesday => self.text("weekday-tuesday"),
            Weekday::Wednesday => self.text("weekday-wednesday"),
            Weekday::Thursday => self.text("weekday-thursday"),
            Weekday::Friday => self.text("weekday-friday"),
            Weekday::Saturday => self.text("weekday-saturday"),
            Weekday::Sunday => self.text("weekday-sunday"),
        }
        .into_owned()
    }

    fn month(&self, month: i8) -> String {
        match month {
            1 => self.text("month-january"),
            2 => self.text("month-february"),
            3 => self.text("month-march"),
            4 => self.text("month-april"),
            5 => self.text("month-may"),
            6 => self.text("month-june"),
            7 => self.text("month-july"),
            8 => self.text("month-august"),
            9 => self.text("month-september"),
            10 => self.text("month-october"),
            11 => self.text("month-november"),
            _ => self.text("month-december"),
        }
        .into_owned()
    }
}

/// As text: a year is a name, not a quantity.
fn year(date: Date) -> String {
    date.year().to_string()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn dates_and_times_read_as_people_write_them() {
        let words = Words::english();
        assert_eq!(words.date(date(2026, 11, 30)), "Monday, November 30, 2026");
        assert_eq!(words.short_date(date(2026, 11, 30)), "November 30, 2026");
        assert_eq!(words.typed_date(date(2026, 9, 3)), "09/03/2026");
        assert_eq!(words.window(time(8, 0, 0, 0), time(12, 0, 0, 0)), "8:00 a.m. to 12:00 p.m.");
        assert_eq!(words.moment(date(2027, 1, 1).at(0, 5, 0, 0)), "Friday, January 1, 2027 at 12:05 a.m.");
    }
}
