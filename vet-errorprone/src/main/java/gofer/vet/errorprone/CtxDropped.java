package gofer.vet.errorprone;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;

import com.google.errorprone.BugPattern;

/// The check `CtxDropped` of `gofer.vet` as a check of Error Prone. It runs only if an option names it: see [Analysis].
@BugPattern(summary = "a method has a context and waits without it", severity = WARNING, linkType = NONE)
public final class CtxDropped extends GoferChecker {}
