//! How programs enter the demo: where its door is and whom it lets in. The pages behind the door name themselves.

/// Who may look at a page of the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visitor {
    /// Somebody without an account.
    Stranger,
    /// The demo account with this sign-in name.
    Account(&'static str),
}

/// Address of the sign-in page.
pub const DOOR: &str = "/masuk";
/// Name of the field for the sign-in name.
pub const NAME_FIELD: &str = "nama";
/// Name of the field for the password.
pub const PASSWORD_FIELD: &str = "sandi";
/// The unit whose plan the demo shows, and its year.
pub const PLAN: &str = "/unit/DBN/rencana/2020";

/// The password all demo accounts share, as the sign-in page of the demo tells everybody.
///
/// ```
/// use bening_testkit::demo::password_on;
/// let page = r#"<form><input type="hidden" name="nama" value="ketua"><input type="hidden" name="sandi" value="s3"></form>"#;
/// assert_eq!(password_on(page).as_deref(), Some("s3"));
/// ```
#[must_use]
pub fn password_on(sign_in_page: &str) -> Option<String> {
    let page = scraper::Html::parse_document(sign_in_page);
    let told = scraper::Selector::parse(&format!("input[type=hidden][name={PASSWORD_FIELD}]")).ok()?;
    page.select(&told).next()?.attr("value").map(str::to_owned)
}
