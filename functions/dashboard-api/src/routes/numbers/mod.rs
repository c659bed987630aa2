//! The numbers of a business. Whoever looks after them is an owner or an admin.

mod check;
mod create;
mod delete;
mod fix;
mod list;
mod shown;
mod state;
mod token;

use std::sync::Arc;

use shared::{
    domain::{access::Action, tenant::User, time::Moment},
    usecases::{Error, authorise, numbers::Desk},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{App, extract::Caller};

/// The routes of numbers.
pub fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_numbers))
        .routes(routes!(create::connect_number))
        .routes(routes!(token::rotate_token))
        .routes(routes!(state::stop_number))
        .routes(routes!(state::start_number))
        .routes(routes!(check::check_number))
        .routes(routes!(fix::fix_number))
        .routes(routes!(delete::disconnect_number))
}

/// The colleague, if the business lets them look after numbers as it knows them now.
async fn keeper(caller: &Caller) -> Result<User, Error> {
    authorise::colleague(&caller.store, caller.identity, Action::ManageNumbers).await
}

/// What looking after numbers needs.
async fn desk<'a>(app: &'a App, at: &Moment) -> Desk<'a> {
    Desk {
        offices: &app.offices,
        webhook_url: &app.webhook_url,
        app_secret: app.app_secret.value(at.now).await,
        verify_token: app.verify_token.value(at.now).await,
    }
}
