//! Prints the JSON Schema of styles, as `docs/style.schema.json` publishes it.

fn main() {
    println!("{:#}", bespoke_render::style::schema());
}
