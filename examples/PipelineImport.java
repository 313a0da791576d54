// Imports orders: reads lines, parses them, looks up the price of each article, and stores the orders in batches.
//
// Each step is a stage of a pipeline. Up to four prices are looked up at the same time; `orderedMap` keeps the order
// of the lines all the same. A stage that is faster than the next one waits for it. If a line is wrong, all stages end:
// the loop throws the failure, and `close`, at the end of the `try` block, returns when no goroutine is left.

import module gofer;

record Order(int line, String article, int count) {}

record Priced(Order order, int cents) {}

void main() {
    importOrders("pen 2\nink 1\n\npaper 500\npen 10\nink 3");
    importOrders("pen 2\nink one\npen 10");
}

void importOrders(String text) {
    int total = 0;
    try (var p = Pipeline.withContext(Context.background(), 16)) {
        RecvChan<Order> orders = p.produce((ctx, out) -> parse(ctx, text, out));
        RecvChan<Priced> priced =
                p.orderedMap(orders, 4, (ctx, order) -> new Priced(order, order.count() * price(ctx, order)));
        for (var batch : p.batch(priced, 2)) {
            for (var one : batch) total += one.cents();
            IO.println("stored the lines " + batch.stream().map(one -> one.order().line()).toList());
        }
        IO.println("total: " + total);
    } catch (ChanClosedException failed) {
        IO.println("stopped: " + failed.getCause().getMessage());
    }
}

void parse(Context ctx, String text, SendChan<Order> out) {
    int number = 0;
    for (var line : text.split("\n")) {
        number++;
        if (line.isEmpty()) continue;
        var words = line.split(" ");
        try {
            out.send(ctx, new Order(number, words[0], Integer.parseInt(words[1])));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("line " + number + ": " + words[1] + " is not a number", e);
        }
    }
}

/// Stands for a request to another system. Later lines are answered earlier.
int price(Context ctx, Order order) {
    Go.after(Duration.ofMillis(40 / order.line())).recv(ctx);
    return order.article().length();
}
