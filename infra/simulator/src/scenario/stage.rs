//! Where a scenario is played: at most one at a time.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::data::Scenario;
use super::play::Play;
use super::{Setting, Step, Taken};
use crate::statuses::Accepted;
use crate::world::World;

/// The play that is on, if one is.
#[derive(Default)]
pub(crate) struct Stage {
    play: Mutex<Option<Play>>,
    token: Mutex<Token>,
}

/// What has become of the access token.
#[derive(Default)]
enum Token {
    /// The configured one is good.
    #[default]
    Configured,
    /// None is.
    Revoked,
    /// This one is.
    Rotated(String),
}

impl Stage {
    /// Begins a play; one that is on ends. The clock of the simulator stands at its start if `standing`.
    pub(crate) fn begin(&self, world: &World, scenario: &Scenario, setting: &Setting, standing: bool) -> anyhow::Result<()> {
        let play = Play::new(scenario.clone(), &world.config, setting)?;
        world.faults.clear();
        world.faults.seed(setting.seed);
        world.faults.add(scenario.requests.clone()).map_err(anyhow::Error::msg)?;
        for template in &scenario.templates {
            // Played before, it is there already.
            if let Ok(made) = world.templates.create(template) {
                world.templates.review(&made.name, &made.language, |template| "APPROVED".clone_into(&mut template.status));
            }
        }
        if standing {
            world.clock.stand_at(setting.start);
        }
        *self.token() = Token::Configured;
        *self.play() = Some(play);
        Ok(())
    }

    /// Ends it. What the platform sends from now on is treated as usual.
    pub(crate) fn end(&self, world: &World) {
        *self.play() = None;
        *self.token() = Token::Configured;
        world.management.rotate(&world.config.access_token);
        world.faults.clear();
        world.clock.reset();
    }

    /// Whether a play is on.
    pub(crate) fn is_on(&self) -> bool {
        self.play().is_some()
    }

    /// When the next step is.
    pub(crate) fn next_at(&self) -> Option<Timestamp> {
        self.play().as_ref()?.next_at()
    }

    /// The next step.
    pub(crate) fn take(&self, world: &World) -> Option<(Timestamp, Step)> {
        let taken = self.play().as_mut()?.take(&world.faults, &world.people, &world.templates);
        match &taken {
            Some((_, Step::TokenRevoked)) => {
                *self.token() = Token::Revoked;
                world.management.revoke();
            }
            Some((_, Step::TokenRotated { token })) => {
                *self.token() = Token::Rotated(token.clone());
                world.management.rotate(token);
            }
            Some((_, Step::Webhook(_) | Step::Colleague { .. } | Step::Outage(_) | Step::Unheard)) | None => {}
        }
        taken
    }

    /// Hears how the platform answered a webhook.
    pub(crate) fn answered(&self, id: u64, status: Option<u16>) {
        if let Some(play) = self.play().as_mut() {
            play.answered(id, status);
        }
    }

    /// Takes a message of the platform over, if a play is on: its statuses come in the play's time.
    pub(crate) fn accepted(&self, accepted: &Accepted, billable: impl FnOnce() -> bool, now: Timestamp) -> bool {
        let mut play = self.play();
        let Some(play) = play.as_mut() else {
            return false;
        };
        play.accepted(accepted, billable(), now);
        true
    }

    /// What the platform sent and Meta took, oldest first.
    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.play().as_ref().map(|play| play.taken().to_vec()).unwrap_or_default()
    }

    /// Webhooks that Meta gave up: the users' messages in each.
    pub(crate) fn given_up(&self) -> Vec<Vec<String>> {
        self.play().as_ref().map(|play| play.given_up().to_vec()).unwrap_or_default()
    }

    /// How far Meta's clock is ahead of everybody's, in seconds.
    pub(crate) fn skew(&self) -> i64 {
        self.play().as_ref().map_or(0, Play::skew)
    }

    /// How the play stands.
    pub(crate) fn state(&self) -> Option<serde_json::Value> {
        self.play().as_ref().map(Play::state)
    }

    /// Whether this bearer token opens the Graph API.
    pub(crate) fn opens(&self, configured: &str, given: &str) -> bool {
        match &*self.token() {
            Token::Configured => given == configured,
            Token::Revoked => false,
            Token::Rotated(token) => given == token,
        }
    }

    fn play(&self) -> MutexGuard<'_, Option<Play>> {
        self.play.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn token(&self) -> MutexGuard<'_, Token> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
