//! Whole files and pasted texts through ingest and parse: a case for every layout that was once read wrong.

use bespoke_core::ingest::ingest;
use bespoke_core::parse::{Parsed, parse};
use bespoke_core::resume::Text;

fn read(bytes: &[u8], name: &str) -> Parsed {
    parse(&ingest(bytes, Some(name)).unwrap())
}

fn paste(text: &str) -> Parsed {
    read(text.as_bytes(), "paste.txt")
}

fn shown(field: &Option<Text>) -> &str {
    field.as_ref().map_or("", |f| f.value.as_str())
}

/// `title | employer | from | to | number of bullets` for every job.
fn jobs(parsed: &Parsed) -> Vec<String> {
    let work = parsed.resume.work.iter();
    work.map(|w| {
        let start = w.start.as_ref().map_or(String::new(), |d| d.value.to_string());
        let end = w.end.as_ref().map_or(String::new(), |d| d.value.to_string());
        format!(
            "{} | {} | {start} | {end} | {}",
            shown(&w.position),
            shown(&w.company),
            w.highlights.len()
        )
    })
    .collect()
}

/// The skills of all groups.
fn skills(parsed: &Parsed) -> Vec<&str> {
    let groups = parsed.resume.skills.iter();
    groups.flat_map(|g| &g.keywords).map(|k| k.value.as_str()).collect()
}

/// `degree | subject | school` for every study.
fn studies(parsed: &Parsed) -> Vec<String> {
    let education = parsed.resume.education.iter();
    education
        .map(|e| {
            format!(
                "{} | {} | {}",
                shown(&e.study_type),
                shown(&e.area),
                shown(&e.institution)
            )
        })
        .collect()
}

const SIDEBAR_JOBS: [&str; 2] = [
    "Textile Engineer, Technical Fabrics | Elbtal Weberei GmbH | 2019-03 | present | 2",
    "Process Assistant | Elbtal Weberei GmbH | 2016-10 | 2019-02 | 1",
];

#[test]
fn a_sidebar_is_read_column_by_column_with_and_without_tags() {
    for (name, bytes) in [
        (
            "sidebar.pdf",
            include_bytes!("../../../fixtures/parse/sidebar.pdf").as_slice(),
        ),
        (
            "sidebar-untagged.pdf",
            include_bytes!("../../../fixtures/parse/sidebar-untagged.pdf"),
        ),
    ] {
        let parsed = read(bytes, name);
        let contact = &parsed.resume.contact;
        assert_eq!(shown(&contact.name), "Mirjam Holtkamp", "{name}");
        assert_eq!(
            shown(&contact.email),
            "mirjam.holtkamp@example.org",
            "{name}: broken over lines"
        );
        assert_eq!(jobs(&parsed), SIDEBAR_JOBS, "{name}: bullets are drawn");
        assert_eq!(
            studies(&parsed),
            ["Master of Science | Textile Technology | Hochschule Niederrhein"],
            "{name}"
        );
        assert_eq!(skills(&parsed), ["Looms", "Weave drafting"], "{name}");
    }
}

#[test]
fn jobs_are_told_apart_in_pasted_text() {
    for (text, want) in [
        (
            "Ada Brandt\n\nWORK EXPERIENCE\n\nSoftware Engineer, Nordlicht Systems\nAugust 2014 -\nWorking on the build team.\nStaff Engineer, Brightwater Labs\nJuly 2012 - August 2014\nLead engineer of the billing service.\n",
            vec![
                "Software Engineer | Nordlicht Systems | 2014-08 | present | 1",
                "Staff Engineer | Brightwater Labs | 2012-07 | 2014-08 | 1",
            ],
        ),
        (
            "Ada Brandt\n\nEXPERIENCE\n\nMar 2014\ncurrent\n\nWebsite Developer\nRosies Antique Shop\n- Manage the shop's website\n- Answer customers within a day\n",
            vec!["Website Developer | Rosies Antique Shop | 2014-03 | present | 2"],
        ),
        (
            "Ada Brandt\n\nEXPERIENCE\n\nCompany: Fernhill Foods Ltd\nDesignation: Quality Analyst\nDuration: Jan 2018 - Dec 2020\n- Tested 40 batches a week\n",
            vec!["Quality Analyst | Fernhill Foods Ltd | 2018-01 | 2020-12 | 1"],
        ),
        (
            "Ada Brandt\n\nEXPERIENCE\n\nStaff Nurse, Medical ICU at St. Anselm Hospital\n2016 - 2019\n- Cared for two patients per shift\n\nAssistant Manager – Planning & Analysis\nSt. Anselm Hospital\n2012 - 2016\n- Drew up rosters\n",
            vec![
                "Staff Nurse, Medical ICU | St. Anselm Hospital | 2016 | 2019 | 1",
                "Assistant Manager – Planning & Analysis | St. Anselm Hospital | 2012 | 2016 | 1",
            ],
        ),
    ] {
        assert_eq!(jobs(&paste(text)), want, "{text}");
    }
}

