package gofer.runtime.base;

import java.util.List;

/// A formatter for ids that writes consecutive ids as a range.
public final class IdRanges {

    /// The maximum number of ranges in a line.
    private static final int MAX_RANGES = 8;

    private IdRanges() {}

    /// Returns `7-9, 11` for the ids 7, 8, 9 and 11, which must be in order. A long text ends in `...`.
    public static String text(List<Long> ids) {
        StringBuilder text = new StringBuilder();
        int ranges = 0;
        for (int from = 0; from < ids.size(); ) {
            int to = from;
            while (to + 1 < ids.size() && ids.get(to + 1) == ids.get(to) + 1) {
                to++;
            }
            text.append(from == 0 ? "" : ", ");
            if (ranges++ == MAX_RANGES) {
                return text.append("...").toString();
            }
            text.append(ids.get(from));
            if (to > from) {
                text.append('-').append(ids.get(to));
            }
            from = to + 1;
        }
        return text.toString();
    }
}
