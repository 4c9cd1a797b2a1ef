//! Draws what was laid out into a file, and says in the file what everything is.

use krilla::color::rgb;
use krilla::configure::{ConfigurationBuilder, validate::Accessibility};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag, TagGroup, TagTree};
use krilla::{Document as File, SerializeSettings};
use templates::document::Document;
use templates::messages::Words;

use super::PdfError;
use super::layout::{Child, HEIGHT, LEFT, Laid, Mark, Node, Owner, RIGHT, SMALL, Shade, Style, WIDTH};
use super::typeface::Typeface;

/// Where the title stands on every page but the first, and the number on each.
const HEAD: f32 = 44.0;
const FOOT: f32 = HEIGHT - 36.0;
/// How thick a rule is.
const RULE: f32 = 0.5;

/// Draws a document.
pub(super) fn draw(words: &Words, document: &Document<'_>, typeface: &Typeface, laid: Laid) -> Result<Vec<u8>, PdfError> {
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = configuration.map_err(|error| PdfError(format!("{error:?}")))?;
    let mut file = File::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let language = words.language();
    file.set_metadata(Metadata::new().title(document.title.to_string()).language(language.to_owned()));
    let mut leaves: Vec<Vec<Identifier>> = (0..laid.leaves).map(|_| vec![]).collect();
    let count = laid.sheets.len();
    for (number, sheet) in (1_usize..).zip(laid.sheets) {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| PdfError("a page has no size".to_owned()))?;
        let mut page = file.start_page_with(settings);
        let mut pen = Pen { surface: page.surface(), typeface };
        if number > 1 {
            pen.beside((LEFT, HEAD), &document.title, ArtifactType::Header);
        }
        for mark in sheet.marks {
            pen.mark(mark, &mut leaves);
        }
        let said = words.with("document-page", &[("number", number.into()), ("count", count.into())]);
        let wide = typeface.face(SMALL.weight).width(&said, SMALL.size);
        pen.beside((RIGHT - wide, FOOT), &said, ArtifactType::Footer);
    }
    let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
    for node in laid.structure {
        tree.push(group(node, &mut leaves));
    }
    file.set_tag_tree(tree);
    let mut outline = Outline::new();
    for heading in laid.headings {
        let there = XyzDestination::new(heading.sheet, Point::from_xy(LEFT, heading.y));
        outline.push_child(OutlineNode::new(heading.text, there));
    }
    file.set_outline(outline);
    file.finish().map_err(|error| PdfError(format!("{error:?}")))
}

fn group(node: Node, leaves: &mut [Vec<Identifier>]) -> TagGroup {
    let mut group = TagGroup::new(node.tag);
    for child in node.children {
        match child {
            Child::Node(node) => group.push(self::group(node, leaves)),
            Child::Leaf(leaf) => {
                for drawn in std::mem::take(&mut leaves[leaf]) {
                    group.push(drawn);
                }
            }
        }
    }
    group
}

const fn of_page(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact { kind, bbox: None })
}

/// Draws on a page.
struct Pen<'a, 't> {
    surface: Surface<'a>,
    typeface: &'t Typeface,
}

impl Pen<'_, '_> {
    fn mark(&mut self, mark: Mark, leaves: &mut [Vec<Identifier>]) {
        match mark {
            Mark::Text { x, baseline, style, line, of: Owner::Leaf(leaf) } => {
                let drawn = self.text((x, baseline), &line, style, ContentTag::Span(SpanTag::empty()));
                leaves[leaf].push(drawn);
            }
            Mark::Text { x, baseline, style, line, of: Owner::Page } => {
                self.text((x, baseline), &line, style, of_page(ArtifactType::PaginationOther));
            }
            Mark::Rule { from, to, y } => self.rule(from, to, y),
        }
    }

    fn text(&mut self, (x, baseline): (f32, f32), line: &str, style: Style, tag: ContentTag<'_>) -> Identifier {
        let drawn = self.surface.start_tagged(tag);
        let face = self.typeface.face(style.weight);
        self.surface.set_fill(Some(fill(style.shade)));
        self.surface.draw_glyphs(Point::from_xy(x, baseline), &face.glyphs(line), face.font(), line, style.size, false);
        self.surface.end_tagged();
        drawn
    }

    /// What stands on pages for their own sake, on one line.
    fn beside(&mut self, at: (f32, f32), text: &str, kind: ArtifactType) {
        let face = self.typeface.face(SMALL.weight);
        let lines = face.lines(text, SMALL.size, RIGHT - LEFT);
        if let Some(first) = lines.first() {
            self.text(at, first, SMALL, of_page(kind));
        }
    }

    fn rule(&mut self, from: f32, to: f32, y: f32) {
        self.surface.start_tagged(of_page(ArtifactType::Layout));
        let mut path = PathBuilder::new();
        if let Some(line) = Rect::from_ltrb(from, y, to, y + RULE) {
            path.push_rect(line);
        }
        if let Some(path) = path.finish() {
            self.surface.set_fill(Some(fill(Shade::Light)));
            self.surface.draw_path(&path);
        }
        self.surface.end_tagged();
    }
}

fn fill(shade: Shade) -> Fill {
    let grey = match shade {
        Shade::Ink => 0x1a,
        Shade::Grey => 0x55,
        Shade::Light => 0xcc,
    };
    Fill { paint: rgb::Color::new(grey, grey, grey).into(), opacity: NormalizedF32::ONE, rule: FillRule::default() }
}
