package main

import (
	"container/list"
	"context"
	"sync"
)

// A weighted is a semaphore. Each acquire takes n permits, and waiters are served in order.
//
// It copies the behavior of semaphore.Weighted, so that the bench needs only the standard library, which does not
// include golang.org/x/sync. TryAcquire is left out.
type weighted struct {
	size    int64
	mu      sync.Mutex
	held    int64     // guarded by mu
	waiters list.List // of *waiter, the oldest first; guarded by mu
}

type waiter struct {
	n     int64
	ready chan struct{} // closed when n is held
}

func newWeighted(size int64) *weighted {
	return &weighted{size: size}
}

// acquire takes n permits. If ctx is done first, it takes none and returns the error of ctx.
func (s *weighted) acquire(ctx context.Context, n int64) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	if s.waiters.Len() == 0 && n <= s.size-s.held {
		s.held += n
		s.mu.Unlock()
		return nil
	}
	w := &waiter{n, make(chan struct{})}
	element := s.waiters.PushBack(w)
	s.mu.Unlock()

	select {
	case <-w.ready:
		return nil
	case <-ctx.Done():
		s.giveUp(element)
		return ctx.Err()
	}
}

func (s *weighted) giveUp(element *list.Element) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := element.Value.(*waiter)
	select {
	case <-w.ready: // served meanwhile
		s.held -= w.n
	default:
		s.waiters.Remove(element)
	}
	s.serve()
}

// release returns n permits.
func (s *weighted) release(n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n > s.held {
		panic("released more than held")
	}
	s.held -= n
	s.serve()
}

// serve wakes the oldest waiters for which there are enough permits. It stops at the first waiter that must keep waiting, so
// that smaller requests do not overtake it forever. The caller holds mu.
func (s *weighted) serve() {
	for s.waiters.Len() > 0 {
		oldest := s.waiters.Front()
		w := oldest.Value.(*waiter)
		if w.n > s.size-s.held {
			return
		}
		s.held += w.n
		s.waiters.Remove(oldest)
		close(w.ready)
	}
}
