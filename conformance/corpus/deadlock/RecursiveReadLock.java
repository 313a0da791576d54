// A reader locks again behind a waiting writer.

import static gofer.Go.*;

import module gofer;

void main() {
    var mu = new RWMutex();
    mu.rLock();
    var writer = go(() -> mu.lock());
    while (writer.waitReason() != WaitReason.RWMUTEX_LOCK) gosched();
    mu.rLock();
}
