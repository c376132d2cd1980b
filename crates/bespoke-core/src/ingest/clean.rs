//! Cleans what programs leave in text: ligatures, invisible characters, odd spaces, bullets as glyphs, spaced letters.

use unicode_normalization::UnicodeNormalization;

/// Characters that stand before a list item.
const BULLETS: &[char] = &[
    '•', '‣', '◦', '⁃', '∙', '●', '○', '■', '□', '▪', '▫', '►', '▶', '▷', '▸', '▹', '➢', '➤', '➔', '→', '⇒', '◆', '◇',
    '❖', '✓', '✔', '✦', '✧', '★', '☆', '⬥', '⚫', '⦁', '·', '»', '›', '❑', '❒', '⮚', '*', '○', '◾', '▻', '\u{fffd}',
    '\u{f0b7}', '\u{f0a7}', '\u{f0d8}', '\u{f076}', '\u{f0fc}', '\u{f0a8}', '\u{f06e}', '\u{f071}', '\u{f0e0}',
];
/// Characters that are bullets only when a space follows.
const DASHES: &[char] = &['-', '–', '—', '‐', '+', 'o', '§'];

/// What a letter shows in a font of pictures, Wingdings and its like: its bullets and ticks are kept, all other pictures are blanks.
pub fn of_picture_font(c: char) -> char {
    match c {
        'l' | 'n' => '●',
        '¡' | 'o' => '○',
        '§' | 'q' | 'r' | '¨' | 'u' | 'w' | 'v' | 'Ø' | 'à' | 'ð' | '·' => '•',
        'ü' | 'þ' => '✓',
        c if c.is_whitespace() => c,
        '\u{e000}'..='\u{f8ff}' => c,
        _ => ' ',
    }
}

/// True for a font whose letters are pictures.
pub fn is_picture_font(name: &str) -> bool {
    let name = name.to_lowercase();
    ["wingdings", "webdings", "dingbats"].iter().any(|f| name.contains(f))
}

/// A text in the letters of a font, those of fonts of pictures as what they show.
pub fn in_font(text: &str, font: &str) -> String {
    match is_picture_font(font) {
        true => text.chars().map(of_picture_font).collect(),
        false => text.to_owned(),
    }
}

/// One character, cleaned: nothing where it is invisible, a space where it is any space, letters where it is a ligature.
pub fn push_clean(out: &mut String, c: char) {
    match c {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => {}
        '\t' | '\n' => out.push(c),
        c if c.is_whitespace() => out.push(' '),
        c if c.is_control() => {}
        // The hyphens of typographers.
        '\u{2010}' | '\u{2011}' => out.push('-'),
        '\u{fb00}'..='\u{fb06}' | '\u{ff01}'..='\u{ff5e}' | '\u{0132}' | '\u{0133}' => {
            out.extend(std::iter::once(c).nfkc())
        }
        c => out.push(c),
    }
}

/// A letter with the accent that is printed over or under it: "˜" and "n" are "ñ". `None` for other signs.
pub fn accented(letter: &str, accent: &str) -> Option<char> {
    let mark = match accent {
        "\u{60}" | "ˋ" => '\u{300}',
        "´" | "ˊ" => '\u{301}',
        "ˆ" | "^" => '\u{302}',
        "˜" | "~" => '\u{303}',
        "¯" | "ˉ" => '\u{304}',
        "˘" => '\u{306}',
        "˙" => '\u{307}',
        "¨" => '\u{308}',
        "˚" => '\u{30a}',
        "˝" => '\u{30b}',
        "ˇ" => '\u{30c}',
        "¸" => '\u{327}',
        "˛" => '\u{328}',
        _ => return None,
    };
    let letter = match letter {
        "ı" => "i",
        "ȷ" => "j",
        other => other,
    };
    let mut signs = letter.chars().chain([mark]).nfc();
    signs.next().filter(|c| c.is_alphabetic() && signs.next().is_none())
}

/// A text cleaned: see [`push_clean`]; runs of spaces become one, none at the ends; composed characters (NFC).
pub fn clean(text: &str) -> String {
    let mut raw = String::with_capacity(text.len());
    // A full-width comma and dashes that were read in the wrong encoding.
    let repaired;
    let text = if text.contains(['ï', 'â']) {
        repaired = text
            .replace("ï¼\u{8c}", ", ")
            .replace("ï¼Œ", ", ")
            .replace("ï¼", ", ")
            .replace("â€“", "–")
            .replace("â€”", "—")
            .replace("â€™", "’")
            .replace("â€¢", "•");
        repaired.as_str()
    } else {
        text
    };
    for c in text.chars() {
        push_clean(&mut raw, c);
    }
    let mut out = String::with_capacity(raw.len());
    for c in raw.nfc() {
        match c {
            ' ' if out.is_empty() || out.ends_with([' ', '\t', '\n']) => {}
            '\t' | '\n' => {
                while out.ends_with(' ') {
                    out.pop();
                }
                out.push(c);
            }
            c => out.push(c),
        }
    }
    let end = out.trim_end().len();
    out.truncate(end);
    unspace(&out).or_else(|| small_caps(&out)).unwrap_or(out)
}

