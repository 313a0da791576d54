package gofer.vet.errorprone;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;

import com.google.errorprone.BugPattern;

/// The check `LostCancel` of `gofer.vet` as a check of Error Prone.
@BugPattern(summary = "a derived context is never cancelled", severity = ERROR, linkType = NONE)
public final class LostCancel extends GoferChecker {}
