//! OpenDocument text: the same paragraphs with named styles, lists, properties.

use super::{Above, DATES, Kind, Look, Paragraph, Piece, Text, xml};
use crate::fonts::word_family;
use crate::outline::Outline;
use crate::style::{Align, ColorRole, DatesAt, PageNumbers, Rule, Weight};
use crate::{ExportFormat, Photo, RenderError, Style, zipped};
use std::fmt::Write;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
const SPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" office:version="1.3""#;
const MIME: &str = "application/vnd.oasis.opendocument.text";

const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><office:document-settings xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" office:version="1.3"><office:settings><config:config-item-set config:name="ooo:configuration-settings"><config:config-item config:name="TabsRelativeToIndent" config:type="boolean">false</config:config-item></config:config-item-set></office:settings></office:document-settings>"#;

/// Writes the ODT.
pub(crate) fn write(outline: &Outline, style: &Style, photo: Option<&Photo>) -> Result<Vec<u8>, RenderError> {
    let text = Text::of(outline, style, photo);
    let image = text.photo.map(|p| match p.media_type {
        "image/png" => ("Pictures/photo.png", p),
        _ => ("Pictures/photo.jpeg", p),
    });
    let (content, styles) = (content(&text, image.map(|i| i.0)), styles(&text));
    let (meta, manifest) = (meta(outline), manifest(image));
    let mut files: Vec<(&str, &[u8])> = vec![
        ("mimetype", MIME.as_bytes()),
        ("content.xml", content.as_bytes()),
        ("styles.xml", styles.as_bytes()),
        ("meta.xml", meta.as_bytes()),
        ("settings.xml", SETTINGS.as_bytes()),
        ("META-INF/manifest.xml", manifest.as_bytes()),
    ];
    if let Some((path, photo)) = image {
        files.push((path, &photo.bytes));
    }
    zipped::pack(&files).map_err(|detail| RenderError::Write {
        format: ExportFormat::Odt,
        detail,
    })
}

fn manifest(image: Option<(&str, &Photo)>) -> String {
    let mut out = format!(
        r#"{HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/>"#
    );
    for part in ["content.xml", "styles.xml", "meta.xml", "settings.xml"] {
        let _ = write!(
            out,
            r#"<manifest:file-entry manifest:full-path="{part}" manifest:media-type="text/xml"/>"#
        );
    }
    if let Some((path, photo)) = image {
        let kind = photo.media_type;
        let _ = write!(
            out,
            r#"<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>"#
        );
    }
    out + "</manifest:manifest>"
}

fn meta(outline: &Outline) -> String {
    let (title, name, language) = (xml(&outline.title()), xml(&outline.name), xml(&outline.language));
    format!(
        "{HEAD}<office:document-meta {SPACES}><office:meta><meta:generator>Bespoke</meta:generator><dc:title>{title}</dc:title><meta:initial-creator>{name}</meta:initial-creator><dc:creator>{name}</dc:creator><dc:language>{language}</dc:language></office:meta></office:document-meta>"
    )
}

fn name(paragraph: &Paragraph) -> &'static str {
    match (paragraph.kind, paragraph.indented) {
        (Kind::Title, _) => "Title",
        (Kind::Subtitle, _) => "Subtitle",
        (Kind::Contact, _) => "Contact",
        (Kind::Section, _) => "Heading_20_1",
        (Kind::Entry(Above::Entry), _) => "Heading_20_2",
        (Kind::Entry(Above::Compact), _) => "Heading_20_2_20_Compact",
        (Kind::Entry(Above::Heading), _) => "Heading_20_2_20_First",
        (Kind::Line, false) => "Entry_20_Line",
        (Kind::Line, true) => "Entry_20_Line_20_Indented",
        (Kind::Body, false) if paragraph.apart => "Standard_20_Apart",
        (Kind::Body, false) => "Standard",
        (Kind::Body, true) => "Standard_20_Indented",
        (Kind::Bullet(_), _) => "List_20_Bullet",
    }
}

