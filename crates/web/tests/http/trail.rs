//! The audit trail from outside: one row for every write, none for anything else, and no way to change it unseen.

use bening_core::audit::{Fault, Link};
use bening_store::audit::{self, About, Verdict};
use bening_testkit::agency::PASSWORD;
use bening_testkit::{TestSite, Visitor, on_both};
use reqwest::StatusCode;

use crate::ground::{assert_done, cell, post, trail_rows};

async fn verdict(site: &TestSite) -> Verdict {
    audit::verify(&site.store).await.unwrap()
}

async fn links(site: &TestSite) -> Vec<Link> {
    audit::newest(&site.store, About::All, None, 100).await.unwrap()
}

/// Does something, and expects exactly one more row that names the event.
async fn one_row(site: &TestSite, event: &str, act: impl Future<Output = StatusCode>) {
    let before = trail_rows(site).await;
    let status = act.await;
    assert!(status == StatusCode::OK || status == StatusCode::SEE_OTHER, "{event}: {status}");
    let newest = links(site).await.remove(0);
    assert_eq!((newest.event.as_str(), newest.seq), (event, before + 1));
    assert!(!newest.before.contains(PASSWORD) && !newest.after.contains(PASSWORD), "{event}");
}

on_both!(every_write_adds_exactly_one_row_and_the_chain_stays_sound, async |db| {
    let site = TestSite::start(db).await;
    let (lead, head) = (site.sign_in("ketua").await, site.sign_in("direktur").await);
    let (action, component) = (site.agency.action(), site.agency.component().to_string());
    let done = async |who: &Visitor, path: String, fields: &[(&str, &str)]| {
        post(who, &site, &path, fields).await.status
    };
    let name = cell(&site, "tindakan", action, "aksi");
    one_row(&site, "plan.cell.saved", async { lead.save(&name, "Membentuk tim", "Tim").await.status }).await;
    let new = [("komponen", component.as_str()), ("teks", "Baru")];
    one_row(&site, "plan.row.added", done(&lead, "/baris/tindakan".into(), &new)).await;
    let added = links(&site).await[0].subject;
    let row = format!("/baris/tindakan/{added}");
    one_row(&site, "plan.row.moved", done(&lead, format!("{row}/urutan"), &[("arah", "naik")])).await;
    one_row(&site, "plan.row.removed", done(&lead, format!("{row}/penghapusan"), &[])).await;
    one_row(&site, "plan.row.restored", done(&lead, format!("{row}/pemulihan"), &[])).await;
    one_row(&site, "plan.row.removed", done(&lead, format!("{row}/penghapusan"), &[])).await;
    one_row(&site, "plan.approved", done(&head, "/persetujuan".into(), &[])).await;
    one_row(&site, "plan.amendment.opened", done(&head, "/perubahan".into(), &[])).await;
    let (at, why) = (format!("/tindakan/{action}"), [("alasan", "digabung dengan kegiatan lain")]);
    one_row(&site, "plan.action.withdrawn", done(&lead, format!("{at}/penarikan"), &why)).await;
    one_row(&site, "plan.action.reinstated", done(&lead, format!("{at}/pembatalan-penarikan"), &[])).await;
    let report = [("bulan", "1"), ("keadaan", "selesai")];
    one_row(&site, "plan.action.reported", done(&lead, format!("{at}/laporan"), &report)).await;
    let next = [("dari", "2020")];
    one_row(&site, "plan.copied", async { lead.post("/unit/AIR/rencana/2021/salinan", &next).await.status })
        .await;
    one_row(&site, "plan.begun", async { lead.post("/unit/AIR/rencana/2022", &[]).await.status }).await;
    own_account(&site, &lead).await;
    assert!(matches!(verdict(&site).await, Verdict::Sound { rows, .. } if rows == links(&site).await[0].seq));
});

async fn own_account(site: &TestSite, lead: &Visitor) {
    let new = "perahu layar biru menunggu pasang";
    let post = async |path: &str, fields: &[(&str, &str)]| lead.post(path, fields).await.status;
    one_row(site, "person.taste.changed", post("/tema", &[("theme", "dark")])).await;
    one_row(site, "person.taste.changed", post("/bahasa", &[("lang", "en")])).await;
    let change = [("lama", PASSWORD), ("baru", new), ("ulang", new)];
    one_row(site, "person.password.changed", post("/akun/sandi", &change)).await;
    one_row(site, "session.closed", post("/keluar", &[])).await;
    one_row(site, "session.opened", post("/masuk", &[("nama", "ketua"), ("sandi", new)])).await;
    let before = trail_rows(site).await;
    assert_eq!(
        post("/masuk", &[("nama", "ketua"), ("sandi", "bukan")]).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        (links(site).await[0].event.as_str(), trail_rows(site).await),
        ("session.refused", before + 1)
    );
}

on_both!(the_trail_says_who_changed_what_from_what_to_what, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let path = cell(&site, "tindakan", site.agency.action(), "aksi");
    lead.save(&path, "Membentuk tim", "Memilih tim").await;
    let row = links(&site).await.remove(0);
    assert_eq!(row.person, Some(site.agency.person("ketua").0));
    assert_eq!((row.subject, row.unit), (site.agency.action().0, Some(site.agency.unit.id.0)));
    assert!(row.before.contains("Membentuk tim") && row.after.contains("Memilih tim"), "{row:?}");
});

