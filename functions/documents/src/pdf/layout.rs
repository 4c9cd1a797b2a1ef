//! Where everything stands on which sheet, and what it is part of. Lengths are points, from the upper left corner.

use std::num::{NonZeroU16, NonZeroU32};

use krilla::tagging::{ListNumbering, TableHeaderScope, Tag, TagKind};
use templates::components::price_table::PriceTable;
use templates::components::summary_list::Row;
use templates::document::{Block, Document, Level};
use templates::messages::Words;

use super::typeface::{Typeface, Weight};

/// The width of a page.
pub(super) const WIDTH: f32 = 612.0;
/// The height of a page.
pub(super) const HEIGHT: f32 = 792.0;
/// Where text begins.
pub(super) const LEFT: f32 = 60.0;
/// Where it ends.
pub(super) const RIGHT: f32 = WIDTH - 60.0;
const TOP: f32 = 64.0;
const BOTTOM: f32 = HEIGHT - 68.0;
/// Where answers begin, beside what is asked.
const ANSWERS: f32 = LEFT + 160.0;
/// Where amounts begin, beside what they are for.
const AMOUNTS: f32 = RIGHT - 130.0;
/// Between columns, and between a row and the line below it.
const GAP: f32 = 12.0;
const ROW: f32 = 4.0;
/// What is higher may be broken over two pages.
const HIGHEST_ROW: f32 = 200.0;

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) weight: Weight,
    /// How large.
    pub(super) size: f32,
    /// From one line to the next.
    leading: f32,
    pub(super) shade: Shade,
}

/// How dark something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shade {
    Ink,
    Grey,
    Light,
}

const TITLE: Style = Style { weight: Weight::Bold, size: 20.0, leading: 26.0, shade: Shade::Ink };
const PART: Style = Style { weight: Weight::Bold, size: 14.0, leading: 19.0, shade: Shade::Ink };
const SECTION: Style = Style { weight: Weight::Bold, size: 11.5, leading: 16.0, shade: Shade::Ink };
const GROUP: Style = Style { weight: Weight::Bold, size: 10.0, leading: 14.0, shade: Shade::Ink };
const BODY: Style = Style { weight: Weight::Regular, size: 10.0, leading: 14.0, shade: Shade::Ink };
const STRONG: Style = Style { weight: Weight::Bold, ..BODY };
/// Beside and below what counts more. Also for what stands on every page.
pub(super) const SMALL: Style = Style { weight: Weight::Regular, size: 8.5, leading: 12.0, shade: Shade::Grey };

/// A document on its sheets.
pub(super) struct Laid {
    pub(super) sheets: Vec<Sheet>,
    /// What the document is made of, for those who have it read to them.
    pub(super) structure: Vec<Node>,
    /// What can be gone to.
    pub(super) headings: Vec<Heading>,
    /// How many leaves the structure has.
    pub(super) leaves: usize,
}

/// What stands on a page.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) marks: Vec<Mark>,
}

/// Something on a page.
pub(super) enum Mark {
    /// A line of text, from here to the right.
    Text { x: f32, baseline: f32, style: Style, line: String, of: Owner },
    /// A line from here to there.
    Rule { from: f32, to: f32, y: f32 },
}

/// What a text is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// Of the document.
    Leaf(usize),
    /// Of the page alone: it is said elsewhere.
    Page,
}

/// A part of the document's structure.
pub(super) struct Node {
    pub(super) tag: TagKind,
    pub(super) children: Vec<Child>,
}

/// What a part is made of.
pub(super) enum Child {
    Node(Node),
    Leaf(usize),
}

/// A heading, and where it stands.
pub(super) struct Heading {
    pub(super) text: String,
    pub(super) sheet: usize,
    pub(super) y: f32,
}

/// Lays a document out.
pub(super) fn lay(words: &Words, document: &Document<'_>, typeface: &Typeface) -> Laid {
    let mut laying = Laying {
        words,
        typeface,
        sheets: vec![Sheet::default()],
        y: TOP,
        headings: vec![],
        leaves: 0,
        again: None,
        lacks: false,
    };
    let mut structure = vec![laying.heading(&document.title, TITLE, 1)];
    for block in &document.blocks {
        structure.push(laying.block(block));
    }
    if laying.lacks {
        structure.push(laying.paragraph(&words.text("document-lacks"), SMALL));
    }
    let Laying { sheets, headings, leaves, .. } = laying;
    Laid { sheets, structure, headings, leaves }
}

/// A document that is being laid out.
struct Laying<'a> {
    words: &'a Words,
    typeface: &'a Typeface,
    sheets: Vec<Sheet>,
    /// How far down the last sheet is full.
    y: f32,
    headings: Vec<Heading>,
    leaves: usize,
    /// The headings of the table's columns, for each page that it goes on to.
    again: Option<[String; 2]>,
    /// Whether the typeface lacked a letter.
    lacks: bool,
}

