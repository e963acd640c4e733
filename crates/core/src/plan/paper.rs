//! The *Dokumen Rencana dan Aksi* as a document: what is printed, not how it looks.
