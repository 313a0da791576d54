package main

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

func handOffRows() []row {
	return []row{
		timed("ping-pong", pingPong),
		streamRow(1, 1, 0),
		streamRow(1, 1, 1),
		streamRow(1, 1, 16),
		streamRow(1, 1, 128),
		streamRow(1, 1, 1024),
		streamRow(4, 4, 0),
		streamRow(4, 4, 128),
		streamRow(100, 100, 0),
		streamRow(100, 100, 128),
		ringRow(10),
		ringRow(1000),
		ringRow(100_000),
		ringRow(1_000_000),
	}
}

func streamRow(senders, receivers, capacity int) row {
	name := fmt.Sprintf("stream-%dx%d-%d", senders, receivers, capacity)
	return timed(name, func(n int) int { return stream(n, senders, receivers, capacity) })
}

func ringRow(size int) row {
	return row{fmt.Sprintf("ring-%d", size), func(n int) (int64, int) { return ring(n, size) }}
}

// send sends the numbers from from to before to.
func send(c chan<- int, from, to int) {
	for i := from; i < to; i++ {
		c <- i
	}
}

// receive returns the sum of n values.
func receive(c <-chan int, n int) int {
	sum := 0
	for range n {
		sum += <-c
	}
	return sum
}

// echo sends back what it receives until ping is closed.
func echo(ping <-chan int, pong chan<- int) {
	for i := range ping {
		pong <- i
	}
}

func pingPong(n int) int {
	ping, pong := make(chan int), make(chan int)
	go echo(ping, pong)
	same := 0
	for i := range n {
		ping <- i
		if <-pong == i {
			same++
		}
	}
	close(ping)
	return same
}

func stream(n, senders, receivers, capacity int) int {
	c := make(chan int, capacity)
	share := n / senders
	var sending sync.WaitGroup
	for s := range senders {
		sending.Go(func() { send(c, s*share, (s+1)*share) })
	}
	go func() {
		sending.Wait()
		close(c)
	}()
	var sum atomic.Int64
	var receiving sync.WaitGroup
	for range receivers {
		receiving.Go(func() {
			own := 0
			for v := range c {
				own += v
			}
			sum.Add(int64(own))
		})
	}
	receiving.Wait()
	return int(sum.Load())
}

// ring measures the time until the token arrives. Then it waits for the goroutines to end, which does not count.
func ring(n, size int) (int64, int) {
	start := time.Now()
	result := make(chan int, 1)
	var all sync.WaitGroup
	first := make(chan int)
	in := first
	for range size - 1 {
		from, to := in, make(chan int)
		all.Go(func() { pass(from, to, n, result) })
		in = to
	}
	all.Go(func() { pass(in, first, n, result) })
	first <- 0
	token := <-result
	nanos := time.Since(start).Nanoseconds()
	all.Wait()
	return nanos, token
}

// pass closes the channel to the next goroutine when the last token arrives, or when its own channel is closed.
func pass(in <-chan int, out chan<- int, n int, result chan<- int) {
	defer close(out)
	for token := range in {
		if token == n {
			result <- token
			return
		}
		out <- token + 1
	}
}
