/// The options and the reports of the race detector, and how the agent starts it.
package gofer.race;
