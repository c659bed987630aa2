//! Who uses `WhatsApp` in this world, and when each of them last wrote to which number.

use std::collections::HashMap;
use std::sync::Mutex;

use jiff::Timestamp;

use crate::config::Persona;
use crate::sync::lock;

const MAX_PEOPLE: usize = 100_000;
const WINDOW_SECONDS: i64 = 24 * 60 * 60;

/// A person, under whichever of the two ids Meta knows.
#[derive(Clone, Default)]
pub(crate) struct Person {
    /// Phone number in digits.
    pub(crate) wa_id: Option<String>,
    /// Business-scoped user id.
    pub(crate) user_id: Option<String>,
    /// Profile name.
    pub(crate) name: Option<String>,
    last_inbound: HashMap<String, i64>,
}

impl Person {
    /// Somebody of whom only the ids are known.
    pub(crate) fn stranger(wa_id: Option<String>, user_id: Option<String>) -> Self {
        Self { wa_id, user_id, ..Self::default() }
    }

    /// Whether free-form messages from this number may still reach the person.
    pub(crate) fn window_is_open(&self, phone_number_id: &str, now: Timestamp) -> bool {
        self.last_inbound.get(phone_number_id).is_some_and(|last| now.as_second() - last <= WINDOW_SECONDS)
    }
}

#[derive(Default)]
struct Directory {
    people: Vec<Person>,
    by_id: HashMap<String, usize>,
}

/// Everybody who is a persona or has written.
pub(crate) struct People {
    directory: Mutex<Directory>,
}

impl People {
    /// Starts with the personas, none of whom has written yet.
    pub(crate) fn new(personas: &[Persona]) -> Self {
        let mut directory = Directory::default();
        for persona in personas {
            directory.learn(Some(&persona.wa_id), persona.user_id.as_deref(), Some(&persona.name));
        }
        Self { directory: Mutex::new(directory) }
    }

    /// Notes that somebody wrote to a number; `at` is in seconds since 1970.
    pub(crate) fn wrote(&self, phone_number_id: &str, wa_id: Option<&str>, user_id: Option<&str>, name: Option<&str>, at: i64) {
        let mut directory = lock(&self.directory);
        let Some(index) = directory.learn(wa_id, user_id, name) else {
            return;
        };
        let last = directory.people[index].last_inbound.entry(phone_number_id.to_owned()).or_insert(at);
        *last = (*last).max(at);
    }

    /// Makes it as if nobody had written for a day.
    pub(crate) fn close_windows(&self) {
        for person in &mut lock(&self.directory).people {
            person.last_inbound.clear();
        }
    }

    /// The person with this phone number or user id.
    pub(crate) fn find(&self, id: &str) -> Option<Person> {
        let directory = lock(&self.directory);
        let index = *directory.by_id.get(id)?;
        directory.people.get(index).cloned()
    }
}

impl Directory {
    fn learn(&mut self, wa_id: Option<&str>, user_id: Option<&str>, name: Option<&str>) -> Option<usize> {
        let ids: Vec<&str> = [wa_id, user_id].into_iter().flatten().collect();
        let known = ids.iter().find_map(|id| self.by_id.get(*id).copied());
        let index = match known {
            Some(index) => index,
            None if ids.is_empty() || self.people.len() >= MAX_PEOPLE => return None,
            None => {
                self.people.push(Person::default());
                self.people.len() - 1
            }
        };
        let person = &mut self.people[index];
        person.wa_id = wa_id.map(str::to_owned).or_else(|| person.wa_id.take());
        person.user_id = user_id.map(str::to_owned).or_else(|| person.user_id.take());
        person.name = name.map(str::to_owned).or_else(|| person.name.take());
        for id in ids {
            self.by_id.insert(id.to_owned(), index);
        }
        Some(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_closes_after_a_day_and_is_kept_per_number() {
        let people = People::new(&[]);
        people.wrote("1", Some("919876500001"), Some("IN.44"), None, 1_000);
        let person = people.find("IN.44").unwrap();
        let last_second = Timestamp::from_second(1_000 + WINDOW_SECONDS).unwrap();
        assert!(person.window_is_open("1", last_second));
        assert!(!person.window_is_open("1", Timestamp::from_second(1_001 + WINDOW_SECONDS).unwrap()));
        assert!(!person.window_is_open("2", last_second));
        assert_eq!(person.wa_id.as_deref(), Some("919876500001"));
    }
}
