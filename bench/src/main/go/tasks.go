package main

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

func timeRows() []row {
	return []row{
		timed("timer-after-func", afterFuncs),
		timed("timer-reset", timerReset),
		timed("ticker", tickers),
	}
}

func groupRows() []row {
	return []row{
		timed("context-tree", contextTree),
		timed("err-group", errGroup),
		timed("semaphore", semaphore),
	}
}

func afterFuncs(n int) int {
	var count atomic.Int64
	var wg sync.WaitGroup
	wg.Add(n)
	for i := range n {
		time.AfterFunc(time.Duration(1+i%10)*time.Millisecond, func() {
			count.Add(1)
			wg.Done()
		})
	}
	wg.Wait()
	return int(count.Load())
}

func timerReset(n int) int {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	active := 0
	for range n {
		if timer.Reset(time.Hour) {
			active++
		}
	}
	return active
}

func tickers(n int) int {
	var ticks atomic.Int64
	var wg sync.WaitGroup
	for range n / 10 {
		wg.Go(func() {
			ticker := time.NewTicker(time.Millisecond)
			defer ticker.Stop()
			for range 10 {
				<-ticker.C
				ticks.Add(1)
			}
		})
	}
	wg.Wait()
	return int(ticks.Load())
}

func contextTree(n int) int {
	done := 0
	for range n / 1000 {
		var tree [1000]context.Context
		var cancels [1000]context.CancelFunc
		tree[0], cancels[0] = context.WithCancel(context.Background())
		for i := 1; i < len(tree); i++ {
			tree[i], cancels[i] = context.WithCancel(tree[(i-1)/10])
		}
		cancels[0]() // this cancels all others
		for _, ctx := range tree {
			if ctx.Err() != nil {
				done++
			}
		}
	}
	return done
}

func errGroup(n int) int {
	var counter atomic.Int64
	var g group
	g.setLimit(8)
	for range n {
		g.run(func() error {
			counter.Add(1)
			return nil
		})
	}
	if err := g.wait(); err != nil {
		panic(err)
	}
	return int(counter.Load())
}

func semaphore(n int) int {
	ctx := context.Background()
	var counts atomic.Int64
	ten := newWeighted(10)
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			for range n / 100 {
				if err := ten.acquire(ctx, 1); err != nil {
					panic(err)
				}
				counts.Add(1)
				ten.release(1)
			}
		})
	}
	wg.Wait()
	return int(counts.Load())
}
