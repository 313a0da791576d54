// Twins of golang.org/x/tools/go/analysis/passes/unusedresult: functions of Gofer instead of fmt and errors.
import static gofer.Go.*;

import module gofer;

// a.go: a function
void function() {
    Context.todo(); // want UnusedResult
    var _ = Context.todo(); // ok: assigned to nothing on purpose
}

// a.go: a function called through a static import
void imported() {
    after(Duration.ZERO); // want UnusedResult
    tick(Duration.ofSeconds(1)); // want UnusedResult
}

// a.go: a method of an interface
void ofAnInterface(Context ctx) {
    ctx.withoutCancel(); // want UnusedResult
}

// a.go: a method of a type
void ofAClass(Mutex mu) {
    mu.tryLock(); // want UnusedResult
}

// a.go: in a loop
void inALoop(Chan<Integer> chan) {
    for (int i = 0; i < 2; i++) chan.sending(i); // want UnusedResult
}

// typeparams.go: in a generic function, and with a type argument
<T> void generic(T value, Chan<T> chan) {
    chan.sending(value); // want UnusedResult
    Once.<T>value(() -> value); // want UnusedResult
    var _ = chan.sending(value); // ok
}

// typeparams.go: a method of a generic type
void ofAGenericType(Chan<String> one) {
    one.when(true); // want UnusedResult
    var _ = one.when(true); // ok
}

void main() {}
