//! The readers for printed papers read: what is written comes back as text and as a picture.

#![cfg(test)]

use bening_testkit::paper::{Reading, office_convert, pdf_pictures, pdf_text};

#[test]
fn a_paper_goes_through_libreoffice_and_comes_back_as_text_and_picture() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = folder.path().join("rencana.csv");
    std::fs::write(&sheet, "Area,Aksi\nTata Laksana,Menyusun peta proses\n").unwrap();
    let pdf = office_convert(&sheet, "pdf", folder.path()).unwrap();
    for reading in [Reading::Layout, Reading::Running, Reading::Written] {
        assert!(pdf_text(&pdf, reading).unwrap().contains("Menyusun peta proses"));
    }
    assert_eq!(pdf_pictures(&pdf, folder.path(), 50).unwrap().len(), 1);
}

#[test]
fn what_is_no_document_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let fake = folder.path().join("bukan.pdf");
    std::fs::write(&fake, "bukan PDF").unwrap();
    assert!(pdf_text(&fake, Reading::Running).is_err());
    assert!(pdf_pictures(&fake, folder.path(), 50).is_err());
}
