//! The list of customers.

use crate::stage::Stage;

#[test]
fn a_look() {
    let mut stage = Stage::new();
    println!("{}", stage.screen());
    stage.keys("/rez");
    println!("{}", stage.screen());
}
