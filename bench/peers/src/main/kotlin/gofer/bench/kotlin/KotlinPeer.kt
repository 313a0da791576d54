package gofer.bench.kotlin

import gofer.bench.Peer
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.AtomicLong
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancel
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableSharedFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.takeWhile
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.selects.select
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.sync.withPermit

/// Kotlin's version of the rows: kotlinx.coroutines on Dispatchers.Default. It leaves out rows for which Kotlin has no idiom.
private val peer = Peer("Kotlin ${KotlinVersion.CURRENT}, kotlinx.coroutines 1.11.0")

fun main() {
    handOff()
    selecting()
    starting()
    sync()
    crowds()
    crossbeam()
    beyondGo()
    peer.serve()
}

private fun row(name: String, workload: suspend CoroutineScope.(Int) -> Long) {
    peer.row(name) { n -> runBlocking(Dispatchers.Default) { workload(n) } }
}

private fun channel(capacity: Int) = Channel<Int>(if (capacity == 0) Channel.RENDEZVOUS else capacity)

private suspend fun Channel<Int>.sendAll(from: Int, to: Int) {
    for (i in from until to) send(i)
}

private suspend fun Channel<Int>.sumOf(n: Int): Long {
    var sum = 0L
    repeat(n) { sum += receive() }
    return sum
}

private fun handOff() {
    row("ping-pong") { n ->
        val ping = channel(0)
        val pong = channel(0)
        launch { repeat(n) { pong.send(ping.receive()) } }
        var same = 0L
        for (i in 0 until n) {
            ping.send(i)
            if (pong.receive() == i) same++
        }
        same
    }
    for ((s, r, c) in listOf(
        Triple(1, 1, 0), Triple(1, 1, 1), Triple(1, 1, 16), Triple(1, 1, 128), Triple(1, 1, 1024),
        Triple(4, 4, 0), Triple(4, 4, 128), Triple(100, 100, 0), Triple(100, 100, 128),
    )) {
        row("stream-${s}x$r-$c") { n -> stream(n, s, r, c) }
    }
    for (size in listOf(10, 1000, 100_000, 1_000_000)) row("ring-$size") { n -> ring(n, size) }
}

private suspend fun stream(n: Int, senders: Int, receivers: Int, capacity: Int): Long = coroutineScope {
    val c = channel(capacity)
    val sending = List(senders) { s -> launch { c.sendAll(s * (n / senders), (s + 1) * (n / senders)) } }
    launch {
        sending.joinAll()
        c.close()
    }
    val sum = AtomicLong()
    val receiving = List(receivers) {
        launch {
            var own = 0L
            for (value in c) own += value
            sum.addAndGet(own)
        }
    }
    receiving.joinAll()
    sum.get()
}

private suspend fun ring(n: Int, size: Int): Long = coroutineScope {
    val result = channel(1)
    val links = List(size) { channel(0) }
    val members = List(size) { i ->
        launch {
            val out = links[(i + 1) % size]
            for (token in links[i]) {
                if (token == n) {
                    result.send(token)
                    break
                }
                out.send(token + 1)
            }
        }
    }
    links[0].send(0)
    val token = result.receive()
    members.forEach { it.cancel() }
    token.toLong()
}

private suspend fun receiveFromAny(channels: List<Channel<Int>>, n: Int): Long {
    var sum = 0L
    repeat(n) { sum += select<Int> { for (c in channels) c.onReceive { it } } }
    return sum
}

private suspend fun sendOnAny(channels: List<Channel<Int>>, from: Int, to: Int) {
    for (i in from until to) select<Unit> { for (c in channels) c.onSend(i) {} }
}

private suspend fun selectMany(n: Int, k: Int, capacity: Int): Long = coroutineScope {
    val channels = List(k) { channel(capacity) }
    channels.forEachIndexed { s, c -> launch { c.sendAll(s * (n / k), (s + 1) * (n / k)) } }
    receiveFromAny(channels, n)
}

private fun selecting() {
    row("select-2") { n -> selectMany(n, 2, 0) }
    row("select-8") { n -> selectMany(n, 8, 0) }
    row("select-2-both") { n ->
        val channels = List(2) { channel(128) }
        repeat(2) { s -> launch { sendOnAny(channels, s * (n / 2), (s + 1) * (n / 2)) } }
        receiveFromAny(channels, n)
    }
    row("select-timer-quit") { n ->
        val c = channel(0)
        val timer = Channel<Unit>()
        val hour = launch { delay(3_600_000); timer.send(Unit) }
        val quit = channel(0)
        launch { c.sendAll(0, n) }
        var sum = 0L
        repeat(n) {
            sum += select<Int> {
                c.onReceive { it }
                timer.onReceive { 0 }
                quit.onReceive { 0 }
            }
        }
        hour.cancel()
        sum
    }
    row("select-default") { n ->
        val empty = channel(0)
        var taken = 0L
        repeat(n) { if (empty.tryReceive().isFailure) taken++ }
        taken
    }
    row("select-abandoned") { n ->
        val c = channel(0)
        val idle = channel(0)
        launch { c.sendAll(0, n) }
        val sum = receiveFromAny(listOf(c, idle), n)
        launch { idle.send(0) }
        sum + idle.receive()
    }
}

