fn main() {
    let mut future = async { 7 };
    let _ = futures_by_hand::poll_once(&mut future);
}
