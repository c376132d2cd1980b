//! Office Open XML: paragraphs with real heading and list styles, core properties, page numbers.

use super::{Above, DATES, Kind, Look, Paragraph, Piece, Text, xml};
use crate::fonts::word_family;
use crate::outline::Outline;
use crate::style::{Align, ColorRole, DatesAt, PageNumbers, Rule, Weight};
use crate::{ExportFormat, Photo, RenderError, Style, zipped};
use std::fmt::Write;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Writes the DOCX.
pub(crate) fn write(outline: &Outline, style: &Style, photo: Option<&Photo>) -> Result<Vec<u8>, RenderError> {
    let text = Text::of(outline, style, photo);
    let mut links = Vec::new();
    let document = document(&text, &mut links);
    let numbered = style.page_numbers != PageNumbers::Never;
    let image = text.photo.map(|p| match p.media_type {
        "image/png" => ("word/media/photo.png", "media/photo.png", p),
        _ => ("word/media/photo.jpeg", "media/photo.jpeg", p),
    });
    let relations = relations(&links, numbered, image.map(|i| i.1));
    let (types, styles, numbering) = (content_types(numbered), styles(&text), numbering(style));
    let (settings, core, footer) = (settings(), core(outline), footer());
    let mut files: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", ROOT_RELATIONS.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/numbering.xml", numbering.as_bytes()),
        ("word/settings.xml", settings.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
        ("docProps/app.xml", APP.as_bytes()),
    ];
    if numbered {
        files.push(("word/footer1.xml", footer.as_bytes()));
    }
    if let Some((path, _, photo)) = image {
        files.push((path, &photo.bytes));
    }
    zipped::pack(&files).map_err(|detail| RenderError::Write {
        format: ExportFormat::Docx,
        detail,
    })
}

const ROOT_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/></Relationships>"#;
const APP: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Bespoke</Application></Properties>"#;

