package app;

import gofer.chan.Chan;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.group.ErrGroup;
import gofer.spring.ApplicationGroup;
import java.util.List;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// More ways to use goroutines in an application.
@RestController
class More {

    private final Chan<String> news = Chan.make();
    private final Chan<Void> never = Chan.make();
    private final ApplicationGroup group;
    private final Context shutdown;
    private final Orders orders;

    More(ApplicationGroup group, Context shutdown, Orders orders) {
        this.group = group;
        this.shutdown = shutdown;
        this.orders = orders;
    }

    /// Prints the port, and starts a goroutine that does not end if there is an argument `stuck`.
    @EventListener
    void ready(ApplicationReadyEvent event) {
        if (List.of(event.getArgs()).contains("stuck")) {
            group.go("stuck", _ -> never.recv());
        }
        String port = event.getApplicationContext().getEnvironment().getProperty("local.server.port");
        System.out.println("ready " + port);
    }

    /// Waits for news, or for the end of the application. Then orders the last item: the packer must still run.
    @GetMapping("/news")
    String news() {
        System.out.println("waiting for news");
        String text = nextNews();
        orders.order("last item");
        return text;
    }

    // @start region="shutdown"
    String nextNews() {
        try {
            return news.recv(shutdown);
        } catch (CanceledException _) {
            return "no news before the shutdown";
        }
    }

    // @end

    /// Starts a group that does its work when the application stops.
    @GetMapping("/stores")
    String stores() {
        runStores(List.of("north", "south"));
        return "started";
    }

    // @start region="errgroup"
    void runStores(List<String> stores) {
        group.go(
                "stores",
                ctx -> {
                    var parts = ErrGroup.withContext(ctx);
                    for (var store : stores) parts.go(() -> sell(parts.context(), store));
                    parts.await(); // so the application waits for the parts, too
                });
    }

    // @end

    private static void sell(Context ctx, String store) {
        ctx.done().recvOk();
        System.out.println("closed " + store);
    }

    /// Starts a goroutine that fails.
    @GetMapping("/fail")
    String fail() {
        group.go(
                "failing",
                _ -> {
                    throw new IllegalStateException("broken");
                });
        return "started";
    }
}
