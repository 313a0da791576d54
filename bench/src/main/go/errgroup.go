package main

import "sync"

// A group runs tasks in goroutines, a limited number at a time, and keeps the first error.
//
// It copies the behavior of errgroup.Group, so that the bench needs only the standard library, which does not include
// golang.org/x/sync. Contexts and TryGo are left out, since the bench does not use them.
type group struct {
	wg     sync.WaitGroup
	tokens chan struct{} // one for each task that runs; nil without a limit
	once   sync.Once
	err    error // set by once
}

// setLimit limits the number of running tasks to n. Call it before the first run.
func (g *group) setLimit(n int) {
	g.tokens = make(chan struct{}, n)
}

// run waits until fewer tasks run than the limit allows, and then starts task.
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
