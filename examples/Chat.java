// A chat over TCP: what one client writes, all clients read.
//
// Each connection has a goroutine that reads and one that writes. Another goroutine, the room, owns the set of clients.
// The others send it an event for each client that comes, speaks or leaves, so the set needs no lock. A client that
// does
// not read loses messages but does not hold up the rest. The example connects to itself and follows a short script.

import module gofer;

import static gofer.Go.*;

record Client(String name, Chan<String> outbox) {}

sealed interface Event {}

record Came(Client client) implements Event {}

record Said(Client client, String text) implements Event {}

record Left(Client client) implements Event {}

void room(RecvChan<Event> events) {
    var clients = new HashSet<Client>();
    for (var event : events) {
        switch (event) {
            case Came(var client) -> {
                clients.add(client);
                broadcast(clients, client.name + " is here");
            }
            case Said(var client, var text) -> broadcast(clients, client.name + ": " + text);
            case Left(var client) -> {
                clients.remove(client);
                client.outbox.close();
                broadcast(clients, client.name + " has left");
            }
        }
    }
}

void broadcast(Set<Client> clients, String line) {
    for (var client : clients) client.outbox.trySend(line); // dropped if its buffer is full
}

void listen(ServerSocket server, SendChan<Event> events) throws IOException {
    for (; ; ) {
        var socket = server.accept();
        go(() -> serve(socket, events));
    }
}

/// Reads from a client: its name, then its messages, until the connection ends.
void serve(Socket socket, SendChan<Event> events) {
    try (socket) {
        var in = reader(socket);
        var out = writer(socket);
        var name = in.readLine();
        if (name == null) return;
        var client = new Client(name, Chan.make(16));
        go(() -> {
            for (var line : client.outbox) out.println(line); // a PrintWriter ignores a broken connection
        });
        events.send(new Came(client));
        try {
            for (var text = in.readLine(); text != null; text = in.readLine()) events.send(new Said(client, text));
        } finally {
            events.send(new Left(client));
        }
    } catch (IOException e) {
        System.err.println("a connection has failed: " + e.getMessage());
    }
}

void main() throws IOException {
    Chan<Event> events = Chan.make();
    var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    go(() -> room(events));
    go(() -> listen(server, events));

    var ann = new Caller("Ann", server);
    show(ann);
    var bob = new Caller("Bob", server);
    show(ann, bob);
    ann.say("hello, Bob");
    show(ann, bob);
    bob.say("hello, and goodbye");
    show(ann, bob);
    bob.socket.close();
    show(ann);
}

/// Prints the next line that each of `callers` reads.
void show(Caller... callers) throws IOException {
    for (var caller : callers) IO.println(caller.name + " reads: " + caller.in.readLine());
}

static final class Caller {
    final String name;
    final Socket socket;
    final BufferedReader in;
    final PrintWriter out;

    Caller(String name, ServerSocket server) throws IOException {
        this.name = name;
        socket = new Socket(server.getInetAddress(), server.getLocalPort());
        in = reader(socket);
        out = writer(socket);
        say(name);
    }

    void say(String text) {
        out.println(text);
    }
}

static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(new InputStreamReader(socket.getInputStream()));
}

static PrintWriter writer(Socket socket) throws IOException {
    return new PrintWriter(socket.getOutputStream(), true);
}
