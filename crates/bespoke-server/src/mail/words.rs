//! What messages say, in the languages of the page.

/// A language of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// English.
    English,
    /// German.
    German,
}

impl Tongue {
    /// The first of an `Accept-Language` header that the product speaks, else English.
    pub fn of(accepted: &str) -> Tongue {
        let speaks = |tag: &str| match tag.trim().get(..2).map(str::to_ascii_lowercase).as_deref() {
            Some("de") => Some(Tongue::German),
            Some("en") => Some(Tongue::English),
            _ => None,
        };
        accepted.split(',').find_map(speaks).unwrap_or(Tongue::English)
    }
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Letter {
    /// Asks whether the address is the person's.
    Verify {
        /// Where to say yes.
        link: String,
    },
    /// Lets set a new password.
    Reset {
        /// Where.
        link: String,
    },
    /// Asks whether the new address is the person's.
    NewAddress {
        /// Where to say yes.
        link: String,
    },
    /// Tells the old address that there is a new one.
    AddressChanged,
    /// Tells that the password was set anew.
    PasswordChanged,
    /// A link to a résumé.
    Share(ShareMessage),
    /// A link into a team.
    Invitation {
        /// Where to accept.
        link: String,
        /// Name of the team.
        team: String,
        /// Address of whoever invites.
        from: String,
    },
}

/// A link to a résumé with what the person chose to say of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShareMessage {
    /// Where it shows.
    pub link: String,
    /// Whose it is.
    pub name: Option<String>,
    /// What they are by profession.
    pub title: Option<String>,
    /// Which job it is for.
    pub job: Option<String>,
    /// The day after which the link shows nothing, `YYYY-MM-DD`.
    pub until: Option<String>,
    /// Whether a password must be typed, which this message does not hold.
    pub protected: bool,
    /// What the person adds.
    pub note: String,
}

impl Letter {
    /// Subject and text.
    pub fn says(&self, tongue: Tongue) -> (String, String) {
        let german = tongue == Tongue::German;
        let pick = |english: &str, own: &str| if german { own } else { english }.to_owned();
        let with_link =
            |subject: String, why: String, link: &str, end: String| (subject, format!("{why}\n\n{link}\n\n{end}\n"));
        let not_you = || {
            pick(
                "If you did not ask for this, do nothing: nothing changes.",
                "Wenn Sie das nicht angefordert haben, tun Sie nichts: Es ändert sich nichts.",
            )
        };
        match self {
            Letter::Verify { link } => with_link(
                pick("Is this your address?", "Ist das Ihre Adresse?"),
                pick(
                    "Somebody made a Bespoke account with this address. Open this page to say that it was you; it is good for two days.",
                    "Jemand hat mit dieser Adresse ein Bespoke-Konto angelegt. Öffnen Sie diese Seite, um zu bestätigen, dass Sie es waren; sie gilt zwei Tage.",
                ),
                link,
                not_you(),
            ),
            Letter::Reset { link } => with_link(
                pick("A new password", "Ein neues Passwort"),
                pick(
                    "You asked for a new password for your Bespoke account. Open this page to set it; it works once, within one hour, and signs you out everywhere.",
                    "Sie haben ein neues Passwort für Ihr Bespoke-Konto angefordert. Öffnen Sie diese Seite, um es zu setzen; sie gilt einmal, eine Stunde lang, und meldet Sie überall ab.",
                ),
                link,
                not_you(),
            ),
            Letter::NewAddress { link } => with_link(
                pick("Is this your new address?", "Ist das Ihre neue Adresse?"),
                pick(
                    "This address is to become the one of a Bespoke account. Open this page to say that it is yours; it is good for two days.",
                    "Diese Adresse soll die eines Bespoke-Kontos werden. Öffnen Sie diese Seite, um zu bestätigen, dass es Ihre ist; sie gilt zwei Tage.",
                ),
                link,
                not_you(),
            ),
            Letter::AddressChanged => (
                pick("Your account has a new address", "Ihr Konto hat eine neue Adresse"),
                pick(
                    "The e-mail address of your Bespoke account was changed; messages go to the new one from now on. If it was not you, tell whoever runs this server at once.\n",
                    "Die E-Mail-Adresse Ihres Bespoke-Kontos wurde geändert; Nachrichten gehen von nun an an die neue. Wenn Sie das nicht waren, wenden Sie sich sofort an den Betreiber dieses Servers.\n",
                ),
            ),
            Letter::PasswordChanged => (
                pick("Your password was set anew", "Ihr Passwort wurde neu gesetzt"),
                pick(
                    "The password of your Bespoke account was set anew, and every browser is signed out. If it was not you, ask for a new password at once.\n",
                    "Das Passwort Ihres Bespoke-Kontos wurde neu gesetzt, und alle Browser sind abgemeldet. Wenn Sie das nicht waren, fordern Sie sofort ein neues Passwort an.\n",
                ),
            ),
            Letter::Share(share) => share.says(&pick),
            Letter::Invitation { link, team, from } => with_link(
                pick("An invitation into the team “{}”", "Eine Einladung in das Team „{}“").replace("{}", team),
                pick(
                    "{} invites you into the team “{team}” on Bespoke. Open this page to see what you could do there, and to accept; it works once, within seven days.",
                    "{} lädt Sie in das Team „{team}“ auf Bespoke ein. Öffnen Sie diese Seite, um zu sehen, was Sie dort könnten, und um anzunehmen; sie gilt einmal, sieben Tage lang.",
                )
                .replace("{}", from)
                .replace("{team}", team),
                link,
                pick(
                    "If you do not know who this is, do nothing: you join nothing by itself.",
                    "Wenn Sie nicht wissen, wer das ist, tun Sie nichts: Von selbst treten Sie nirgends bei.",
                ),
            ),
        }
    }
}

