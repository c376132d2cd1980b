//! Further taxonomies: tables as O*NET and ESCO publish them, a company's own CSV and JSON, and faults that are named.
//!
//! Codes, titles and links are those of O*NET 29.2 and ESCO 1.1.1; the sentences are ours.

use bespoke_core::roles::{Role, Seniority, TaxonomyFile, TaxonomyFormat, import};

fn file(name: &str, text: &str) -> TaxonomyFile {
    TaxonomyFile {
        name: name.into(),
        bytes: text.as_bytes().to_vec(),
    }
}

fn read(files: &[TaxonomyFile]) -> Vec<Role> {
    import(files, None, "ours").unwrap_or_else(|e| panic!("{e}"))
}

fn fault(files: &[TaxonomyFile]) -> String {
    import(files, None, "ours").expect_err("a fault").to_string()
}

const OCCUPATIONS: &str = "O*NET-SOC Code\tTitle\tDescription\n\
    15-1252.00\tSoftware Developers\tDesign and write programs, so that \"users\" can do their work.\n\
    29-1141.00\tRegistered Nurses\tCare for patients and watch over their health.\n";

fn onet() -> Vec<TaxonomyFile> {
    vec![
        file("Occupation Data.txt", OCCUPATIONS),
        file(
            "Alternate Titles.txt",
            "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)\n\
             15-1252.00\tApplication Developer\tn/a\t08\n15-1252.00\tSoftware Developers\tn/a\t08\n\
             29-1141.00\tStaff Nurse\tn/a\t08\n29-1141.00\tPediatric Nurse\tn/a\t08\n",
        ),
        file(
            "Knowledge.txt",
            "O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\n\
             15-1252.00\t2.C.3.a\tComputers and Electronics\tIM\t4.67\n15-1252.00\t2.C.3.a\tComputers and Electronics\tLV\t6.20\n\
             15-1252.00\t2.C.4.c\tFood Production\tIM\t1.10\n29-1141.00\t2.C.5.a\tMedicine and Dentistry\tIM\t4.50\n",
        ),
        file(
            "Technology Skills.txt",
            "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand\n\
             15-1252.00\tApache Subversion SVN\t43232402\tFile versioning software\tN\tN\n\
             15-1252.00\tPython\t43232408\tObject oriented development software\tY\tY\n",
        ),
        file(
            "Job Zones.txt",
            "O*NET-SOC Code\tJob Zone\tDate\tDomain Source\n15-1252.00\t4\t08/2024\tAnalyst\n",
        ),
        file("Read Me.txt", "not a table of it"),
    ]
}

#[test]
fn the_tables_of_onet_become_roles() {
    let roles = read(&onet());
    assert_eq!(roles.len(), 2);
    let developer = &roles[0];
    assert_eq!(developer.id, "onet-15-1252-00");
    assert_eq!(developer.onet, "15-1252.00");
    assert_eq!(developer.family, "Computer and Mathematical");
    assert_eq!(developer.education, "Bachelor's degree");
    assert!(developer.description.contains("\"users\""), "tabs need no quoting");
    assert_eq!(
        developer.aliases,
        ["Application Developer"],
        "the title is no other name"
    );
    let required: Vec<&str> = developer.required.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(
        required,
        ["Computers and Electronics"],
        "important ones, by the scale of importance"
    );
    assert_eq!(developer.nice[0].name, "Python", "hot and in demand first");
    assert_eq!(roles[1].aliases, ["Staff Nurse", "Pediatric Nurse"]);
}

#[test]
fn the_tables_of_esco_become_roles() {
    let uri = "http://data.europa.eu/esco/occupation/0022f466";
    let files = [
        file(
            "occupations_en.csv",
            &format!(
                "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,description,code\n\
                 Occupation,{uri},3155,air traffic safety technician,\"air traffic safety engineer\nair traffic safety technician\",\
                 \"Keeps navigation systems safe,\non board and on the ground.\",3155.1\n"
            ),
        ),
        file(
            "skills_en.csv",
            "conceptType,conceptUri,preferredLabel\nKnowledgeSkillCompetence,s:1,electronics\nKnowledgeSkillCompetence,s:2,debug software\n",
        ),
        file(
            "occupationSkillRelations_en.csv",
            &format!(
                "occupationUri,relationType,skillType,skillUri\n{uri},essential,knowledge,s:1\n{uri},optional,skill,s:2\n"
            ),
        ),
    ];
    let roles = read(&files);
    let role = &roles[0];
    assert_eq!(
        (role.id.as_str(), role.title.as_str()),
        ("esco-3155-1", "Air traffic safety technician")
    );
    assert_eq!(role.esco, ["3155.1"]);
    assert_eq!(role.aliases, ["Air traffic safety engineer"]);
    assert_eq!(
        role.description,
        "Keeps navigation systems safe, on board and on the ground."
    );
    assert_eq!(
        (role.required[0].name.as_str(), role.nice[0].name.as_str()),
        ("Electronics", "Debug software")
    );
    let broken = [
        files[0].clone(),
        file(
            "occupationSkillRelations_en.csv",
            "occupationUri,relationType,skillUri\na,essential,s:9\n",
        ),
    ];
    assert!(fault(&broken).starts_with("occupationSkillRelations_en.csv, row 2, field `skillUri`: s:9"));
}

