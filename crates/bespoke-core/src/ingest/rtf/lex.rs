//! RTF bytes → groups, control words and bytes of text.

use encoding_rs::Encoding;

/// Longest control word; what is longer is no RTF.
const MAX_WORD: usize = 40;

/// A piece of RTF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word` with its number.
    Word(&'a str, Option<i32>),
    /// A byte of text, in the code page at hand.
    Byte(u8),
    /// `\*`: a reader that does not know the next word leaves the group out.
    Ignorable,
}

/// Cuts RTF into tokens.
pub struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub fn new(bytes: &'a [u8]) -> Lexer<'a> {
        Lexer { bytes, at: 0 }
    }

    /// Leaves out binary data.
    pub fn skip(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.bytes.len());
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\r' | b'\n' | 0 => {}
                b'\\' => return self.control(),
                b'\t' => return Some(Token::Word("tab", None)),
                byte => return Some(Token::Byte(byte)),
            }
        }
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let first = self.peek()?;
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return Some(match first {
                b'\'' => {
                    let digit = |b: Option<&u8>| b.and_then(|b| (*b as char).to_digit(16));
                    let (high, low) = (digit(self.bytes.get(self.at)), digit(self.bytes.get(self.at + 1)));
                    match (high, low) {
                        (Some(high), Some(low)) => {
                            self.at += 2;
                            Token::Byte((high * 16 + low) as u8)
                        }
                        _ => Token::Byte(b'?'),
                    }
                }
                b'*' => Token::Ignorable,
                b'\r' | b'\n' => Token::Word("par", None),
                b'~' => Token::Word("~", None),
                b'_' => Token::Word("_", None),
                b'-' | b'|' | b':' => Token::Word("-", None),
                b'\t' => Token::Word("tab", None),
                other => Token::Byte(other),
            });
        }
        let start = self.at;
        while self.at - start < MAX_WORD && self.peek().is_some_and(|b| b.is_ascii_alphabetic()) {
            self.at += 1;
        }
        let word = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        let digits = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        while self.at - digits < 11 && self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        let number = std::str::from_utf8(&self.bytes[digits..self.at]).unwrap_or_default();
        let value = number.parse::<i64>().ok();
        if value.is_none() {
            self.at = digits;
        }
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        let value = value.map(|v| v.clamp(i32::MIN.into(), i32::MAX.into()) as i32);
        Some(Token::Word(word, value))
    }
}

/// The encoding of a Windows code page.
pub fn code_page(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        874 => encoding_rs::WINDOWS_874,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1252 => encoding_rs::WINDOWS_1252,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1255 => encoding_rs::WINDOWS_1255,
        1256 => encoding_rs::WINDOWS_1256,
        1257 => encoding_rs::WINDOWS_1257,
        1258 => encoding_rs::WINDOWS_1258,
        10000 => encoding_rs::MACINTOSH,
        10007 => encoding_rs::X_MAC_CYRILLIC,
        20866 => encoding_rs::KOI8_R,
        65001 => encoding_rs::UTF_8,
        _ => return None,
    })
}

/// The code page of a font's character set; `None` where the set says nothing.
pub fn charset(number: i32) -> Option<&'static Encoding> {
    code_page(match number {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_cut() {
        let mut lexer = Lexer::new(b"{\\rtf1\\b0 a\\'e9\\*\\u-10179?\\{\r\nx\\q");
        let mut out = Vec::new();
        while let Some(token) = lexer.next() {
            out.push(token);
        }
        use Token::*;
        let want = [
            Open,
            Word("rtf", Some(1)),
            Word("b", Some(0)),
            Byte(b'a'),
            Byte(0xE9),
            Ignorable,
            Word("u", Some(-10179)),
            Byte(b'?'),
            Byte(b'{'),
            Byte(b'x'),
            Word("q", None),
        ];
        assert_eq!(out, want);
    }
}
