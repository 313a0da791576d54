// Twins of golang.org/x/tools/go/analysis/passes/testinggoroutine. `fail` is FailNow and Fatal, `abort` is Skip.

import static gofer.Go.*;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import module gofer;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class Twins {
    @Test
    void testBadFatalf() {
        var wg = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            int id = i;
            wg.add(1);
            go(() -> {
                try {
                    fail("TestFailed: id = " + id); // want AssertInGoroutine
                } finally {
                    wg.done();
                }
            });
        }
        wg.await();
    }

    @Test
    void testOKErrorf() {
        var wg = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            int id = i;
            wg.go(() -> System.err.println("TestFailed: id = " + id)); // ok
        }
        wg.await();
    }

    @Test
    void testBadFatal() {
        for (int i = 0; i < 2; i++) {
            go(() -> fail("TestFailed")); // want AssertInGoroutine
        }
    }

    @RepeatedTest(2)
    void benchmarkBadFatalf() {
        go(() -> fail("TestFailed")); // want AssertInGoroutine
    }

    @RepeatedTest(2)
    void benchmarkBadFatal() {
        go(() -> {
            fail("TestFailed"); // want AssertInGoroutine
        });
    }

    @RepeatedTest(2)
    void benchmarkOKErrorf() {
        go(() -> System.err.println("TestFailed")); // ok
    }

    @RepeatedTest(2)
    void benchmarkBadFatalGoGo() {
        var wg = new WaitGroup();
        wg.add(1);
        go(() -> {
            go(() -> {
                try {
                    fail("TestFailed"); // want AssertInGoroutine
                } finally {
                    wg.done();
                }
            });
        });
        if (false) fail("here"); // ok: in the test
        if (true) {
            go(() -> fail("in here")); // want AssertInGoroutine
        }
    }

    @RepeatedTest(2)
    void benchmarkBadSkip() {
        for (int i = 0; i < 1000; i++) {
            if (i == 100) go(() -> abort("Skipping")); // want AssertInGoroutine
            if (i == 22) {
                go(() -> {
                    go(() -> abort("Skipping now")); // want AssertInGoroutine
                });
            }
        }
    }

    @Test
    void testBadSkip() {
        for (int i = 0; i < 1000; i++) {
            if (i == 100) go(() -> abort("Skipping")); // want AssertInGoroutine
            if (i == 22) {
                go(() -> {
                    go(() -> abort("Skipping now")); // want AssertInGoroutine
                });
            }
        }
    }

    @RepeatedTest(2)
    void benchmarkBadFailNow() {
        for (int i = 0; i < 1000; i++) {
            if (i == 100) go(() -> fail()); // want AssertInGoroutine
            if (i == 22) {
                go(() -> {
                    go(() -> fail()); // want AssertInGoroutine
                });
            }
        }
    }

    @Test
    void testBadFailNow() {
        for (int i = 0; i < 1000; i++) {
            if (i == 100) go(() -> fail()); // want AssertInGoroutine
            if (i == 22) {
                go(() -> {
                    go(() -> fail()); // want AssertInGoroutine
                });
            }
        }
    }

    @Test
    void testBadWithLoopCond() {
        for (int i = 0; i < 10; i++) {
            go(() -> {
                try {
                    go(() -> {
                        for (int j = 0; j < 2; fail()) { // want AssertInGoroutine
                            j++;
                            System.err.println("Done here"); // ok
                        }
                    });
                } finally {
                    fail("Why"); // want AssertInGoroutine
                }
            });
        }
    }

    static final class Custom {
        void fail(String message) {}

        void abort() {}
    }

    @Test
    void testWithLogFatalf() {
        for (int i = 0; i < 10; i++) {
            go(() -> {
                go(() -> {
                    for (int j = 0; j < 2; j++) System.exit(1); // ok
                });
            });
        }
    }

    @Test
    void testWithCustomType() {
        var custom = new Custom();
        for (int i = 0; i < 10; i++) {
            int id = i;
            go(() -> {
                go(() -> {
                    custom.fail("Done here: " + id); // ok
                    custom.abort(); // ok
                });
            });
        }
    }

    void f(String message) {
        fail(message);
    }

    @Test
    void testBadFatalIssue47470() {
        go(() -> f("failed test 1")); // want AssertInGoroutine
        Body g = () -> fail("failed test 2");
        go(g); // want AssertInGoroutine
    }

    void helper() {
        abort();
    }

    @Test
    void testIssue48124() {
        go(() -> helper()); // want AssertInGoroutine
        go(this::helper); // want AssertInGoroutine
    }

    @Test
    void testEachCall() {
        go(() -> helper()); // want AssertInGoroutine
        go(() -> helper()); // want AssertInGoroutine
    }

    @Test
    void testMultipleVariables() {
        Body f = () -> fail();
        Body g = () -> System.err.println("error");
        go(f); // want AssertInGoroutine
        go(g); // ok
    }

    @Test
    void badIgnoresMultipleAssignments() {
        Body f = () -> fail();
        go(f); // ok: Go takes the first value, we take none
        f = () -> System.err.println("error");
        go(f); // ok
    }

    @Test
    void testWithUnusedSelection() {
        go(() -> {
            Body unused = () -> fail(); // ok: not run
        });
    }

    @Test
    void testRecursive() {
        fail(); // ok: in the test
        go(() -> testRecursive()); // ok: the test may see what follows the failure, or misses it
    }

    static final class HelperType {
        void help() {
            abort();
        }
    }

    @Test
    void testMethodSelection() {
        var h = new HelperType();
        go(h::help); // want AssertInGoroutine
    }

    @Test
    void testIssue63849() {
        go(() -> {
            helper(); // ok: calls are followed only if they are the whole body
        });
        go(() -> helper()); // want AssertInGoroutine
    }

    void h() {}

    @Test
    void testOfAnotherMethod() {
        go(() -> h()); // ok
        go(this::h); // ok
    }
}
