// Twins of golang.org/x/tools/go/analysis/passes/lostcancel. The three forms of assignment are those of Java.
import static gofer.Go.*;

import module gofer;

final Context bg = Context.background();
boolean condition;
int someInt;

void print(Object o) {}

// a.go: var form
void a1() {
    CancelContext ctx = bg.withCancel(); // want LostCancel
    if (condition) print(ctx.isDone());
}

// a.go: := form
void a2() {
    var ctx = bg.withDeadline(Instant.MIN); // want LostCancel
    if (condition) print(ctx.err());
}

// a.go: = form
void a3() {
    CancelContext ctx;
    ctx = bg.withTimeout(Duration.ofSeconds(1)); // want LostCancel
    if (condition) print(ctx.deadline());
}

// a.go: discarded with _
void a4() {
    var _ = bg.withCancel(); // want LostCancel
    var _ = bg.withTimeout(Duration.ofSeconds(1)); // want LostCancel
    var _ = bg.withDeadline(Instant.MIN); // want LostCancel
}

// a.go: defer cancel()
void a5() {
    try (var _ = bg.withCancel()) { // ok
        print("work");
    }
}

// a.go: infinite loop on the other path
void a7() {
    var ctx = bg.withCancel(); // ok
    if (condition) {
        ctx.cancel();
    } else {
        while (true) print(0);
    }
}

// a.go: used on all paths of a switch
void a9() {
    var ctx = bg.withCancel(); // ok
    switch (someInt) {
        case 0 -> throw new AssertionError();
        case 2 -> ctx.cancel();
        default -> System.exit(1);
    }
}

// a.go: in a function literal
void a13() {
    go(() -> {
        var ctx = bg.withCancel(); // want LostCancel
        print(ctx.isDone());
    });
}

// a.go: issue 16143, a call of a function in a field
void a14() {
    record X(Runnable f) {}
    new X(() -> {}).f().run(); // ok
}

// a.go: issue 16230, returned by name
CancelContext a15() {
    CancelContext ctx;
    ctx = bg.withCancel(); // ok
    return ctx;
}

// a.go: issue 16230 in a function literal
final Supplier<CancelContext> a16 =
        () -> {
            CancelContext ctx;
            ctx = bg.withCancel(); // ok
            return ctx;
        };

// a.go: issue 31856, assigned to a variable of the outer function; here a field, since lambdas assign no locals
CancelContext outer;

void a17() {
    Runnable r = () -> outer = bg.withCancel(); // ok
    r.run();
    outer.cancel();
}

// typeparams.go: in a generic function
<T> void t1(T value) {
    var ctx = bg.withCancel(); // want LostCancel
    if (condition) print(ctx.isDone());
}

// typeparams.go: in a generic function, deferred
<T> void t2(T value) {
    try (var ctx = bg.withCancel()) { // ok
        if (condition) print(ctx);
    }
}

// typeparams.go: a type of the user's that has a method of the same name
interface C2<P> {
    P withCancel(P parent);
}

void t4(C2<String> c) {
    var ctx = c.withCancel("parent"); // ok: not Gofer's
    print(ctx);
}

void main() {}
