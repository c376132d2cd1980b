//! Keeps workspaces, résumés and files. Only this crate knows SQL.
