package gofer.vet.errorprone;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;

import com.google.errorprone.BugPattern;

/// The check `LockTwice` of `gofer.vet` as a check of Error Prone.
@BugPattern(summary = "a goroutine locks what it has locked already", severity = ERROR, linkType = NONE)
public final class LockTwice extends GoferChecker {}
