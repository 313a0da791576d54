package main

import "sync"

// A group runs tasks in goroutines, some at a time, and keeps the first error.
//
// It is a twin of errgroup.Group, written anew because golang.org/x/sync is not in the standard library and the bench
// needs nothing else. What the bench does not use is left out: contexts and TryGo.
type group struct {
	wg     sync.WaitGroup
	tokens chan struct{} // one for each task that runs; nil without a limit
	once   sync.Once
	err    error // set within once
}

// setLimit lets at most n tasks run at a time. It comes before the first run.
func (g *group) setLimit(n int) {
	g.tokens = make(chan struct{}, n)
}

// run starts task, once fewer tasks run than the limit allows.
func (g *group) run(task func() error) {
	if g.tokens != nil {
		g.tokens <- struct{}{}
	}
	g.wg.Add(1)
	go func() {
		defer g.done()
		if err := task(); err != nil {
			g.once.Do(func() { g.err = err })
		}
	}()
}

func (g *group) done() {
	if g.tokens != nil {
		<-g.tokens
	}
	g.wg.Done()
}

// wait returns the first error, or nil, when all tasks have ended.
func (g *group) wait() error {
	g.wg.Wait()
	return g.err
}
