//! Rows for threads, the channels of crossbeam, and the locks of the standard library.

use crate::Row;
use crossbeam_channel::{bounded, select, Receiver, Sender};
use std::ops::Range;
use std::sync::Mutex;
use std::thread;

pub fn all() -> Vec<Row> {
    let mut rows = vec![
        Row::new("ping-pong", ping_pong),
        Row::new("select-2", select_two),
        Row::new("crossbeam-seq", seq),
        Row::new("crossbeam-spsc", |n| pass(n, 1, 1)),
        Row::new("crossbeam-mpsc", |n| pass(n, 4, 1)),
        Row::new("crossbeam-mpmc", |n| pass(n, 4, 4)),
        Row::new("crossbeam-select-rx", select_rx),
        Row::new("crossbeam-select-both", select_both),
    ];
    for (s, r, c) in [
        (1, 1, 0),
        (1, 1, 1),
        (1, 1, 16),
        (1, 1, 128),
        (1, 1, 1024),
        (4, 4, 0),
        (4, 4, 128),
        (100, 100, 0),
        (100, 100, 128),
    ] {
        rows.push(Row::new(format!("stream-{s}x{r}-{c}"), move |n| {
            stream(n, s, r, c)
        }));
    }
    for threads in [1, 2, 100] {
        rows.push(Row::new(format!("mutex-{threads}"), move |n| {
            mutex(n, threads)
        }));
    }
    rows
}

/// The i-th of `parts` equal parts of the numbers below n.
fn part(n: i64, i: i64, parts: i64) -> Range<i64> {
    i * (n / parts)..(i + 1) * (n / parts)
}

fn send(channel: &Sender<i64>, values: Range<i64>) {
    for i in values {
        channel.send(i).unwrap();
    }
}

/// Returns the sum of n values.
fn receive(channel: &Receiver<i64>, n: i64) -> i64 {
    (0..n).map(|_| channel.recv().unwrap()).sum()
}

fn ping_pong(n: i64) -> i64 {
    let (ping, pings) = bounded(0);
    let (pong, pongs) = bounded(0);
    thread::spawn(move || {
        for i in pings {
            pong.send(i).unwrap();
        }
    });
    let mut same = 0;
    for i in 0..n {
        ping.send(i).unwrap();
        if pongs.recv().unwrap() == i {
            same += 1;
        }
    }
    same
}

fn stream(n: i64, senders: i64, receivers: i64, capacity: usize) -> i64 {
    let (sender, receiver) = bounded(capacity);
    thread::scope(|scope| {
        for s in 0..senders {
            let sender = sender.clone();
            scope.spawn(move || send(&sender, part(n, s, senders)));
        }
        drop(sender); // the channel is closed when all senders are done
        let receiving: Vec<_> = (0..receivers)
            .map(|_| scope.spawn(|| receiver.iter().sum::<i64>()))
            .collect();
        receiving.into_iter().map(|r| r.join().unwrap()).sum()
    })
}

fn select_two(n: i64) -> i64 {
    let (a, from_a) = bounded(0);
    let (b, from_b) = bounded(0);
    thread::scope(|scope| {
        scope.spawn(move || send(&a, part(n, 0, 2)));
        scope.spawn(move || send(&b, part(n, 1, 2)));
        let mut sum = 0;
        for received in 0..n {
            // A channel whose sender has ended is always ready.
            let value = select! {
                recv(from_a) -> value => value.or_else(|_| from_b.recv()),
                recv(from_b) -> value => value.or_else(|_| from_a.recv()),
            };
            sum += value.unwrap_or_else(|_| panic!("only {received} values"));
        }
        sum
    })
}

fn mutex(n: i64, threads: i64) -> i64 {
    let counter = Mutex::new(0);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                for _ in 0..n / threads {
                    *counter.lock().unwrap() += 1;
                }
            });
        }
    });
    counter.into_inner().unwrap()
}

fn seq(n: i64) -> i64 {
    let (sender, receiver) = bounded(n as usize);
    send(&sender, 0..n);
    receive(&receiver, n)
}

fn pass(n: i64, senders: i64, receivers: i64) -> i64 {
    let (sender, receiver) = bounded(n as usize);
    thread::scope(|scope| {
        for s in 0..senders {
            let sender = &sender;
            scope.spawn(move || send(sender, part(n, s, senders)));
        }
        let receiving: Vec<_> = (0..receivers)
            .map(|_| scope.spawn(|| receive(&receiver, n / receivers)))
            .collect();
        receiving.into_iter().map(|r| r.join().unwrap()).sum()
    })
}

/// Channels that are selected over together.
type Four = [(Sender<i64>, Receiver<i64>); 4];

fn four(n: i64) -> Four {
    std::array::from_fn(|_| bounded(n as usize))
}

fn select_rx(n: i64) -> i64 {
    let channels = four(n);
    thread::scope(|scope| {
        for (i, (sender, _)) in channels.iter().enumerate() {
            scope.spawn(move || send(sender, part(n, i as i64, 4)));
        }
        receive_from_any(&channels, n)
    })
}

fn select_both(n: i64) -> i64 {
    let channels = &four(n);
    thread::scope(|scope| {
        for i in 0..4 {
            scope.spawn(move || send_to_any(channels, part(n, i, 4)));
        }
        let receiving: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| receive_from_any(channels, n / 4)))
            .collect();
        receiving.into_iter().map(|r| r.join().unwrap()).sum()
    })
}

fn send_to_any([a, b, c, d]: &Four, values: Range<i64>) {
    for i in values {
        select! {
            send(a.0, i) -> sent => sent.unwrap(),
            send(b.0, i) -> sent => sent.unwrap(),
            send(c.0, i) -> sent => sent.unwrap(),
            send(d.0, i) -> sent => sent.unwrap(),
        }
    }
}

fn receive_from_any([a, b, c, d]: &Four, n: i64) -> i64 {
    let mut sum = 0;
    for _ in 0..n {
        sum += select! {
            recv(a.1) -> value => value.unwrap(),
            recv(b.1) -> value => value.unwrap(),
            recv(c.1) -> value => value.unwrap(),
            recv(d.1) -> value => value.unwrap(),
        };
    }
    sum
}
