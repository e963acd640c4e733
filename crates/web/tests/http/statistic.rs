//! Counts of registers for everybody: the head lets them out, small ones stay hidden in every form, and what was taken
//! back is gone.

use bening_testkit::{TestDatabase, TestSite, Visitor, on_both};
use reqwest::Method;
use reqwest::multipart::{Form, Part};

fn desk(site: &TestSite) -> String {
    format!("/unit/{}/pengawasan/pengaduan/statistik", site.agency.unit.code)
}

fn public(site: &TestSite) -> String {
    format!("/publik/statistik/{}", site.agency.unit.code)
}

/// So many complaints of a kind and month.
async fn complain(site: &TestSite, lead: &Visitor, what: &[(usize, &str, u32)]) {
    let lines = what.iter().flat_map(|(count, kind, month)| {
        (0..*count)
            .map(move |number| format!("Perkara {number},{kind},Uraian,SP4N-LAPOR!,2020-{month:02}-10"))
    });
    let csv: Vec<String> =
        ["Perihal,Jenis,Isi pengaduan,Kanal,Tanggal diterima".to_owned()].into_iter().chain(lines).collect();
    let part = Part::bytes(csv.join("\n").into_bytes()).file_name("lapor.csv");
    let form = Form::new().text("_csrf", lead.token().to_owned()).text("tahun", "2020").part("berkas", part);
    let at = format!("/unit/{}/pengawasan/pengaduan/impor", site.agency.unit.code);
    let seen = lead.send(lead.request(Method::POST, &at).multipart(form)).await;
    let rows = seen.value_of("baris");
    let saved = lead.post(&format!("{at}/simpan"), &[("baris", &rows), ("tahun", "2020")]).await;
    assert_eq!(saved.status.as_u16(), 303, "{}", saved.body);
}

on_both!(small_counts_reach_nobody_in_any_form, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let (lead, head) = (site.sign_in("ketua").await, site.sign_in("direktur").await);
    complain(
        &site,
        &lead,
        &[(7, "Pengaduan", 3), (3, "Aspirasi", 3), (9, "Pengaduan", 4), (6, "Aspirasi", 4)],
    )
    .await;
    assert_eq!(site.visitor().get(&public(&site)).await.status.as_u16(), 404);
    assert_eq!(lead.post(&desk(&site), &[("tahun", "2020")]).await.status.as_u16(), 403);
    let done = head.post(&desk(&site), &[("tahun", "2020")]).await;
    assert_eq!(done.status.as_u16(), 303, "{}", done.body);

    let base = format!("{}/pengaduan/2020", public(&site));
    let page = site.visitor().get(&base).await;
    assert!(page.texts("td").contains(&"25".to_owned()), "the total of all is shown: {}", page.body);
    let csv = site.visitor().get(&format!("{base}/data/csv")).await;
    assert!(csv.body.contains("\"Bulan\",\"Maret\",\"Jenis\",\"Aspirasi\",\"\",\"ya\""), "{}", csv.body);
    assert!(
        csv.body.contains("\"Bulan\",\"Maret\",\"Jenis\",\"Pengaduan\",\"\",\"ya\""),
        "10 less 7 gives 3: {}",
        csv.body
    );
    let json = site.visitor().get(&format!("{base}/data/json")).await;
    let data: serde_json::Value = serde_json::from_str(&json.body).unwrap();
    let shown: Vec<u64> =
        data["angka"].as_array().unwrap().iter().filter_map(|line| line["jumlah"].as_u64()).collect();
    assert!(shown.contains(&25) && shown.iter().all(|count| *count == 0 || *count >= 5), "{shown:?}");
    let list = site.visitor().get(&public(&site)).await;
    assert!(list.body.contains("Pengaduan yang diterima 2020"), "{}", list.body);
});

on_both!(what_was_let_out_stays_as_it_was_until_it_is_taken_back, async |database: TestDatabase| {
    let site = TestSite::start(database).await;
    let (lead, head) = (site.sign_in("ketua").await, site.sign_in("direktur").await);
    let year = [("tahun", "2020")];
    let empty = head.post(&desk(&site), &year).await;
    assert_eq!(empty.status.as_u16(), 422, "{}", empty.body);
    complain(&site, &lead, &[(8, "Pengaduan", 3)]).await;
    head.post(&desk(&site), &year).await;
    let base = format!("{}/pengaduan/2020", public(&site));
    let total = async || {
        let page = site.visitor().get(&format!("{base}/data/csv")).await;
        page.body.lines().last().unwrap_or_default().to_owned()
    };
    assert_eq!(total().await, "\"\",\"\",\"\",\"\",\"8\",\"tidak\"");
    complain(&site, &lead, &[(2, "Pengaduan", 4)]).await;
    assert_eq!(total().await, "\"\",\"\",\"\",\"\",\"8\",\"tidak\"", "it does not move with the register");
    head.post(&desk(&site), &year).await;
    assert_eq!(total().await, "\"\",\"\",\"\",\"\",\"\",\"ya\"", "8 and 10 would tell of two complaints");
    let gone = head.post(&format!("{}/penarikan", desk(&site)), &year).await;
    assert_eq!(gone.status.as_u16(), 303, "{}", gone.body);
    assert_eq!(site.visitor().get(&base).await.status.as_u16(), 404);
    assert_eq!(site.visitor().get(&public(&site)).await.status.as_u16(), 404);
    let again = head.post(&format!("{}/penarikan", desk(&site)), &year).await;
    assert_eq!(again.status.as_u16(), 422);
});
