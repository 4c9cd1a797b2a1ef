//! Where people are sent who have signed out. The domain keeps no session of its own, so there is none to end.

use serde::Deserialize;

use super::pages;
use crate::{cognito::pool::Pools, gateway::reply, server::Reply};

#[derive(Deserialize)]
struct SignOut {
    client_id: String,
    logout_uri: String,
}

/// On to an address that the client has registered.
pub(super) fn sign_out(pools: &Pools, query: &str) -> Reply {
    let Ok(SignOut { client_id, logout_uri }) = serde_html_form::from_str(query) else {
        return pages::error("Required parameters missing");
    };
    match pools.of_client(&client_id) {
        Ok((_, client)) if client.hosted.logout_urls.contains(&logout_uri) => reply::redirect(&logout_uri, &[]),
        Ok(_) => pages::error("invalid_request"),
        Err(_) => pages::error("invalid_client"),
    }
}
