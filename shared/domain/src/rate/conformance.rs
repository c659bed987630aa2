//! The limiter's promises, held against simulated time: many functions, each with a clock of its own that is a little wrong, share one
//! row that answers after some milliseconds. Everything is drawn from a fixed seed, so a run comes out the same each time.
//!
//! `cargo nextest run -p domain conformance --no-capture` prints the figures.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
};

use super::{Ask, BLOCK, Form, LATE_US, Lease, Limits, Patience, SKEW_US, Told};
use crate::{messaging::inbound::Tier, time::Timestamp};

/// A generator of numbers that look drawn (`SplitMix64`).
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, bound: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        i64::try_from((z ^ (z >> 31)) % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }

    fn word(&mut self) -> u32 {
        u32::try_from(self.below(1 << 32)).unwrap()
    }
}

/// A function that sends messages of one tier.
struct Sandbox {
    tier: Tier,
    /// How wrong its clock is.
    skew_us: i64,
    patience: Patience,
    at_once: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// The next ten messages are there.
    Batch(usize),
    /// A question goes out; the time it was first asked is kept for urgent messages.
    Ask(usize, Option<i64>),
    /// It reaches the row.
    Row(usize, Option<i64>, i64, i64),
    /// An urgent message comes.
    Urgent,
}

/// What a run came to.
#[derive(Debug, Default)]
struct Figures {
    sent: Vec<i64>,
    writes: usize,
    urgent_waits_us: Vec<i64>,
    end_us: i64,
}

struct World {
    limits: Limits,
    clock_us: Option<i64>,
    drawn: Drawn,
    sandboxes: Vec<Sandbox>,
    queue: BinaryHeap<Reverse<(i64, u64, Event)>>,
    events: u64,
    backlog: usize,
    figures: Figures,
}

/// Long after 1970, so that no subtraction meets it.
const START_US: i64 = 1_793_500_000_000_000;

impl World {
    fn new(per_second: u16, bulk: usize, conversation: usize, backlog: usize, seed: u64) -> Self {
        let mut drawn = Drawn(seed);
        let tiers = std::iter::repeat_n(Tier::P3, bulk).chain(std::iter::repeat_n(Tier::P2, conversation)).chain([Tier::P0]);
        let sandboxes = tiers
            .map(|tier| Sandbox { tier, skew_us: drawn.below(2 * SKEW_US + 1) - SKEW_US, patience: Patience::default(), at_once: true })
            .collect();
        let mut world = Self {
            limits: Limits { per_second },
            clock_us: None,
            drawn,
            sandboxes,
            queue: BinaryHeap::new(),
            events: 0,
            backlog,
            figures: Figures::default(),
        };
        for sandbox in 0..bulk + conversation {
            let at = START_US + world.drawn.below(200_000);
            world.at(at, Event::Batch(sandbox));
        }
        world.at(START_US + 1_000_000, Event::Urgent);
        world
    }

    fn at(&mut self, time_us: i64, event: Event) {
        self.events += 1;
        self.queue.push(Reverse((time_us, self.events, event)));
    }

    fn run(mut self) -> Figures {
        while let Some(Reverse((now, _, event))) = self.queue.pop() {
            match event {
                Event::Batch(_) | Event::Urgent if self.backlog == 0 => continue,
                Event::Batch(sandbox) => {
                    self.sandboxes[sandbox].at_once = true;
                    let pause = self.sandboxes[sandbox].patience.pause_us();
                    self.at(now + pause, Event::Ask(sandbox, None));
                }
                Event::Urgent => {
                    let urgent = self.sandboxes.len() - 1;
                    self.sandboxes[urgent].at_once = true;
                    self.at(now, Event::Ask(urgent, Some(now)));
                    let next = now + 1_000_000 + self.drawn.below(8_000_000);
                    self.at(next, Event::Urgent);
                }
                Event::Ask(sandbox, since) => {
                    let took = 3_000 + self.drawn.below(9_000);
                    self.at(now + took / 2, Event::Row(sandbox, since, now, took));
                }
                Event::Row(sandbox, since, asked, took) => self.row(sandbox, since, asked, took),
            }
            self.figures.end_us = self.figures.end_us.max(now);
        }
        self.figures.sent.sort_unstable();
        self.figures
    }

