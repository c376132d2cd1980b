//! Résumé, template and style in; documents out.
