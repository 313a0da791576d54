package gofer.testing;

import java.util.List;
import java.util.Map;

/// What came of running a body under many schedules.
///
/// @param strategy by which they were chosen
/// @param seed with which they can be chosen again
/// @param preemptions how many a schedule of an exhaustive search could have at most; [Integer#MAX_VALUE] if there was no bound
/// @param schedules how many there were
/// @param repeats how many more were begun and given up, since they would have repeated others
/// @param isComplete whether there is no other schedule, with so many preemptions: all were run; false if the notes say of
///     something that it was not under control, or not seen
/// @param space about how many there are; a guess if not all were run
/// @param faults those that went wrong
/// @param outcomes what they yielded, if that was asked for
/// @param notes what was not under control, so that a schedule may not be repeatable
public record Exploration(
        Strategy strategy,
        long seed,
        int preemptions,
        long schedules,
        long repeats,
        boolean isComplete,
        double space,
        List<Fault> faults,
        Map<String, Outcome> outcomes,
        List<String> notes) {

    /// What was done, in a line, and the notes.
    public String summary() {
        String range =
                (isComplete ? "all " : "")
                        + schedules
                        + (schedules == 1 ? " schedule" : " schedules")
                        + (isComplete ? "" : " of about " + magnitude(space));
        if (preemptions != Exhaustive.UNBOUNDED) {
            range += " with at most " + preemptions + (preemptions == 1 ? " preemption" : " preemptions");
        }
        String repeated = repeats == 0 ? "" : ", " + repeats + " repeats left out";
        StringBuilder text = new StringBuilder(range + repeated + "; strategy " + strategy + ", seed " + seed);
        notes.forEach(note -> text.append("\nnote: ").append(note));
        return text.toString();
    }

    private static String magnitude(double number) {
        return number < 1e6
                ? String.valueOf(Math.round(number))
                : String.format("10^%d", Math.round(Math.log10(number)));
    }
}
