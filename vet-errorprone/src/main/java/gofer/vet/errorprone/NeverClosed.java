package gofer.vet.errorprone;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;

import com.google.errorprone.BugPattern;

/// The check `NeverClosed` of `gofer.vet` as a check of Error Prone.
@BugPattern(summary = "a loop receives from a channel that nothing closes", severity = ERROR, linkType = NONE)
public final class NeverClosed extends GoferChecker {}
