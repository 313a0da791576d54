/// The rewriter of the program's classes.
package gofer.race.rewrite;
