// Go's peer of the bench: a program for each row that class Rows of package gofer.bench describes.
//
// The first two lines of the output are the version and the names of the rows. For each input line "ROW N" or "procs N", the
// program prints "MEASURED RESULT PROCESSOR", or "!" and an error. MEASURED is in nanoseconds unless Rows gives another unit.
// PROCESSOR is the processor time of the process, in nanoseconds.
package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A row is a workload with a name. Its run does n operations, and returns the measured value for all of them and the result.
type row struct {
	name string
	run  func(n int) (measured int64, result int)
}

// timed returns a row that measures the time of work.
func timed(name string, work func(n int) int) row {
	return row{name, func(n int) (int64, int) {
		start := time.Now()
		result := work(n)
		return time.Since(start).Nanoseconds(), result
	}}
}

func main() {
	rows := slices.Concat(
		handOffRows(), selectRows(), startRows(), syncRows(), timeRows(), groupRows(), crowdRows(), crossbeamRows())
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.name
	}
	fmt.Println("Go " + strings.TrimPrefix(runtime.Version(), "go"))
	fmt.Println(strings.Join(names, " "))

	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		text, err := answer(rows, in.Text())
		if err != nil {
			fmt.Println("!" + strings.ReplaceAll(err.Error(), "\n", " "))
		} else {
			fmt.Println(text)
		}
	}
	if err := in.Err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answer(rows []row, line string) (text string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	name, number, _ := strings.Cut(line, " ")
	n, err := strconv.Atoi(number)
	if err != nil {
		return "", err
	}
	if name == "procs" {
		if n < 1 {
			return "", fmt.Errorf("%d processors", n)
		}
		runtime.GOMAXPROCS(n)
		return "0 0 0", nil
	}
	i := slices.IndexFunc(rows, func(r row) bool { return r.name == name })
	if i < 0 {
		return "", fmt.Errorf("no row %s", name)
	}
	runtime.GC()
	processor := processorTime()
	measured, result := rows[i].run(n)
	return fmt.Sprint(measured, result, processorTime()-processor), nil
}

// processorTime returns the nanoseconds of processor time that this process has used.
func processorTime() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}
