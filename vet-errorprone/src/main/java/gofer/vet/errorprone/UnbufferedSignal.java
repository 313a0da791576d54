package gofer.vet.errorprone;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;

import com.google.errorprone.BugPattern;

/// The check `UnbufferedSignal` of `gofer.vet` as a check of Error Prone.
@BugPattern(summary = "a channel without a buffer loses signals", severity = WARNING, linkType = NONE)
public final class UnbufferedSignal extends GoferChecker {}
