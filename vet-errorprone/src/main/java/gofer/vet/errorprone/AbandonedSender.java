package gofer.vet.errorprone;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;

import com.google.errorprone.BugPattern;

/// The check `AbandonedSender` of `gofer.vet` as a check of Error Prone.
@BugPattern(summary = "a goroutine sends on a channel whose receiver may be gone", severity = WARNING, linkType = NONE)
public final class AbandonedSender extends GoferChecker {}
