package gofer.vet.errorprone;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;

import com.google.errorprone.BugPattern;

/// The check `LockGuardsNothing` of `gofer.vet` as a check of Error Prone.
@BugPattern(summary = "a lock keeps no other goroutine out", severity = ERROR, linkType = NONE)
public final class LockGuardsNothing extends GoferChecker {}
