package gofer.vet.errorprone;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;

import com.google.errorprone.BugPattern;

/// The check `AddInGoroutine` of `gofer.vet` as a check of Error Prone.
@BugPattern(
        summary = "a goroutine adds itself to a wait group, perhaps after `await`",
        severity = ERROR,
        linkType = NONE)
public final class AddInGoroutine extends GoferChecker {}
