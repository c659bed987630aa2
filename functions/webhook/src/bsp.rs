//! What partners send, each number on an address of its own: `/bsp/{provider}/{number}`. Which business it is about follows from the
//! address, and that it may be believed from the secret that belongs to the number.

use lambda_http::{
    Body, Request, Response,
    http::{Method, StatusCode},
};
use secrecy::ExposeSecret as _;
use shared::{
    domain::{
        tenant::{NumberId, ProviderKind},
        time::Moment,
    },
    metrics::{self, Metric},
    providers::{
        aisensy, dialog360, interakt,
        signature::{SignatureError, Verified, verify_aisensy, verify_interakt, verify_shown},
    },
    usecases::{
        partner_number::{self, PartnerNumber},
        receive_webhook,
    },
};

use crate::{
    App,
    answer::{Refusal, answer, refuse, taken},
    body, header,
};

/// The address of a number at a partner; `None` when the path is no such address.
pub fn address(path: &str) -> Option<(ProviderKind, NumberId)> {
    let (kind, number) = path.strip_prefix("/bsp/")?.split_once('/')?;
    let kind = ProviderKind::named(kind).filter(|kind| *kind != ProviderKind::CloudApi)?;
    Some((kind, NumberId::new(number.trim_end_matches('/')).ok()?))
}

/// Answers one request.
pub async fn handle(app: &App, at: &Moment, kind: ProviderKind, number: &NumberId, request: &Request) -> Response<Body> {
    if request.method() != Method::POST {
        return answer(StatusCode::METHOD_NOT_ALLOWED, "use POST");
    }
    match receive(app, at, kind, number, request).await {
        Ok(()) => answer(StatusCode::OK, ""),
        Err(refusal) => refuse(&refusal, at),
    }
}

async fn receive(app: &App, at: &Moment, kind: ProviderKind, number: &NumberId, request: &Request) -> Result<(), Refusal> {
    let body = body(request)?;
    let found = partner_number::run(at, &app.table, &app.memory, kind, number).await.map_err(Refusal::NotDurable)?;
    let Some(mut partner) = found else {
        metrics::count_with(Metric::UnknownNumber, 1, Some("a partner's webhook is refused: no business has the number"), at.now);
        return Err(Refusal::NobodyKnown);
    };
    let mut verified = proven(request, body, &partner);
    if verified.is_err() && partner.remembered {
        // The secret may have been changed since it was remembered.
        let fresh = partner_number::fresh(at, &app.table, &app.memory, kind, number).await.map_err(Refusal::NotDurable)?;
        partner = fresh.ok_or(Refusal::NobodyKnown)?;
        verified = proven(request, body, &partner);
    }
    let verified = verified.map_err(Refusal::Signature)?;
    let translated;
    let webhook = match kind {
        ProviderKind::Dialog360 | ProviderKind::CloudApi => dialog360::read(verified, &partner.number),
        ProviderKind::Interakt => {
            translated = interakt::inbound::translate(verified, &partner.number, at.now).map_err(Refusal::NoWebhook)?;
            translated.read()
        }
        ProviderKind::AiSensy => {
            translated = aisensy::inbound::translate(verified, &partner.number, at.now).map_err(Refusal::NoWebhook)?;
            translated.read()
        }
    };
    let webhook = webhook.map_err(Refusal::NoWebhook)?;
    let receipt = receive_webhook::run(at, &app.table, &app.memory, app.queue.as_ref(), &webhook).await.map_err(Refusal::NotDurable)?;
    taken(&receipt, at)
}

/// Checks what the provider of the number shows. Each has one way, and none may do without.
fn proven<'a>(request: &Request, body: &'a [u8], partner: &PartnerNumber) -> Result<Verified<'a>, SignatureError> {
    let secret = partner.secret.expose_secret();
    match partner.number.provider {
        ProviderKind::CloudApi => Err(SignatureError::Mismatch),
        ProviderKind::Dialog360 => verify_shown(body, header(request, dialog360::SECRET_HEADER), secret),
        ProviderKind::Interakt => verify_interakt(body, header(request, interakt::SIGNATURE_HEADER), secret),
        ProviderKind::AiSensy => verify_aisensy(body, header(request, aisensy::SIGNATURE_HEADER), secret),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_partner_and_a_number() {
        let number = NumberId::new("0af1").unwrap();
        assert_eq!(address("/bsp/interakt/0af1"), Some((ProviderKind::Interakt, number.clone())));
        assert_eq!(address("/bsp/dialog360/0af1/"), Some((ProviderKind::Dialog360, number)));
        for other in [
            "/",
            "/bsp",
            "/bsp/interakt",
            "/bsp/interakt/",
            "/bsp/cloud_api/0af1",
            "/bsp/other/0af1",
            "/bsp/aisensy/a-b",
            "/x/bsp/aisensy/1",
        ] {
            assert_eq!(address(other), None, "{other}");
        }
    }
}
