package gofer.vet.errorprone;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;

import com.google.errorprone.BugPattern;

/// The check `ClosedTwice` of `gofer.vet` as a check of Error Prone.
@BugPattern(summary = "a channel is closed twice, before a send, or by its receiver", severity = ERROR, linkType = NONE)
public final class ClosedTwice extends GoferChecker {}
