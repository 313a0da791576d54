package gofer.vet.errorprone;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;

import com.google.errorprone.BugPattern;

/// The check `AwaitNotInLoop` of `gofer.vet` as a check of Error Prone.
@BugPattern(summary = "`Cond.await` is not in a loop that checks the condition", severity = WARNING, linkType = NONE)
public final class AwaitNotInLoop extends GoferChecker {}
