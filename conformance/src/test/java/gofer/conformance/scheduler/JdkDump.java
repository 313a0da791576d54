package gofer.conformance.scheduler;

import static gofer.Go.*;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import gofer.Go;
import gofer.chan.Chan;
import gofer.goroutine.WaitReason;
import gofer.sync.WaitGroup;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// Prints the entries of the JDK's thread dump for a waiting goroutine and for an ended one.
final class JdkDump {

    public static void main(String[] args) {
        Go.main(() -> {
            var ended = new WaitGroup();
            ended.go(() -> {});
            ended.await();
            Chan<Integer> never = Chan.make();
            var waiting = go("patience", () -> never.recv());
            while (waiting.waitReason() != WaitReason.CHAN_RECEIVE) {
                gosched();
            }
            Path folder = Files.createTempDirectory("dump");
            Path file = folder.resolve("threads.json");
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), ThreadDumpFormat.JSON);
            String dump = Files.readString(file);
            Files.delete(file);
            Files.delete(folder);
            String container = dump.substring(dump.indexOf("\"container\": \"goroutines"));
            System.out.println("goroutines: " + count(container, "\"tid\":"));
            System.out.println("by name: " + count(container, "\"name\": \"patience\""));
            System.out.println("frames of recv: " + Math.min(1, count(container, "gofer.chan.Chan.recv")));
            System.out.println("what it waits on: " + count(container, "gofer.runtime.park.Sleeper@"));
        });
    }

    private static int count(String text, String word) {
        return (text.length() - text.replace(word, "").length()) / word.length();
    }
}
