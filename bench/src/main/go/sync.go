package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func syncRows() []row {
	return []row{
		mutexRow(1),
		mutexRow(2),
		mutexRow(100),
		rwMutexRow(1),
		rwMutexRow(2),
		rwMutexRow(100),
		timed("wait-group", waitGroup),
		timed("cond-barrier", condBarrier),
		timed("once", once),
	}
}

func mutexRow(goroutines int) row {
	return timed(fmt.Sprintf("mutex-%d", goroutines), func(n int) int { return mutex(n, goroutines) })
}

func rwMutexRow(goroutines int) row {
	return timed(fmt.Sprintf("rwmutex-%d", goroutines), func(n int) int { return rwMutex(n, goroutines) })
}

func mutex(n, goroutines int) int {
	var mu sync.Mutex
	counter := 0 // guarded by mu
	var wg sync.WaitGroup
	for range goroutines {
		wg.Go(func() {
			for range n / goroutines {
				mu.Lock()
				counter++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return counter
}

func rwMutex(n, goroutines int) int {
	var mu sync.RWMutex
	counter, mostSeen := 0, 0 // guarded by mu
	var wg sync.WaitGroup
	for range goroutines {
		wg.Go(func() {
			seen := 0
			for i := range n / goroutines {
				if i%10 == 0 {
					mu.Lock()
					counter++
					mu.Unlock()
				} else {
					mu.RLock()
					seen = counter
					mu.RUnlock()
				}
			}
			mu.Lock()
			mostSeen = max(mostSeen, seen)
			mu.Unlock()
		})
	}
	wg.Wait()
	return max(counter, mostSeen)
}

func waitGroup(n int) int {
	var counts atomic.Int64
	var wg sync.WaitGroup
	wg.Add(1)
	for range 100 {
		wg.Go(func() {
			for range n / 100 {
				wg.Add(1)
				counts.Add(1)
				wg.Done()
			}
		})
	}
	wg.Done()
	wg.Wait()
	return int(counts.Load())
}

func condBarrier(n int) int {
	b := newBarrier(10)
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			for range n / 10 {
				b.arrive()
			}
		})
	}
	wg.Wait()
	return b.arrivals
}

type barrier struct {
	mu        sync.Mutex
	roundOver *sync.Cond
	parties   int
	missing   int // guarded by mu, like the next two
	round     int
	arrivals  int
}

func newBarrier(parties int) *barrier {
	b := &barrier{parties: parties, missing: parties}
	b.roundOver = sync.NewCond(&b.mu)
	return b
}

// arrive returns when all parties have arrived.
func (b *barrier) arrive() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.arrivals++
	b.missing--
	if b.missing == 0 {
		b.missing = b.parties
		b.round++
		b.roundOver.Broadcast()
		return
	}
	own := b.round
	for b.round == own {
		b.roundOver.Wait()
	}
}

func once(n int) int {
	var runs, calls atomic.Int64
	var once sync.Once
	run := func() { runs.Add(1) }
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			own := 0
			for range n / 2 {
				once.Do(run)
				own++
			}
			calls.Add(int64(own))
		})
	}
	wg.Wait()
	return int(calls.Load() + runs.Load())
}
