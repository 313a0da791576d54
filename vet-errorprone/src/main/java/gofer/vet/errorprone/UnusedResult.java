package gofer.vet.errorprone;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;

import com.google.errorprone.BugPattern;

/// The check `UnusedResult` of `gofer.vet` as a check of Error Prone.
@BugPattern(
        summary = "the result of a call that only returns a value is thrown away",
        severity = ERROR,
        linkType = NONE)
public final class UnusedResult extends GoferChecker {}
