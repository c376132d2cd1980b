//! The published schema is the one of the code.

#[test]
fn the_published_schema_is_fresh() {
    let published = include_str!("../../../docs/style.schema.json");
    let current = format!("{:#}\n", bespoke_render::style::schema());
    assert!(
        published == current,
        "write it anew: cargo run -p bespoke-render --example schema > docs/style.schema.json"
    );
}
