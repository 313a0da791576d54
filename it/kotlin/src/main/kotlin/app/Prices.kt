package app

import gofer.Go.after
import gofer.Go.go
import gofer.chan.Chan
import gofer.chan.Select
import gofer.sync.WaitGroup
import java.time.Duration

fun main() {
    val prices = Chan.make<Int>()
    val shops = WaitGroup()
    for (price in listOf(12, 7, 9)) {
        shops.go { prices.send(price) }
    }
    go {
        shops.await()
        prices.close()
    }
    println("the best price is ${best(prices, Duration.ofSeconds(10))}")
}

/** Returns the lowest price that arrives in time, or null. */
fun best(prices: Chan<Int>, limit: Duration): Int? {
    val select = Select()
    val price = select.recv(prices)
    val timeout = select.recv(after(limit))
    var best: Int? = null
    while (true) {
        val arm = select.await()
        if (arm == timeout || price.closed()) return best
        best = minOf(price.value(), best ?: Int.MAX_VALUE)
    }
}
