//! What a finding says to people: the texts are in `locales/doctor/*.ftl`, one for each finding, and where partners differ one for
//! each of them.

use std::sync::LazyLock;

use super::Diagnosis;
use crate::{language::Texts, locale::Locale, tenant::ProviderKind};

static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::new(Locale::English, include_str!("../../../locales/doctor/en.ftl")));
static HINDI: LazyLock<Texts> = LazyLock::new(|| Texts::new(Locale::Hindi, include_str!("../../../locales/doctor/hi.ftl")));

impl Diagnosis {
    /// What it means and what to click, for somebody who looks after a number of this provider. The dashboard speaks English and Hindi.
    #[must_use]
    pub fn advice(self, provider: ProviderKind, locale: Locale) -> String {
        let texts = match locale {
            Locale::Hindi => &HINDI,
            Locale::English | Locale::Hinglish => &ENGLISH,
        };
        let code = self.code().replace('_', "-");
        let own = texts.text(&format!("{code}-{}", provider.name().replace('_', "-")), &[]);
        own.or_else(|| texts.text(&code, &[])).unwrap_or_else(|| self.code().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finding_has_words_in_both_languages() {
        for found in Diagnosis::ALL {
            for provider in ProviderKind::ALL {
                let (english, hindi) = (found.advice(provider, Locale::English), found.advice(provider, Locale::Hindi));
                assert_ne!(english, found.code());
                assert!(hindi.chars().any(|letter| ('\u{900}'..='\u{97f}').contains(&letter)), "{hindi}");
                assert!(!english.contains("Texts") && english.contains(' '), "{english}");
            }
        }
    }

    #[test]
    fn both_files_have_the_same_keys() {
        let keys = |source: &str| -> Vec<String> {
            source
                .lines()
                .filter_map(|line| line.split_once(" = "))
                .map(|(key, _)| key.to_owned())
                .filter(|key| !key.starts_with('#'))
                .collect()
        };
        assert_eq!(keys(include_str!("../../../locales/doctor/en.ftl")), keys(include_str!("../../../locales/doctor/hi.ftl")));
    }
}
