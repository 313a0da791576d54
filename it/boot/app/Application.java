package app;

import java.io.IOException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The program as a Spring Boot application.
@SpringBootApplication
@RestController
public class Application {

    /// Starts the web server and the goroutines, or waits forever.
    ///
    /// @param args the arguments of [Main]
    public static void main(String[] args) throws IOException {
        if (args.length > 0 && args[0].equals("asleep")) {
            Main.main(args);
        }
        var context = SpringApplication.run(Application.class, args);
        Work.start("main");
        System.out.println("ready " + context.getEnvironment().getProperty("local.server.port"));
    }

    /// Handles a request: waits forever.
    @GetMapping("/request")
    public String request() {
        return Work.request();
    }
}
