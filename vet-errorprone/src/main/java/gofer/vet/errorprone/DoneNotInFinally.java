package gofer.vet.errorprone;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;

import com.google.errorprone.BugPattern;

/// The check `DoneNotInFinally` of `gofer.vet` as a check of Error Prone.
@BugPattern(summary = "an exception skips the `done` at the end of a goroutine", severity = WARNING, linkType = NONE)
public final class DoneNotInFinally extends GoferChecker {}
