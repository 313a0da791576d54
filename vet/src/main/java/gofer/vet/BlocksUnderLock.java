package gofer.vet;

import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import java.util.HashSet;

/// A wait for another goroutine while a lock is held. It is right only if the other goroutine never needs the lock.
final class BlocksUnderLock extends Check {
    BlocksUnderLock() {
        super(Severity.WARNING, false, "a goroutine waits for others while it holds a lock");
    }

    @Override
    void run(Source source, Reporter reporter) {
        var reported = new HashSet<Tree>();
        for (Section section : source.sections()) {
            for (StatementTree statement : section.statements()) {
                for (Call call : source.callsIn(statement)) {
                    if (!blocks(call) || !reported.add(call.tree())) continue;
                    reporter.report(
                            call.path(),
                            "`" + call.name() + "` waits while `" + section.place() + "` is locked",
                            "Unlock first, or make sure that the other side never locks `" + section.place() + "`.");
                }
            }
        }
    }

    private static boolean blocks(Call call) {
        return call.is(Api.CHAN, "send", "recv", "recvOk")
                || call.is(Api.GO, "select", "sleep", "block")
                || call.is(Api.WAIT_GROUP, "await")
                || call.is(Api.GROUP, "await")
                || call.is(Api.SELECT, "await")
                || call.is(Api.WEIGHTED, "acquire");
    }
}