#[test]
fn a_company_brings_its_own_roles() {
    let csv = "Title;Description;Seniority;Required;Nice;Aliases\n\
        Platform Engineer II;Runs the ground that our services stand on.;senior;Kubernetes=1; Linux\n\
        ;;;;;\n\
        Cheese Ager;Turns wheels and knows when they are ready.;;\"Affinage=0.9; Hygiene\";Sales;Affineur|Cellar Hand\n";
    let roles = read(&[file("roles.csv", csv)]);
    assert_eq!(roles.len(), 2, "blank rows are no roles");
    assert_eq!(roles[0].seniority, Seniority::Senior);
    assert_eq!(roles[1].id, "cheese-ager");
    assert_eq!(roles[1].family, "ours");
    assert_eq!(
        (roles[1].required[0].name.as_str(), roles[1].required[0].weight),
        ("Affinage", 0.9)
    );
    assert_eq!(roles[1].aliases, ["Affineur", "Cellar Hand"]);

    let json = r#"{"roles": [{"title": "Cheese Ager", "description": "Turns wheels.", "required": {"Affinage": 0.9},
        "nice": ["Sales", {"name": "Hygiene", "weight": 0.5}], "aliases": ["Affineur"], "seniority": "lead"}]}"#;
    let role = &read(&[file("roles.json", json)])[0];
    assert_eq!(role.seniority, Seniority::Lead);
    assert_eq!((role.required.len(), role.nice.len()), (1, 2));

    let lines = "{\"code\": \"1.1\", \"name\": \"Cheese Ager\", \"description\": \"Turns wheels.\", \"alt_titles\": [\"Affineur\"]}\n\
        {\"code\": \"1.2\", \"title\": \"Milk Buyer\", \"description\": \"Buys milk.\", \"essential\": [\"Negotiation\"]}\n";
    let roles = read(&[file("roles.jsonl", lines)]);
    assert_eq!(roles[0].id, "1.1");
    assert_eq!(roles[1].required[0].name, "Negotiation");

    // What the program lists can be brought in again.
    let again = serde_json::to_string(&roles).expect("JSON");
    assert_eq!(read(&[file("roles.json", &again)]), roles);
}

#[test]
fn faults_name_file_row_and_field() {
    let csv = |row: &str| {
        vec![file(
            "r.csv",
            &format!("title,description,required,seniority,id\n{row}\n"),
        )]
    };
    for (files, told) in [
        (csv("Baker,,x,mid,"), "r.csv, row 2, field `description`: is empty"),
        (
            csv("Baker,Bakes.,Dough=2,mid,"),
            "r.csv, row 2, field `required`: the weight 2",
        ),
        (
            csv("Baker,Bakes.,Dough=much,mid,"),
            "r.csv, row 2, field `required`: “much”",
        ),
        (
            csv("Baker,Bakes.,,boss,"),
            "r.csv, row 2, field `seniority`: “boss” is none of intern",
        ),
        (
            csv("A,B.,,,x\nC,D.,,,x"),
            "r.csv, row 3, field `id`: “x” stands in row 2 too",
        ),
        (
            csv("A,B.,,,\nA,D.,,,"),
            "r.csv, row 3, field `title`: “a” stands in row 2 too",
        ),
        (csv(""), "r.csv: it holds no roles"),
        (
            vec![file("r.csv", "titel,text\na,b\n")],
            "r.csv: the column `title` is missing",
        ),
        (
            vec![file("r.json", "[{\"title\": 3, \"description\": [1]}]")],
            "r.json, row 1, field `description`: is not a text",
        ),
        (
            vec![file("r.json", "[{\"title\": \"A\"}]")],
            "r.json, row 1, field `description`: is missing",
        ),
        (vec![file("r.json", "{\"roles\": 1}")], "r.json: `roles` is not a list"),
        (vec![file("r.json", "{oops")], "r.json: "),
        (vec![file("r.pdf", "x")], "r.pdf is neither"),
        (
            vec![file(
                "Occupation Data.txt",
                "O*NET-SOC Code\tTitle\tDescription\n15-12\tA\tB\n",
            )],
            "Occupation Data.txt, row 2, field `O*NET-SOC Code`: “15-12” is not a code",
        ),
        (
            vec![
                file("Occupation Data.txt", OCCUPATIONS),
                file("Job Zones.txt", "a\tb\n"),
            ],
            "Job Zones.txt: the column `O*NET-SOC Code` is missing",
        ),
    ] {
        let found = fault(&files);
        assert!(found.starts_with(told), "{found:?} does not start with {told:?}");
    }
    let missing = import(&[file("Skills.txt", "x")], Some(TaxonomyFormat::Onet), "ours").expect_err("a fault");
    assert!(
        missing
            .to_string()
            .contains("`Occupation Data.txt` of the O*NET release is missing")
    );
    let latin = TaxonomyFile {
        name: "r.csv".into(),
        bytes: b"title,description\nCaf\xe9,x\n".to_vec(),
    };
    assert!(fault(&[latin]).contains("not UTF-8"));
}
