package gofer.testing;

import java.util.List;
import java.util.Map;

/// The result of running a body under many schedules.
///
/// @param strategy the strategy that chose the schedules
/// @param seed the seed of the choices
/// @param preemptions the maximum number of preemptions in a schedule of an exhaustive search; [Integer#MAX_VALUE] if there
///     was no limit
/// @param schedules the number of schedules that were run
/// @param repeats the number of schedules that were started and abandoned because they would have repeated others
/// @param isComplete whether all schedules were run that have at most `preemptions` preemptions; false if a note reports
///     something that was not under control, or that the search could not see
/// @param space the number of schedules that exist; an estimate if not all were run
/// @param faults the schedules that failed
/// @param outcomes the different outcomes, if [Explore#outcome] was set
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

    /// Returns a line that describes the search, and the notes.
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
