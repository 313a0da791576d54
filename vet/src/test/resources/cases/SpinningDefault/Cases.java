import static gofer.Go.*;

import module gofer;

void use(Object value) {}

void whileTrue(Chan<Integer> in) {
    while (true) {
        switch (trySelect(in)) { // want SpinningDefault
            case First(var n) -> use(n);
            case Default() -> {}
        }
    }
}

void forEver(Chan<Integer> in) {
    for (; ; ) {
        switch (trySelect(in)) { // want SpinningDefault
            case First(var n) -> use(n);
            case Default() -> {}
        }
    }
}

void doWhileTrue(Chan<Integer> in) {
    do {
        switch (trySelect(in)) { // want SpinningDefault
            case First(var n) -> use(n);
            case Default() -> {}
        }
    } while (true);
}

void withoutBraces(Chan<Integer> in) {
    while (true)
        switch (trySelect(in)) { // want SpinningDefault
            case First(var n) -> use(n);
            case Default() -> {}
        }
}

void withReturn(Chan<Integer> in, RecvChan<Void> quit) {
    while (true) {
        switch (trySelect(in, quit)) { // want SpinningDefault
            case First(var n) -> use(n);
            case Second(_) -> {
                return;
            }
            case Default() -> {}
        }
    }
}

void withContinue(Chan<Integer> in) {
    while (true) {
        switch (trySelect(in)) { // want SpinningDefault
            case First(var n) -> use(n);
            case Default() -> {
                continue;
            }
        }
    }
}

void defaultFirst(Chan<Integer> in) {
    while (true) {
        switch (trySelect(in)) { // want SpinningDefault
            case Default() -> {}
            case First(var n) -> use(n);
        }
    }
}

void oldStyle(Chan<Integer> in) {
    while (true) {
        switch (trySelect(in)) { // want SpinningDefault
            case First(var n):
                use(n);
                break;
            case Default():
                break;
        }
    }
}

void inAGoroutine(Chan<Integer> in) {
    go(() -> {
        while (true) {
            switch (trySelect(in)) { // want SpinningDefault
                case First(var n) -> use(n);
                case Default() -> {}
            }
        }
    });
}

void onlyIf(Chan<Integer> in) {
    while (true) {
        if (trySelect(in) instanceof First(var n)) use(n); // want SpinningDefault
    }
}

void qualified(Chan<Integer> in) {
    while (true) {
        switch (Go.trySelect(in)) { // want SpinningDefault
            case First(var n) -> use(n);
            case Default() -> {}
        }
    }
}

void anyOther(Chan<Integer> in) {
    while (true) {
        switch (trySelect(in)) { // want SpinningDefault
            case First(var n) -> use(n);
            default -> {}
        }
    }
}

void yields(Chan<Integer> in) {
    while (true) {
        switch (trySelect(in)) { // ok: it yields
            case First(var n) -> use(n);
            case Default() -> gosched();
        }
    }
}

void sleeps(Chan<Integer> in) {
    while (true) {
        switch (trySelect(in)) { // ok: it sleeps
            case First(var n) -> use(n);
            case Default() -> sleep(Duration.ofMillis(1));
        }
    }
}

void works(Chan<Integer> in) {
    while (true) {
        switch (trySelect(in)) { // ok: it does other work
            case First(var n) -> use(n);
            case Default() -> use("idle");
        }
    }
}

void waits(Chan<Integer> in) {
    while (true) {
        switch (select(in)) { // ok: it waits
            case First(var n) -> use(n);
        }
    }
}

void worksInTheLoop(Chan<Integer> in) {
    while (true) {
        use("work");
        switch (trySelect(in)) { // ok: the loop does other work
            case First(var n) -> use(n);
            case Default() -> {}
        }
    }
}

void yieldsInTheLoop(Chan<Integer> in) {
    for (; ; gosched()) {
        switch (trySelect(in)) { // ok: it yields
            case First(var n) -> use(n);
            case Default() -> {}
        }
    }
}

void once(Chan<Integer> in) {
    switch (trySelect(in)) { // ok: no loop
        case First(var n) -> use(n);
        case Default() -> {}
    }
}

void bounded(Chan<Integer> in) {
    for (int i = 0; i < 10; i++) {
        switch (trySelect(in)) { // ok: it ends
            case First(var n) -> use(n);
            case Default() -> {}
        }
    }
}

void untilAFlag(Chan<Integer> in, AtomicBoolean stop) {
    while (!stop.get()) {
        switch (trySelect(in)) { // ok: it ends
            case First(var n) -> use(n);
            case Default() -> {}
        }
    }
}

void leaves(Chan<Integer> in) {
    loop:
    while (true) {
        switch (trySelect(in)) { // ok: it leaves
            case First(var n) -> use(n);
            case Default() -> {
                break loop;
            }
        }
    }
}

void returns(Chan<Integer> in) {
    while (true) {
        switch (trySelect(in)) { // ok: it returns
            case First(var n) -> use(n);
            case Default() -> {
                return;
            }
        }
    }
}

void withElse(Chan<Integer> in) {
    while (true) {
        if (trySelect(in) instanceof First(var n)) use(n); // ok: it yields
        else gosched();
    }
}

@SuppressWarnings("SpinningDefault")
void suppressed(Chan<Integer> in) {
    while (true) {
        switch (trySelect(in)) { // ok: suppressed
            case First(var n) -> use(n);
            case Default() -> {}
        }
    }
}

void main() {}
