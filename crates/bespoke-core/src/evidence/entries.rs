//! What an entry is may never change: names, employers, titles, dates, degrees, levels. Leaving out is no invention,
//! except where it would hide what makes the entry smaller.

use super::pool::{Pool, skills_of};
use super::{Violation, ViolationKind};
use crate::resume::{Bullet, Credential, Education, Field, Id, Profile, Project, Resume, SkillGroup, Text, Work};
use crate::text::{fold, words};
use crate::wording::{stem, tokens};
use std::collections::HashSet;
use std::fmt::Display;

use ViolationKind as Kind;

pub(super) fn check(base: &Resume, evidence: &Pool, tailored: &Resume) -> Vec<Violation> {
    let mut c = Checker {
        evidence,
        out: Vec::new(),
    };
    c.contact(base, tailored);
    c.works(&base.work, &tailored.work);
    c.works(&base.volunteer, &tailored.volunteer);
    c.education(&base.education, &tailored.education);
    c.projects(&base.projects, &tailored.projects);
    c.skills(base, tailored);
    for (b, t, kind) in [
        (&base.certificates, &tailored.certificates, Kind::Credential),
        (&base.awards, &tailored.awards, Kind::Credential),
        (&base.publications, &tailored.publications, Kind::Credential),
    ] {
        c.credentials(b, t, kind);
    }
    c.rest(base, tailored);
    c.bullets_stay(base, tailored);
    c.out
}

struct Checker<'a> {
    evidence: &'a Pool,
    out: Vec<Violation>,
}

