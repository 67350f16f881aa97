//! Rows become records, or an error that names the column.

use proptest::prelude::*;

use super::super::Kind;
use super::super::columns::Map;
use super::super::value::tests::tehran;
use super::*;

/// Reads one row of `a|b|c` cells under `A|B|C` titles.
fn row<T>(
    kind: Kind,
    titles: &str,
    cells: &str,
    maps: &[&str],
    read: impl Fn(Cells<'_>) -> Result<T, RowError>,
) -> Result<T, String> {
    let titles: Vec<String> = titles.split('|').map(str::to_owned).collect();
    let maps: Vec<Map> = maps.iter().map(|m| Map::parse(m, kind).unwrap()).collect();
    let columns = Columns::resolve(kind, &titles, false, &maps).map_err(|e| e.to_string())?;
    let mut row = Row::default();
    row.begin(2);
    for (place, cell) in cells.split('|').enumerate() {
        row.set(place, CellKind::Text, cell);
    }
    read(Cells { row: &row, columns: &columns, how: &tehran() }).map_err(|e| e.to_string())
}

fn customer(
    titles: &str,
    cells: &str,
    maps: &[&str],
) -> Result<(Customer, Vec<Field>, Vec<Fact>), String> {
    row(Kind::Customers, titles, cells, maps, |c| c.customer())
}

fn purchase(titles: &str, cells: &str) -> Result<PurchaseRow, String> {
    row(Kind::Purchases, titles, cells, &[], |c| c.purchase())
}

#[test]
fn a_customer_is_read_whole() {
    let titles = "id|نام|نام خانوادگی|phone|mobile|email|gender|birth date|city|owner|tags|stage|joined|dnc|marketing|wants|size";
    let cells = "C-7|رضا|کریمی|021 8888 0000|۰۹۱۲۱۲۳۴۵۶۷ (evenings)|r@k.ir|آقا|1360/01/15|تهران|SARA|VIP, fibre|at risk|2020-02-29|1404/01/01 asked|no|fast delivery; low price|42";
    let (c, given, facts) =
        customer(titles, cells, &["wants=need", "size=field.shoe size"]).unwrap();
    assert_eq!((c.external_id.as_deref(), c.name.as_str()), (Some("C-7"), "رضا کریمی"));
    let phones: Vec<_> = c.contacts.iter().map(|p| (p.value.as_str(), p.label.as_str())).collect();
    assert_eq!(phones, [("+982188880000", ""), ("+989121234567", "evenings"), ("r@k.ir", "")]);
    assert_eq!((c.gender, c.stage), (Some(Gender::Male), Stage::AtRisk));
    assert_eq!(c.birth.map(|d| d.to_string()).as_deref(), Some("1981-04-04"));
    assert_eq!(c.owner, Some(AgentId(7)));
    assert_eq!(c.tags, ["fibre", "vip"]);
    assert_eq!(c.joined.to_string(), "2020-02-29");
    let asked = c.consent.do_not_call.unwrap();
    assert_eq!((asked.since.to_string().as_str(), asked.reason.as_str()), ("2025-03-21", "asked"));
    assert_eq!(c.consent.marketing, Some(false));
    assert_eq!(c.fields, [("shoe size".to_owned(), "42".to_owned())]);
    let needs: Vec<&str> = facts.iter().map(|f| f.text.as_str()).collect();
    assert_eq!(needs, ["fast delivery", "low price"]);
    assert!(
        given.contains(&Field::Own)
            && given.contains(&Field::Name)
            && !given.contains(&Field::Region)
    );
}

#[test]
fn empty_cells_say_nothing() {
    let (c, given, _) = customer("name|city|phone|gender", "Sara|| |", &[]).unwrap();
    assert_eq!((given, c.place.city.as_str()), (vec![Field::Name], ""));
    let (c, ..) = customer("first name|last name", "|Karimi", &[]).unwrap();
    assert_eq!(c.name, "Karimi");
}

#[test]
fn what_is_wrong_is_named_with_its_column() {
    let long = "x".repeat(10_000);
    for (titles, cells, want) in [
        ("name|city", "  |Qom", "line 2, column name: must not be empty"),
        ("name", long.as_str(), "column name"),
        (
            "name|birth date",
            "Sara|2025-02-30",
            "column birth date: \"2025-02-30\": there is no such date",
        ),
        ("name|birth date", "Sara|2030-01-01", "lies in the future"),
        ("name|gender", "Sara|maybe", "expected one of female, male, other"),
        ("name|owner", "Sara|Nobody", "no such agent; known are Sara"),
        ("name|email", "Sara|nowhere", "column email: \"nowhere\""),
        ("name|tz", "Sara|Mars/Base", "no such time zone; for instance Asia/Tehran"),
        ("name|marketing", "Sara|perhaps", "expected one of yes, no"),
        ("name|tags", "Sara|\"\"", "column tags"),
    ] {
        let got = customer(titles, cells, &[]).unwrap_err();
        assert!(got.contains(want) && got.len() < 400, "{want:?} is not in {got:?}");
    }
}

#[test]
fn purchases_add_up() {
    let titles = "customer|date|amount|qty|price|cost|kind|sku|order|currency";
    let read = |cells: &str| {
        purchase(titles, cells).map(|r| {
            let line = &r.purchase.lines[0];
            (r.purchase.kind.name(), line.quantity, line.amount, line.cost, r.sku)
        })
    };
    for (cells, want) in [
        ("0001|19970101|29.33|2", Ok(("sale", 2000, 2933, None, None))),
        ("1|1997-01-01|0.00", Ok(("sale", 1000, 0, None, None))),
        (
            "1|1997-01-01||3|1.25|1|sale|A-1|9|usd",
            Ok(("sale", 3000, 375, Some(300), Some("A-1".into()))),
        ),
        ("1|1997-01-01||.333|0.05", Ok(("sale", 333, 2, None, None))),
        ("1|1997-01-01|-5", Ok(("return", 1000, 500, None, None))),
        ("1|1997-01-01|-5|-1|||credit", Ok(("credit", 1000, 500, None, None))),
        ("1|1997-01-01|5||||return", Ok(("return", 1000, 500, None, None))),
        ("1|1997-01-01|-5||||sale", Err("column amount: \"-5\": expected no negative number")),
        ("1|1997-01-01||2", Err("column amount: expected a value")),
        ("|1997-01-01|5", Err("column customer: expected a value")),
        ("1|1997-02-30|5", Err("column date: \"1997-02-30\": there is no such date")),
        ("1|2027-02-03|5", Err("lies in the future")),
        ("1|1997-01-01|5|||||||EUR", Err("the store counts in USD")),
        ("1|1997-01-01||9999999999|99999999999999", Err("too many digits")),
    ] {
        match (read(cells), want) {
            (Ok(got), Ok(want)) => assert_eq!(got, want, "{cells}"),
            (Err(got), Err(want)) => assert!(got.contains(want), "{want:?} is not in {got:?}"),
            (got, want) => panic!("{cells}: {got:?}, not {want:?}"),
        }
    }
}

#[test]
fn interactions_and_products_are_read() {
    let read = |cells: &str| {
        let titles = "customer|time|channel|direction|outcome|duration|agent|note|comment";
        row(Kind::Interactions, titles, cells, &[], |c| c.interaction())
    };
    let (who, i) = read("C-1|2025-03-01 10:00|تماس|in|no answer|1:05|sara|late|angry").unwrap();
    assert_eq!((who.as_str(), i.at.to_string().as_str()), ("C-1", "2025-03-01T06:30:00Z"));
    assert_eq!((i.channel, i.direction), (Channel::Call, Direction::Inbound));
    assert_eq!((i.outcome.as_str(), i.seconds, i.agent), ("no_answer", 65, AgentId(7)));
    assert_eq!(i.note, "late\nangry");
    assert_eq!(read("C-1|2025-03-01|call").unwrap().1.agent, AgentId(1));
    assert!(read("C-1|2025-03-01|pigeon").unwrap_err().contains("call, email"));
    let product = |cells: &str| row(Kind::Products, "sku|name|price", cells, &[], |c| c.product());
    assert_eq!(product("A|Milk|1.20").unwrap().price, Some(120));
    assert!(product("|Milk|1").unwrap_err().contains("column sku"));
    assert!(product("A|Milk|-1").unwrap_err().contains("negative"));
}

proptest! {
    #[test]
    fn no_cells_make_it_fail(cells in proptest::collection::vec("\\PC{0,12}|[-0-9.,:/]{0,12}", 12)) {
        let cells = cells.join("|");
        let heads = "name|id|phone|email|birth date|gender|city|tags|joined|dnc|owner|country";
        let _ = customer(heads, &cells, &["city=need"]);
        let _ = purchase("customer|date|amount|qty|price|cost|kind|sku|order|currency|x|y", &cells);
        let heads = "customer|time|channel|direction|outcome|duration|agent|note|comment|a|b|c";
        let _ = row(Kind::Interactions, heads, &cells, &[], |c| c.interaction());
    }
}

#[test]
fn what_was_offered_and_answered_is_read() {
    use crate::domain::{OfferAnswer, OfferId, Proposed, WrapUp};
    let read = |cells: &str| {
        let heads = "customer|time|channel|offer|answer|reason|satisfaction|nps";
        let cells = format!("C-1|2025-01-01|call|{cells}");
        row(Kind::Interactions, heads, &cells, &[], |c| c.interaction()).map(|(_, i)| i.wrap_up)
    };
    let made = |answer, reason: &str| {
        let offer = Some(Proposed { offer: OfferId(4), answer, reason: reason.into() });
        WrapUp { offer, ..WrapUp::default() }
    };
    for (cells, want) in [
        ("||||", WrapUp::default()),
        (
            "free delivery|accepted||4|10",
            WrapUp {
                satisfaction: Some(4),
                recommend: Some(10),
                ..made(OfferAnswer::Accepted, "")
            },
        ),
        (
            "Free Delivery|نپذیرفت|too late||۰",
            WrapUp { recommend: Some(0), ..made(OfferAnswer::Refused, "too late") },
        ),
        ("Free delivery||||", made(OfferAnswer::Undecided, "")),
    ] {
        assert_eq!(read(cells), Ok(want), "{cells}");
    }
    for (cells, want) in [
        ("Gold|accepted|||", "Free delivery"),
        ("|accepted|||", "offer"),
        ("Free delivery|perhaps|||", "accepted, refused, undecided"),
        ("|||6|", "1"),
        ("|||0|", "1"),
        ("||||11", "10"),
    ] {
        let said = read(cells).unwrap_err();
        assert!(said.contains(want), "{want} is not in {said}");
    }
}
