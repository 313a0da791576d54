package gofer.vet.errorprone;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;

import com.google.errorprone.BugPattern;

/// The check `UseAfterSend` of `gofer.vet` as a check of Error Prone.
@BugPattern(summary = "an object is changed after it was sent", severity = WARNING, linkType = NONE)
public final class UseAfterSend extends GoferChecker {}
