//! Messages with something to tap: buttons and lists.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{ButtonId, ButtonTitle, ButtonsBody, ContentError, Edge, RowDescription, RowId, RowTitle, TextBody};

/// One button.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Button {
    /// What comes back when it is tapped.
    #[serde(rename = "i")]
    pub id: ButtonId,
    /// What stands on it.
    #[serde(rename = "t")]
    pub title: ButtonTitle,
}

/// Text with one to three buttons.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "ButtonsWire", into = "ButtonsWire")]
pub struct Buttons(ButtonsWire);

/// The parts of [`Buttons`], before they are checked together.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ButtonsWire {
    /// Line above the text.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub header: Option<Edge>,
    /// The text.
    #[serde(rename = "b")]
    pub body: ButtonsBody,
    /// Small line below the text.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<Edge>,
    /// The buttons in order.
    #[serde(rename = "n")]
    pub buttons: Vec<Button>,
}

impl Buttons {
    /// Puts a message with buttons together.
    ///
    /// # Errors
    /// Refuses none or more than three buttons, and buttons with the same title or id.
    pub fn new(parts: ButtonsWire) -> Result<Self, ContentError> {
        let count = parts.buttons.len();
        if !(1..=3).contains(&count) {
            return Err(ContentError::ButtonCount(count));
        }
        if !all_differ(parts.buttons.iter().map(|button| button.title.as_str())) {
            return Err(ContentError::SameTitle);
        }
        if !all_differ(parts.buttons.iter().map(|button| button.id.as_str())) {
            return Err(ContentError::SameId);
        }
        Ok(Self(parts))
    }

    /// Line above the text.
    #[must_use]
    pub fn header(&self) -> Option<&str> {
        self.0.header.as_ref().map(Edge::as_str)
    }

    /// The text.
    #[must_use]
    pub fn body(&self) -> &str {
        self.0.body.as_str()
    }

    /// Small line below the text.
    #[must_use]
    pub fn footer(&self) -> Option<&str> {
        self.0.footer.as_ref().map(Edge::as_str)
    }

    /// The buttons in order.
    #[must_use]
    pub fn buttons(&self) -> &[Button] {
        &self.0.buttons
    }
}

/// One row of a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ListRow {
    /// What comes back when it is tapped.
    #[serde(rename = "i")]
    pub id: RowId,
    /// First line.
    #[serde(rename = "t")]
    pub title: RowTitle,
    /// Second line.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub description: Option<RowDescription>,
}

/// Rows under a common title.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ListSection {
    /// The title, needed when there are several sections.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub title: Option<RowTitle>,
    /// The rows in order.
    #[serde(rename = "r")]
    pub rows: Vec<ListRow>,
}

/// Text with a list of at most ten rows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "ListWire", into = "ListWire")]
pub struct List(ListWire);

/// The parts of a [`List`], before they are checked together.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ListWire {
    /// Line above the text.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub header: Option<Edge>,
    /// The text.
    #[serde(rename = "b")]
    pub body: TextBody,
    /// Small line below the text.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub footer: Option<Edge>,
    /// The label that opens the list.
    #[serde(rename = "o")]
    pub button: ButtonTitle,
    /// The sections in order.
    #[serde(rename = "s")]
    pub sections: Vec<ListSection>,
}

impl List {
    /// Puts a message with a list together.
    ///
    /// # Errors
    /// Refuses none or more than ten rows, empty sections, several sections without titles, and rows with the same id.
    pub fn new(parts: ListWire) -> Result<Self, ContentError> {
        let count = parts.sections.iter().map(|section| section.rows.len()).sum();
        if !(1..=10).contains(&count) {
            return Err(ContentError::RowCount(count));
        }
        // At most ten sections follows from at most ten rows and no section without one.
        if parts.sections.iter().any(|section| section.rows.is_empty()) {
            return Err(ContentError::EmptySection);
        }
        if parts.sections.len() > 1 && parts.sections.iter().any(|section| section.title.is_none()) {
            return Err(ContentError::UntitledSection);
        }
        if !all_differ(parts.sections.iter().flat_map(|section| &section.rows).map(|row| row.id.as_str())) {
            return Err(ContentError::SameId);
        }
        Ok(Self(parts))
    }

    /// Line above the text.
    #[must_use]
    pub fn header(&self) -> Option<&str> {
        self.0.header.as_ref().map(Edge::as_str)
    }

    /// The text.
    #[must_use]
    pub fn body(&self) -> &str {
        self.0.body.as_str()
    }

