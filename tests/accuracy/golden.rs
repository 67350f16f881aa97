//! The formulas at fixed parameters, against 40-digit arithmetic (`golden_points.csv`) and values
//! printed in papers (`published_anchors_checked.json`).

use vafa::insight::PurchaseModel;
use vafa::insight::beta_geometric::BetaGeometric;
use vafa::insight::pareto_nbd::ParetoNbd;

use crate::data::{Table, close};

#[test]
fn golden_points() {
    let mut seen = 0;
    for row in Table::read("reference/analytics/golden_points.csv").rows() {
        let [p1, p2, p3, p4] = ["p1", "p2", "p3", "p4"].map(|p| row.number(p));
        let model: Box<dyn PurchaseModel> = match row.text("model") {
            "pn" => Box::new(ParetoNbd { r: p1, alpha: p2, s: p3, beta: p4 }),
            "bg" => Box::new(BetaGeometric::bg_nbd(p1, p2, p3, p4)),
            "mbg" => Box::new(BetaGeometric::mbg_nbd(p1, p2, p3, p4)),
            other => panic!("no model {other}"),
        };
        let (x, t_x, tenure) = (row.number("x") as u32, row.number("t_x"), row.number("T"));
        let case = format!("{} x={x} t_x={t_x} T={tenure}", row.text("model"));
        close(model.log_likelihood(x, t_x, tenure), row.number("LL"), 1e-9, &case);
        close(model.p_alive(x, t_x, tenure), row.number("palive"), 1e-7, &case);
        for (weeks, column) in [(39.0, "ce39"), (52.0, "ce52")] {
            let found = model.expected_purchases(x, t_x, tenure, weeks);
            close(found, row.number(column), 1e-7, &format!("{case} {column}"));
        }
        seen += 1;
    }
    assert_eq!(seen, 54);
}

/// Discounted expected residual transactions for x = 1 to 10 at t_x = 30, T = 77.86, and the
/// worked example: `DERT_doc_example`, closed form and quadrature agreeing to all digits.
#[test]
fn dert_of_the_worked_example() {
    let m = ParetoNbd { r: 0.5629966, alpha: 12.559037, s: 0.4081095, beta: 10.5148048 };
    close(m.dert(7, 35.0, 77.86, 0.0027), 1.8641833280713296, 1e-9, "example");
    for (x, wanted) in [
        (1, 2.1991554497049606),
        (2, 2.8435344060657326),
        (3, 2.8671283912061645),
        (4, 2.4454100786073587),
        (5, 1.8405019244774936),
        (6, 1.2624164717438557),
        (7, 0.8096181194538383),
        (8, 0.4948036193754493),
        (9, 0.29202470156979854),
        (10, 0.16792750856605335),
    ] {
        close(m.dert(x, 30.0, 77.86, 0.0027), wanted, 1e-9, &format!("x = {x}"));
    }
}

/// BTYD's walkthrough of BG/NBD on the CDNOW sample: expected purchases in 52 weeks of customers
/// last seen in week 20 of 39, as checked in 40-digit arithmetic (`published_anchors_checked.json`).
#[test]
fn bg_nbd_of_the_walkthrough() {
    // Parameters of lifetimes: those of BTYD end elsewhere on the same flat top, in the sixth digit.
    let m = BetaGeometric::bg_nbd(
        0.24259452267753082,
        4.41360206099644,
        0.792922024924681,
        2.425906718972878,
    );
    for (x, wanted) in [(10, 0.3474606), (15, 0.04283391), (20, 0.004158973), (25, 0.0003583685)] {
        close(m.expected_purchases(x, 20.0, 39.0, 52.0), wanted, 1e-4, &format!("x = {x}"));
    }
    close(m.expected_purchases(26, 216.0 / 7.0, 31.0, 52.0), 25.75659, 1e-4, "customer 1516");
    close(m.p_alive(26, 216.0 / 7.0, 31.0), 0.9688523, 1e-5, "customer 1516");
}
