// The senders also wait for the end of the group.

import static gofer.Go.*;

import module gofer;

void main() {
    var group = ErrGroup.withContext(Context.background());
    Chan<Integer> results = Chan.make();
    for (int i = 0; i < 3; i++) {
        int n = i;
        group.go(() -> {
            if (n == 2) throw new IllegalStateException("failed");
            select(results.sending(n), group.context().done());
        });
    }
    var done = group.context().done();
    for (int i = 0; i < 3 && select(results, done) instanceof First(_); i++) {}
    IO.println("ok");
}
