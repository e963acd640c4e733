//! Paper forms typed in twice, and the device at the counter.

use bening_core::survey::Channel;
use bening_store::survey as store;
use bening_testkit::{Answer, TestSite, Visitor, on_both};

use crate::survey::{answer, codes, opened};

/// Types forms in: number, answer to every question, words.
async fn type_in(lead: &Visitor, pile: &str, pass: &str, forms: &[(&str, &str, &str)]) -> Answer {
    let mut fields = vec![("putaran".to_owned(), pass.to_owned())];
    for (number, value, words) in forms {
        fields.extend(codes().iter().map(|code| (format!("{number}.{code}"), (*value).to_owned())));
        fields.push((format!("{number}.X2"), (*words).to_owned()));
    }
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    lead.post(pile, &fields).await
}

async fn begun(lead: &Visitor, at: &str, day: &str) -> Answer {
    lead.post(&format!("{at}/kertas"), &[("nama", "Loket 1"), ("tanggal", day)]).await
}

on_both!(a_pile_counts_when_both_typings_agree_and_not_before, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (at, kept) = opened(&site, &lead, ("", "")).await;
    let pile = begun(&lead, &at, "2020-06-10").await.location.unwrap();
    let both = [("1", "4", "antre lama"), ("2", "3", "")];
    assert_eq!(type_in(&lead, &pile, "1", &both).await.status.as_u16(), 303);
    let accept = async || lead.post(&format!("{pile}/penerimaan"), &[]).await;
    let once = accept().await;
    assert_eq!(once.status.as_u16(), 422);
    assert!(once.text().contains("nomor 1, 2 baru diketik sekali"), "{}", once.text());
    let other = [("1", "4", "antre lama"), ("2", "1", "")];
    assert_eq!(type_in(&lead, &pile, "2", &other).await.status.as_u16(), 303);
    let differs = accept().await;
    assert!(differs.text().contains("asih ada 8 sel yang berbeda"), "{}", differs.text());
    assert!(store::answers(&site.store, kept.campaign.id).await.unwrap().is_empty(), "nothing counts yet");
    let page = lead.get(&format!("{pile}?putaran=2")).await;
    assert_eq!(page.texts("#selisih tbody tr").len(), 8, "cell by cell");
    for code in codes() {
        let said = [("nomor", "2"), ("kode", code.as_str()), ("nilai", "2")];
        assert_eq!(lead.post(&format!("{pile}/selisih"), &said).await.status.as_u16(), 303);
    }
    assert_eq!(accept().await.status.as_u16(), 303);
    let mut answers = store::answers(&site.store, kept.campaign.id).await.unwrap();
    answers.sort_by_key(|one| one.values[0]);
    assert_eq!(answers.iter().map(|one| one.values[0]).collect::<Vec<_>>(), [2, 4]);
    assert!(answers.iter().all(|one| one.channel == Channel::Paper && one.day.to_string() == "2020-06-10"));
    assert_eq!(answers[1].extras["X2"], "antre lama");
    assert_eq!(lead.get(&at).await.texts(".stat-figure")[0], "2", "the running counts know of them");
    assert_eq!(accept().await.status.as_u16(), 422, "once");
    assert_eq!(type_in(&lead, &pile, "1", &both).await.status.as_u16(), 422);
    let nobody = store::batch(&site.store, pile.rsplit('/').next().unwrap().parse().unwrap()).await.unwrap();
    let pile = store::pile(&site.store, &nobody.unwrap()).await.unwrap();
    assert_eq!(pile, Default::default(), "who typed what is gone");
});

on_both!(a_page_of_forms_with_a_wrong_cell_comes_back_as_typed_and_keeps_nothing, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (at, _) = opened(&site, &lead, ("", "")).await;
    for day in ["2020-05-31", "2020-06-20", "kemarin"] {
        let refused = begun(&lead, &at, day).await;
        assert_eq!(refused.status.as_u16(), 422, "{day} is before the first day, ahead of today, or none");
        assert!(refused.texts(".field-error").concat().contains("di antara hari pembukaan"));
    }
    let pile = begun(&lead, &at, "2020-06-15").await.location.unwrap();
    let wrong = type_in(&lead, &pile, "1", &[("1", "4", "baik"), ("2", "7", "")]).await;
    assert_eq!(wrong.status.as_u16(), 422);
    assert!(wrong.texts("[role=alert]").concat().contains("Formulir 2: "), "{}", wrong.text());
    assert!(wrong.body.contains("value=\"baik\"") && wrong.body.contains("aria-invalid"));
    assert!(lead.get(&at).await.texts(".stat-figure")[0] == "0");
    let empty = type_in(&lead, &pile, "1", &[("1", "", "")]).await;
    assert_eq!(empty.status.as_u16(), 422);
    assert_eq!(type_in(&lead, &pile, "1", &[("501", "4", "")]).await.status.as_u16(), 422);
    assert_eq!(lead.post(&format!("{at}/penutupan"), &[]).await.status.as_u16(), 303);
    let late = type_in(&lead, &pile, "1", &[("1", "4", "")]).await;
    assert_eq!(late.status.as_u16(), 422, "a closed survey takes no paper");
    let stranger = site.sign_in("anggota").await;
    assert_eq!(stranger.get(&pile).await.status.as_u16(), 403);
});

on_both!(the_device_at_the_counter_goes_back_to_an_empty_form, async |db| {
    let site = TestSite::start(db).await;
    let lead = site.sign_in("ketua").await;
    let (at, kept) = opened(&site, &lead, ("", "")).await;
    let kiosk = format!("/s/{}/kios", kept.campaign.token);
    let page = site.visitor().get(&kiosk).await;
    assert!(page.body.contains("<noscript><meta http-equiv=\"refresh\""), "{}", page.body);
    let sheet = crate::survey::sheet(&page);
    let codes = codes();
    let mut fields: Vec<(&str, &str)> = codes.iter().map(|code| (code.as_str(), "4")).collect();
    fields.extend([("lembar", sheet.as_str()), ("lewat", "kiosk")]);
    let sent = site.visitor().post(&format!("/s/{}", kept.campaign.token), &fields).await;
    assert_eq!(sent.location, Some(format!("{kiosk}/terima-kasih")));
    let thanks = site.visitor().get(&format!("{kiosk}/terima-kasih")).await;
    assert!(thanks.body.contains(&format!("url={kiosk}")), "leads back by itself");
    assert!(thanks.text().contains("Terima kasih"));
    let refused = site
        .visitor()
        .post(&format!("/s/{}", kept.campaign.token), &[("lembar", &sheet), ("lewat", "kiosk")])
        .await;
    assert!(refused.body.contains("data-kiosk"), "also when something is missing");
    let phone = answer(&site.visitor(), &format!("/s/{}", kept.campaign.token), "3", &[]).await;
    assert_eq!(phone.status.as_u16(), 303);
    let board = lead.get(&at).await;
    assert_eq!(board.texts("#kanal tbody td")[3..], ["perangkat di loket", "1", "4,00"]);
});
