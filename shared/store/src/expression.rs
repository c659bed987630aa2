//! Expressions as values: names and values are bound as they are written, so no attribute is ever spelled into an expression.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

/// An item as the SDK holds it.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// A string value.
pub(crate) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

/// A number value.
pub(crate) fn number(value: impl std::fmt::Display) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// An update with its condition. In what is written, `#x` stands for the attribute `x` and `:x` for a value bound with
/// [`bind`](Self::bind).
#[derive(Debug, Default)]
pub(crate) struct Change {
    set: Vec<String>,
    remove: Vec<String>,
    add: Vec<String>,
    delete: Vec<String>,
    pub(crate) condition: Option<String>,
    pub(crate) names: HashMap<String, String>,
    pub(crate) values: Item,
}

impl Change {
    /// Sets an attribute.
    pub(crate) fn set(self, name: &str, value: AttributeValue) -> Self {
        self.assign(name, &format!(":{name}")).bind(name, value)
    }

    /// Sets an attribute if there is a value.
    pub(crate) fn set_some(self, name: &str, value: Option<AttributeValue>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// Sets an attribute unless it is there already.
    pub(crate) fn set_once(self, name: &str, value: AttributeValue) -> Self {
        self.assign(name, &format!("if_not_exists(#{name}, :{name})")).bind(name, value)
    }

    /// Sets an attribute to an expression.
    pub(crate) fn assign(mut self, name: &str, expression: &str) -> Self {
        self.name(&format!("#{name} {expression}"));
        self.set.push(format!("#{name} = {expression}"));
        self
    }

    /// Removes an attribute.
    pub(crate) fn remove(mut self, name: &str) -> Self {
        self.name(&format!("#{name}"));
        self.remove.push(format!("#{name}"));
        self
    }

    /// Adds to a set of strings.
    pub(crate) fn add(mut self, name: &str, members: Vec<String>) -> Self {
        self.name(&format!("#{name}"));
        self.add.push(format!("#{name} :{name}"));
        self.bind(name, AttributeValue::Ss(members))
    }

    /// Takes members out of a set of strings.
    pub(crate) fn delete(mut self, name: &str, members: Vec<String>) -> Self {
        self.name(&format!("#{name}"));
        self.delete.push(format!("#{name} :{name}"));
        self.bind(name, AttributeValue::Ss(members))
    }

    /// Gives `:name` a value.
    pub(crate) fn bind(mut self, name: &str, value: AttributeValue) -> Self {
        self.values.insert(format!(":{name}"), value);
        self
    }

    /// States the condition.
    pub(crate) fn when(mut self, condition: &str) -> Self {
        self.name(condition);
        self.condition = Some(condition.to_owned());
        self
    }

    /// The update expression.
    pub(crate) fn expression(&self) -> String {
        let mut clauses = Vec::new();
        for (verb, parts) in [("SET", &self.set), ("REMOVE", &self.remove), ("ADD", &self.add), ("DELETE", &self.delete)] {
            if !parts.is_empty() {
                clauses.push(format!("{verb} {}", parts.join(", ")));
            }
        }
        clauses.join(" ")
    }

    fn name(&mut self, expression: &str) {
        self.names.extend(names(expression));
    }
}

/// The attribute names an expression speaks of.
pub(crate) fn names(expression: &str) -> HashMap<String, String> {
    let starts = expression.match_indices('#').map(|(at, _)| &expression[at + 1..]);
    starts
        .map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or(""))
        .filter(|name| !name.is_empty())
        .map(|name| (format!("#{name}"), name.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_are_bound_as_they_are_written() {
        let change = Change::default()
            .assign("ln", "if_not_exists(#ln, :zero) + :one")
            .set("li", number(7))
            .set_once("qa", number(1))
            .remove("ga")
            .add("n", vec!["w1".to_owned()])
            .when("attribute_not_exists(#PK) OR #li < :li");
        assert_eq!(
            change.expression(),
            "SET #ln = if_not_exists(#ln, :zero) + :one, #li = :li, #qa = if_not_exists(#qa, :qa) REMOVE #ga ADD #n :n"
        );
        let mut names: Vec<_> = change.names.values().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["PK", "ga", "li", "ln", "n", "qa"]);
    }
}