#[test]
fn jobs_are_found_without_a_heading() {
    let parsed = paste(
        "Ada Brandt\nada@example.com\n\nBaker, Kornblume Bakery\n2015 - 2019\n- Ran the night shift\n\nApprentice, Kornblume Bakery\n2012 - 2015\n- Learned the trade\n",
    );
    assert_eq!(
        jobs(&parsed),
        [
            "Baker | Kornblume Bakery | 2015 | 2019 | 1",
            "Apprentice | Kornblume Bakery | 2012 | 2015 | 1"
        ]
    );
}

#[test]
fn titles_labels_and_headings_are_no_names() {
    for text in [
        "FRONTEND DEVELOPER\nEmail:\n\nEXPERIENCE SUMMARY\n- Ten years of the web\n",
        "Advertiser Resume Template\n\nSKILLS\nDrawing, Colour\n",
        "Technical Skills Set\nDatabases and queries\n",
    ] {
        assert_eq!(paste(text).resume.contact.name, None, "{text}");
    }
    for (text, want) in [
        ("Jan Küster Resume\njan@example.com\n", "Jan Küster"),
        (
            "Allen Neal King ESB Integration Developer - Acme Systems\nHyderabad, Telangana\n",
            "Allen Neal King",
        ),
    ] {
        assert_eq!(shown(&paste(text).resume.contact.name), want);
    }
}

#[test]
fn headings_are_found_by_their_noun_and_with_rules_behind_them() {
    let parsed = paste(
        "Ada Brandt\n\nRELEVANT LAB EXPERIENCE\n\nChemist, Brightwater Labs\n2015 - 2019\n- Ran assays\n\nEDUCATION ----------------------\n\nBSc Chemistry\nUniversity of Leeds\n2012 - 2015\n",
    );
    assert_eq!(jobs(&parsed), ["Chemist | Brightwater Labs | 2015 | 2019 | 1"]);
    assert_eq!(studies(&parsed), ["BSc | Chemistry | University of Leeds"]);
}

#[test]
fn a_title_in_the_summary_is_no_job_and_a_certificate_no_degree() {
    let parsed = paste(
        "Ada Example\nSenior Backend Engineer\nada@example.com\n\nSUMMARY\nBackend engineer with 11 years of experience building payment \
         platforms.\n\nEXPERIENCE\nStaff Software Engineer\nCascadia Freight Systems, Portland, OR\nApr 2021 - Present\n- Led the rewrite \
         of the quoting engine\n\nEDUCATION\nBachelor of Science, Computer Science\nOregon State University\nSep 2009 - Jun 2013\n\n\
         CERTIFICATIONS\nAWS Certified Solutions Architect – Professional\nAmazon Web Services\n2022\n\nCertified Kubernetes \
         Administrator\nCloud Native Computing Foundation\n2020\n\nLANGUAGES\nEnglish (Native speaker), Spanish (Professional working \
         proficiency)\n",
    );
    assert_eq!(
        jobs(&parsed),
        ["Staff Software Engineer | Cascadia Freight Systems | 2021-04 | present | 1"]
    );
    assert_eq!(
        studies(&parsed),
        ["Bachelor of Science | Computer Science | Oregon State University"]
    );
    assert_eq!(parsed.resume.certificates.len(), 2);
    assert_eq!(parsed.resume.languages.len(), 2);
}

