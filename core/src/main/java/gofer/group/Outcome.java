package gofer.group;

/// The result of a task of a [ResultGroup]: a [Success] or a [Failure].
///
/// {@snippet file="snippets/Results.java" region="outcomes"}
public sealed interface Outcome<T> permits Success, Failure {}
