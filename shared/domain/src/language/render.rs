//! Replies in words: the texts are in `locales/*.ftl`, the rules for what goes into which message are here.

use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use super::{
    decide::{BUTTON_OPT_IN, BUTTON_OPT_OUT, BUTTON_STAY, ROW_BROWSE, ROW_HUMAN, ROW_PRICE, ROW_STOCK, product_row},
    reply::{Ask, Choice, Level, Reply},
};
use crate::{
    locale::Locale,
    messaging::content::{
        Button, ButtonId, ButtonTitle, Buttons, ButtonsBody, ButtonsParts, ContentError, Limited, List, ListParts, ListRow, ListSection,
        OutboundContent, RowDescription, RowId, RowTitle, TextBody,
    },
};

/// How many characters of a shop's name are spoken.
const SHOP_MAX: usize = 60;
/// What is said if every text is missing: shown to nobody, for a test renders every reply in every locale.
const LAST_RESORT: &str = "🙏";

static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::new(Locale::English, include_str!("../../locales/en.ftl")));
static HINDI: LazyLock<Texts> = LazyLock::new(|| Texts::new(Locale::Hindi, include_str!("../../locales/hi.ftl")));
static HINGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::new(Locale::Hinglish, include_str!("../../locales/hi-Latn.ftl")));

/// Writes a reply in a language, in the name of a shop.
#[must_use]
pub fn render(reply: &Reply, locale: Locale, shop: &str) -> OutboundContent {
    let writer = Writer { texts: Texts::of(locale), locale, shop: clean::<SHOP_MAX>(shop) };
    let made = writer.write(reply);
    made.unwrap_or_else(|_| writer.plain("menu", &[]))
}

/// The texts of one locale.
pub(crate) struct Texts(FluentBundle<FluentResource>);

impl Texts {
    /// Reads them.
    pub(crate) fn new(locale: Locale, source: &str) -> Self {
        let language: LanguageIdentifier = locale.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Isolation marks would be copied along with a price.
        bundle.set_use_isolating(false);
        // What does not parse is left out of the resource; a test holds the files to have every key.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        Self(bundle)
    }

    fn of(locale: Locale) -> &'static Self {
        match locale {
            Locale::English => &ENGLISH,
            Locale::Hindi => &HINDI,
            Locale::Hinglish => &HINGLISH,
        }
    }

    /// One of them, with its arguments.
    pub(crate) fn text(&self, key: &str, arguments: &[(&str, &str)]) -> Option<String> {
        let pattern = self.0.get_message(key)?.value()?;
        let mut values = FluentArgs::with_capacity(arguments.len());
        for (name, value) in arguments {
            values.set(*name, *value);
        }
        let mut errors = Vec::new();
        Some(self.0.format_pattern(pattern, Some(&values), &mut errors).into_owned())
    }
}

struct Writer {
    texts: &'static Texts,
    locale: Locale,
    shop: String,
}

impl Writer {
    fn write(&self, reply: &Reply) -> Result<OutboundContent, ContentError> {
        match reply {
            Reply::Stock { .. } | Reply::OutOfStock { .. } | Reply::Price { .. } => Ok(self.about_product(reply)),
            Reply::WhichProduct { ask, choices } => self.choose(*ask, choices, "which"),
            Reply::Browse { choices } => self.choose(Ask::Stock, choices, "browse"),
            Reply::NothingToShow => Ok(self.plain("nothing-to-show", &[])),
            Reply::NotFound { words } => self.menu("not-found", &[("words", &clean::<SHOP_MAX>(words.as_str()))]),
            Reply::AskName { ask: Ask::Stock } => Ok(self.plain("ask-stock", &[])),
            Reply::AskName { ask: Ask::Price } => Ok(self.plain("ask-price", &[])),
            Reply::Greeting => self.menu("greeting", &[]),
            Reply::Menu => self.menu("menu", &[]),
            Reply::Welcome => Ok(self.plain("welcome", &[])),
            Reply::Noted => Ok(self.plain("noted", &[])),
            Reply::AskOptOut => self.ask_consent("ask-opt-out", (BUTTON_OPT_OUT, "button-opt-out"), "button-stay"),
            Reply::AskOptIn => self.ask_consent("ask-opt-in", (BUTTON_OPT_IN, "button-opt-in"), "button-stay-out"),
            Reply::OptedOut => Ok(self.plain("opted-out", &[])),
            Reply::OptedIn => Ok(self.plain("opted-in", &[])),
            Reply::HumanSoon => Ok(self.plain("human-soon", &[])),
        }
    }