impl ShareMessage {
    fn says(&self, pick: &dyn Fn(&str, &str) -> String) -> (String, String) {
        let subject = match &self.name {
            Some(name) => pick("Résumé of {}", "Lebenslauf von {}").replace("{}", name),
            None => pick("A résumé for you", "Ein Lebenslauf für Sie"),
        };
        let mut lines: Vec<String> = Vec::new();
        if !self.note.trim().is_empty() {
            lines.extend([self.note.trim().to_owned(), String::new()]);
        }
        let facts = [
            (pick("Name", "Name"), &self.name),
            (pick("Profession", "Beruf"), &self.title),
            (pick("For the job", "Für die Stelle"), &self.job),
            (pick("Shown until", "Zu sehen bis"), &self.until),
        ];
        for (what, value) in facts {
            if let Some(value) = value {
                lines.push(format!("{what}: {value}"));
            }
        }
        lines.extend([String::new(), self.link.clone()]);
        if self.protected {
            let asks = pick(
                "The page asks for a password, which the sender tells you in another way.",
                "Die Seite fragt nach einem Passwort, das der Absender Ihnen auf anderem Weg mitteilt.",
            );
            lines.extend([String::new(), asks]);
        }
        (subject, format!("{}\n", lines.join("\n").trim_start()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_first_that_is_spoken() {
        for (accepted, tongue) in [
            ("de-AT,de;q=0.9,en;q=0.8", Tongue::German),
            ("fr, en;q=0.5, de;q=0.3", Tongue::English),
            ("", Tongue::English),
            ("ü", Tongue::English),
        ] {
            assert_eq!(Tongue::of(accepted), tongue, "{accepted}");
        }
    }

    #[test]
    fn a_share_says_what_was_chosen_and_nothing_else() {
        let share = ShareMessage {
            link: "https://bespoke.example.org/s/1".into(),
            title: Some("Engineer".into()),
            note: "As promised.".into(),
            ..ShareMessage::default()
        };
        let (subject, text) = Letter::Share(share).says(Tongue::English);
        assert_eq!(subject, "A résumé for you");
        assert_eq!(
            text,
            "As promised.\n\nProfession: Engineer\n\nhttps://bespoke.example.org/s/1\n"
        );
    }
}
