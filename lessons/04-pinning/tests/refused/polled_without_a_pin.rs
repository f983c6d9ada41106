async fn seven() -> u32 {
    7
}

fn main() {
    let mut future = seven();
    let _ = futures_by_hand::poll_once(&mut future);
}
