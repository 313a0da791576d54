package gofer.vet.errorprone;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;

import com.google.errorprone.BugPattern;

/// The check `SpinningDefault` of `gofer.vet` as a check of Error Prone.
@BugPattern(summary = "an endless loop spins while no arm of `trySelect` is ready", severity = ERROR, linkType = NONE)
public final class SpinningDefault extends GoferChecker {}
