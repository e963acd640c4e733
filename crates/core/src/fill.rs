//! Placeholders in the words of papers, filled with values. Which words and values is said by each paper.

/// Values for the placeholders of a text, by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Values(Vec<(String, String)>);

impl Values {
    pub(crate) fn with(&self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let mut values = self.clone();
        values.0.push((name.into(), value.into()));
        values
    }

    /// Fills `{name}`s in one pass, so that braces in a value stay what they are. Unknown names stay open.
    pub(crate) fn fill(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            rest = match after.split_once('}').and_then(|(name, tail)| Some((self.get(name)?, tail))) {
                Some((value, tail)) => {
                    filled.push_str(value);
                    tail
                }
                None => {
                    filled.push('{');
                    after
                }
            };
        }
        filled + rest
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once_and_unknown_ones_stay_visible() {
        let values = Values::default().with("unit", "Unit {tahun}").with("tahun", "2026");
        assert_eq!(values.fill("{unit} {tahun} {apa} {"), "Unit {tahun} 2026 {apa} {");
    }
}
