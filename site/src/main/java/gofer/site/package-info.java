/// Writes the documents of the repository as a static web site. [Site] has the main method; [Sources] finds the documents.
@org.jspecify.annotations.NullMarked
package gofer.site;
