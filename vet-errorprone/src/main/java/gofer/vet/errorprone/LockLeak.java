package gofer.vet.errorprone;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;

import com.google.errorprone.BugPattern;

/// The check `LockLeak` of `gofer.vet` as a check of Error Prone.
@BugPattern(summary = "a lock is not released, or not after an exception, or twice", severity = ERROR, linkType = NONE)
public final class LockLeak extends GoferChecker {}
