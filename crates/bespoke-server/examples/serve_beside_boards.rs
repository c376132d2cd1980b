//! A server whose job boards are another server of this machine, for the browser journeys: `serve_beside_boards DATA BOARDS`
//! with a folder and an address. The product's own server has no such switch.

use bespoke_server::boards::Asker;
use bespoke_server::{App, router};
use std::path::PathBuf;
use std::time::Duration;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut given = std::env::args().skip(1);
    let (Some(data), Some(boards)) = (given.next().map(PathBuf::from), given.next()) else {
        anyhow::bail!("usage: serve_beside_boards DATA BOARDS");
    };
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let cache = std::env::var_os("BESPOKE_CACHE").map_or_else(|| home.join(".cache/bespoke"), PathBuf::from);
    let models = std::env::var_os("BESPOKE_MODELS").map_or_else(|| cache.join("models"), PathBuf::from);
    std::fs::create_dir_all(&data)?;
    let store = bespoke_store::Store::open(&data).await?;
    let asker = Asker::for_this_machine(boards, Duration::from_secs(5));
    let app = App::new(store, models, cache).with_asker(asker);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("Bespoke is ready at http://{}", listener.local_addr()?);
    let service = router(app).into_make_service_with_connect_info::<std::net::SocketAddr>();
    axum::serve(listener, service).await?;
    Ok(())
}
