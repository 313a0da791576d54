package main

import "time"

func selectRows() []row {
	return []row{
		timed("select-2", selectTwo),
		timed("select-8", selectEight),
		timed("select-2-both", selectTwoBoth),
		timed("select-timer-quit", selectTimerQuit),
		timed("select-default", selectDefault),
		timed("select-abandoned", selectAbandoned),
	}
}

func selectTwo(n int) int {
	a, b := make(chan int), make(chan int)
	go send(a, 0, n/2)
	go send(b, n/2, n)
	return receiveFromTwo(a, b, n)
}

func receiveFromTwo(a, b <-chan int, n int) int {
	sum := 0
	for range n {
		select {
		case v := <-a:
			sum += v
		case v := <-b:
			sum += v
		}
	}
	return sum
}

func selectEight(n int) int {
	var cs [8]chan int
	for i := range cs {
		cs[i] = make(chan int)
		go send(cs[i], i*(n/8), (i+1)*(n/8))
	}
	a, b, c, d, e, f, g, h := cs[0], cs[1], cs[2], cs[3], cs[4], cs[5], cs[6], cs[7]
	sum := 0
	for range n {
		select {
		case v := <-a:
			sum += v
		case v := <-b:
			sum += v
		case v := <-c:
			sum += v
		case v := <-d:
			sum += v
		case v := <-e:
			sum += v
		case v := <-f:
			sum += v
		case v := <-g:
			sum += v
		case v := <-h:
			sum += v
		}
	}
	return sum
}

func selectTwoBoth(n int) int {
	a, b := make(chan int, 128), make(chan int, 128)
	go sendOnEither(a, b, 0, n/2)
	go sendOnEither(a, b, n/2, n)
	return receiveFromTwo(a, b, n)
}

func sendOnEither(a, b chan<- int, from, to int) {
	for i := from; i < to; i++ {
		select {
		case a <- i:
		case b <- i:
		}
	}
}

func selectTimerQuit(n int) int {
	c := make(chan int)
	quit := make(chan struct{})
	go send(c, 0, n)
	hour := time.NewTimer(time.Hour)
	defer hour.Stop()
	sum := 0
	for range n {
		select {
		case v := <-c:
			sum += v
		case <-hour.C:
			panic("the timer fired")
		case <-quit:
			panic("quit")
		}
	}
	return sum
}

func selectDefault(n int) int {
	empty := make(chan int)
	defaults := 0
	for range n {
		select {
		case <-empty:
			panic("not empty")
		default:
			defaults++
		}
	}
	return defaults
}

func selectAbandoned(n int) int {
	c, idle := make(chan int), make(chan int)
	go send(c, 0, n)
	sum := receiveFromTwo(c, idle, n)
	go func() { idle <- 0 }()
	return sum + <-idle
}
