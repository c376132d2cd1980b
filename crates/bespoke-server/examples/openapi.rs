//! Prints the OpenAPI description of the server, as `api/openapi.json` keeps it.

fn main() {
    match bespoke_server::openapi().to_pretty_json() {
        Ok(json) => println!("{json}"),
        Err(error) => {
            eprintln!("error: {error}");
            std::process::exit(1);
        }
    }
}
