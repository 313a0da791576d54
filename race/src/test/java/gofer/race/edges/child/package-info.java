/// What the child JVMs of the tests run.
@org.jspecify.annotations.NullMarked
package gofer.race.edges.child;
