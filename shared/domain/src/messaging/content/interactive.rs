//! Messages with something to tap: buttons and lists.

use serde::{Deserialize, Serialize};

use super::{
    ButtonId, ButtonTitle, ButtonsBody, ContentError, Edge, Header, Problem, RowDescription, RowId, RowTitle, TextBody,
    error::{all_differ, checked, count},
};

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

checked!(
    /// Text with one to three buttons.
    Buttons, ButtonsParts, "ButtonsParts"
);

/// The parts of [`Buttons`], before they are checked together.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ButtonsParts {
    /// What stands above the text.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub header: Option<Header>,
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

impl ButtonsParts {
    /// One to three buttons, of different titles and ids.
    fn check(&self) -> Result<(), ContentError> {
        count("buttons", self.buttons.len(), 1, 3)?;
        all_differ("buttons", self.buttons.iter().map(|button| button.title.as_str()))?;
        all_differ("buttons", self.buttons.iter().map(|button| button.id.as_str()))
    }
}

impl Buttons {
    /// The text.
    #[must_use]
    pub fn body(&self) -> &str {
        self.parts().body.as_str()
    }

    /// The buttons in order.
    #[must_use]
    pub fn buttons(&self) -> &[Button] {
        &self.parts().buttons
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

checked!(
    /// Text with a list of at most ten rows.
    List, ListParts, "ListParts"
);

/// The parts of a [`List`], before they are checked together.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ListParts {
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

impl ListParts {
    /// One to ten rows in all, no section without one, titles when there are several sections, and ids that differ.
    fn check(&self) -> Result<(), ContentError> {
        // At most ten sections follows from at most ten rows and no section without one.
        count("sections", self.rows().count(), 1, 10)?;
        for (index, section) in self.sections.iter().enumerate() {
            if section.rows.is_empty() {
                return Err(Problem::Count { min: 1, max: 10, found: 0 }.at(format!("sections[{index}].rows")));
            }
            if self.sections.len() > 1 && section.title.is_none() {
                return Err(Problem::Missing("several sections need titles").at(format!("sections[{index}].title")));
            }
        }
        all_differ("sections", self.rows().map(|row| row.id.as_str()))
    }

    fn rows(&self) -> impl Iterator<Item = &ListRow> {
        self.sections.iter().flat_map(|section| &section.rows)
    }
}

impl List {
    /// The text.
    #[must_use]
    pub fn body(&self) -> &str {
        self.parts().body.as_str()
    }

    /// The label that opens the list.
    #[must_use]
    pub fn button(&self) -> &str {
        self.parts().button.as_str()
    }

    /// The sections in order.
    #[must_use]
    pub fn sections(&self) -> &[ListSection] {
        &self.parts().sections
    }

    /// All rows in order.
    pub fn rows(&self) -> impl Iterator<Item = &ListRow> {
        self.parts().rows()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_are_one_to_three_and_all_different() {
        assert_eq!(buttons(&[]), Err(Problem::Count { min: 1, max: 3, found: 0 }.at("buttons")));
        assert_eq!(buttons(&["a", "b", "c", "d"]), Err(Problem::Count { min: 1, max: 3, found: 4 }.at("buttons")));
        assert_eq!(buttons(&["a", "a"]), Err(Problem::Same.at("buttons")));
        let two = buttons(&["Yes", "No"]).unwrap();
        assert_eq!(two.buttons().len(), 2);
        let json = serde_json::to_string(&two).unwrap();
        assert_eq!(serde_json::from_str::<Buttons>(&json).unwrap(), two);
        let none = r#"{"b":"text","n":[]}"#;
        assert!(serde_json::from_str::<Buttons>(none).unwrap_err().to_string().contains("buttons: must have 1 to 3"));
    }

    #[test]
    fn a_list_has_one_to_ten_rows_over_all_sections() {
        assert_eq!(list(&[]), Err(Problem::Count { min: 1, max: 10, found: 0 }.at("sections")));
        assert_eq!(list(&[(Some("A"), 6), (Some("B"), 5)]), Err(Problem::Count { min: 1, max: 10, found: 11 }.at("sections")));
        assert_eq!(list(&[(Some("A"), 2), (Some("B"), 0)]).unwrap_err().field, "sections[1].rows");
        assert_eq!(list(&[(Some("A"), 2), (None, 1)]).unwrap_err().field, "sections[1].title");
        let ten = list(&[(Some("A"), 6), (Some("B"), 4)]).unwrap();
        assert_eq!(ten.rows().count(), 10);
        let json = serde_json::to_string(&ten).unwrap();
        assert_eq!(serde_json::from_str::<List>(&json).unwrap(), ten);
    }

    #[test]
    fn rows_that_would_come_back_the_same_are_refused() {
        let mut parts = ListParts::from(list(&[(None, 2)]).unwrap());
        parts.sections[0].rows[1].id = parts.sections[0].rows[0].id.clone();
        assert_eq!(List::new(parts), Err(Problem::Same.at("sections")));
    }

    fn buttons(titles: &[&str]) -> Result<Buttons, ContentError> {
        let buttons = titles
            .iter()
            .enumerate()
            .map(|(index, title)| Button { id: ButtonId::new(&format!("id{index}")).unwrap(), title: ButtonTitle::new(title).unwrap() })
            .collect();
        Buttons::new(ButtonsParts { header: None, body: ButtonsBody::new("text").unwrap(), footer: None, buttons })
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
        List::new(ListParts { header: None, body, footer: None, button, sections })
    }

    fn row(section: usize, row: usize) -> ListRow {
        let id = RowId::new(&format!("{section}:{row}")).unwrap();
        ListRow { id, title: RowTitle::new("Row").unwrap(), description: None }
    }
}
