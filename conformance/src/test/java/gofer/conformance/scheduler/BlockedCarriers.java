package gofer.conformance.scheduler;

import static gofer.Go.*;

import gofer.Go;
import gofer.chan.Chan;
import gofer.sync.WaitGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;

/// On one processor, goroutines block in the JDK or in the JVM until others act. So those others must get to run.
final class BlockedCarriers {

    private static final int CROWD = 300; // more than the JDK's scheduler has carriers for

    private static final Chan<Integer> INITIALISED = Chan.make();

    /// Its initialization waits for a send. The JVM pins threads that wait for a class initializer.
    private static final class Slow {
        static final int VALUE = INITIALISED.recv();
    }

    public static void main(String[] args) {
        Go.main(() -> {
            gomaxprocs(1);
            initialiser();
            monitor();
            socket();
            pipe();
            Thread.sleep(1);
            System.out.println("fair");
        });
    }

    private static void initialiser() {
        var all = new WaitGroup();
        for (int i = 0; i < CROWD; i++) {
            all.go(() -> require(Slow.VALUE == 7));
        }
        gosched();
        INITIALISED.send(7);
        all.await();
    }

    private static void monitor() {
        Object lock = new Object();
        Chan<Integer> inside = Chan.make();
        var all = new WaitGroup();
        all.go(() -> {
            synchronized (lock) {
                inside.send(1);
                inside.send(2);
            }
        });
        inside.recv();
        for (int i = 0; i < 3; i++) {
            all.go(() -> {
                synchronized (lock) {
                    require(true);
                }
            });
        }
        gosched();
        inside.recv();
        all.await();
    }

    private static void socket() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var all = new WaitGroup();
            all.go(() -> {
                try (Socket accepted = server.accept()) {
                    accepted.getOutputStream().write(accepted.getInputStream().read() + 1);
                }
            });
            try (var client = new Socket(server.getInetAddress(), server.getLocalPort())) {
                client.getOutputStream().write(1);
                require(client.getInputStream().read() == 2);
            }
            all.await();
        }
    }

    /// A read from a pipe blocks its thread in the operating system.
    private static void pipe() throws IOException {
        Pipe pipe = Pipe.open();
        var all = new WaitGroup();
        for (int i = 0; i < CROWD; i++) {
            all.go(() -> require(pipe.source().read(ByteBuffer.allocate(1)) == 1));
        }
        gosched();
        Channels.newOutputStream(pipe.sink()).write(new byte[CROWD]);
        all.await();
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new AssertionError();
        }
    }
}
