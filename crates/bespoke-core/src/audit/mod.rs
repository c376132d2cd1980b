//! Judges a résumé: ATS safety, layout, content. One check per file under `checks/`.
