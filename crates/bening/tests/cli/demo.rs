//! `bening serve`: the demonstration, stopping in order, starting again, a port that is taken.

use std::net::TcpListener;

use bening_testkit::{Visitor, on_both};

use crate::bench::{Bench, bening};
use crate::import::as_tables;
use crate::seed;

on_both!(the_demonstration_names_its_address_and_sign_ins_that_all_work, async |db| {
    let bench = Bench::new(db);
    let served = bench.serve(&["--demo"]);
    bench_waits_for(&served, 19);
    let said = served.said();
    assert_eq!(said[0], format!("Bening: {}", served.address()));
    let password = said[1].rsplit(' ').next().unwrap();
    let logins: Vec<&str> = said[2..].iter().map(|line| line.split_whitespace().next().unwrap()).collect();
    assert_eq!(logins.len(), 17, "{said:?}");
    for login in logins {
        let mut visitor = Visitor::new(served.address());
        assert_eq!(visitor.sign_in(login, password).await.status.as_u16(), 303, "{login}");
        assert_eq!(visitor.get("/").await.status.as_u16(), 200, "{login}");
    }
    for role in bening_core::person::Role::ALL {
        assert!(said[2..].iter().any(|line| line.contains(role.title())), "nobody is {}", role.title());
    }
});

/// The lines after the address arrive a moment later.
fn bench_waits_for(served: &bening_testkit::Served, lines: usize) {
    for _ in 0..100 {
        if served.said().len() >= lines {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("only {:?}", served.said());
}

on_both!(the_demonstration_ends_in_order_and_begins_again_where_it_was, async |db| {
    let bench = Bench::new(db);
    let first = bench.serve(&["--demo"]);
    let visitor = Visitor::new(first.address());
    assert_eq!(visitor.get("/masuk").await.status.as_u16(), 200);
    assert_eq!(first.stop().unwrap().code(), Some(0));
    let (plan, trail) = (bench.json(), bench.trail());
    assert_eq!(as_tables(&plan).rows, seed::read(bening_intake::DEMO_PLAN).rows);
    let second = bench.serve(&["--demo"]);
    let again = Visitor::new(second.address());
    assert_eq!(again.get("/readyz").await.status.as_u16(), 200);
    assert_eq!(second.stop().unwrap().code(), Some(0));
    assert_eq!((bench.json(), bench.trail()), (plan, trail));
});

on_both!(the_demonstration_stays_away_from_real_work, async |db| {
    let bench = Bench::with_team(db);
    let (plan, trail) = (bench.json(), bench.trail());
    bench.run(&["serve", "--demo", "--listen", "127.0.0.1:0"]).refused(3, "--demo memerlukan tempat kosong");
    assert_eq!((bench.json(), bench.trail()), (plan, trail));
});

#[test]
fn a_port_that_is_taken_is_told_with_a_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let data = folder.path().to_string_lossy();
    let refused = bening(&["serve", "--listen", &address, "--data", &data]);
    let refused = refused.refused(1, &format!("alamat {address} tidak dapat dipakai"));
    assert!(refused.err.contains("--listen 127.0.0.1:"), "{}", refused.err);
}