    /// The row answers; a wrong guess is asked again at once, as the store does.
    fn row(&mut self, index: usize, since: Option<i64>, asked: i64, took: i64) {
        let Sandbox { tier, skew_us, patience, .. } = self.sandboxes[index];
        let messages = if since.is_some() { 1 } else { BLOCK };
        let ask = self.limits.ask(stamp(asked + skew_us), tier, messages, 1, patience.lead_us());
        let (told, form, questions) = self.ask(&ask, patience.form());
        let back = asked + took * questions;
        match told {
            Told::From(first) => {
                let learner = &mut self.sandboxes[index];
                learner.patience.answered(learner.at_once, form, ask.cost_us, took * questions);
                self.use_up(index, since, ask.lease(first), asked, back);
            }
            Told::Wait(wait) => {
                let random = self.drawn.word();
                let learner = &mut self.sandboxes[index];
                learner.at_once = false;
                let wait = learner.patience.refused(wait, ask.cost_us, random);
                self.at(back + wait, Event::Ask(index, since));
            }
            Told::Guess(_) => unreachable!("a second guess is right"),
        }
    }

    fn ask(&mut self, ask: &Ask, mut form: Form) -> (Told, Form, i64) {
        for questions in 1.. {
            self.figures.writes += 1;
            match ask.answer(self.clock_us, form) {
                Told::Guess(right) => form = right,
                Told::From(first) => {
                    self.clock_us = Some(first + ask.cost_us);
                    return (Told::From(first), form, questions);
                }
                Told::Wait(wait) => return (Told::Wait(wait), form, questions),
            }
        }
        unreachable!()
    }

    /// Sends a message at each slot, a moment late now and then.
    fn use_up(&mut self, index: usize, since: Option<i64>, mut lease: Lease, asked: i64, back: i64) {
        let skew = self.sandboxes[index].skew_us;
        let mut now = back;
        while let Some(slot) = lease.take(stamp(now + skew)) {
            let woken = (slot.as_microsecond() - skew).max(now) + self.drawn.below(4_000);
            if !Lease::usable(slot, stamp(woken + skew)) {
                continue;
            }
            now = now.max(slot.as_microsecond() - skew);
            self.figures.sent.push(woken);
            match since {
                Some(since) => return self.figures.urgent_waits_us.push(woken - since),
                None => self.backlog = self.backlog.saturating_sub(1),
            }
        }
        if let Some(since) = since {
            // Its slot was over before the answer was there: asked again.
            self.at(now, Event::Ask(index, Some(since)));
        } else {
            let work = 50_000 + self.drawn.below(250_000);
            self.at(now.max(asked) + work, Event::Batch(index));
        }
    }
}

fn stamp(us: i64) -> Timestamp {
    Timestamp::from_microsecond(us).unwrap()
}

impl Figures {
    /// The most that went out in any second, wherever it begins.
    fn most_in_a_second(&self) -> usize {
        let mut from = 0;
        let counts = self.sent.iter().enumerate().map(|(to, at)| {
            while self.sent[from] <= at - 1_000_000 {
                from += 1;
            }
            to - from + 1
        });
        counts.max().unwrap_or(0)
    }

    /// How much of the limit was used, in thousandths, the last tenth left out, in which the backlog runs dry.
    fn used_permille(&self, per_second: u16) -> i64 {
        let part = &self.sent[..self.sent.len() * 9 / 10];
        let took = part[part.len() - 1] - part[0];
        i64::try_from(part.len()).unwrap() * 1_000_000_000 / took / i64::from(per_second)
    }

    fn writes_permille(&self) -> usize {
        self.writes * 1_000 / self.sent.len()
    }

    fn urgent_p99_ms(&self) -> i64 {
        let mut waits = self.urgent_waits_us.clone();
        waits.sort_unstable();
        waits.get(waits.len() * 99 / 100).copied().unwrap_or(0) / 1_000
    }
}

