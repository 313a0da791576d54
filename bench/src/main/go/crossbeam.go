package main

import (
	"sync"
	"sync/atomic"
)

func crossbeamRows() []row {
	return []row{
		timed("crossbeam-seq", crossbeamSeq),
		timed("crossbeam-spsc", func(n int) int { return crossbeamPass(n, 1, 1) }),
		timed("crossbeam-mpsc", func(n int) int { return crossbeamPass(n, 4, 1) }),
		timed("crossbeam-mpmc", func(n int) int { return crossbeamPass(n, 4, 4) }),
		timed("crossbeam-select-rx", crossbeamSelectRx),
		timed("crossbeam-select-both", crossbeamSelectBoth),
	}
}

func crossbeamSeq(n int) int {
	c := make(chan int, n)
	send(c, 0, n)
	return receive(c, n)
}

func crossbeamPass(n, senders, receivers int) int {
	c := make(chan int, n)
	var sum atomic.Int64
	var wg sync.WaitGroup
	share := n / senders
	for s := range senders {
		wg.Go(func() { send(c, s*share, (s+1)*share) })
	}
	for range receivers {
		wg.Go(func() { sum.Add(int64(receive(c, n/receivers))) })
	}
	wg.Wait()
	return int(sum.Load())
}

// four are channels that are selected over together.
type four struct {
	a, b, c, d chan int
}

func newFour(capacity int) four {
	return four{make(chan int, capacity), make(chan int, capacity), make(chan int, capacity), make(chan int, capacity)}
}

func (f four) send(from, to int) {
	for i := from; i < to; i++ {
		select {
		case f.a <- i:
		case f.b <- i:
		case f.c <- i:
		case f.d <- i:
		}
	}
}

func (f four) receive(n int) int {
	sum := 0
	for range n {
		select {
		case v := <-f.a:
			sum += v
		case v := <-f.b:
			sum += v
		case v := <-f.c:
			sum += v
		case v := <-f.d:
			sum += v
		}
	}
	return sum
}

func crossbeamSelectRx(n int) int {
	f := newFour(n)
	for i, c := range []chan int{f.a, f.b, f.c, f.d} {
		go send(c, i*(n/4), (i+1)*(n/4))
	}
	return f.receive(n)
}

func crossbeamSelectBoth(n int) int {
	f := newFour(n)
	var sum atomic.Int64
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() { f.send(i*(n/4), (i+1)*(n/4)) })
	}
	for range 4 {
		wg.Go(func() { sum.Add(int64(f.receive(n / 4))) })
	}
	wg.Wait()
	return int(sum.Load())
}
