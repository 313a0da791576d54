// Tasks, regions and messages in a recording of the JDK's flight recorder.

import module gofer;

import static gofer.Go.*;

record Order(String customer, int pieces) {}

int price(Context ctx, Order order) {
    Trace.log(ctx, "customer", order.customer());
    return order.pieces() * 3;
}

void main() throws Exception {
    var order = new Order("Ada", 4);
    // @start region="trace"
    try (var task = Trace.task(Context.background(), "order")) { // close() ends it
        Context ctx = task.context();
        Chan<Integer> prices = Chan.make(1);
        go("pricing", () -> prices.send(Trace.region(ctx, "price", () -> price(ctx, order))));
        Trace.region(ctx, "print", () -> IO.println(order.customer() + " pays " + prices.recv()));
    }
    // @end
}
