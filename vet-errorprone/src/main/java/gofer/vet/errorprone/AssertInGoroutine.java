package gofer.vet.errorprone;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;

import com.google.errorprone.BugPattern;

/// The check `AssertInGoroutine` of `gofer.vet` as a check of Error Prone.
@BugPattern(
        summary = "an assertion fails in a goroutine, where the test does not see it",
        severity = WARNING,
        linkType = NONE)
public final class AssertInGoroutine extends GoferChecker {}
