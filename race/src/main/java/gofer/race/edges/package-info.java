/// The rewriters of the classes of the JDK and of Gofer that order threads.
package gofer.race.edges;