/// A few writes on top of what founding left.
async fn written(site: &TestSite) -> i64 {
    let lead = site.sign_in("ketua").await;
    for text in ["Satu", "Dua", "Tiga"] {
        assert_done(&post(&lead, site, "/baris/prioritas", &[("teks", text)]).await);
    }
    trail_rows(site).await
}

on_both!(a_changed_row_is_found_and_named, async |db| {
    let site = TestSite::start(db).await;
    let last = written(&site).await;
    for column in ["event", "after", "before", "actor"] {
        let row = last - 1;
        let was = format!("UPDATE audit SET {column} = {column} || 'x' WHERE seq = {row}");
        site.tamper(&was).await;
        assert_eq!(verdict(&site).await, Verdict::Broken(Fault::Changed(row)), "{column}");
        site.tamper(&format!(
            "UPDATE audit SET {column} = substr({column}, 1, length({column}) - 1) WHERE seq = {row}"
        ))
        .await;
        assert!(matches!(verdict(&site).await, Verdict::Sound { .. }), "{column}");
    }
});

on_both!(a_change_with_its_hash_made_to_fit_breaks_the_next_row, async |db| {
    let site = TestSite::start(db).await;
    let last = written(&site).await;
    let mut row = links(&site).await.into_iter().find(|link| link.seq == last - 1).unwrap();
    row.after = "null".to_owned();
    let hash = row.digest();
    site.tamper(&format!("UPDATE audit SET after = 'null', hash = '{hash}' WHERE seq = {}", last - 1)).await;
    assert_eq!(verdict(&site).await, Verdict::Broken(Fault::Moved(last)));
});

on_both!(the_newest_row_cannot_be_rewritten_either, async |db| {
    let site = TestSite::start(db).await;
    let last = written(&site).await;
    let mut row = links(&site).await.remove(0);
    row.after = "null".to_owned();
    let hash = row.digest();
    site.tamper(&format!("UPDATE audit SET after = 'null', hash = '{hash}' WHERE seq = {last}")).await;
    assert_eq!(verdict(&site).await, Verdict::Broken(Fault::Changed(last)));
});

on_both!(a_removed_row_is_found_and_named, async |db| {
    let site = TestSite::start(db).await;
    let last = written(&site).await;
    site.tamper(&format!("DELETE FROM audit WHERE seq = {}", last - 2)).await;
    assert_eq!(verdict(&site).await, Verdict::Broken(Fault::Missing(last - 2)));
});

on_both!(the_first_row_cannot_go_missing, async |db| {
    let site = TestSite::start(db).await;
    written(&site).await;
    site.tamper("DELETE FROM audit WHERE seq = 1").await;
    assert_eq!(verdict(&site).await, Verdict::Broken(Fault::Missing(1)));
});

on_both!(rows_that_changed_places_are_found_and_named, async |db| {
    let site = TestSite::start(db).await;
    let last = written(&site).await;
    let (one, other) = (last - 2, last - 1);
    site.tamper(&format!(
        "UPDATE audit SET seq = -1 WHERE seq = {one}; UPDATE audit SET seq = {one} WHERE seq = {other}; \
         UPDATE audit SET seq = {other} WHERE seq = -1"
    ))
    .await;
    assert_eq!(verdict(&site).await, Verdict::Broken(Fault::Changed(one)));
});

on_both!(rows_cut_off_at_the_end_are_found_and_counted, async |db| {
    let site = TestSite::start(db).await;
    let last = written(&site).await;
    site.tamper(&format!("DELETE FROM audit WHERE seq > {}", last - 2)).await;
    let fault = Fault::Truncated { last: last - 2, expected: last };
    assert_eq!(verdict(&site).await, Verdict::Broken(fault));
});

on_both!(a_cut_that_hides_its_traces_is_given_away_by_a_head_noted_elsewhere, async |db| {
    let site = TestSite::start(db).await;
    let last = written(&site).await;
    let rows = links(&site).await;
    let (noted, kept) = (rows[0].hash.clone(), rows[1].hash.clone());
    assert!(audit::holds(&site.store, &noted).await.unwrap());
    site.tamper(&format!(
        "DELETE FROM audit WHERE seq = {last}; UPDATE audit_head SET seq = {}, hash = '{kept}'",
        last - 1
    ))
    .await;
    assert!(matches!(verdict(&site).await, Verdict::Sound { .. }), "the database alone cannot tell");
    assert!(!audit::holds(&site.store, &noted).await.unwrap());
});

on_both!(writes_at_the_same_time_queue_up_in_one_chain, async |db| {
    let site = TestSite::start(db).await;
    let (lead, next) = (site.sign_in("ketua").await, site.sign_in("anggota").await);
    let before = trail_rows(&site).await;
    let texts: Vec<String> = (0..8).map(|number| format!("Baris {number}")).collect();
    let fields: Vec<_> = texts.iter().map(|text| [("area", "MP"), ("teks", text.as_str())]).collect();
    let writes = fields.iter().enumerate().map(|(number, fields)| {
        let who = if number % 2 == 0 { &lead } else { &next };
        post(who, &site, "/baris/manfaat", fields)
    });
    futures::future::join_all(writes).await.iter().for_each(assert_done);
    assert_eq!(trail_rows(&site).await, before + 8);
    assert!(matches!(verdict(&site).await, Verdict::Sound { .. }));
});