#[test]
fn a_backlog_uses_the_limit_and_never_passes_it() {
    println!("msg/s  P3+P2 functions  most in any second   use  writes/msg  P0 p99");
    // The template runs four functions on P3 and sixteen on P2, whatever the number.
    let runs = [(20, 2, 0), (20, 4, 0), (80, 4, 0), (80, 8, 0), (80, 16, 0), (1_000, 32, 0), (1_000, 64, 0)];
    for (per_second, bulk, conversation) in runs {
        let backlog = if per_second == 20 { 25_000 } else { 100_000 };
        let figures = World::new(per_second, bulk, conversation, backlog, 7).run();
        let (most, used, writes, p99) =
            (figures.most_in_a_second(), figures.used_permille(per_second), figures.writes_permille(), figures.urgent_p99_ms());
        println!("{per_second:>5} {bulk:>5} + {conversation:<3} {most:>20} {used:>10}‰ {writes:>8}‰ {p99:>8} ms");
        assert!(most <= usize::from(per_second), "{most} in a second");
        assert!(used >= 950, "{used} per thousand of the limit were used");
        assert!(writes <= 150, "{writes} writes for a thousand messages");
        assert!(p99 <= 1_000, "urgent messages waited {p99} ms");
        assert!(figures.urgent_waits_us.len() >= 15);
    }
}

#[test]
fn any_seed_and_any_mixture_of_functions_keeps_the_limit() {
    for seed in 0..40 {
        let mut drawn = Drawn(seed);
        let per_second = [20, 80, 1_000][usize::try_from(seed % 3).unwrap()];
        let (bulk, conversation) = (usize::try_from(1 + drawn.below(16)).unwrap(), usize::try_from(drawn.below(16)).unwrap());
        let figures = World::new(per_second, bulk, conversation, 3_000, seed).run();
        let most = figures.most_in_a_second();
        assert!(most <= usize::from(per_second), "{most} of {per_second} with {bulk} and {conversation} functions, seed {seed}");
    }
}

#[test]
fn less_urgent_tiers_leave_room() {
    let limits = Limits { per_second: 80 };
    let now = stamp(START_US);
    let room: HashMap<u8, bool> = (0..=100_u8)
        .map(|full| {
            let clock = START_US + i64::from(full) * 10_000;
            (full, matches!(limits.ask(now, Tier::P3, 10, 1, 0).answer(Some(clock), Form::Busy), Told::From(_)))
        })
        .collect();
    assert!(room[&40] && !room[&41], "campaigns leave 60 %");
    let passes =
        |tier, full: i64| !matches!(limits.ask(now, tier, 1, 1, 0).answer(Some(START_US + full * 10_000), Form::Busy), Told::Wait(_));
    assert!(passes(Tier::P2, 70) && !passes(Tier::P2, 71));
    assert!(passes(Tier::P1, 90) && !passes(Tier::P1, 91));
    assert!(passes(Tier::P0, 100));
}

#[test]
fn a_slot_is_lost_when_it_is_not_used_at_its_moment() {
    let limits = Limits { per_second: 80 };
    let now = stamp(START_US);
    let mut lease = limits.ask(now, Tier::P2, 3, 1, 0).lease(START_US);
    let second = stamp(START_US + limits.interval_us());
    assert_eq!(lease.take(stamp(START_US + LATE_US + 1)), Some(second), "the first is over");
    assert!(Lease::usable(second, second) && !Lease::usable(second, now), "not before its moment");
    assert_eq!(lease.take(stamp(START_US + 10_000_000)), None);
    assert_eq!(lease.wait(now), None);
}

#[test]
fn a_reply_counts_for_what_it_answers() {
    let limits = Limits { per_second: 80 };
    let one = limits.ask(stamp(START_US), Tier::P2, 10, super::weight(false), 0);
    let two = limits.ask(stamp(START_US), Tier::P2, 10, super::weight(true), 0);
    assert_eq!(two.cost_us, 2 * one.cost_us, "and takes no more writes for it");
    assert_eq!([0, 1, 4, 25].map(super::lease_size), [1, 1, 4, 10]);
}
