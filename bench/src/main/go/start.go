package main

import (
	"sync"
	"sync/atomic"
	"time"
)

func startRows() []row {
	return []row{
		timed("start", start),
		timed("start-chain", chain),
		{"sieve", sieve},
	}
}

func start(n int) int {
	var counter atomic.Int64
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() { counter.Add(1) })
	}
	wg.Wait()
	return int(counter.Load())
}

func chain(n int) int {
	last := make(chan int)
	go link(1, n, last)
	return <-last
}

func link(i, n int, last chan<- int) {
	if i == n {
		last <- n
	} else {
		go link(i+1, n, last)
	}
}

// sieve measures the time until it has the n-th prime. Ending the remaining goroutines does not count.
func sieve(n int) (int64, int) {
	start := time.Now()
	var enough atomic.Bool
	numbers := make(chan int)
	go generate(numbers, &enough)
	prime := 0
	for range n {
		prime = <-numbers
		others := make(chan int)
		go filter(numbers, others, prime)
		numbers = others
	}
	nanos := time.Since(start).Nanoseconds()
	enough.Store(true)
	for range numbers {
		// until all filters have ended
	}
	return nanos, prime
}

func generate(out chan<- int, enough *atomic.Bool) {
	defer close(out)
	for i := 2; !enough.Load(); i++ {
		out <- i
	}
}

func filter(in <-chan int, out chan<- int, prime int) {
	defer close(out)
	for i := range in {
		if i%prime != 0 {
			out <- i
		}
	}
}