/// Start and end of every job, as years and months.
fn dates_of_jobs(parsed: &Parsed) -> Vec<String> {
    let jobs = parsed.resume.work.iter();
    jobs.map(|w| {
        let start = w.start.as_ref().map_or(String::new(), |d| d.value.to_string());
        let end = w.end.as_ref().map_or(String::new(), |d| d.value.to_string());
        format!("{start}..{end}")
    })
    .collect()
}

#[test]
fn dates_that_a_narrow_column_cuts_are_whole() {
    let parsed = read(
        include_bytes!("../../../fixtures/parse/narrow-dates.pdf"),
        "narrow-dates.pdf",
    );
    let want = ["2018-03..present", "2014-09..2018-02", "2011-06..2014-08"];
    assert_eq!(dates_of_jobs(&parsed), want);
    assert_eq!(parsed.resume.education.len(), 2);
}

#[test]
fn a_wide_column_beside_a_narrow_one_is_no_date_of_it() {
    let parsed = read(
        include_bytes!("../../../fixtures/parse/uneven-columns.pdf"),
        "uneven-columns.pdf",
    );
    let lists: Vec<usize> = parsed.resume.work.iter().map(|w| w.highlights.len()).collect();
    assert_eq!(lists, [3, 1, 2]);
}

#[test]
fn jobs_studies_and_skills_without_headings_are_found() {
    let parsed = read(
        include_bytes!("../../../fixtures/parse/no-headings.pdf"),
        "no-headings.pdf",
    );
    assert_eq!(dates_of_jobs(&parsed), ["2018..present", "2014..2018", "2011..2014"]);
    assert_eq!(
        studies(&parsed),
        [
            "BSc (Hons) | Children’s Nursing | University of Huddersfield",
            "Access Diploma | Health Sciences | Bradford College"
        ]
    );
    assert_eq!(skills(&parsed).len(), 7);
}

#[test]
fn small_things_that_were_read_wrong() {
    let parsed = paste(
        "Ada Example\nada@example.org\n\nExperience\n\n1) Organisation : Example Infra Pvt. Ltd.\nDesignation : Site Engineer\nDuration : June \
         2016 to July 2019\n- Checked shuttering of 12 bridges\n\nEducation\n\nMCA from Osmania University, 2017\n\nCertificates\n\nFellow, American \
         Association of Dental Office Management (2021)\nBasic Life Support, American Heart Association\nOhio Notary Public\n\nLanguages\n\nEnglish \
         (fluent), Juba Arabic (basic), British Sign Language\n\nSkills\n\nPrimavera, MS Project\n\nPune, 14 January 2025\nAda Example\n",
    );
    let resume = &parsed.resume;
    assert_eq!(
        jobs(&parsed),
        ["Site Engineer | Example Infra Pvt. Ltd. | 2016-06 | 2019-07 | 1"]
    );
    assert_eq!(studies(&parsed), ["MCA |  | Osmania University"]);
    let certificates: Vec<&str> = resume.certificates.iter().map(|c| c.name.value.as_str()).collect();
    assert_eq!(
        certificates,
        [
            "Fellow, American Association of Dental Office Management",
            "Basic Life Support",
            "Ohio Notary Public"
        ]
    );
    let languages: Vec<&str> = resume.languages.iter().map(|l| l.language.value.as_str()).collect();
    assert_eq!(languages, ["English", "Juba Arabic", "British Sign Language"]);
    assert_eq!(skills(&parsed), ["Primavera", "MS Project"], "the signature is none");
}

#[test]
fn subjects_keep_their_commas_and_names_lose_a_full_stop() {
    let parsed = paste(
        "Ada Example\nada@example.org\n\nExperience\n\nTranslator, Translation Bureau.\n2011 – 2015\n- Wrote budget speeches\n\nEducation\n\nCertificate in \
         Heating, Ventilation, Air Conditioning and Refrigeration\nMetro Technology Center\n2008\n",
    );
    assert_eq!(jobs(&parsed), ["Translator | Translation Bureau | 2011 | 2015 | 1"]);
    assert_eq!(
        studies(&parsed),
        ["Certificate | Heating, Ventilation, Air Conditioning and Refrigeration | Metro Technology Center"]
    );
}
