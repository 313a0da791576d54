package gofer.chan;

import gofer.runtime.chan.SendOp;

/// A send as an arm of a select. See [SendChan#sending].
final class SendArm implements Arm<Sent> {

    final SendOp op;

    SendArm(SendOp op) {
        this.op = op;
    }
}
