//! The structure tree of a tagged PDF: which block every stretch of marked content belongs to, in logical order.
//!
//! Word processors, browsers and Typst write it. It says what geometry can only guess: where a paragraph ends, what is a
//! list item, and in which order two columns are read.

use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier};
use hayro_interpret::hayro_syntax::{Pdf, page::Page};
use std::collections::HashMap;

/// Deepest nesting and most elements that are followed; a hostile tree ends there.
const MAX_DEPTH: usize = 80;
const MAX_LEAVES: usize = 100_000;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A paragraph, or text whose block is not known.
    Text,
    /// A heading, level from 1.
    Heading(u8),
    /// A list item, nesting from 0.
    Item(u8),
}

/// One stretch of marked content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf {
    /// The paragraph, heading, list item or cell that holds it; 0 where only containers do.
    pub block: u32,
    pub role: Role,
}

/// The leaves of a document in logical order, and where to find them.
#[derive(Debug, Default)]
pub struct Tags {
    pub leaves: Vec<Leaf>,
    index: HashMap<(ObjectIdentifier, i32), u32>,
    /// Content of forms that a page draws: the ids count anew in each, so there are several leaves for one id.
    forms: HashMap<(ObjectIdentifier, i32), Vec<u32>>,
}

impl Tags {
    /// Reads the tree; empty where the file has none.
    pub fn read(pdf: &Pdf) -> Tags {
        let mut tags = Tags::default();
        let root = pdf
            .xref()
            .get::<Dict<'_>>(pdf.xref().root_id())
            .and_then(|catalog| catalog.get::<Dict<'_>>("StructTreeRoot"));
        if let Some(root) = root {
            let roles = root.get::<Dict<'_>>("RoleMap").unwrap_or_else(Dict::empty);
            let state = State {
                page: None,
                block: 0,
                role: Role::Text,
                lists: 0,
            };
            let mut walk = Walk {
                tags: &mut tags,
                roles,
                blocks: 0,
            };
            walk.children(&root, state, 0);
        }
        tags
    }

    /// The leaf of a marked-content id on a page.
    pub fn leaf(&self, page: &Page<'_>, mcid: i32) -> Option<u32> {
        self.index.get(&(page.raw().obj_id()?, mcid)).copied()
    }

    /// The leaves of an id in the forms of a page, in logical order.
    pub fn form_leaves(&self, page: &Page<'_>, mcid: i32) -> &[u32] {
        let leaves = page.raw().obj_id().and_then(|id| self.forms.get(&(id, mcid)));
        leaves.map_or(&[], Vec::as_slice)
    }
}

#[derive(Clone, Copy)]
struct State {
    page: Option<ObjectIdentifier>,
    block: u32,
    role: Role,
    lists: u8,
}

struct Walk<'t, 'a> {
    tags: &'t mut Tags,
    roles: Dict<'a>,
    blocks: u32,
}

impl<'a> Walk<'_, 'a> {
    fn children(&mut self, element: &Dict<'a>, state: State, depth: usize) {
        if depth > MAX_DEPTH || self.tags.leaves.len() > MAX_LEAVES {
            return;
        }
        if let Some(list) = element.get::<Array<'_>>("K") {
            for child in list.iter::<Object<'_>>() {
                self.child(child, state, depth);
            }
        } else if let Some(child) = element.get_raw::<Object<'_>>("K") {
            match child {
                MaybeRef::NotRef(object) => self.child(object, state, depth),
                MaybeRef::Ref(_) => {
                    if let Some(dict) = element.get::<Dict<'_>>("K") {
                        self.child(Object::Dict(dict), state, depth);
                    }
                }
            }
        }
    }

    fn child(&mut self, object: Object<'a>, mut state: State, depth: usize) {
        match object {
            Object::Number(number) => self.leaf(number.as_f64() as i32, false, state),
            Object::Dict(dict) => {
                if let Some(page) = dict.get_ref("Pg") {
                    state.page = Some(page.into());
                }
                if let Some(mcid) = dict.get::<i32>("MCID") {
                    self.leaf(mcid, dict.contains_key("Stm"), state);
                } else if let Some(name) = dict.get::<Name<'_>>("S") {
                    let mapped = self.roles.get::<Name<'_>>(&*name).unwrap_or(name);
                    self.enter(mapped.as_str(), &mut state);
                    self.children(&dict, state, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn enter(&mut self, name: &str, state: &mut State) {
        let role = match name {
            "H" | "Title" => Role::Heading(1),
            "H1" | "H2" | "H3" | "H4" | "H5" | "H6" => Role::Heading(name.as_bytes()[1] - b'0'),
            "LI" => Role::Item(state.lists.saturating_sub(1)),
            "L" => {
                state.lists = state.lists.saturating_add(1);
                return;
            }
            // A paragraph inside a list item is that item's text.
            "P" | "LBody" if matches!(state.role, Role::Item(_)) => return,
            "P" | "TD" | "TH" | "BlockQuote" | "Caption" | "TOCI" => Role::Text,
            _ => return,
        };
        self.blocks += 1;
        (state.block, state.role) = (self.blocks, role);
    }

    fn leaf(&mut self, mcid: i32, form: bool, state: State) {
        let Some(page) = state.page else { return };
        let order = self.tags.leaves.len() as u32;
        self.tags.leaves.push(Leaf {
            block: state.block,
            role: state.role,
        });
        if form {
            self.tags.forms.entry((page, mcid)).or_default().push(order);
        } else {
            self.tags.index.entry((page, mcid)).or_insert(order);
        }
    }
}
