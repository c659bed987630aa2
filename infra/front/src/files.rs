//! The built dashboard. Paths without an extension are pages of the application and get its one document.

use std::path::PathBuf;

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    response::{Html, IntoResponse as _, Response},
};
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

/// Files whose names change with their content.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Everything else is asked for again.
const FRESH: HeaderValue = HeaderValue::from_static("no-cache");

const NOT_BUILT: &str = "<!doctype html><title>Tarun</title><p>The dashboard has not been built. Run <code>npm ci</code> and \
    <code>npm run build</code> in <code>dashboard/</code>, then load this page again; <code>cargo xtask up</code> does it by itself.</p>";

pub(crate) fn router(dist: PathBuf) -> Router {
    Router::new().fallback(serve).with_state(dist)
}

async fn serve(State(dist): State<PathBuf>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let path = request.uri().path().to_owned();
    let is_asset = path.starts_with("/assets/");
    let is_page = !is_asset && !path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let mut response = if is_page { page(&dist, request).await } else { file(&dist, request).await };
    let lasting = is_asset && response.status().is_success();
    response.headers_mut().insert(header::CACHE_CONTROL, if lasting { IMMUTABLE } else { FRESH });
    response
}

async fn page(dist: &PathBuf, request: Request) -> Response {
    if !dist.join("index.html").is_file() {
        return (StatusCode::SERVICE_UNAVAILABLE, Html(NOT_BUILT)).into_response();
    }
    let (mut parts, body) = request.into_parts();
    parts.uri = axum::http::Uri::from_static("/index.html");
    file(dist, Request::from_parts(parts, body)).await
}

async fn file(dist: &PathBuf, request: Request) -> Response {
    let served = ServeDir::new(dist).append_index_html_on_directories(false).oneshot(request).await;
    match served {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("assets")).unwrap();
        std::fs::write(folder.path().join("index.html"), "<!doctype html>app").unwrap();
        std::fs::write(folder.path().join("assets/app-1.js"), "run()").unwrap();
        std::fs::write(folder.path().join("theme.js"), "paint()").unwrap();
        folder
    }

    async fn ask(folder: &tempfile::TempDir, method: Method, path: &str) -> (StatusCode, String, String) {
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        let response = router(folder.path().to_owned()).oneshot(request).await.unwrap();
        let cache = response.headers().get(header::CACHE_CONTROL).map(|value| value.to_str().unwrap().to_owned());
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
        (status, cache.unwrap_or_default(), String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn pages_get_the_document_and_files_themselves() {
        let folder = built();
        for page in ["/", "/login", "/inbox/0190b5a1", "/inbox/"] {
            let (status, cache, body) = ask(&folder, Method::GET, page).await;
            assert_eq!((status, cache.as_str(), body.as_str()), (StatusCode::OK, "no-cache", "<!doctype html>app"), "{page}");
        }
        let (_, cache, body) = ask(&folder, Method::GET, "/assets/app-1.js").await;
        assert_eq!((cache.as_str(), body.as_str()), ("public, max-age=31536000, immutable", "run()"));
        assert_eq!(ask(&folder, Method::GET, "/theme.js").await.1, "no-cache");
    }

    #[tokio::test]
    async fn what_is_not_there_is_not_the_document() {
        let folder = built();
        for missing in ["/assets/app-2.js", "/assets/app", "/robots.txt", "/../Cargo.toml", "/%2e%2e/Cargo.toml"] {
            let (status, cache, _) = ask(&folder, Method::GET, missing).await;
            assert_eq!((status, cache.as_str()), (StatusCode::NOT_FOUND, "no-cache"), "{missing}");
        }
        assert_eq!(ask(&folder, Method::POST, "/login").await.0, StatusCode::METHOD_NOT_ALLOWED);
    }

    #[tokio::test]
    async fn without_a_build_the_page_says_how_to_make_one() {
        let (status, _, body) = ask(&tempfile::tempdir().unwrap(), Method::GET, "/login").await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(body.contains("npm run build"));
    }
}