fn content(text: &Text<'_>, image: Option<&str>) -> String {
    let style = text.style;
    let mut out = format!("{HEAD}<office:document-content {SPACES}><office:automatic-styles>");
    if image.is_some() {
        out.push_str(r#"<style:style style:name="Photo" style:family="graphic"><style:graphic-properties style:horizontal-pos="right" style:horizontal-rel="page-content" style:vertical-pos="top" style:vertical-rel="page-content" style:wrap="left" fo:margin-left="5mm"/></style:style>"#);
    }
    out.push_str("</office:automatic-styles><office:body><office:text>");
    for (n, paragraph) in text.paragraphs.iter().enumerate() {
        let mut inner = String::new();
        if let Some(image) = image.filter(|_| n == 0) {
            let (size, alt) = (style.photo.size, xml(&text.outline.name));
            let _ = write!(
                inner,
                r#"<draw:frame draw:style-name="Photo" draw:name="Photo" text:anchor-type="paragraph" svg:width="{size}mm" svg:height="{size}mm"><draw:image xlink:href="{image}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/><svg:desc>{alt}</svg:desc></draw:frame>"#
            );
        }
        pieces(&mut inner, paragraph);
        let name = name(paragraph);
        let _ = match paragraph.kind {
            Kind::Section => write!(
                out,
                r#"<text:h text:style-name="{name}" text:outline-level="1">{inner}</text:h>"#
            ),
            Kind::Entry(_) => write!(
                out,
                r#"<text:h text:style-name="{name}" text:outline-level="2">{inner}</text:h>"#
            ),
            Kind::Bullet(level) => {
                let list = if paragraph.indented {
                    "Bullets_20_Indented"
                } else {
                    "Bullets"
                };
                let depth = usize::from(level);
                write!(
                    out,
                    r#"<text:list text:style-name="{list}"><text:list-item>{}<text:p text:style-name="{name}">{inner}</text:p>{}</text:list-item></text:list>"#,
                    "<text:list><text:list-item>".repeat(depth),
                    "</text:list-item></text:list>".repeat(depth),
                )
            }
            _ => write!(out, r#"<text:p text:style-name="{name}">{inner}</text:p>"#),
        };
    }
    out.push_str("</office:text></office:body></office:document-content>");
    out
}

fn pieces(out: &mut String, paragraph: &Paragraph) {
    for piece in &paragraph.pieces {
        match piece {
            Piece::Tab => out.push_str("<text:tab/>"),
            Piece::Text { text, look, url } => {
                let look = match look {
                    Look::Plain => None,
                    Look::Bold => Some("Strong"),
                    Look::Light => Some("Light"),
                    Look::Italic => Some("Emphasis"),
                    Look::Muted => Some("Muted"),
                };
                // A space at either end, or two in a row, would be dropped.
                let words = xml(text);
                let words = match words.strip_suffix(' ') {
                    Some(rest) => format!("{rest}<text:s/>"),
                    None => words,
                };
                let words = match words.strip_prefix(' ') {
                    Some(rest) => format!("<text:s/>{rest}"),
                    None => words,
                };
                let words = match look {
                    Some(look) => format!(r#"<text:span text:style-name="{look}">{words}</text:span>"#),
                    None => words,
                };
                let _ = match url {
                    Some(url) => write!(
                        out,
                        r#"<text:a xlink:type="simple" text:style-name="Link" text:visited-style-name="Link" xlink:href="{}">{words}</text:a>"#,
                        xml(url)
                    ),
                    None => out.write_str(&words),
                };
            }
        }
    }
}

fn styles(text: &Text<'_>) -> String {
    let (style, outline) = (text.style, text.outline);
    let family = |f: &str| xml(word_family(f));
    let (body, head) = (family(&style.font_family), family(&style.heading_font_family));
    let fonts = |f: &str| format!(r#"style:font-name="{f}" style:font-name-asian="{f}" style:font-name-complex="{f}""#);
    let size =
        |pt: f32| format!(r#"fo:font-size="{pt}pt" style:font-size-asian="{pt}pt" style:font-size-complex="{pt}pt""#);
    let bold = r#"fo:font-weight="bold" style:font-weight-asian="bold" style:font-weight-complex="bold""#;
    let ink = |role: ColorRole| format!(r#"fo:color="{}""#, style.color_of(role));
    let align = |align: Align| match align {
        Align::Left => r#"fo:text-align="start""#,
        Align::Center => r#"fo:text-align="center""#,
    };
    let country = outline.region.as_deref().unwrap_or("none");
    let language = format!(r#"fo:language="{}" fo:country="{country}""#, outline.language);
    let mode = if outline.rtl {
        r#" style:writing-mode="rl-tb""#
    } else {
        ""
    };
    let mut out = format!("{HEAD}<office:document-styles {SPACES}><office:font-face-decls>");
    for font in [Some(&body), Some(&head).filter(|h| **h != body)].into_iter().flatten() {
        let _ = write!(
            out,
            r#"<style:font-face style:name="{font}" svg:font-family="&apos;{font}&apos;"/>"#
        );
    }
    let _ = write!(
        out,
        r#"</office:font-face-decls><office:styles><style:default-style style:family="paragraph"><style:paragraph-properties fo:orphans="2" fo:widows="2"{mode}/><style:text-properties {} {} {language}/></style:default-style>"#,
        fonts(&body),
        size(style.font_size),
    );
    let mut add = |name: &str, parent: &str, level: &str, paragraph: String, run: String| {
        let display = name.replace("_20_", " ");
        let parent = if parent.is_empty() {
            String::new()
        } else {
            format!(r#" style:parent-style-name="{parent}""#)
        };
        let (properties, tabs) = paragraph.split_once('|').unwrap_or((&paragraph, ""));
        let _ = write!(
            out,
            r#"<style:style style:name="{name}" style:display-name="{display}" style:family="paragraph"{parent}{level}><style:paragraph-properties {properties}>{tabs}</style:paragraph-properties><style:text-properties {run}/></style:style>"#
        );
    };
    let spacing = |before: f32, after: f32| format!(r#"fo:margin-top="{before}pt" fo:margin-bottom="{after}pt""#);
    let line = (style.line_height / 1.2 * 100.0).round();
    // Counted from the margin and not from the indent: settings.xml says so.
    let edge = style.text_width();
    let tabs = format!(
        r#"|<style:tab-stops><style:tab-stop style:position="{edge}mm" style:type="right"/></style:tab-stops>"#
    );
    let hanging = match style.entry.dates {
        DatesAt::Left => format!(
            r#" fo:margin-left="{DATES}mm" fo:text-indent="-{DATES}mm"|<style:tab-stops><style:tab-stop style:position="{DATES}mm"/><style:tab-stop style:position="{edge}mm" style:type="right"/></style:tab-stops>"#
        ),
        DatesAt::Right => tabs.clone(),
    };
    let rule = match style.heading.rule {
        Rule::None => String::new(),
        Rule::Below => format!(
            r#" fo:border-bottom="0.5pt solid {}" fo:padding-bottom="2pt""#,
            style.color_of(style.heading.color)
        ),
        Rule::Above => format!(
            r#" fo:border-top="0.5pt solid {}" fo:padding-top="2pt""#,
            style.color_of(style.heading.color)
        ),
    };
    let weight = match style.name.weight {
        Weight::Regular => "",
        Weight::Semibold | Weight::Bold | Weight::Black => bold,
    };
    let next = r#" style:next-style-name="Standard" style:default-outline-level="1""#;
    let second = r#" style:next-style-name="Standard" style:default-outline-level="2""#;
    add(
        "Standard",
        "",
        "",
        format!(r#"{} fo:line-height="{line}%""#, spacing(0.0, 2.0)),
        ink(ColorRole::Text),
    );
    add(
        "Title",
        "Standard",
        "",
        format!(
            r#"{} {} fo:line-height="100%""#,
            align(style.name.align),
            spacing(0.0, 2.0)
        ),
        format!(
            "{} {} {} {weight}",
            fonts(&head),
            size(style.name.size),
            ink(style.name.color)
        ),
    );
    add(
        "Subtitle",
        "Standard",
        "",
        align(style.name.align).to_owned(),
        format!(
            "{} {} {}",
            fonts(&head),
            size(style.font_size * 1.12),
            ink(ColorRole::Muted)
        ),
    );
    add(
        "Contact",
        "Standard",
        "",
        align(style.name.align).to_owned(),
        format!("{} {}", fonts(&head), size(style.font_size * 0.94)),
    );
    add(
        "Heading_20_1",
        "Standard",
        next,
        format!(
            r#"{} {}{rule} fo:keep-with-next="always" fo:line-height="100%""#,
            align(style.heading.align),
            spacing(style.section_spacing, 4.0)
        ),
        format!(
            "{} {} {} {bold}",
            fonts(&head),
            size(style.heading.size),
            ink(style.heading.color)
        ),
    );
    for (name, above) in [
        ("Heading_20_2", style.entry_spacing),
        ("Heading_20_2_20_Compact", style.entry_spacing * 0.35),
        ("Heading_20_2_20_First", 0.0),
    ] {
        let keep = if name.ends_with("Compact") {
            ""
        } else {
            r#" fo:keep-with-next="always""#
        };
        add(
            name,
            "Standard",
            second,
            format!("{}{keep}{hanging}", spacing(above, 1.0)),
            bold.to_owned(),
        );
    }
    add(
        "Entry_20_Line",
        "Standard",
        "",
        format!(r#"{} fo:keep-with-next="always"{}"#, spacing(0.0, 2.0), tabs),
        String::new(),
    );
    let indent = format!(r#"fo:margin-left="{DATES}mm""#);
    add(
        "Entry_20_Line_20_Indented",
        "Standard",
        "",
        format!(r#"{} {indent} fo:keep-with-next="always"{}"#, spacing(0.0, 2.0), tabs),
        String::new(),
    );
    add(
        "Standard_20_Apart",
        "Standard",
        "",
        spacing(style.section_spacing * 0.7, 2.0),
        String::new(),
    );
    add("Standard_20_Indented", "Standard", "", indent.clone(), String::new());
    add(
        "List_20_Bullet",
        "Standard",
        "",
        spacing(0.0, 1.0 + style.bullet_spacing),
        String::new(),
    );
    let muted = ink(ColorRole::Muted);
    let light = r#"fo:font-weight="normal" style:font-weight-asian="normal" style:font-weight-complex="normal""#;
    let _ = write!(
        out,
        r#"<style:style style:name="Strong" style:family="text"><style:text-properties {bold}/></style:style><style:style style:name="Light" style:family="text"><style:text-properties {light}/></style:style><style:style style:name="Emphasis" style:family="text"><style:text-properties fo:font-style="italic" style:font-style-asian="italic" style:font-style-complex="italic"/></style:style><style:style style:name="Muted" style:family="text"><style:text-properties {muted} {light}/></style:style><style:style style:name="Link" style:family="text"><style:text-properties style:text-underline-style="none"/></style:style><style:style style:name="Marker" style:family="text"><style:text-properties {}/></style:style>"#,
        ink(style.bullet.color),
    );
    lists(&mut out, style);
    page(&mut out, text);
    out + "</office:document-styles>"
}

fn lists(out: &mut String, style: &Style) {
    for (list, start) in [("Bullets", 0.0), ("Bullets_20_Indented", DATES)] {
        let _ = write!(out, r#"<text:list-style style:name="{list}">"#);
        for level in 1..=4u8 {
            let marker = if level % 2 == 1 {
                xml(&style.bullet.marker)
            } else {
                "–".to_owned()
            };
            let left = start + 4.6 * f32::from(level);
            let _ = write!(
                out,
                r#"<text:list-level-style-bullet text:level="{level}" text:style-name="Marker" text:bullet-char="{marker}"><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="{left}mm" fo:text-indent="-3.9mm" fo:margin-left="{left}mm"/></style:list-level-properties></text:list-level-style-bullet>"#
            );
        }
        out.push_str("</text:list-style>");
    }
}

/// Page size, margins and footer; closes the named styles.
fn page(out: &mut String, text: &Text<'_>) {
    let style = text.style;
    let (width, height) = style.paper.size();
    let m = &style.margin;
    let numbered = style.page_numbers != PageNumbers::Never;
    // The footer stands inside the page margin, so that the text keeps its height.
    let (bottom, footer) = match numbered {
        true => (
            m.bottom / 2.0,
            format!(
                r#"<style:footer-style><style:header-footer-properties svg:height="{0}mm" fo:min-height="{0}mm" fo:margin-top="0mm"/></style:footer-style>"#,
                m.bottom / 2.0
            ),
        ),
        false => (m.bottom, String::new()),
    };
    let _ = write!(
        out,
        r#"</office:styles><office:automatic-styles><style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="{width}mm" fo:page-height="{height}mm" fo:margin-top="{}mm" fo:margin-right="{}mm" fo:margin-bottom="{bottom}mm" fo:margin-left="{}mm"/>{footer}</style:page-layout><style:style style:name="Foot" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="8pt" {}/></style:style></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page">"#,
        m.top,
        m.right,
        m.left,
        format_args!(r#"fo:color="{}""#, style.color_of(ColorRole::Muted)),
    );
    if numbered {
        let number = r#"<text:p text:style-name="Foot"><text:page-number text:select-page="current"/> / <text:page-count/></text:p>"#;
        let _ = write!(out, "<style:footer>{number}</style:footer>");
        if style.page_numbers == PageNumbers::Auto {
            out.push_str(r#"<style:footer-first><text:p text:style-name="Foot"/></style:footer-first>"#);
        }
    }
    out.push_str("</style:master-page></office:master-styles>");
}
