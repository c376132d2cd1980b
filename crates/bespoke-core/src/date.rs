//! Dates as résumés show them: a year, or a year and a month, or a day; or "Present".

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A date at the precision that was shown. Orders by year, month, day; a missing part sorts first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// Four-digit year, 1900 to 2100.
    pub year: u16,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31, only with a month.
    pub day: Option<u8>,
}

impl PartialDate {
    /// A year alone.
    pub const fn year(year: u16) -> Self {
        PartialDate {
            year,
            month: None,
            day: None,
        }
    }
    /// A year and a month.
    pub const fn month(year: u16, month: u8) -> Self {
        PartialDate {
            year,
            month: Some(month),
            day: None,
        }
    }
    /// Months since year 0; a missing month counts as January.
    pub fn months(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.month.unwrap_or(1)) - 1
    }
}

/// ISO 8601 at the shown precision: `2019`, `2019-04`, `2019-04-30`.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

/// Not an ISO 8601 date of one of the three precisions.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a date: write 2019, 2019-04 or 2019-04-30")]
pub struct InvalidDate(pub String);

impl FromStr for PartialDate {
    type Err = InvalidDate;
    fn from_str(s: &str) -> Result<Self, InvalidDate> {
        let bad = || InvalidDate(s.to_owned());
        let mut parts = s.trim().split('-');
        let year = parts
            .next()
            .filter(|p| p.len() == 4)
            .and_then(|p| p.parse().ok())
            .ok_or_else(bad)?;
        let mut part = |max: u8| match parts.next() {
            None => Ok(None),
            Some(p) => match p.get(..p.len().min(2)).and_then(|p| p.parse::<u8>().ok()) {
                Some(n) if (1..=max).contains(&n) => Ok(Some(n)),
                _ => Err(bad()),
            },
        };
        let month = part(12)?;
        let day = part(31)?;
        Ok(PartialDate { year, month, day })
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

/// When something ended: a date, or it has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// It ended then.
    Date(PartialDate),
    /// It goes on ("Present", "heute", "actuel" …).
    Present,
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::Date(date) => date.fmt(f),
            End::Present => f.write_str("present"),
        }
    }
}

impl Serialize for End {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for End {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        if text.eq_ignore_ascii_case("present") {
            return Ok(End::Present);
        }
        text.parse().map(End::Date).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_round_trip() {
        for text in ["2019", "2019-04", "2019-04-30"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
        for text in ["19", "2019-13", "2019-00", "soon", "", "2019-é"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }
}
