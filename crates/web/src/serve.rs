//! The site put together from its table of addresses and what lies around every one of them, and served.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::middleware;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::trace::TraceLayer;

use crate::app::App;
use crate::form::UPLOAD_MAX_BYTES;
use crate::routes::table;
use crate::{assets, secure};

/// The site.
pub fn router(app: App) -> Router {
    let routes =
        table().into_iter().fold(Router::new(), |router, route| router.route(route.path, route.handler));
    routes
        .fallback(|| async { crate::error::AppError::NotFound })
        .merge(assets::routes())
        .layer(DefaultBodyLimit::max(UPLOAD_MAX_BYTES + 64 * 1024))
        .layer(middleware::from_fn_with_state(app.clone(), secure::surround))
        .layer(CompressionLayer::new().compress_when(worth_compressing()))
        .layer(TraceLayer::new_for_http())
        .with_state(app)
}

/// A ZIP is packed already.
fn worth_compressing() -> impl Predicate {
    DefaultPredicate::new().and(NotForContentType::const_new("application/zip"))
}

/// The site with the addresses of its callers, ready to be served.
pub type Site = IntoMakeServiceWithConnectInfo<Router, SocketAddr>;

/// Serves the site until told to stop; requests under way are finished.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    site: Site,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, site).with_graceful_shutdown(stop).await
}