    /// Small line below the text.
    #[must_use]
    pub fn footer(&self) -> Option<&str> {
        self.0.footer.as_ref().map(Edge::as_str)
    }

    /// The label that opens the list.
    #[must_use]
    pub fn button(&self) -> &str {
        self.0.button.as_str()
    }

    /// The sections in order.
    #[must_use]
    pub fn sections(&self) -> &[ListSection] {
        &self.0.sections
    }

    /// All rows in order.
    pub fn rows(&self) -> impl Iterator<Item = &ListRow> {
        self.0.sections.iter().flat_map(|section| &section.rows)
    }
}

impl TryFrom<ButtonsWire> for Buttons {
    type Error = ContentError;
    fn try_from(parts: ButtonsWire) -> Result<Self, ContentError> {
        Self::new(parts)
    }
}

impl From<Buttons> for ButtonsWire {
    fn from(buttons: Buttons) -> Self {
        buttons.0
    }
}

impl TryFrom<ListWire> for List {
    type Error = ContentError;
    fn try_from(parts: ListWire) -> Result<Self, ContentError> {
        Self::new(parts)
    }
}

impl From<List> for ListWire {
    fn from(list: List) -> Self {
        list.0
    }
}

fn all_differ<'a>(mut texts: impl Iterator<Item = &'a str>) -> bool {
    let mut seen = HashSet::new();
    texts.all(|text| seen.insert(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_are_one_to_three_and_all_different() {
        assert_eq!(buttons(&[]), Err(ContentError::ButtonCount(0)));
        assert_eq!(buttons(&["a", "b", "c", "d"]), Err(ContentError::ButtonCount(4)));
        assert_eq!(buttons(&["a", "a"]), Err(ContentError::SameTitle));
        let two = buttons(&["Yes", "No"]).unwrap();
        assert_eq!(two.buttons().len(), 2);
        let json = serde_json::to_string(&two).unwrap();
        assert_eq!(serde_json::from_str::<Buttons>(&json).unwrap(), two);
        let none = r#"{"b":"text","n":[]}"#;
        assert!(serde_json::from_str::<Buttons>(none).unwrap_err().to_string().contains("1 to 3 buttons"));
    }

    #[test]
    fn a_list_has_one_to_ten_rows_over_all_sections() {
        assert_eq!(list(&[]), Err(ContentError::RowCount(0)));
        assert_eq!(list(&[(Some("A"), 6), (Some("B"), 5)]), Err(ContentError::RowCount(11)));
        assert_eq!(list(&[(Some("A"), 2), (Some("B"), 0)]), Err(ContentError::EmptySection));
        assert_eq!(list(&[(Some("A"), 2), (None, 1)]), Err(ContentError::UntitledSection));
        let ten = list(&[(Some("A"), 6), (Some("B"), 4)]).unwrap();
        assert_eq!(ten.rows().count(), 10);
        let json = serde_json::to_string(&ten).unwrap();
        assert_eq!(serde_json::from_str::<List>(&json).unwrap(), ten);
    }

    #[test]
    fn rows_that_would_come_back_the_same_are_refused() {
        let mut parts = ListWire::from(list(&[(None, 2)]).unwrap());
        parts.sections[0].rows[1].id = parts.sections[0].rows[0].id.clone();
        assert_eq!(List::new(parts), Err(ContentError::SameId));
    }

    fn buttons(titles: &[&str]) -> Result<Buttons, ContentError> {
        let buttons = titles
            .iter()
            .enumerate()
            .map(|(index, title)| Button { id: ButtonId::new(&format!("id{index}")).unwrap(), title: ButtonTitle::new(title).unwrap() })
            .collect();
        Buttons::new(ButtonsWire { header: None, body: ButtonsBody::new("text").unwrap(), footer: None, buttons })
    }

    fn list(sections: &[(Option<&str>, usize)]) -> Result<List, ContentError> {
        let sections = sections
            .iter()
            .enumerate()
            .map(|(place, (title, rows))| ListSection {
                title: title.map(|title| RowTitle::new(title).unwrap()),
                rows: (0..*rows).map(|row| self::row(place, row)).collect(),
            })
            .collect();
        let (body, button) = (TextBody::new("text").unwrap(), ButtonTitle::new("Open").unwrap());
        List::new(ListWire { header: None, body, footer: None, button, sections })
    }

    fn row(section: usize, row: usize) -> ListRow {
        let id = RowId::new(&format!("{section}:{row}")).unwrap();
        ListRow { id, title: RowTitle::new("Row").unwrap(), description: None }
    }
}