/// A cell of a row.
struct Cell {
    from: f32,
    to: f32,
    side: Side,
    lines: Vec<(String, Style)>,
    of: Owner,
}

/// The side at which the lines of a cell stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

impl Laying<'_> {
    fn block(&mut self, block: &Block<'_>) -> Node {
        match block {
            Block::Heading(Level::Part, text) => self.heading(text, PART, 2),
            Block::Heading(Level::Section, text) => self.heading(text, SECTION, 3),
            Block::Heading(Level::Group, text) => self.heading(text, GROUP, 4),
            Block::Paragraph(text) => self.paragraph(text, BODY),
            Block::Note(text) => self.paragraph(text, SMALL),
            Block::Facts(rows) => self.facts(rows),
            Block::Prices(table) => self.prices(table),
        }
    }

    fn leaf(&mut self) -> usize {
        self.leaves += 1;
        self.leaves - 1
    }

    fn sheet(&mut self) -> &mut Vec<Mark> {
        if self.sheets.is_empty() {
            self.sheets.push(Sheet::default());
        }
        let last = self.sheets.len() - 1;
        &mut self.sheets[last].marks
    }

    /// Goes on to the next page where so much does not fit on this one.
    fn room(&mut self, height: f32) {
        if self.y + height <= BOTTOM || self.y <= TOP {
            return;
        }
        self.sheets.push(Sheet::default());
        self.y = TOP;
        if let Some(columns) = self.again.clone() {
            self.columns(&columns, [Owner::Page; 2]);
        }
    }

    fn lines(&mut self, text: &str, style: Style, width: f32) -> Vec<(String, Style)> {
        self.lacks |= !self.typeface.has(text);
        let lines = self.typeface.face(style.weight).lines(text, style.size, width);
        lines.into_iter().map(|line| (line, style)).collect()
    }

    fn heading(&mut self, text: &str, style: Style, level: u16) -> Node {
        if self.y > TOP {
            self.y += style.leading * 0.7;
        }
        let leaf = self.leaf();
        let lines = self.lines(text, style, RIGHT - LEFT);
        // Never the last on a page.
        let height: f32 = lines.iter().map(|(_, style)| style.leading).sum();
        self.room(height + 3.0 * BODY.leading);
        self.headings.push(Heading { text: text.to_owned(), sheet: self.sheets.len() - 1, y: self.y });
        self.put(LEFT, lines, Owner::Leaf(leaf));
        self.y += ROW;
        let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
        Node { tag: Tag::Hn(level, Some(text.to_owned())).into(), children: vec![Child::Leaf(leaf)] }
    }

    fn paragraph(&mut self, text: &str, style: Style) -> Node {
        let leaf = self.leaf();
        let lines = self.lines(text, style, RIGHT - LEFT);
        self.put(LEFT, lines, Owner::Leaf(leaf));
        self.y += style.leading / 2.0;
        Node { tag: Tag::P.into(), children: vec![Child::Leaf(leaf)] }
    }

    fn put(&mut self, x: f32, lines: Vec<(String, Style)>, of: Owner) {
        for (line, style) in lines {
            self.room(style.leading);
            self.y += style.leading;
            let baseline = self.y - style.leading * 0.25;
            self.sheet().push(Mark::Text { x, baseline, style, line, of });
        }
    }

    /// Cells beside each other, on one page where they are not too high for that, and a line below them.
    fn row(&mut self, cells: &[Cell]) {
        let rows = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or_default();
        let leading =
            |row: usize| cells.iter().filter_map(|cell| cell.lines.get(row)).map(|(_, style)| style.leading).fold(0.0, f32::max);
        let whole: f32 = (0..rows).map(leading).sum::<f32>() + 2.0 * ROW;
        self.room(if whole < HIGHEST_ROW { whole } else { 2.0 * ROW });
        self.y += ROW;
        for row in 0..rows {
            let leading = leading(row);
            self.room(leading);
            self.y += leading;
            for cell in cells {
                let Some((line, style)) = cell.lines.get(row) else { continue };
                let shown = line.trim_end_matches(' ');
                let x = match cell.side {
                    Side::Left => cell.from,
                    Side::Right => cell.to - self.typeface.face(style.weight).width(shown, style.size),
                };
                let baseline = self.y - style.leading * 0.25;
                self.sheet().push(Mark::Text { x, baseline, style: *style, line: line.clone(), of: cell.of });
            }
        }
        self.y += ROW;
        let y = self.y;
        self.sheet().push(Mark::Rule { from: LEFT, to: RIGHT, y });
    }

    fn cell(&mut self, (from, to): (f32, f32), side: Side, texts: &[(&str, Style)]) -> (Cell, usize) {
        let leaf = self.leaf();
        let lines = texts.iter().flat_map(|(text, style)| self.lines(text, *style, to - from)).collect();
        (Cell { from, to, side, lines, of: Owner::Leaf(leaf) }, leaf)
    }

    fn facts(&mut self, rows: &[Row<'_>]) -> Node {
        let missing = self.words.text("summary-not-given");
        let mut children = vec![];
        for Row { key, lines, .. } in rows {
            let (asked, label) = self.cell((LEFT, ANSWERS - GAP), Side::Left, &[(key, STRONG)]);
            let said: Vec<_> = match &lines[..] {
                [] => vec![(&*missing, SMALL)],
                lines => lines.iter().map(|line| (&**line, BODY)).collect(),
            };
            let (answer, body) = self.cell((ANSWERS, RIGHT), Side::Left, &said);
            self.row(&[asked, answer]);
            children.push(node(Tag::LI, vec![leaf(Tag::Lbl, label), leaf(Tag::LBody, body)]));
        }
        self.y += BODY.leading / 2.0;
        Node { tag: Tag::L(ListNumbering::None).into(), children }
    }

    fn prices(&mut self, table: &PriceTable<'_>) -> Node {
        let columns = [self.words.text("price-for"), self.words.text("price-amount")].map(std::borrow::Cow::into_owned);
        let heads = [self.leaf(), self.leaf()];
        self.room(6.0 * BODY.leading);
        self.columns(&columns, heads.map(Owner::Leaf));
        self.again = Some(columns);
        let column = |head| leaf(Tag::TH(TableHeaderScope::Column), head);
        let mut children = vec![node(Tag::THead, vec![node(Tag::TR, heads.map(column).into())])];
        for group in &table.groups {
            // An item is not parted from its first line.
            self.room(4.0 * BODY.leading);
            let (title, of) = self.cell((LEFT, RIGHT), Side::Left, &[(&group.title, STRONG)]);
            self.row(&[title]);
            let title = Tag::TH(TableHeaderScope::Column).with_col_span(NonZeroU32::new(2));
            let mut rows = vec![node(Tag::TR, vec![leaf(title, of)])];
            for line in &group.lines {
                let list = line.list.iter().map(|list| (&**list, SMALL));
                let said: Vec<_> = std::iter::once((&*line.label, BODY)).chain(list).collect();
                rows.push(self.priced(&said, (&line.amount, BODY)));
            }
            rows.extend(group.note.as_ref().map(|note| self.across(note)));
            children.push(node(Tag::TBody, rows));
        }
        let mut totals = vec![];
        for total in &table.totals {
            let style = if total.grand { STRONG } else { BODY };
            totals.push(self.priced(&[(&total.label, style)], (&total.amount.to_string(), style)));
            totals.extend(total.note.as_ref().map(|note| self.across(note)));
        }
        if !totals.is_empty() {
            children.push(node(Tag::TFoot, totals));
        }
        self.again = None;
        self.y += BODY.leading / 2.0;
        Node { tag: Tag::Table.with_summary(Some(table.caption.to_string())).into(), children }
    }

    /// The headings of a table's columns.
    fn columns(&mut self, columns: &[String; 2], [first, second]: [Owner; 2]) {
        let style = Style { weight: Weight::Bold, ..SMALL };
        let line = |text: &String| vec![(text.clone(), style)];
        self.row(&[
            Cell { from: LEFT, to: AMOUNTS - GAP, side: Side::Left, lines: line(&columns[0]), of: first },
            Cell { from: AMOUNTS, to: RIGHT, side: Side::Right, lines: line(&columns[1]), of: second },
        ]);
    }

    /// A row with what is charged, and how much.
    fn priced(&mut self, said: &[(&str, Style)], amount: (&str, Style)) -> Child {
        let (what, label) = self.cell((LEFT, AMOUNTS - GAP), Side::Left, said);
        let (charged, figure) = self.cell((AMOUNTS, RIGHT), Side::Right, &[amount]);
        self.row(&[what, charged]);
        node(Tag::TR, vec![leaf(Tag::TH(TableHeaderScope::Row), label), leaf(Tag::TD, figure)])
    }

    /// A row that is said of what stands above it.
    fn across(&mut self, note: &str) -> Child {
        let (said, of) = self.cell((LEFT, RIGHT), Side::Left, &[(note, SMALL)]);
        self.row(&[said]);
        node(Tag::TR, vec![leaf(Tag::TD.with_col_span(NonZeroU32::new(2)), of)])
    }
}

fn node(tag: impl Into<TagKind>, children: Vec<Child>) -> Child {
    Child::Node(Node { tag: tag.into(), children })
}

/// A part that is nothing but text.
fn leaf(tag: impl Into<TagKind>, leaf: usize) -> Child {
    node(tag, vec![Child::Leaf(leaf)])
}