fn content_types(numbered: bool) -> String {
    const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let mut parts = vec![
        ("word/document.xml", format!("{WORD}.document.main+xml")),
        ("word/styles.xml", format!("{WORD}.styles+xml")),
        ("word/numbering.xml", format!("{WORD}.numbering+xml")),
        ("word/settings.xml", format!("{WORD}.settings+xml")),
        (
            "docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
        ),
        (
            "docProps/app.xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned(),
        ),
    ];
    if numbered {
        parts.push(("word/footer1.xml", format!("{WORD}.footer+xml")));
    }
    let mut out = format!(
        r#"{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>"#
    );
    for (part, kind) in parts {
        let _ = write!(out, r#"<Override PartName="/{part}" ContentType="{kind}"/>"#);
    }
    out + "</Types>"
}

fn relations(links: &[String], numbered: bool, image: Option<&str>) -> String {
    let mut out = format!(
        r#"{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rIdStyles" Type="{REL}/styles" Target="styles.xml"/><Relationship Id="rIdNumbering" Type="{REL}/numbering" Target="numbering.xml"/><Relationship Id="rIdSettings" Type="{REL}/settings" Target="settings.xml"/>"#
    );
    if numbered {
        let _ = write!(
            out,
            r#"<Relationship Id="rIdFooter" Type="{REL}/footer" Target="footer1.xml"/>"#
        );
    }
    if let Some(image) = image {
        let _ = write!(
            out,
            r#"<Relationship Id="rIdPhoto" Type="{REL}/image" Target="{image}"/>"#
        );
    }
    for (n, url) in links.iter().enumerate() {
        let url = xml(url);
        let _ = write!(
            out,
            r#"<Relationship Id="rIdLink{n}" Type="{REL}/hyperlink" Target="{url}" TargetMode="External"/>"#
        );
    }
    out + "</Relationships>"
}

/// Millimetres as twentieths of a point.
fn twips(mm: f32) -> i32 {
    (mm * 1440.0 / 25.4).round() as i32
}

/// Points as twentieths of a point.
fn twentieths(pt: f32) -> i32 {
    (pt * 20.0).round().max(0.0) as i32
}

/// Points as half points.
fn half(pt: f32) -> i32 {
    (pt * 2.0).round().max(2.0) as i32
}

fn colour(style: &Style, role: ColorRole) -> &str {
    style.color_of(role).trim_start_matches('#')
}

fn fonts(family: &str) -> String {
    let family = xml(word_family(family));
    format!(r#"<w:rFonts w:ascii="{family}" w:hAnsi="{family}" w:cs="{family}" w:eastAsia="{family}"/>"#)
}

fn document(text: &Text<'_>, links: &mut Vec<String>) -> String {
    let style = text.style;
    let mut out = format!("{HEAD}<w:document {W}><w:body>");
    for (n, paragraph) in text.paragraphs.iter().enumerate() {
        let photo = text.photo.filter(|_| n == 0);
        write_paragraph(&mut out, text, paragraph, links, photo);
    }
    let (width, height) = style.paper.size();
    let m = &style.margin;
    out.push_str("<w:sectPr>");
    if style.page_numbers != PageNumbers::Never {
        out.push_str(r#"<w:footerReference w:type="default" r:id="rIdFooter"/>"#);
    }
    let _ = write!(
        out,
        r#"<w:pgSz w:w="{}" w:h="{}"/><w:pgMar w:top="{}" w:right="{}" w:bottom="{}" w:left="{}" w:header="400" w:footer="400" w:gutter="0"/>"#,
        twips(width),
        twips(height),
        twips(m.top),
        twips(m.right),
        twips(m.bottom),
        twips(m.left),
    );
    if style.page_numbers == PageNumbers::Auto {
        out.push_str("<w:titlePg/>");
    }
    if text.outline.rtl {
        out.push_str("<w:bidi/>");
    }
    out.push_str("</w:sectPr></w:body></w:document>");
    out
}

fn write_paragraph(
    out: &mut String,
    text: &Text<'_>,
    paragraph: &Paragraph,
    links: &mut Vec<String>,
    photo: Option<&Photo>,
) {
    let style = text.style;
    let left = style.entry.dates == DatesAt::Left;
    let edge = twips(style.text_width());
    let dates = twips(DATES);
    let name = match paragraph.kind {
        Kind::Title => "Title",
        Kind::Subtitle => "Subtitle",
        Kind::Contact => "Contact",
        Kind::Section => "Heading1",
        Kind::Entry(_) => "Heading2",
        Kind::Line => "EntryLine",
        Kind::Body => "Normal",
        Kind::Bullet(_) => "ListBullet",
    };
    let _ = write!(out, r#"<w:p><w:pPr><w:pStyle w:val="{name}"/>"#);
    if paragraph.keep_next {
        out.push_str("<w:keepNext/>");
    }
    if let Kind::Bullet(level) = paragraph.kind {
        let list = 1 + i32::from(paragraph.indented);
        let _ = write!(
            out,
            r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#
        );
    }
    if matches!(paragraph.kind, Kind::Entry(_) | Kind::Line) {
        out.push_str("<w:tabs>");
        if left && paragraph.kind != Kind::Line {
            let _ = write!(out, r#"<w:tab w:val="left" w:pos="{dates}"/>"#);
        }
        let _ = write!(out, r#"<w:tab w:val="right" w:pos="{edge}"/></w:tabs>"#);
    }
    let above = match paragraph.kind {
        Kind::Entry(Above::Heading) => Some(0.0),
        Kind::Entry(Above::Compact) => Some(style.entry_spacing * 0.35),
        _ => paragraph.apart.then_some(style.section_spacing * 0.7),
    };
    if let Some(above) = above {
        let _ = write!(out, r#"<w:spacing w:before="{}"/>"#, twentieths(above));
    }
    match paragraph.kind {
        Kind::Entry(_) if left => {
            let _ = write!(out, r#"<w:ind w:left="{dates}" w:hanging="{dates}"/>"#);
        }
        Kind::Line | Kind::Body if paragraph.indented => {
            let _ = write!(out, r#"<w:ind w:left="{dates}"/>"#);
        }
        _ => {}
    }
    out.push_str("</w:pPr>");
    if let Some(photo) = photo {
        picture(out, style, &text.outline.name, photo);
    }
    for piece in &paragraph.pieces {
        match piece {
            Piece::Tab => out.push_str("<w:r><w:tab/></w:r>"),
            Piece::Text { text: words, look, url } => {
                let run = run(words, *look, style, text.outline.rtl, url.is_some());
                match url {
                    Some(url) => {
                        let _ = write!(out, r#"<w:hyperlink r:id="rIdLink{}">{run}</w:hyperlink>"#, links.len());
                        links.push(url.clone());
                    }
                    None => out.push_str(&run),
                }
            }
        }
    }
    out.push_str("</w:p>");
}

fn run(words: &str, look: Look, style: &Style, rtl: bool, link: bool) -> String {
    let mut look = match look {
        Look::Plain => String::new(),
        Look::Bold => "<w:b/>".to_owned(),
        Look::Light => r#"<w:b w:val="0"/>"#.to_owned(),
        Look::Italic => "<w:i/>".to_owned(),
        Look::Muted => format!(
            r#"<w:b w:val="0"/><w:color w:val="{}"/>"#,
            colour(style, ColorRole::Muted)
        ),
    };
    if rtl {
        look.push_str("<w:rtl/>");
    }
    if link {
        look = format!(r#"<w:rStyle w:val="Hyperlink"/>{look}"#);
    }
    let look = if look.is_empty() {
        look
    } else {
        format!("<w:rPr>{look}</w:rPr>")
    };
    format!(r#"<w:r>{look}<w:t xml:space="preserve">{}</w:t></w:r>"#, xml(words))
}

/// A portrait at the top right; text flows beside it.
fn picture(out: &mut String, style: &Style, name: &str, _: &Photo) {
    // English Metric Units: 36,000 a millimetre.
    let size = (style.photo.size * 36_000.0).round() as i64;
    let shape = match style.photo.shape {
        crate::style::Shape::Square => "rect",
        crate::style::Shape::Rounded => "roundRect",
        crate::style::Shape::Circle => "ellipse",
    };
    let name = xml(name);
    let _ = write!(
        out,
        r#"<w:r><w:drawing><wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="180000" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH><wp:positionV relativeFrom="margin"><wp:align>top</wp:align></wp:positionV><wp:extent cx="{size}" cy="{size}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="1" name="Photo" descr="{name}"/><wp:cNvGraphicFramePr/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="1" name="Photo" descr="{name}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdPhoto"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{size}" cy="{size}"/></a:xfrm><a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"#
    );
}

fn styles(text: &Text<'_>) -> String {
    let (style, outline) = (text.style, text.outline);
    let language = match &outline.region {
        Some(region) => format!("{}-{region}", outline.language),
        None => outline.language.clone(),
    };
    let line = (style.line_height / 1.2 * 240.0).round() as i32;
    let spacing = |before: f32, after: f32| {
        format!(
            r#"<w:spacing w:before="{}" w:after="{}"/>"#,
            twentieths(before),
            twentieths(after)
        )
    };
    let bidi = if outline.rtl { "<w:bidi/>" } else { "" };
    let align = |align: Align| match align {
        Align::Left => r#"<w:jc w:val="start"/>"#,
        Align::Center => r#"<w:jc w:val="center"/>"#,
    };
    let heading = &style.heading;
    let border = |side: &str| {
        let ink = colour(style, heading.color);
        format!(r#"<w:pBdr><w:{side} w:val="single" w:sz="4" w:space="2" w:color="{ink}"/></w:pBdr>"#)
    };
    let rule = match heading.rule {
        Rule::None => String::new(),
        Rule::Below => border("bottom"),
        Rule::Above => border("top"),
    };
    let bold = match style.name.weight {
        Weight::Regular => "",
        Weight::Semibold | Weight::Bold | Weight::Black => "<w:b/>",
    };
    let size = |pt: f32| format!(r#"<w:sz w:val="{0}"/><w:szCs w:val="{0}"/>"#, half(pt));
    let ink = |role: ColorRole| format!(r#"<w:color w:val="{}"/>"#, colour(style, role));
    let (body, head) = (fonts(&style.font_family), fonts(&style.heading_font_family));
    let mut out = format!(
        r#"{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{body}{}<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="{language}"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"#,
        size(style.font_size),
    );
    let mut add = |id: &str, name: &str, more: &str, paragraph: String, run: String| {
        let _ = write!(
            out,
            r#"<w:style w:type="paragraph" {}w:styleId="{id}"><w:name w:val="{name}"/>{more}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"#,
            if id == "Normal" { r#"w:default="1" "# } else { "" },
        );
    };
    let based = r#"<w:basedOn w:val="Normal"/>"#;
    let followed = r#"<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>"#;
    add(
        "Normal",
        "Normal",
        "",
        format!(r#"<w:widowControl/>{bidi}<w:spacing w:before="0" w:after="40" w:line="{line}" w:lineRule="auto"/>"#),
        ink(ColorRole::Text),
    );
    add(
        "Title",
        "Title",
        followed,
        format!(
            r#"<w:spacing w:before="0" w:after="40" w:line="240" w:lineRule="auto"/>{}"#,
            align(style.name.align)
        ),
        format!("{head}{bold}{}{}", ink(style.name.color), size(style.name.size)),
    );
    add(
        "Subtitle",
        "Subtitle",
        followed,
        align(style.name.align).to_owned(),
        format!("{head}{}{}", ink(ColorRole::Muted), size(style.font_size * 1.12)),
    );
    add(
        "Contact",
        "Contact",
        based,
        align(style.name.align).to_owned(),
        format!("{head}{}", size(style.font_size * 0.94)),
    );
    add(
        "Heading1",
        "heading 1",
        followed,
        format!(
            "<w:keepNext/>{rule}{}{}<w:outlineLvl w:val=\"0\"/>",
            spacing(style.section_spacing, 4.0),
            align(heading.align)
        ),
        format!("{head}<w:b/>{}{}", ink(heading.color), size(heading.size)),
    );
    add(
        "Heading2",
        "heading 2",
        followed,
        format!(
            "<w:keepNext/>{}<w:outlineLvl w:val=\"1\"/>",
            spacing(style.entry_spacing, 1.0)
        ),
        "<w:b/>".to_owned(),
    );
    add("EntryLine", "Entry Line", followed, spacing(0.0, 2.0), String::new());
    add(
        "ListBullet",
        "List Bullet",
        based,
        spacing(0.0, 1.0 + style.bullet_spacing),
        String::new(),
    );
    out.push_str(
        r#"<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/></w:style></w:styles>"#,
    );
    out
}

/// Two lists: one at the margin, one beside a column of dates.
fn numbering(style: &Style) -> String {
    let marker = xml(&style.bullet.marker);
    let ink = colour(style, style.bullet.color);
    let mut out = format!("{HEAD}<w:numbering {W}>");
    for (list, start) in [(1, 0), (2, twips(DATES))] {
        let _ = write!(
            out,
            r#"<w:abstractNum w:abstractNumId="{list}"><w:multiLevelType w:val="hybridMultilevel"/>"#
        );
        for level in 0..4 {
            let glyph = if level % 2 == 0 { marker.as_str() } else { "–" };
            let left = start + 260 * (level + 1);
            let _ = write!(
                out,
                r#"<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="{glyph}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="220"/></w:pPr><w:rPr><w:color w:val="{ink}"/></w:rPr></w:lvl>"#
            );
        }
        out.push_str("</w:abstractNum>");
    }
    out.push_str(r#"<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>"#);
    out
}

fn settings() -> String {
    format!(
        r#"{HEAD}<w:settings {W}><w:defaultTabStop w:val="720"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>"#
    )
}

/// The page number. Word counts it anew; without a number of its own the footer gives readers of text nothing.
fn footer() -> String {
    format!(
        r#"{HEAD}<w:ftr {W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:fldSimple w:instr=" PAGE "><w:r><w:t></w:t></w:r></w:fldSimple></w:p></w:ftr>"#
    )
}

/// Core properties. No dates: the same résumé gives the same bytes.
fn core(outline: &Outline) -> String {
    let (title, name, language) = (xml(&outline.title()), xml(&outline.name), xml(&outline.language));
    format!(
        r#"{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>{name}</dc:creator><dc:language>{language}</dc:language><cp:lastModifiedBy>{name}</cp:lastModifiedBy></cp:coreProperties>"#
    )
}
