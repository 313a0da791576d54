package gofer.vet.errorprone;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;

import com.google.errorprone.BugPattern;

/// The check `BlocksUnderLock` of `gofer.vet` as a check of Error Prone. It runs only if an option names it: see [Analysis].
@BugPattern(summary = "a goroutine waits for others while it holds a lock", severity = WARNING, linkType = NONE)
public final class BlocksUnderLock extends GoferChecker {}
