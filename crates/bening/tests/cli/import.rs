//! The real plan of 2020 through `plan import` and `plan export`: nothing lost, nothing half-written.

use bening_testkit::on_both;
use serde_json::Value;

use crate::bench::{Bench, actions};
use crate::seed::{self, Row, Seed, plain};

/// What an exported plan says, in the words of the seed's tables.
pub fn as_tables(plan: &Value) -> Seed {
    let list = |of: &Value, name: &str| of[name].as_array().expect("a list").clone();
    let joined = |items: Vec<Value>, name: &str| {
        let texts: Vec<String> = items.iter().map(|item| text(&item[name])).collect();
        plain(&texts.join(" "))
    };
    let mut seed = Seed::default();
    for (number, area) in list(plan, "areas").iter().enumerate() {
        seed.benefits.push(joined(list(area, "benefits"), "text"));
        for component in list(area, "components") {
            seed.rows.extend(list(&component, "actions").iter().map(|action| Row {
                area: number,
                component: text(&component["name"]),
                action: text(&action["name"]),
                evidence: joined(list(action, "evidence"), "title"),
                time: text(&action["time"]["text"]),
                pic: list(action, "pics").iter().map(text).collect::<Vec<_>>().join(", "),
                target: text(&action["target"]),
            }));
        }
    }
    let cells = |p: &Value| [&p["action"], &p["target"], &p["time"]["text"], &p["follow_up"]].map(text);
    seed.priorities = list(plan, "priorities").iter().map(cells).collect();
    seed
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// Without what may differ between two plans of the same contents.
fn contents(mut plan: Value) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.shift_remove("id");
                fields.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    strip(&mut plan);
    plan["unit"] = Value::Null;
    plan
}

on_both!(a_trial_import_shows_everything_and_stores_nothing, async |db| {
    let bench = Bench::with_unit(db);
    let (file, before) = (bench.file("rencana.md", bening_intake::DEMO_PLAN), bench.trail());
    let trial = bench.plan("import", &[&file, "--dry-run"]).well();
    assert!(trial.out.contains("+ MP  Pembentukan Tim Kerja ZI DBN 2020 (baris 10"), "{}", trial.out);
    assert!(trial.out.ends_with(" baris baru, 0 diperbarui, 0 tetap\n"), "{}", trial.out);
    assert!(trial.err.contains("catatan: ") && !trial.out.contains("catatan: "), "{}", trial.err);
    assert_eq!(bench.trail(), before);
    bench.plan("export", &["--format", "json"]).refused(4, "belum mempunyai rencana 2020");
});

on_both!(every_cell_of_the_seed_is_in_the_exported_plan, async |db| {
    let bench = Bench::with_plan(db);
    let (told, kept) = (seed::read(bening_intake::DEMO_PLAN), as_tables(&bench.json()));
    assert_eq!(kept.rows, told.rows);
    assert_eq!(kept.benefits, told.benefits);
    assert_eq!(kept.priorities, told.priorities);
    let pieces: usize =
        actions(&bench.json()).iter().map(|action| action["evidence"].as_array().unwrap().len()).sum();
    assert_eq!(pieces, 21, "lists without marks are taken apart");
    let months = |name: &str| {
        let plan = bench.json();
        let found = actions(&plan).into_iter().find(|action| action["name"] == name).cloned();
        found.map(|action| action["time"].clone()).unwrap_or_default()
    };
    let monitoring = months("Melaksanakan monitoring dan evaluasi pembangunan Zona Integritas");
    assert_eq!(monitoring["months"], serde_json::json!([1, 2, 3, 4, 5, 6]));
    assert_eq!(monitoring["rhythm"], "each_month");
    assert_eq!(months("Menidaklanjuti pengaduan masyarakat")["rhythm"], "once");
});

on_both!(the_same_file_twice_changes_nothing, async |db| {
    let bench = Bench::with_plan(db);
    let (plan, trail) = (bench.json(), bench.trail());
    let again = bench.plan("import", &[&bench.path("rencana.md")]).well();
    assert!(again.out.lines().last().unwrap().starts_with("0 baris baru, 0 diperbarui, "), "{}", again.out);
    assert_eq!(bench.json(), plan, "identities included");
    assert_eq!(bench.trail(), trail);
});

on_both!(what_is_exported_as_a_table_comes_back_the_same_at_another_unit, async |db| {
    let bench = Bench::with_plan(db);
    let plan = contents(bench.json());
    for (code, format) in [("XLS", "xlsx"), ("CSV", "csv")] {
        let file = bench.path(&format!("rencana.{format}"));
        let written = bench.plan("export", &["--format", format, "-o", &file]).well();
        assert_eq!(written.out, "", "the result went into the file");
        bench.run(&["unit", "add", code, "Unit lain"]).well();
        let place = ["--unit", code, "--year", "2020"];
        bench.run(&[&["plan", "import", &file], &place[..]].concat()).well();
        let back = bench.run(&[&["plan", "export", "--format", "json"], &place[..]].concat()).well();
        assert_eq!(contents(back.json()), plan, "{format}");
    }
});

on_both!(a_bad_file_is_refused_whole_with_all_its_problems, async |db| {
    let bench = Bench::with_unit(db);
    let before = bench.trail();
    let bad = bening_intake::DEMO_PLAN
        .replace("\tFebruari\t", "\tPebruary 31\t")
        .replace("\tSetiap Bulan, Jan s.d Juni\t", "\tKapan-kapan\t");
    let refused = bench.plan("import", &[&bench.file("buruk.md", bad)]);
    let refused = refused.refused(3, "tidak ada yang diimpor; perbaiki dulu");
    for problem in ["Pebruary 31", "Kapan-kapan"] {
        let line = refused.err.lines().find(|line| line.contains(problem));
        assert!(line.is_some_and(|line| line.contains("baris ")), "{problem}: {}", refused.err);
    }
    for (name, bytes, why) in [
        ("kosong.csv", &b""[..], "kosong"),
        ("gambar.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ""),
        ("patah.xlsx", b"PK\x03\x04\x14\0\0\0", ""),
        ("surat.md", b"# Surat\n\nTidak ada tabel.\n", ""),
    ] {
        bench.plan("import", &[&bench.file(name, bytes)]).refused(3, why);
    }
    bench.plan("import", &[&bench.path("tiada.md")]).refused(4, "tiada.md tidak ada");
    bench
        .run(&["plan", "import", &bench.path("buruk.md"), "--unit", "TIADA", "--year", "2020"])
        .refused(4, "TIADA");
    assert_eq!(bench.trail(), before);
    bench.plan("export", &["--format", "json"]).refused(4, "belum mempunyai rencana 2020");
});

on_both!(pics_whom_nobody_knows_are_refused_or_kept_as_names, async |db| {
    let bench = Bench::with_unit(db);
    bench.run(&["user", "add", "bayu", "--name", "Bayu", "--role", "ketua-tim", "--unit", "DBN"]).well();
    let file = bench.file("rencana.md", bening_intake::DEMO_PLAN);
    let refused = bench.plan("import", &[&file]).refused(3, "Nover");
    assert!(refused.err.contains("Cristian") && refused.err.contains("--names-only"), "{}", refused.err);
    bench.plan("import", &[&file, "--names-only"]).well();
    assert_eq!(as_tables(&bench.json()).rows, seed::read(bening_intake::DEMO_PLAN).rows);
});
