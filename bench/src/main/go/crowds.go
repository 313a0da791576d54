package main

import (
	"runtime"
	"runtime/metrics"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

func crowdRows() []row {
	return []row{
		timed("park-million", park),
		{"memory-million", memory},
		{"latency-p50", func(n int) (int64, int) { return latency(n, 50) }},
		{"latency-p99", func(n int) (int64, int) { return latency(n, 99) }},
	}
}

// A crowd is goroutines that wait for one channel.
type crowd struct {
	gate    chan int
	started sync.WaitGroup
	all     sync.WaitGroup
	ended   atomic.Int64
}

// newCrowd returns when its goroutines are parked.
func newCrowd(size int) *crowd {
	c := &crowd{gate: make(chan int)}
	c.started.Add(size)
	c.all.Add(size)
	for range size {
		go c.member()
	}
	c.started.Wait()
	for waiting() < size {
		runtime.Gosched()
	}
	return c
}

func (c *crowd) member() {
	c.started.Done()
	<-c.gate
	c.ended.Add(1)
	c.all.Done()
}

// release returns the number of goroutines that ended.
func (c *crowd) release() int {
	close(c.gate)
	c.all.Wait()
	return int(c.ended.Load())
}

// waiting returns the number of parked goroutines. A few belong to the runtime.
func waiting() int {
	sample := []metrics.Sample{{Name: "/sched/goroutines/waiting:goroutines"}}
	metrics.Read(sample)
	return int(sample[0].Value.Uint64())
}

func park(n int) int {
	return newCrowd(n).release()
}

func memory(n int) (int64, int) {
	before := inUseBefore()
	c := newCrowd(n)
	bytes := inUse() - before
	return bytes, c.release()
}

// inUseBefore is measured in the first run. The runtime keeps the descriptors of goroutines that have ended, and a later
// run would count them as memory in use before it.
var inUseBefore = sync.OnceValue(inUse)

// stats is too large for a stack: the runtime would then start all goroutines with larger stacks.
var stats runtime.MemStats

// inUse returns the bytes in use by the heap and the stacks of goroutines, after a collection. Unlike Sys, it does not count
// unused memory that the runtime keeps.
func inUse() int64 {
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapInuse + stats.StackInuse)
}

// latency returns a percentile of the times of round trips, times n. Other goroutines compute meanwhile.
func latency(n, percent int) (int64, int) {
	var done atomic.Bool
	var busy sync.WaitGroup
	for range 2 * runtime.GOMAXPROCS(0) {
		busy.Go(func() {
			for !done.Load() {
				compute()
				runtime.Gosched()
			}
		})
	}
	ping, pong := make(chan int), make(chan int)
	go echo(ping, pong)
	nanos := make([]int64, n)
	for i := range n {
		start := time.Now()
		ping <- i
		<-pong
		nanos[i] = time.Since(start).Nanoseconds()
	}
	close(ping)
	done.Store(true)
	busy.Wait()
	slices.Sort(nanos)
	return nanos[n*percent/100] * int64(n), 1
}

// compute runs for about 20 microseconds.
func compute() {
	for start := time.Now(); time.Since(start) < 20*time.Microsecond; {
	}
}
