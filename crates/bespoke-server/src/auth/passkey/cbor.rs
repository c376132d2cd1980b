//! As much of CBOR (RFC 8949) as authenticators write: numbers, bytes, texts, lists and maps of definite length.

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// A whole number.
    Int(i64),
    /// Bytes.
    Bytes(&'a [u8]),
    /// A text.
    Text(&'a str),
    /// A list.
    List(Vec<Value<'a>>),
    /// Pairs in their order.
    Map(Vec<(Value<'a>, Value<'a>)>),
    /// `false`, `true`, `null` and the like.
    Simple(u8),
}

/// How deep values may be nested.
const DEEPEST: usize = 8;

impl<'a> Value<'a> {
    /// The value of a key that is a number.
    pub fn at(&self, key: i64) -> Option<&Value<'a>> {
        self.get(&Value::Int(key))
    }

    /// The value of a key that is a text.
    pub fn named(&self, key: &'a str) -> Option<&Value<'a>> {
        self.get(&Value::Text(key))
    }

    fn get(&self, key: &Value<'a>) -> Option<&Value<'a>> {
        let Value::Map(pairs) = self else { return None };
        let mut found = pairs.iter().filter(|(name, _)| name == key);
        // A key that comes twice means nothing.
        let (_, value) = found.next().filter(|_| found.next().is_none())?;
        Some(value)
    }

    /// The bytes.
    pub fn bytes(&self) -> Option<&'a [u8]> {
        match self {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The number.
    pub fn int(&self) -> Option<i64> {
        match self {
            Value::Int(int) => Some(*int),
            _ => None,
        }
    }
}

/// The first value of `bytes` and what stands behind it; `None` where it is none of these.
pub fn read(bytes: &[u8]) -> Option<(Value<'_>, &[u8])> {
    read_at(bytes, 0)
}

fn read_at(bytes: &[u8], depth: usize) -> Option<(Value<'_>, &[u8])> {
    if depth > DEEPEST {
        return None;
    }
    let (first, rest) = bytes.split_first()?;
    let (kind, small) = (first >> 5, first & 31);
    let (number, rest) = match small {
        0..=23 => (u64::from(small), rest),
        24..=27 => {
            let (head, rest) = rest.split_at_checked(1 << (small - 24))?;
            (head.iter().fold(0, |sum, b| (sum << 8) | u64::from(*b)), rest)
        }
        _ => return None,
    };
    let count = || usize::try_from(number).ok();
    Some(match kind {
        0 => (Value::Int(i64::try_from(number).ok()?), rest),
        1 => (Value::Int(-1 - i64::try_from(number).ok()?), rest),
        2 | 3 => {
            let (body, rest) = rest.split_at_checked(count()?)?;
            let value = match kind {
                2 => Value::Bytes(body),
                _ => Value::Text(std::str::from_utf8(body).ok()?),
            };
            (value, rest)
        }
        4 => {
            let (mut list, mut left) = (Vec::new(), rest);
            for _ in 0..number {
                let (value, rest) = read_at(left, depth + 1)?;
                list.push(value);
                left = rest;
            }
            (Value::List(list), left)
        }
        5 => {
            let (mut pairs, mut left) = (Vec::new(), rest);
            for _ in 0..number {
                let (key, rest) = read_at(left, depth + 1)?;
                let (value, rest) = read_at(rest, depth + 1)?;
                pairs.push((key, value));
                left = rest;
            }
            (Value::Map(pairs), left)
        }
        7 if small < 24 => (Value::Simple(small), rest),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_authenticators_write_is_read() {
        // {1: 2, 3: -7, "fmt": h'0102', 4: [true]} and a byte behind it.
        let bytes = b"\xa4\x01\x02\x03\x26\x63fmt\x42\x01\x02\x04\x81\xf5\xff";
        let (value, rest) = read(bytes).unwrap();
        assert_eq!(rest, [0xff]);
        assert_eq!(value.at(3).and_then(Value::int), Some(-7));
        assert_eq!(value.named("fmt").and_then(Value::bytes), Some(&[1u8, 2][..]));
        assert_eq!(value.at(4), Some(&Value::List(vec![Value::Simple(21)])));
        assert_eq!(value.at(9), None);
    }

    #[test]
    fn nonsense_is_refused_without_harm() {
        for bytes in [
            &b""[..],
            b"\x5f",                                         // indefinite length
            b"\x44\x01",                                     // cut off
            b"\x5b\xff\xff\xff\xff\xff\xff\xff\xff",         // longer than all there is
            b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff",         // a list of nothing
            b"\x81\x81\x81\x81\x81\x81\x81\x81\x81\x81\x01", // too deep
            b"\x61\xff",                                     // no UTF-8
            b"\xc0\x01",                                     // a tag
        ] {
            assert_eq!(read(bytes), None, "{bytes:x?}");
        }
        // A key that comes twice has no value.
        let (twice, _) = read(b"\xa2\x01\x02\x01\x03").unwrap();
        assert_eq!(twice.at(1), None);
    }
}
