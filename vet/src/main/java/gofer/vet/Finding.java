package gofer.vet;

import java.net.URI;

/// A place in a program that a check reports.
///
/// @param file the source file
/// @param line the line, from 1
/// @param column the column, from 1; a tab counts as one
/// @param check the name of the check
/// @param severity how certain the check is
/// @param message what is wrong, as a sentence
/// @param hint what to do instead, as a sentence
public record Finding(URI file, long line, long column, String check, Severity severity, String message, String hint) {}