impl Checker<'_> {
    fn say(&mut self, kind: Kind, text: &str, id: Option<&Id>, message: String) {
        self.out.push(Violation {
            kind,
            text: text.to_owned(),
            id: id.cloned(),
            message,
        });
    }

    /// A field that must stay as it is; `may_go` lets it be left out.
    fn same<T: PartialEq + Display>(
        &mut self,
        kind: Kind,
        what: &str,
        id: Option<&Id>,
        base: Option<&Field<T>>,
        tailored: Option<&Field<T>>,
        may_go: bool,
    ) {
        let shown = |f: Option<&Field<T>>| f.map(|f| f.value.to_string()).unwrap_or_default();
        let (was, is) = (shown(base), shown(tailored));
        if is.trim() == was.trim() || (may_go && is.trim().is_empty()) {
            return;
        }
        let message = match (was.is_empty(), is.is_empty()) {
            (true, _) => format!("The original shows no {what}; \"{is}\" cannot be added."),
            (_, true) => format!("The {what} \"{was}\" cannot be left out."),
            _ => format!("The {what} is \"{was}\" in the original and cannot become \"{is}\"."),
        };
        self.say(kind, if is.is_empty() { &was } else { &is }, id, message);
    }

    fn contact(&mut self, base: &Resume, tailored: &Resume) {
        let (b, t) = (&base.contact, &tailored.contact);
        self.same(Kind::Identity, "name", None, b.name.as_ref(), t.name.as_ref(), false);
        self.same(
            Kind::Identity,
            "e-mail address",
            None,
            b.email.as_ref(),
            t.email.as_ref(),
            true,
        );
        self.same(
            Kind::Identity,
            "phone number",
            None,
            b.phone.as_ref(),
            t.phone.as_ref(),
            true,
        );
        self.same(Kind::Identity, "web page", None, b.url.as_ref(), t.url.as_ref(), true);
        let key = |p: &Profile| (p.network.clone(), p.username.clone(), p.url.value.clone());
        for profile in &t.profiles {
            if !b.profiles.iter().any(|p| key(p) == key(profile)) {
                let message = format!("The original has no profile {}.", profile.url.value);
                self.say(Kind::Identity, &profile.url.value, None, message);
            }
        }
        if let Some(place) = &t.location {
            let was = b.location.clone().unwrap_or_default();
            let text = |p: &Option<Text>| p.as_ref().map(|t| t.value.clone());
            for (is, was) in [
                (text(&place.text), text(&was.text)),
                (place.address.clone(), was.address),
                (place.postal_code.clone(), was.postal_code),
                (place.city.clone(), was.city),
                (place.region.clone(), was.region),
                (place.country_code.clone(), was.country_code),
            ] {
                if let Some(is) = is.filter(|is| Some(is) != was.as_ref()) {
                    let message = format!("The original does not show the place \"{is}\".");
                    self.say(Kind::Identity, &is, None, message);
                }
            }
        }
    }

    /// Pairs each tailored entry with the base entry of the same id; reports added and doubled ones.
    fn pairs<'t, T>(
        &mut self,
        base: &'t [T],
        tailored: &'t [T],
        id: impl Fn(&T) -> &Id,
        name: impl Fn(&T) -> String,
        kind: Kind,
    ) -> Vec<(&'t T, &'t T)> {
        let mut seen = HashSet::new();
        let mut out = Vec::new();
        for t in tailored {
            match base.iter().find(|b| id(b) == id(t)) {
                Some(b) if seen.insert(id(t).clone()) => out.push((b, t)),
                Some(_) => self.say(kind, &name(t), Some(id(t)), format!("\"{}\" stands twice.", name(t))),
                None if self.confirmed(&name(t), kind) => {}
                None => {
                    let message = format!("\"{}\" is not in the original; add it there or confirm it.", name(t));
                    self.say(kind, &name(t), Some(id(t)), message);
                }
            }
        }
        out
    }

    /// Certificates, languages and the like may be added once the person has confirmed them word for word.
    fn confirmed(&self, name: &str, kind: Kind) -> bool {
        let all = words(name);
        matches!(kind, Kind::Credential | Kind::Language)
            && !all.is_empty()
            && self.evidence.confirmed().any(|p| {
                let fact = words(&p.text);
                all.iter().all(|w| fact.contains(w))
            })
    }

    fn works(&mut self, base: &[Work], tailored: &[Work]) {
        let name = |w: &Work| heading(&[w.position.as_ref(), w.company.as_ref()]);
        for (b, t) in self.pairs(base, tailored, |w| &w.id, name, Kind::Employer) {
            let id = Some(&t.id);
            self.same(
                Kind::Employer,
                "employer",
                id,
                b.company.as_ref(),
                t.company.as_ref(),
                false,
            );
            self.same(
                Kind::Title,
                "job title",
                id,
                b.position.as_ref(),
                t.position.as_ref(),
                false,
            );
            self.same(
                Kind::Employer,
                "place",
                id,
                b.location.as_ref(),
                t.location.as_ref(),
                true,
            );
            self.same(Kind::Identity, "link", id, b.url.as_ref(), t.url.as_ref(), true);
            self.same(Kind::Date, "start date", id, b.start.as_ref(), t.start.as_ref(), false);
            self.same(Kind::Date, "end date", id, b.end.as_ref(), t.end.as_ref(), false);
        }
    }

    fn education(&mut self, base: &[Education], tailored: &[Education]) {
        let name = |e: &Education| heading(&[e.study_type.as_ref(), e.area.as_ref(), e.institution.as_ref()]);
        for (b, t) in self.pairs(base, tailored, |e| &e.id, name, Kind::Degree) {
            let id = Some(&t.id);
            self.same(
                Kind::Institution,
                "school",
                id,
                b.institution.as_ref(),
                t.institution.as_ref(),
                false,
            );
            self.same(
                Kind::Degree,
                "degree",
                id,
                b.study_type.as_ref(),
                t.study_type.as_ref(),
                false,
            );
            self.same(Kind::Degree, "subject", id, b.area.as_ref(), t.area.as_ref(), false);
            self.same(
                Kind::Institution,
                "place",
                id,
                b.location.as_ref(),
                t.location.as_ref(),
                true,
            );
            self.same(Kind::Number, "grade", id, b.score.as_ref(), t.score.as_ref(), true);
            self.same(Kind::Date, "start date", id, b.start.as_ref(), t.start.as_ref(), false);
            self.same(Kind::Date, "end date", id, b.end.as_ref(), t.end.as_ref(), false);
            for course in &t.courses {
                if !b.courses.iter().any(|c| c.value == course.value) {
                    let message = format!("The original does not list the course \"{}\" there.", course.value);
                    self.say(Kind::Degree, &course.value, id, message);
                }
            }
        }
    }

    fn projects(&mut self, base: &[Project], tailored: &[Project]) {
        for (b, t) in self.pairs(base, tailored, |p| &p.id, |p| p.name.value.clone(), Kind::Name) {
            let id = Some(&t.id);
            self.same(Kind::Name, "project", id, Some(&b.name), Some(&t.name), false);
            self.same(Kind::Title, "role", id, b.role.as_ref(), t.role.as_ref(), false);
            self.same(
                Kind::Employer,
                "organisation",
                id,
                b.entity.as_ref(),
                t.entity.as_ref(),
                true,
            );
            self.same(Kind::Identity, "link", id, b.url.as_ref(), t.url.as_ref(), true);
            self.same(Kind::Date, "start date", id, b.start.as_ref(), t.start.as_ref(), false);
            self.same(Kind::Date, "end date", id, b.end.as_ref(), t.end.as_ref(), false);
            for keyword in &t.keywords {
                if !self.shows_skill(&keyword.value, Some(&t.id)) {
                    let message = format!("Nothing about this project shows \"{}\".", keyword.value);
                    self.say(Kind::Skill, &keyword.value, id, message);
                }
            }
        }
    }

    fn skills(&mut self, base: &Resume, tailored: &Resume) {
        let mut seen = HashSet::new();
        for group in &tailored.skills {
            let id = Some(&group.id);
            let was = base.skills.iter().find(|g| g.id == group.id);
            if !seen.insert(group.id.clone()) {
                self.say(Kind::Skill, &group.id.0, id, "This skill group stands twice.".into());
            }
            let level = was.and_then(|g| g.level.as_ref());
            self.same(Kind::Claim, "skill level", id, level, group.level.as_ref(), false);
            let name = |g: Option<&SkillGroup>| g.and_then(|g| g.name.as_ref()).map(|n| n.value.clone());
            if let Some(is) = name(Some(group))
                && name(was).as_ref() != Some(&is)
                && !is_plain_heading(&is)
            {
                let message = format!("\"{is}\" is not a heading of the original's skills.");
                self.say(Kind::Claim, &is, id, message);
            }
            for keyword in &group.keywords {
                let stays = was.is_some_and(|g| g.keywords.iter().any(|k| k.value == keyword.value));
                if stays && name(was) == name(Some(group)) {
                    continue;
                }
                let small = base.skills.iter().find(|g| {
                    is_small(g) && g.id != group.id && g.keywords.iter().any(|k| fold(&k.value) == fold(&keyword.value))
                });
                if !self.shows_skill(&keyword.value, None) {
                    let message = format!("Nothing in the original shows the skill \"{}\".", keyword.value);
                    self.say(Kind::Skill, &keyword.value, id, message);
                } else if let Some(small) = small.or(was.filter(|g| is_small(g) && !is_small(group) && stays)) {
                    let message = format!(
                        "The original lists \"{}\" under \"{}\".",
                        keyword.value,
                        heading(&[small.name.as_ref(), small.level.as_ref()])
                    );
                    self.say(Kind::Claim, &keyword.value, id, message);
                }
            }
        }
    }

    /// True where a skill, by this or another of its names, stands in the evidence of an entry or of all.
    fn shows_skill(&self, skill: &str, entry: Option<&Id>) -> bool {
        let wanted = tokens(skill);
        if skill.chars().any(crate::wording::is_hidden) || wanted.is_empty() {
            return false;
        }
        let id = crate::lexicon::skills::Skills::builtin().lookup(skill);
        let asked = skills_of(skill);
        self.evidence.scope(entry).iter().any(|piece| {
            if id.is_some_and(|id| piece.skills.contains(&id)) {
                return true;
            }
            let exact = piece.tokens.windows(wanted.len()).any(|at| {
                at.iter()
                    .zip(&wanted)
                    .all(|(a, b)| a.word == b.word || (a.stem == b.stem && a.is_word() && a.word.len() > 3))
            });
            // A name inside a longer one is another thing: "Java" in "Java EE" is shown, "React" in "React Native" is not.
            exact && (asked.is_empty() || id.is_none() || asked.iter().any(|a| piece.skills.contains(a)))
        })
    }

    fn credentials(&mut self, base: &[Credential], tailored: &[Credential], kind: Kind) {
        for (b, t) in self.pairs(base, tailored, |c| &c.id, |c| c.name.value.clone(), kind) {
            let id = Some(&t.id);
            self.same(kind, "name", id, Some(&b.name), Some(&t.name), false);
            self.same(kind, "issuer", id, b.issuer.as_ref(), t.issuer.as_ref(), true);
            self.same(Kind::Date, "date", id, b.date.as_ref(), t.date.as_ref(), true);
            self.same(Kind::Identity, "link", id, b.url.as_ref(), t.url.as_ref(), true);
        }
    }

    fn rest(&mut self, base: &Resume, tailored: &Resume) {
        let spoken = self.pairs(
            &base.languages,
            &tailored.languages,
            |l| &l.id,
            |l| l.language.value.clone(),
            Kind::Language,
        );
        for (b, t) in spoken {
            let id = Some(&t.id);
            self.same(
                Kind::Language,
                "language",
                id,
                Some(&b.language),
                Some(&t.language),
                false,
            );
            self.same(
                Kind::Language,
                "level",
                id,
                b.fluency.as_ref(),
                t.fluency.as_ref(),
                false,
            );
        }
        let interests = self.pairs(
            &base.interests,
            &tailored.interests,
            |i| &i.id,
            |i| i.name.value.clone(),
            Kind::Name,
        );
        for (b, t) in interests {
            self.same(Kind::Name, "interest", Some(&t.id), Some(&b.name), Some(&t.name), false);
            for keyword in &t.keywords {
                if !b.keywords.iter().any(|k| k.value == keyword.value) {
                    let message = format!("The original does not name \"{}\" there.", keyword.value);
                    self.say(Kind::Name, &keyword.value, Some(&t.id), message);
                }
            }
        }
        let references = self.pairs(
            &base.references,
            &tailored.references,
            |r| &r.id,
            |r| r.name.value.clone(),
            Kind::Name,
        );
        for (b, t) in references {
            self.same(
                Kind::Name,
                "reference",
                Some(&t.id),
                Some(&b.name),
                Some(&t.name),
                false,
            );
            self.same(
                Kind::Claim,
                "words of the reference",
                Some(&t.id),
                b.reference.as_ref(),
                t.reference.as_ref(),
                true,
            );
        }
        for (b, t) in self.pairs(
            &base.extras,
            &tailored.extras,
            |x| &x.id,
            |x| x.heading.value.clone(),
            Kind::Name,
        ) {
            self.same(
                Kind::Name,
                "heading",
                Some(&t.id),
                Some(&b.heading),
                Some(&t.heading),
                false,
            );
        }
    }

    /// A bullet belongs to its entry, and stands there once.
    fn bullets_stay(&mut self, base: &Resume, tailored: &Resume) {
        let home = |resume: &Resume| -> Vec<(Id, Bullet)> {
            let works = resume
                .work
                .iter()
                .chain(&resume.volunteer)
                .map(|w| (&w.id, &w.highlights));
            let all = works
                .chain(resume.education.iter().map(|e| (&e.id, &e.highlights)))
                .chain(resume.projects.iter().map(|p| (&p.id, &p.highlights)))
                .chain(resume.extras.iter().map(|x| (&x.id, &x.lines)));
            all.flat_map(|(id, list)| list.iter().map(move |b| (id.clone(), b.clone())))
                .collect()
        };
        let was = home(base);
        let mut seen = HashSet::new();
        for (entry, bullet) in home(tailored) {
            if let Some((from, _)) = was.iter().find(|(_, b)| b.id == bullet.id)
                && *from != entry
            {
                let message = format!("This stands under {from} in the original and cannot move to {entry}.");
                self.say(Kind::Claim, &bullet.text.value, Some(&bullet.id), message);
            }
            if !seen.insert(bullet.id.clone()) {
                self.say(
                    Kind::Claim,
                    &bullet.text.value,
                    Some(&bullet.id),
                    "This bullet stands twice.".into(),
                );
            }
        }
    }
}

fn heading(parts: &[Option<&Text>]) -> String {
    let parts: Vec<&str> = parts.iter().copied().flatten().map(|t| t.value.as_str()).collect();
    parts.join(", ")
}

/// Headings of skill groups that claim nothing.
fn is_plain_heading(name: &str) -> bool {
    const PLAIN: [&str; 22] = [
        "skill",
        "tool",
        "technology",
        "technical",
        "language",
        "software",
        "platform",
        "framework",
        "library",
        "database",
        "method",
        "other",
        "additional",
        "further",
        "programming",
        "data",
        "infrastructure",
        "and",
        "soft",
        "relevant",
        "general",
        "domain",
    ];
    let all = words(name);
    all.iter().all(|w| PLAIN.iter().any(|p| stem(p) == stem(w) || p == w))
}

/// True where a group says that its skills are slight.
fn is_small(group: &SkillGroup) -> bool {
    let text = heading(&[group.name.as_ref(), group.level.as_ref()]);
    super::pool::limited(&tokens(&text))
        .iter()
        .any(|l| matches!(l.family, "level" | "status" | "part" | "negation"))
}
