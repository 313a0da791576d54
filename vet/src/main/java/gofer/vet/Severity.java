package gofer.vet;

/// How certain a check is that its finding is a bug.
public enum Severity {
    /// The code cannot be right.
    ERROR,

    /// The code is almost always wrong.
    WARNING
}
