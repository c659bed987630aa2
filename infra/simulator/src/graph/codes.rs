//! Meta's error codes: the HTTP status each comes with, its title, and what it says when there are no better details.

use axum::http::StatusCode;

const CODES: &[(u32, u16, &str, &str)] = &[
    (0, 401, "AuthException", "The access token was invalidated."),
    (1, 400, "API Unknown", "Invalid request or possible server error."),
    (2, 503, "API Service", "Temporary due to downtime or due to being overloaded."),
    (4, 400, "Application request limit reached", "The app has reached its API call rate limit."),
    (10, 403, "Permission denied", "The permission is not granted or was removed."),
    (100, 400, "Invalid parameter", "The request included one or more unsupported or misspelled parameters."),
    (368, 403, "Temporarily blocked for policies violations", "The account is restricted for violating a platform policy."),
    (2_046, 400, "Invalid status transition", "The order cannot come to this status from the one it has."),
    (2_047, 400, "Order cannot be canceled", "The order is paid, or its payment is pending."),
    (130_429, 400, "Rate limit hit", "Cloud API message throughput has been reached."),
    (131_000, 500, "Something went wrong", "Message failed to send due to an unknown error."),
    (131_005, 403, "Access denied", "Permission is either not granted or has been removed."),
    (131_008, 400, "Required parameter is missing", "The request is missing a required parameter."),
    (131_009, 400, "Parameter value is not valid", "One or more parameter values are invalid."),
    (131_016, 500, "Service unavailable", "A service is temporarily unavailable."),
    (131_021, 400, "Recipient cannot be sender", "Sender and recipient phone number is the same."),
    (131_026, 400, "Message undeliverable", "Message undeliverable."),
    (131_031, 403, "Business account has been locked", "The account is restricted or disabled."),
    (131_041, 400, "Unknown group", "The group does not exist or the business is not part of it."),
    (131_042, 400, "Business eligibility payment issue", "There was an error related to the payment method."),
    (131_047, 400, "Re-engagement message", "More than 24 hours have passed since the customer last replied to this number."),
    (
        131_048,
        400,
        "Spam rate limit hit",
        "Message failed to send because of restrictions on how many messages can be sent from this number.",
    ),
    (
        131_049,
        400,
        "This message was not delivered to maintain healthy ecosystem engagement.",
        "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
    ),
    (131_050, 400, "User stopped marketing messages", "The user has chosen to stop receiving marketing messages from the business."),
    (131_051, 400, "Unsupported message type", "The message type is not supported."),
    (131_052, 400, "Media download error", "Unable to download the media sent by the user."),
    (131_053, 400, "Media upload error", "Unable to upload the media used in the message."),
    (
        131_056,
        400,
        "(Business Account, Consumer Account) pair rate limit hit",
        "Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time",
    ),
    (131_057, 500, "Account in maintenance mode", "The business account is in maintenance mode."),
    (132_000, 400, "Number of parameters does not match the expected number of params", "The number of template parameters is wrong."),
    (132_001, 404, "Template name does not exist in the translation", "The template does not exist in this language or is not approved."),
    (132_005, 400, "Translated text too long", "The text is too long once its parameters stand in it."),
    (132_016, 400, "Template is disabled", "The template was paused too many times and is permanently disabled."),
    (132_015, 400, "Template is paused", "The template is paused due to low quality."),
    (133_004, 503, "Server temporarily unavailable", "The server is temporarily unavailable."),
    (80_007, 400, "Rate limit issues", "The business account has reached its rate limit."),
    (131_030, 400, "Recipient phone number not in allowed list", "The recipient is not on the list of this test number."),
    (131_062, 400, "Recipient not supported", "This type of message needs a phone number, not a user id."),
    (131_064, 400, "Messaging limit reached", "The business reached its limit of new conversations for 24 hours."),
    (132_012, 400, "Parameter format does not match format in the created template", "A template parameter has the wrong format."),
    (132_018, 400, "Template parameter problem", "A template parameter has a value that is not allowed."),
    (3, 500, "API Method", "Capability or permissions issue."),
    (33, 400, "Parameter value is not valid", "The business phone number has been deleted."),
    (200, 403, "API Permission", "A permission is not granted or was removed."),
    (613, 400, "Calls to this api have exceeded the rate limit.", "A custom rate limit was reached."),
    (130_472, 400, "User's number is part of an experiment", "The message was not sent because the number is part of an experiment."),
    (
        130_497,
        403,
        "Business account is restricted from messaging users in this country.",
        "The account may not send to users in some countries.",
    ),
    (131_037, 400, "Display name approval is needed", "The display name of the number has not been approved."),
    (131_044, 400, "Business eligibility payment issue", "There was an error related to the payment method for calls."),
    (131_045, 500, "Incorrect certificate", "The message failed because of an error of the registration of the number."),
    (131_207, 403, "Group suspended", "The group is suspended."),
    (131_208, 429, "Group rate limit hit", "Too many requests for groups."),
    (132_007, 400, "Content Policy Violation", "The content of the template violates a policy."),
    (132_008, 400, "Parameter value is not valid", "A value of the template is not valid."),
    (132_068, 400, "Flow is blocked", "The flow is in a blocked state."),
    (132_069, 400, "Flow is throttled", "The flow is throttled; ten messages were sent in the last hour."),
    (133_000, 500, "Incomplete deregistration", "An earlier deregistration failed."),
    (133_010, 400, "Phone number not registered", "The number is not registered with the platform."),
    (133_015, 400, "Please wait a few minutes before attempting to register this phone number", "The number was deleted a moment ago."),
    (133_016, 400, "Account register deregister rate limit exceeded", "The number was registered or deregistered too often."),
    (134_011, 400, "Payments terms of service has not been accepted", "The terms for payments have not been accepted."),
    (135_000, 400, "Generic user error", "The message failed because of an unknown error of the request."),
    (137_000, 400, "Identity hash mismatch", "The identity of the recipient has changed."),
    (2_494_100, 400, "Phone number is in maintenance mode", "The number is being moved and cannot send for some minutes."),
];

/// HTTP status, title and usual details of a code; an unknown code is a plain bad request.
pub(super) fn wording(code: u32) -> (StatusCode, &'static str, &'static str) {
    let known = CODES.iter().find(|(known, ..)| *known == code);
    let Some((_, status, title, details)) = known else {
        return (StatusCode::BAD_REQUEST, "Error", "The request failed.");
    };
    (StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_REQUEST), title, details)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_own_error_status() {
        for (index, (code, ..)) in CODES.iter().enumerate() {
            assert!(CODES.iter().skip(index + 1).all(|(other, ..)| other != code), "{code} is there twice");
            let (status, ..) = wording(*code);
            assert!(status.is_client_error() || status.is_server_error(), "{code}");
        }
        assert_eq!(wording(131_000).0, 500);
        assert_eq!(wording(999_999).0, 400);
    }
}
