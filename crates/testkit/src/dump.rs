//! Everything a site keeps in its database, for tests that look for what must not be there.

use std::io::{Cursor, Read};

use crate::TestSite;

impl TestSite {
    /// Everything in the database as text, as somebody with a backup finds it.
    ///
    /// # Panics
    /// When the database cannot be copied.
    pub async fn dump(&self) -> String {
        let mut file = Cursor::new(Vec::new());
        let copied = bening_store::backup::backup(&self.store, &mut file).await;
        copied.unwrap_or_else(|e| panic!("copy the database: {e}"));
        let mut archive = zip::ZipArchive::new(file).unwrap_or_else(|e| panic!("open the copy: {e}"));
        let mut all = String::new();
        for place in 0..archive.len() {
            let mut part = archive.by_index(place).unwrap_or_else(|e| panic!("part {place}: {e}"));
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap_or_else(|e| panic!("part {place}: {e}"));
            all.push_str(&String::from_utf8_lossy(&bytes));
        }
        all
    }
}
