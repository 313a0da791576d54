package gofer.conformance.bubble;

import gofer.chan.Arm;
import gofer.chan.Biased;
import gofer.chan.RecvChan;
import gofer.chan.Selects;

/// Calls of the selects with a number of arms, all for the same operation.
final class SelectCalls {

    private SelectCalls() {}

    static void select(int arms, RecvChan<Integer> c) {
        Object _ =
                switch (arms) {
                    case 1 -> Selects.select(c);
                    case 2 -> Selects.select(c, c);
                    case 3 -> Selects.select(c, c, c);
                    case 4 -> Selects.select(c, c, c, c);
                    case 5 -> Selects.select(c, c, c, c, c);
                    default -> Selects.select(c, c, c, c, c, c);
                };
    }

    static void trySelect(int arms, Arm<?> c) {
        Object _ =
                switch (arms) {
                    case 1 -> Selects.trySelect(c);
                    case 2 -> Selects.trySelect(c, c);
                    case 3 -> Selects.trySelect(c, c, c);
                    case 4 -> Selects.trySelect(c, c, c, c);
                    case 5 -> Selects.trySelect(c, c, c, c, c);
                    default -> Selects.trySelect(c, c, c, c, c, c);
                };
    }

    static void selectBiased(int arms, RecvChan<Integer> c) {
        Object _ =
                switch (arms) {
                    case 1 -> Biased.select(c);
                    case 2 -> Biased.select(c, c);
                    case 3 -> Biased.select(c, c, c);
                    case 4 -> Biased.select(c, c, c, c);
                    case 5 -> Biased.select(c, c, c, c, c);
                    default -> Biased.select(c, c, c, c, c, c);
                };
    }

    static void trySelectBiased(int arms, Arm<?> c) {
        Object _ =
                switch (arms) {
                    case 1 -> Biased.trySelect(c);
                    case 2 -> Biased.trySelect(c, c);
                    case 3 -> Biased.trySelect(c, c, c);
                    case 4 -> Biased.trySelect(c, c, c, c);
                    case 5 -> Biased.trySelect(c, c, c, c, c);
                    default -> Biased.trySelect(c, c, c, c, c, c);
                };
    }
}
