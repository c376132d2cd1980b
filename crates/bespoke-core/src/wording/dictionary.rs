//! An English dictionary for spelling: the sorted list of `data/words/english.txt`, searched where it lies.

/// True where the dictionary has this word, in lower case without accents.
pub(crate) fn knows(word: &str) -> bool {
    line_of(crate::words::english(), word).is_some()
}

/// The line that begins with this word, in a list sorted by bytes; what follows the first space is not compared.
pub(super) fn line_of(list: &'static str, word: &str) -> Option<&'static str> {
    let bytes = list.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = bytes[..middle].iter().rposition(|b| *b == b'\n').map_or(0, |p| p + 1);
        let end = bytes[middle..]
            .iter()
            .position(|b| *b == b'\n')
            .map_or(bytes.len(), |p| middle + p);
        let line = &list[start..end];
        match line.split(' ').next().unwrap_or(line).cmp(word) {
            std::cmp::Ordering::Equal => return Some(line),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

/// True where the dictionary has the word, or its parts as words are made: a prefix, a suffix, two words in one.
pub(crate) fn makes_sense(word: &str) -> bool {
    const PREFIXES: [&str; 22] = [
        "re", "un", "pre", "non", "multi", "sub", "inter", "over", "under", "micro", "mini", "co", "anti", "de", "mis",
        "out", "cross", "post", "super", "auto", "bio", "tele",
    ];
    const SUFFIXES: [&str; 14] = [
        "s", "es", "ed", "d", "ing", "er", "ers", "able", "ly", "ness", "less", "ization", "isation", "wise",
    ];
    if knows(word) {
        return true;
    }
    let stems = |w: &str| {
        SUFFIXES
            .iter()
            .filter_map(|s| w.strip_suffix(s))
            .any(|w| w.len() > 3 && knows(w))
    };
    let prefixed = |w: &str| {
        let rests = PREFIXES.iter().filter_map(|p| w.strip_prefix(p));
        rests.into_iter().any(|r| r.len() > 3 && knows(r))
    };
    let joined = |w: &str| (4..w.len().saturating_sub(3)).any(|i| knows(&w[..i]) && knows(&w[i..]));
    prefixed(word) || word.len() > 8 && (stems(word) || joined(word))
}

/// Words of the dictionary that differ by one slip of the hand: a letter left out, doubled, wrong or swapped.
pub(crate) fn one_slip_away(word: &str) -> Option<String> {
    if !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let b = word.as_bytes();
    let text = |v: Vec<u8>| String::from_utf8(v).ok().filter(|w| knows(w));
    let join = |parts: &[&[u8]]| parts.concat();
    let swapped = (0..b.len().saturating_sub(1))
        .filter(|i| b[*i] != b[i + 1])
        .find_map(|i| text(join(&[&b[..i], &[b[i + 1], b[i]], &b[i + 2..]])));
    let left_out = || (1..=b.len()).find_map(|i| (b'a'..=b'z').find_map(|c| text(join(&[&b[..i], &[c], &b[i..]]))));
    let too_many = || (1..b.len()).find_map(|i| text(join(&[&b[..i], &b[i + 1..]])));
    let wrong = || {
        (1..b.len()).find_map(|i| {
            let others = (b'a'..=b'z').filter(|c| *c != b[i]);
            others
                .into_iter()
                .find_map(|c| text(join(&[&b[..i], &[c], &b[i + 1..]])))
        })
    };
    swapped.or_else(too_many).or_else(left_out).or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_searched_to_its_ends() {
        let all: Vec<&str> = crate::words::english().lines().collect();
        assert!(all.len() > 50_000 && all.is_sorted());
        for word in [all[0], all[all.len() - 1], all[all.len() / 2], "management"] {
            assert!(knows(word), "{word}");
        }
        assert!(!knows("managment") && !knows("") && !knows("zzzzzz"));
    }

    #[test]
    fn finds_the_word_that_was_meant() {
        for (slip, meant) in [
            ("managment", "management"),
            ("recieved", "received"),
            ("acheived", "achieved"),
            ("commmunication", "communication"),
            ("seperate", "separate"),
        ] {
            assert_eq!(one_slip_away(slip).as_deref(), Some(meant));
        }
        assert_eq!(one_slip_away("xkqzwv"), None);
        assert!(makes_sense("reslotting") && makes_sense("preconfigured"));
    }
}
