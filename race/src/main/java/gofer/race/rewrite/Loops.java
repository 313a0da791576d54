package gofer.race.rewrite;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.DiscontinuedInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The search for the loops of a method: what is between the target of a backward branch and the branch.
final class Loops {

    private Loops() {}

    /// Returns the indices of the elements of `code` that are in a loop: none if there are subroutines, as old compilers made.
    static BitSet elementsIn(CodeModel code) {
        List<CodeElement> all = code.elementList();
        Map<Label, Integer> passed = new HashMap<>();
        BitSet inLoop = new BitSet();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof DiscontinuedInstruction) {
                return new BitSet();
            }
            if (all.get(i) instanceof LabelTarget target) {
                passed.put(target.label(), i);
            } else if (all.get(i) instanceof BranchInstruction branch && passed.containsKey(branch.target())) {
                inLoop.set(passed.get(branch.target()), i);
            }
        }
        return inLoop;
    }
}