private fun starting() {
    row("start") { n ->
        val counter = AtomicInteger()
        coroutineScope { repeat(n) { launch { counter.incrementAndGet() } } }
        counter.get().toLong()
    }
    row("start-chain") { n ->
        val end = channel(0)
        fun link(i: Int) {
            launch { if (i == n) end.send(n) else link(i + 1) }
        }
        link(1)
        end.receive().toLong()
    }
    row("sieve") { n ->
        val members = CoroutineScope(Dispatchers.Default)
        var numbers = channel(0)
        val first = numbers
        members.launch { var i = 2; while (true) first.send(i++) }
        var prime = 0
        repeat(n) {
            prime = numbers.receive()
            val from = numbers
            val to = channel(0)
            val divisor = prime
            members.launch { for (i in from) if (i % divisor != 0) to.send(i) }
            numbers = to
        }
        members.cancel()
        prime.toLong()
    }
}

private fun sync() {
    for (g in listOf(1, 2, 100)) {
        row("mutex-$g") { n ->
            val mutex = Mutex()
            var counter = 0L
            coroutineScope { repeat(g) { launch { repeat(n / g) { mutex.withLock { counter++ } } } } }
            counter
        }
    }
    row("semaphore") { n ->
        val semaphore = Semaphore(10)
        val count = AtomicLong()
        coroutineScope {
            repeat(100) {
                launch { repeat(n / 100) { semaphore.withPermit { count.incrementAndGet() } } }
            }
        }
        count.get()
    }
    row("err-group") { n ->
        val slots = Semaphore(8)
        val counter = AtomicInteger()
        coroutineScope {
            repeat(n) {
                slots.acquire()
                launch {
                    counter.incrementAndGet()
                    slots.release()
                }
            }
        }
        counter.get().toLong()
    }
    row("timer-after-func") { n ->
        val count = AtomicInteger()
        coroutineScope {
            repeat(n) { i ->
                launch {
                    delay(1L + i % 10)
                    count.incrementAndGet()
                }
            }
        }
        count.get().toLong()
    }
    row("context-tree") { n ->
        var done = 0L
        repeat(n / 1000) {
            val tree = ArrayList<Job>(1000)
            for (i in 0 until 1000) tree.add(if (i == 0) Job() else Job(tree[(i - 1) / 10]))
            tree[0].cancel()
            done += tree.count { it.isCancelled }
        }
        done
    }
}

private fun crowds() {
    row("park-million") { n ->
        val gate = channel(0)
        val ended = AtomicInteger()
        coroutineScope {
            val crowd = park(gate, n, ended)
            gate.close()
            crowd.joinAll()
        }
        ended.get().toLong()
    }
    peer.measured("memory-million") { n ->
        runBlocking(Dispatchers.Default) {
            val gate = channel(0)
            val ended = AtomicInteger()
            val before = used()
            val crowd = park(gate, n, ended)
            val bytes = used() - before
            gate.close()
            crowd.joinAll()
            Peer.Measured(bytes, ended.get().toLong())
        }
    }
}

/// Starts n coroutines that receive from the gate. Returns when all have begun to receive.
private suspend fun CoroutineScope.park(gate: Channel<Int>, n: Int, ended: AtomicInteger): List<Job> {
    val started = AtomicInteger()
    val crowd = List(n) {
        launch {
            started.incrementAndGet()
            gate.receiveCatching()
            ended.incrementAndGet()
        }
    }
    while (started.get() < n) delay(1)
    return crowd
}

private fun used(): Long {
    System.gc()
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()
}

private fun crossbeam() {
    row("crossbeam-seq") { n ->
        val c = channel(n)
        c.sendAll(0, n)
        c.sumOf(n)
    }
    row("crossbeam-spsc") { n -> pass(n, 1, 1) }
    row("crossbeam-mpsc") { n -> pass(n, 4, 1) }
    row("crossbeam-mpmc") { n -> pass(n, 4, 4) }
    row("crossbeam-select-rx") { n -> selectMany(n, 4, n) }
    row("crossbeam-select-both") { n ->
        val channels = List(4) { channel(n) }
        val sum = AtomicLong()
        coroutineScope {
            repeat(4) { s ->
                launch { sendOnAny(channels, s * (n / 4), (s + 1) * (n / 4)) }
                launch { sum.addAndGet(receiveFromAny(channels, n / 4)) }
            }
        }
        sum.get()
    }
}

/** A select of Kotlin prefers its first clause. */
private fun beyondGo() {
    row("biased-2") { n -> selectMany(n, 2, 128) }
    row("stream-unbounded") { n -> stream(n, 1, 1, Channel.UNLIMITED) }
    row("latest") { n ->
        val c = Channel<Int>(Channel.CONFLATED)
        launch {
            c.sendAll(0, n)
            c.close()
        }
        var last = -1
        for (value in c) last = value
        last.toLong()
    }
    row("broadcast-4") { n ->
        val all = MutableSharedFlow<Int>(extraBufferCapacity = n)
        val sum = AtomicLong()
        val receiving = List(4) {
            launch {
                var own = 0L
                all.takeWhile { it >= 0 }.collect { own += it }
                sum.addAndGet(own)
            }
        }
        all.subscriptionCount.first { it == 4 }
        for (i in 0 until n) all.emit(i)
        all.emit(-1)
        receiving.joinAll()
        sum.get()
    }
    row("results-100") { n ->
        var sum = 0L
        repeat(n / 100) { coroutineScope { List(100) { async { it } }.awaitAll().forEach { sum += it } } }
        sum
    }
}

private suspend fun pass(n: Int, senders: Int, receivers: Int): Long = coroutineScope {
    val c = channel(n)
    val sum = AtomicLong()
    repeat(senders) { s -> launch { c.sendAll(s * (n / senders), (s + 1) * (n / senders)) } }
    List(receivers) { launch { sum.addAndGet(c.sumOf(n / receivers)) } }.joinAll()
    sum.get()
}
