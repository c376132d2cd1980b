//! What a person can do, and how much of the résumé speaks for it: skills in the groups of the résumé, and those that only
//! its bullets tell. Counts what stands there; judges nothing.

use crate::date::End;
use crate::lexicon::skills::{SkillId, Skills};
use crate::resume::{Bullet, Resume};
use crate::text::fold;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Most quotes per skill.
const QUOTES: usize = 3;

/// One skill and what speaks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ProfileSkill {
    /// As the résumé writes it; where only bullets tell it, its canonical name.
    pub name: String,
    /// Whether the skills section lists it.
    pub listed: bool,
    /// Bullets that tell it.
    pub bullets: usize,
    /// Whether one of these bullets has a number.
    pub number: bool,
    /// Whether one of them belongs to a job that goes on.
    pub now: bool,
    /// How many of the four hold (listed, told, with a number, in the present job), 1 to 4.
    pub strength: u8,
    /// The first bullets that tell it, at most three.
    pub quotes: Vec<String>,
}

/// Skills that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ProfileGroup {
    /// Its name in the résumé; none where the résumé gives it no name.
    pub name: Option<String>,
    /// False for the group of skills that only bullets tell.
    pub listed: bool,
    /// The strongest first; equal ones in the order of the résumé.
    pub skills: Vec<ProfileSkill>,
}

/// A bullet as evidence.
struct Told<'a> {
    text: &'a str,
    folded: String,
    skills: Vec<SkillId>,
    now: bool,
}

/// The skills of a résumé by group, each with what speaks for it.
pub fn skill_profile(resume: &Resume) -> Vec<ProfileGroup> {
    let lexicon = Skills::builtin();
    let told = told(resume, lexicon);
    let mut seen: HashSet<SkillId> = HashSet::new();
    let mut groups = Vec::new();
    for group in &resume.skills {
        let skills = group.keywords.iter().map(|keyword| {
            let id = lexicon.lookup(&keyword.value);
            if let Some(id) = id {
                seen.insert(id);
            }
            let word = format!(" {} ", fold(&keyword.value));
            let tells = |bullet: &&Told<'_>| match id {
                Some(id) => bullet.skills.contains(&id),
                None => bullet.folded.contains(&word),
            };
            weighed(&keyword.value, true, told.iter().filter(tells))
        });
        let skills: Vec<ProfileSkill> = skills.collect();
        groups.push(ProfileGroup {
            name: group.name.as_ref().map(|name| name.value.clone()),
            listed: true,
            skills: strongest_first(skills),
        });
    }
    let mut only_told = Vec::new();
    for id in told.iter().flat_map(|bullet| &bullet.skills) {
        if seen.insert(*id) {
            let bullets = told.iter().filter(|bullet| bullet.skills.contains(id));
            only_told.push(weighed(&lexicon.get(*id).name, false, bullets));
        }
    }
    groups.push(ProfileGroup {
        name: None,
        listed: false,
        skills: strongest_first(only_told),
    });
    groups.retain(|group| !group.skills.is_empty());
    groups
}

fn told<'a>(resume: &'a Resume, lexicon: &Skills) -> Vec<Told<'a>> {
    let jobs = resume.work.iter().chain(&resume.volunteer).map(|job| {
        let now = job.end.as_ref().is_some_and(|end| matches!(end.value, End::Present));
        (&job.highlights, now)
    });
    let projects = resume.projects.iter().map(|project| (&project.highlights, false));
    let tell = |bullet: &'a Bullet, now: bool| {
        let text = bullet.text.value.as_str();
        let words: Vec<String> = text
            .split(|c: char| !(c.is_alphanumeric() || "+#.-/".contains(c)))
            .map(|word| fold(word.trim_end_matches(['.', '-', '/'])))
            .filter(|word| !word.is_empty())
            .collect();
        let mut skills: Vec<SkillId> = lexicon.find(text).into_iter().map(|found| found.skill).collect();
        skills.sort_unstable();
        skills.dedup();
        Told {
            text,
            folded: format!(" {} ", words.join(" ")),
            skills,
            now,
        }
    };
    jobs.chain(projects)
        .flat_map(|(bullets, now)| bullets.iter().map(move |bullet| (bullet, now)))
        .map(|(bullet, now)| tell(bullet, now))
        .collect()
}

fn weighed<'a>(name: &str, listed: bool, bullets: impl Iterator<Item = &'a Told<'a>>) -> ProfileSkill {
    let mut skill = ProfileSkill {
        name: name.to_owned(),
        listed,
        bullets: 0,
        number: false,
        now: false,
        strength: 0,
        quotes: Vec::new(),
    };
    for bullet in bullets {
        skill.bullets += 1;
        skill.number |= bullet.text.contains(|c: char| c.is_numeric());
        skill.now |= bullet.now;
        if skill.quotes.len() < QUOTES {
            skill.quotes.push(bullet.text.to_owned());
        }
    }
    let signs = [listed, skill.bullets > 0, skill.number, skill.now];
    skill.strength = signs.iter().map(|sign| u8::from(*sign)).sum();
    skill
}

fn strongest_first(mut skills: Vec<ProfileSkill>) -> Vec<ProfileSkill> {
    skills.sort_by_key(|skill| (std::cmp::Reverse(skill.strength), std::cmp::Reverse(skill.bullets)));
    skills
}

#[cfg(test)]
mod tests {
    use super::skill_profile;
    use crate::json_resume::from_json_resume;

    #[test]
    fn strength_counts_what_stands_there() {
        let resume = from_json_resume(&serde_json::json!({
            "basics": { "name": "Tove Lindqvist" },
            "work": [
                { "name": "Kustbanken", "position": "Engineer", "startDate": "2021-03", "highlights": ["Cut batch time by 40 % with PostgreSQL"] },
                { "name": "Fjordline", "position": "Engineer", "startDate": "2018-01", "endDate": "2021-02", "highlights": ["Wrote the booking service in Python"] }
            ],
            "skills": [{ "name": "Data", "keywords": ["Postgres", "Python", "Snowflake"] }]
        }));
        let groups = skill_profile(&resume);
        let data = &groups[0];
        let of = |name: &str| {
            data.skills
                .iter()
                .find(|s| s.name == name)
                .map(|s| (s.strength, s.bullets))
        };
        assert_eq!(of("Python"), Some((2, 1)));
        assert_eq!(of("Snowflake"), Some((1, 0)));
        let first = &data.skills[0];
        assert_eq!(
            (first.name.as_str(), first.number, first.bullets),
            ("Postgres", true, 1)
        );
        assert!(
            groups
                .iter()
                .skip(1)
                .all(|group| !group.listed && !group.skills.is_empty())
        );
    }
}