    fn about_product(&self, reply: &Reply) -> OutboundContent {
        let per = |unit: &crate::quantity::Unit| unit.single(self.locale);
        let mut lines: Vec<String> = self.size_line(reply).into_iter().collect();
        lines.extend(match reply {
            Reply::Stock { name, quantity, unit, price, low, value, .. } => {
                let (name, price) = (clean::<SHOP_MAX>(name.as_str()), price.chat());
                let mut lines = vec![
                    self.say("stock", &[("name", &name), ("quantity", &quantity.with_unit(*unit, self.locale))]),
                    self.say("price-line", &[("price", &price), ("unit", per(unit))]),
                ];
                match (low, value) {
                    (true, Some(_)) => lines.push(self.say("low-owner", &[])),
                    (true, None) => lines.push(self.say("low-customer", &[])),
                    (false, _) => {}
                }
                lines.extend(value.map(|value| self.say("value-line", &[("value", &value.chat())])));
                lines
            }
            Reply::OutOfStock { name, unit, price, .. } => vec![
                self.say("out-of-stock", &[("name", &clean::<SHOP_MAX>(name.as_str()))]),
                self.say("price-line", &[("price", &price.chat()), ("unit", per(unit))]),
            ],
            Reply::Price { name, unit, price, level, .. } => {
                let arguments = [("name", clean::<SHOP_MAX>(name.as_str())), ("price", price.chat())];
                let line = self.say("price", &[("name", &arguments[0].1), ("price", &arguments[1].1), ("unit", per(unit))]);
                let level = match level {
                    Level::Enough => "level-enough",
                    Level::Low => "level-low",
                    Level::Out => "level-out",
                };
                vec![line, self.say(level, &[])]
            }
            Reply::WhichProduct { .. }
            | Reply::Browse { .. }
            | Reply::NothingToShow
            | Reply::NotFound { .. }
            | Reply::AskName { .. }
            | Reply::Greeting
            | Reply::Menu
            | Reply::Welcome
            | Reply::Noted
            | Reply::AskOptOut
            | Reply::AskOptIn
            | Reply::OptedOut
            | Reply::OptedIn
            | Reply::HumanSoon => Vec::new(),
        });
        OutboundContent::Text(fitted(&lines.join("\n")))
    }

    /// That the size asked for is not the one the rest is about.
    fn size_line(&self, reply: &Reply) -> Option<String> {
        let (Reply::Stock { other_size, .. } | Reply::OutOfStock { other_size, .. } | Reply::Price { other_size, .. }) = reply else {
            return None;
        };
        other_size.as_ref().map(|size| self.say("other-size", &[("size", &clean::<SHOP_MAX>(size.as_str()))]))
    }

    fn choose(&self, ask: Ask, choices: &[Choice], key: &str) -> Result<OutboundContent, ContentError> {
        let rows = choices.iter().map(|choice| {
            let (name, title) = (clean::<72>(choice.name.as_str()), clean::<24>(choice.name.as_str()));
            let description = if name == title { None } else { RowDescription::cut(&name) };
            Ok(ListRow { id: RowId::new(&product_row(ask, choice.id))?, title: RowTitle::new(&title)?, description })
        });
        self.list(key, &[], "choose-button", rows.collect::<Result<_, ContentError>>()?)
    }

    fn menu(&self, key: &str, arguments: &[(&str, &str)]) -> Result<OutboundContent, ContentError> {
        let rows = [(ROW_STOCK, "row-stock"), (ROW_PRICE, "row-price"), (ROW_BROWSE, "row-browse"), (ROW_HUMAN, "row-human")];
        let rows = rows.into_iter().map(|(id, key)| {
            let description = RowDescription::cut(&self.say(&format!("{key}-about"), &[]));
            Ok(ListRow { id: RowId::new(id)?, title: fitted(&self.say(key, &[])), description })
        });
        self.list(key, arguments, "menu-button", rows.collect::<Result<_, ContentError>>()?)
    }

    fn list(&self, key: &str, arguments: &[(&str, &str)], button: &str, rows: Vec<ListRow>) -> Result<OutboundContent, ContentError> {
        let body: TextBody = fitted(&self.say(key, arguments));
        let sections = vec![ListSection { title: None, rows }];
        let list = List::new(ListParts { header: None, body, footer: None, button: fitted(&self.say(button, &[])), sections })?;
        Ok(OutboundContent::List(list))
    }

    /// A question about consent: one button that changes it, one that does not.
    fn ask_consent(&self, key: &str, change: (&str, &str), stay: &str) -> Result<OutboundContent, ContentError> {
        let button = |(id, key): (&str, &str)| -> Result<Button, ContentError> {
            let title: ButtonTitle = fitted(&self.say(key, &[]));
            Ok(Button { id: ButtonId::new(id)?, title })
        };
        let buttons = vec![button(change)?, button((BUTTON_STAY, stay))?];
        let body: ButtonsBody = fitted(&self.say(key, &[]));
        Ok(OutboundContent::Buttons(Buttons::new(ButtonsParts { header: None, body, footer: None, buttons })?))
    }

    fn plain(&self, key: &str, arguments: &[(&str, &str)]) -> OutboundContent {
        OutboundContent::Text(fitted(&self.say(key, arguments)))
    }

    /// A text of the locale; every one may name the shop.
    fn say(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        let mut all = arguments.to_vec();
        all.push(("shop", &self.shop));
        self.texts.text(key, &all).or_else(|| ENGLISH.text(key, &all)).unwrap_or_else(|| LAST_RESORT.to_owned())
    }
}

fn fitted<const MAX: usize>(text: &str) -> Limited<MAX> {
    Limited::cut(text).unwrap_or_else(Limited::dash)
}

/// A name for the middle of a text: one line, without the signs WhatsApp reads as bold or italic.
fn clean<const MAX: usize>(name: &str) -> String {
    let plain: String =
        name.chars().map(|letter| if letter.is_control() || matches!(letter, '*' | '_' | '~' | '`') { ' ' } else { letter }).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    fitted::<MAX>(&plain).as_str().to_owned()
}

#[cfg(test)]
mod tests;