/// Joins capitals that stand apart from their words, as small capitals leave them: `P ROJECT M ANAGER` → `PROJECT MANAGER`.
/// `None` where the line is not written so.
fn small_caps(text: &str) -> Option<String> {
    let pieces: Vec<&str> = text.split(' ').collect();
    let upper = |p: &str| p.chars().any(char::is_alphabetic) && p.chars().all(|c| !c.is_lowercase());
    let pair = |i: usize| {
        pieces[i].chars().count() == 1
            && pieces[i].chars().all(char::is_uppercase)
            && pieces
                .get(i + 1)
                .is_some_and(|p| p.chars().filter(|c| c.is_alphabetic()).count() >= 2 && upper(p))
    };
    let pairs = (0..pieces.len()).filter(|i| pair(*i)).count();
    let lower = text.chars().any(char::is_lowercase);
    let article = matches!(pieces[0], "A" | "I") && pairs == 1;
    let capitals = pieces.iter().filter(|p| upper(p)).count();
    if pairs == 0 || lower || article || pairs * 20 < capitals * 6 || (pairs == 1 && pieces.len() != 2) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for (i, piece) in pieces.iter().enumerate() {
        out.push_str(piece);
        if i + 1 < pieces.len() && !pair(i) {
            out.push(' ');
        }
    }
    Some(out)
}

/// Joins letters that are spaced out: `J O R D A N  L E E` → `JORDAN LEE`. `None` where they are not.
fn unspace(text: &str) -> Option<String> {
    let pieces: Vec<&str> = text.split(' ').collect();
    let single = |p: &&&str| p.chars().count() == 1 && p.chars().all(|c| c.is_alphabetic() || c == '&');
    let letters = pieces.iter().filter(single).count();
    let capitals = pieces
        .iter()
        .filter(single)
        .filter(|p| p.chars().all(char::is_uppercase))
        .count();
    if letters < 4 || letters < pieces.len() || capitals * 2 < letters {
        return None;
    }
    Some(pieces.concat())
}

/// Takes a bullet off the front; `None` where there is none. A dash before a date is none.
pub fn strip_bullet(text: &str) -> Option<&str> {
    let trimmed = text.trim_start();
    let first = trimmed.chars().next()?;
    let rest = &trimmed[first.len_utf8()..];
    let private = ('\u{e000}'..='\u{f8ff}').contains(&first);
    if BULLETS.contains(&first) || private {
        // "*bold*" and "·" between words are no bullets.
        return (first != '*' || rest.starts_with([' ', '\t'])).then(|| rest.trim_start());
    }
    // "(a) Preparing monthly accounts"
    if let Some(lettered) = trimmed.get(3..).and_then(|rest| rest.strip_prefix([' ', '\t']))
        && matches!(trimmed.as_bytes(), [b'(', b'a'..=b'h', b')', ..])
    {
        return Some(lettered.trim_start());
    }
    let spaced = rest.starts_with([' ', '\t']);
    // "– February 2015" ends a stretch of time that began a line above.
    let date = || rest.split_whitespace().count() <= 2 && crate::parse::is_one_date(rest);
    // "- 2nd shift at the float glass plant - kept three lines running": no number below zero.
    let told = || {
        rest.split_whitespace()
            .filter(|w| w.starts_with(char::is_alphabetic))
            .count()
            >= 4
    };
    (DASHES.contains(&first)
        && spaced
        && !rest
            .trim_start()
            .starts_with(|c: char| c.is_ascii_digit() && first != 'o' && first != '§' && !told())
        && !date())
    .then(|| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_join_their_letters() {
        assert_eq!(accented("n", "˜"), Some('ñ'));
        assert_eq!(accented("ı", "´"), Some('í'));
        assert_eq!(accented("a", "¯"), Some('ā'));
        assert_eq!(accented("c", "¸"), Some('ç'));
        assert_eq!(accented("x", "´"), None);
        assert_eq!(accented("n", "a"), None);
        assert_eq!(accented("1", "ˆ"), None);
    }

    #[test]
    fn text_is_cleaned() {
        for (raw, want) in [
            ("e\u{fb03}cient\u{200b}ly", "efficiently"),
            ("a\u{a0} b  c ", "a b c"),
            ("co\u{ad}operate", "cooperate"),
            ("J O R D A N", "JORDAN"),
            ("A B C", "A B C"),
            ("S ENIOR P ROJECT M ANAGER", "SENIOR PROJECT MANAGER"),
            ("E DUCATION", "EDUCATION"),
            ("A TEAM", "A TEAM"),
            (
                "Plan B MEETINGS with C LEVEL staff",
                "Plan B MEETINGS with C LEVEL staff",
            ),
            ("cafe\u{301}", "café"),
            ("m² and 5 ½", "m² and 5 ½"),
        ] {
            assert_eq!(clean(raw), want, "{raw:?}");
        }
    }

    #[test]
    fn bullets_are_taken_off() {
        for (raw, want) in [
            ("• Built it", Some("Built it")),
            ("- Built it", Some("Built it")),
            ("\u{f0b7}Built", Some("Built")),
            ("o Built", Some("Built")),
            ("Built", None),
            ("-5 degrees", None),
            ("– 2019", None),
            ("– February 2015", None),
            ("*bold*", None),
        ] {
            assert_eq!(strip_bullet(raw), want, "{raw:?}");
        }
    }
}
