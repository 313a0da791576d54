package app;

import static gofer.Go.select;

import gofer.chan.Chan;
import gofer.chan.First;
import gofer.chan.Value;
import gofer.context.Context;
import gofer.spring.ApplicationGroup;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// A service that accepts orders. Requests send them to a channel, and a goroutine packs them.
@SpringBootApplication
@RestController
public class Orders implements ApplicationRunner {

    private final Chan<String> orders = Chan.named("orders", 16);
    private final ApplicationGroup group;

    Orders(ApplicationGroup group) {
        this.group = group;
    }

    /// Starts the service.
    public static void main(String[] args) {
        SpringApplication.run(Orders.class, args);
    }

    /// Starts the goroutine. Spring calls this when the application is ready.
    @Override
    public void run(ApplicationArguments args) {
        group.go("packer", this::packAll);
    }

    /// Accepts an order. Waits while 16 other orders wait.
    @PostMapping("/orders/{item}")
    public String order(@PathVariable("item") String item) {
        orders.send(item);
        return "accepted\n";
    }

    private void packAll(Context ctx) {
        while (select(orders, ctx.done()) instanceof First(Value(var item))) pack(item);
        while (orders.tryRecv() instanceof Value(var item)) pack(item); // the application stops: pack the rest
        System.out.println("all packed");
    }

    private void pack(String item) {
        System.out.println("packed " + item);
    }
}
