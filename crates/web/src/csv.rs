//! Lines of CSV as spreadsheets open them.

/// A line of fields with its end.
pub(crate) fn record(fields: &[String]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
    format!("{}\r\n", fields.join(","))
}

/// A field in quotation marks. What begins like a formula gets a single quote before it, unless it is a number.
fn quoted(field: &str) -> String {
    let is_number = field.parse::<bening_core::instrument::Exact>().is_ok();
    let runs = field.starts_with(['=', '+', '-', '@', '\t']) && !is_number;
    let guard = if runs { "'" } else { "" };
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}
