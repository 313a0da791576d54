// A channel: send, close, and receive to the end.

import module gofer;

import static gofer.Go.*;

void main() {
    // @start region="channels"
    Chan<Integer> squares = Chan.make(8);
    go(() -> {
        for (int i = 1; i <= 10; i++) squares.send(i * i);
        squares.close();
    });
    for (int n : squares) IO.println(n);
    switch (squares.recvOk()) {
        case Value(var n) -> IO.println(n);
        case Closed() -> IO.println("drained");
    }
    // @end
}
