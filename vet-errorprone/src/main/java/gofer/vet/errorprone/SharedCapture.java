package gofer.vet.errorprone;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;

import com.google.errorprone.BugPattern;

/// The check `SharedCapture` of `gofer.vet` as a check of Error Prone.
@BugPattern(
        summary = "a goroutine changes a collection that others use at the same time",
        severity = WARNING,
        linkType = NONE)
public final class SharedCapture extends GoferChecker {}
