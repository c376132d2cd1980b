//! A cover letter out of a person's own evidence: résumé and job posting in, [`Letter`] out.
//!
//! Two kinds of sentences make a letter. Courtesy speaks of the job and of the wish to have it: it comes from a fixed
//! list of patterns, filled with words of the posting. Everything that is said about the person is a claim: it repeats a
//! bullet, a title, a degree of the résumé, says where it stands there, and passes the evidence gate or is left out.
//! Which of several wordings is taken follows from the content alone. A language model takes part only where the person
//! asks for it (`model`): it may reword claims, and each wording passes the gate or is left out.

mod check;
mod claims;
mod compose;
mod credentials;
mod english;
mod german;
pub mod model;
mod nouns;
mod phrases;
mod select;

pub use check::check;
pub(crate) use nouns::{article, infinitive};

use crate::date::PartialDate;
use crate::evidence::Fact;
use crate::job::{JobPosting, Phrase};
use crate::resume::{Id, Resume, Source};
use crate::tailor::model::Asked;
use crate::tailor::{Author, Closeness};
use serde::{Deserialize, Serialize};

/// How a letter sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Matter of fact.
    #[default]
    Plain,
    /// Friendly.
    Warm,
    /// Sure of what it shows.
    Confident,
}

/// How long a letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Length {
    /// One paragraph of evidence: about 100 words.
    Short,
    /// Two: about 200 words.
    #[default]
    Medium,
    /// Three, with degree, certificates and languages: a page.
    Full,
}

/// In which language a letter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LetterLanguage {
    /// English.
    #[serde(rename = "en")]
    English,
    /// German.
    #[serde(rename = "de")]
    German,
}

impl LetterLanguage {
    /// BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            LetterLanguage::English => "en",
            LetterLanguage::German => "de",
        }
    }
}

/// What a letter should be like.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Wish {
    /// How it sounds.
    pub tone: Tone,
    /// How long it is.
    pub length: Length,
    /// Its language; that of the résumé where it is left out, and English where we do not write that one.
    pub language: Option<LetterLanguage>,
    /// Another choice among the wordings that fit equally well, from 0.
    pub variant: u8,
    /// The day of writing, so that a degree that is still to come is not said to be held.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub today: Option<PartialDate>,
}

/// A piece of the résumé that a sentence repeats.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Proof {
    /// Entry or bullet it stands in; `None` for contact and what is worked out from dates.
    pub id: Option<Id>,
    /// The words there.
    pub quote: String,
    /// Where they stand in the original, where the parser read them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// One sentence.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Sentence {
    /// What it says, with its full stop.
    pub text: String,
    /// What of the résumé backs it; empty for courtesy.
    pub evidence: Vec<Proof>,
    /// The words of the posting that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub posting: Option<Phrase>,
    /// Who worded it.
    pub author: Author,
}

/// What a paragraph is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ParagraphKind {
    /// Which job, and who writes.
    Opening,
    /// What the person did.
    Evidence,
    /// Degree, certificates, languages.
    Credentials,
    /// The wish to talk, and thanks.
    Closing,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Paragraph {
    /// What it is for.
    pub part: ParagraphKind,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
}

impl Paragraph {
    /// The paragraph as running text.
    pub fn text(&self) -> String {
        let texts: Vec<&str> = self.sentences.iter().map(|s| s.text.trim()).collect();
        texts.join(" ")
    }
}

/// Something that the writer should know about a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// The résumé is in another language: what it says is quoted as it stands, for the person to put into other words.
    Quoted,
    /// No bullet of the résumé can be put into a sentence: the letter says little.
    LittleEvidence,
    /// Nothing that the letter tells answers a duty or a skill of the posting.
    FarFromJob,
    /// The posting names no title.
    NoTitle,
    /// The posting names no employer.
    NoCompany,
}

/// A letter. Who writes and to whom it goes is added where it is rendered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Letter {
    /// Its language.
    pub language: LetterLanguage,
    /// What it is about.
    pub subject: String,
    /// "Dear hiring team,".
    pub salutation: String,
    /// What it says.
    pub paragraphs: Vec<Paragraph>,
    /// "Kind regards,".
    pub closing: String,
    /// What the writer should know.
    pub notes: Vec<Note>,
    /// What a language model was last asked and answered; `None` where none was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Asked>,
}

impl Letter {
    /// Every sentence.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.paragraphs.iter().flat_map(|p| &p.sentences)
    }
}

/// Writes a letter. The same résumé, posting and wish give the same letter; [`check`] finds nothing in it.
pub fn write(resume: &Resume, facts: &[Fact], job: &JobPosting, wish: &Wish, closeness: &dyn Closeness) -> Letter {
    compose::Composer::new(resume, facts, job, wish, closeness).letter()
}

/// The language that a résumé is written in, as a BCP 47 tag, by its own word or else by its commonest small words.
pub(crate) fn language_of(resume: &Resume) -> String {
    if let Some(language) = resume.language.as_deref().filter(|l| !l.is_empty()) {
        return language.split('-').next().unwrap_or_default().to_ascii_lowercase();
    }
    let bullets = resume
        .work
        .iter()
        .flat_map(|w| &w.highlights)
        .map(|b| b.text.value.as_str());
    let text = bullets
        .chain(resume.summary.iter().map(|s| s.value.as_str()))
        .collect::<Vec<_>>()
        .join(" ");
    crate::text::language(&text).to_owned()
}
